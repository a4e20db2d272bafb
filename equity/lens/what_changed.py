"""Two versions of a dataset beside each other: did the data change, the definition, or the performance?

A number that moved from one version to the next moved for one of three reasons, and a team that does not know which
may celebrate a late extract. Period by period, in this order:

``definition``   the numbers differ, and so does what they mean (the measure's kind, or how the file is read);
``data``         rows or n differ: people were added, removed or corrected;
``performance``  the same rows and n, with other outcomes; or a period that is new, whose rate stands beside the rate of
                 the period before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from equity.cube import Cube
from equity.vocabulary import Category, Description, Mapping, Measure, Stratifier, StratifierMapping

Change = Literal["same", "definition", "data", "performance", "new", "gone"]
Subject = Literal["extract", "column", "measure", "stratifier"]
ROW_COLUMNS = (
    "measure",
    "period",
    "rows_before",
    "rows_after",
    "n_before",
    "n_after",
    "rate_before",
    "rate_after",
    "change",
)


@dataclass(frozen=True)
class DefinitionChange:
    """One thing that means something else now: whose, which property of it, what it was and what it is.

    ``property`` is a field of the mapping (kind, multiplier, column, recode, …), or ``categories`` or ``present``;
    ``before`` and ``after`` are its values as text, empty where there was none. ``counts`` says that numbers can differ
    for it; a label or a target changes none.
    """

    subject: Subject
    name: str
    property: str
    before: str
    after: str
    counts: bool


@dataclass(frozen=True)
class WhatChanged:
    """A later version beside an earlier one.

    ``rows``: a row per measure and period of either version, everyone together, in the order of the later version's
    measures: ROW_COLUMNS. n and rate are in the measure's own terms (NaN where there is none); ``rate_before`` of a new
    period is the rate of the period before it in the later version. ``change`` is a :data:`Change`.
    """

    earlier: Description
    later: Description
    definitions: tuple[DefinitionChange, ...]
    rows: pd.DataFrame
    sql: str


def what_changed(earlier: Cube, later: Cube, mappings: tuple[Mapping, Mapping] | None = None) -> WhatChanged:
    """Compare two versions of a dataset. ``mappings`` are those that the two were read by, where they are kept.

    Versions of different grain share no periods, so each of their periods is new or gone.
    """
    definitions = [*_described(earlier.description, later.description), *(_mapped(*mappings) if mappings else ())]
    before, after = _totals(earlier), _totals(later)
    rows = before.rows.merge(after.rows, on=["measure", "period"], how="outer", suffixes=("_before", "_after"))
    rows["change"] = [_change(row, _affected(str(row["measure"]), definitions)) for _, row in rows.iterrows()]
    ordered = _in_order(rows, earlier.description, later.description)
    sql = [f"-- version {cube.description.version}\n{sums.sql}" for cube, sums in ((earlier, before), (later, after))]
    return WhatChanged(
        earlier.description,
        later.description,
        tuple(definitions),
        _beside_the_period_before(ordered),
        "\n\n".join(sql),
    )


@dataclass(frozen=True)
class _Totals:
    rows: pd.DataFrame
    sql: str


def _totals(cube: Cube) -> _Totals:
    """``measure, period, rows, n, x, rate`` of everyone together, at the version's finest grain."""
    held = cube.description
    cells = cube.series([m.name for m in held.measures], (), held.grain)
    table = cells.table
    if held.values == "estimates":
        rate, n = table["estimate"].to_numpy(float), table["population"].to_numpy(float)
    else:
        n = table["n"].to_numpy(float)
        rate = np.divide(table["x"].to_numpy(float), n, out=np.full(len(n), np.nan), where=n > 0)
    rows = pd.DataFrame({"measure": table["measure"], "period": table["period"], "rows": table["rows"].astype(float)})
    return _Totals(rows.assign(n=n, rate=rate), cells.sql)


def _change(row: pd.Series, redefined: bool) -> Change:
    if np.isnan(row["rows_before"]):
        return "new"
    if np.isnan(row["rows_after"]):
        return "gone"
    same_people = row["rows_before"] == row["rows_after"] and _equal(row["n_before"], row["n_after"])
    if same_people and _equal(row["rate_before"], row["rate_after"]):
        return "same"
    if redefined:
        return "definition"
    return "performance" if same_people else "data"


def _equal(one: float, other: float) -> bool:
    return bool(np.isclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True))


def _affected(measure: str, definitions: Sequence[DefinitionChange]) -> bool:
    return any(d.counts and (d.subject != "measure" or d.name == measure) for d in definitions)


def _in_order(rows: pd.DataFrame, earlier: Description, later: Description) -> pd.DataFrame:
    names = list(dict.fromkeys(m.name for m in (*later.measures, *earlier.measures)))
    place = rows["measure"].map({name: i for i, name in enumerate(names)})
    ordered = rows.assign(place=place).sort_values(["place", "period"], kind="stable", ignore_index=True)
    return ordered[list(ROW_COLUMNS)]


def _beside_the_period_before(rows: pd.DataFrame) -> pd.DataFrame:
    """Give each new period the rate of the latest earlier period of its measure in the later version."""
    previous = rows.groupby("measure")["rate_after"].transform(lambda rates: rates.ffill().shift())
    new = rows["change"] == "new"
    return rows.assign(rate_before=rows["rate_before"].where(~new, previous))


def _described(earlier: Description, later: Description) -> list[DefinitionChange]:
    """What the two descriptions say differently: shape, measures, stratifiers and their categories."""
    changes = _differences("extract", "", {"shape": (earlier.shape, later.shape, True)})
    measures = {m.name: m for m in earlier.measures}, {m.name: m for m in later.measures}
    changes += _presence("measure", list(measures[0]), list(measures[1]))
    for name in measures[0].keys() & measures[1].keys():
        changes += _differences("measure", name, _of_measure(measures[0][name], measures[1][name]))
    strata = {s.name: s for s in earlier.stratifiers}, {s.name: s for s in later.stratifiers}
    changes += _presence("stratifier", [s.label for s in earlier.stratifiers], [s.label for s in later.stratifiers])
    for name in strata[0].keys() & strata[1].keys():
        changes += _differences("stratifier", strata[1][name].label, _of_stratifier(strata[0][name], strata[1][name]))
    return sorted(changes, key=lambda d: (d.subject, d.name, d.property))


def _of_measure(before: Measure, after: Measure) -> dict[str, tuple[str, str, bool]]:
    return {
        "kind": (before.kind, after.kind, True),
        "polarity": (before.polarity, after.polarity, False),
        "multiplier": (f"{before.multiplier:g}", f"{after.multiplier:g}", False),
        "unit": (before.unit, after.unit, False),
        "reference": (str(before.reference), str(after.reference), False),
        "target": (_number(before.target), _number(after.target), False),
        "clinical_area": (before.clinical_area, after.clinical_area, False),
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _of_stratifier(before: Stratifier, after: Stratifier) -> dict[str, tuple[str, str, bool]]:
    """Categories that are gone and new ones; the order alone is no difference."""
    old, new = {c.value for c in before.categories}, {c.value for c in after.categories}
    return {
        "categories": (_listed(before.categories, old - new), _listed(after.categories, new - old), False),
        "ordered": ("yes" if before.ordered else "no", "yes" if after.ordered else "no", False),
    }


def _listed(categories: Sequence[Category], wanted: set[str]) -> str:
    return ", ".join(c.value for c in categories if c.value in wanted)


def _presence(subject: Subject, before: Sequence[str], after: Sequence[str]) -> list[DefinitionChange]:
    gone = [DefinitionChange(subject, name, "present", "yes", "", False) for name in before if name not in after]
    return gone + [DefinitionChange(subject, name, "present", "", "yes", False) for name in after if name not in before]


def _differences(subject: Subject, name: str, values: dict[str, tuple[str, str, bool]]) -> list[DefinitionChange]:
    return [
        DefinitionChange(subject, name, what, before, after, counts)
        for what, (before, after, counts) in values.items()
        if before != after
    ]


def _mapped(before: Mapping, after: Mapping) -> list[DefinitionChange]:
    """What the two mappings read differently: columns, missing marks, and how stratifiers' values are recoded."""
    changes = []
    for role in sorted(before.columns.keys() | after.columns.keys()):
        values = [_source(mapping, role) for mapping in (before, after)]
        changes += _differences("column", role, {"column": (values[0], values[1], True)})
    marks = {"missing": (", ".join(before.missing), ", ".join(after.missing), True)}
    changes += _differences("extract", "", marks)
    strata = {s.name: s for s in before.stratifiers}, {s.name: s for s in after.stratifiers}
    for name in sorted(strata[0].keys() & strata[1].keys()):
        changes += _differences("stratifier", strata[1][name].label, _of_mapping(strata[0][name], strata[1][name]))
    return changes


def _source(mapping: Mapping, role: str) -> str:
    source = mapping.columns.get(role)
    return "" if source is None else source.column or f"always “{source.value}”"


def _of_mapping(before: StratifierMapping, after: StratifierMapping) -> dict[str, tuple[str, str, bool]]:
    """Categories that are left out change the numbers of everyone together; recoding only moves people."""
    return {
        "columns": (", ".join(before.columns), ", ".join(after.columns), False),
        "standard": (before.standard, after.standard, False),
        "recode": (_recoded(before), _recoded(after), False),
        "drop": (", ".join(before.drop), ", ".join(after.drop), True),
    }


def _recoded(mapping: StratifierMapping) -> str:
    return ", ".join(f"{raw} → {value}" for raw, value in mapping.recode.items())
