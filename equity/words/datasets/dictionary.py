"""A dataset's dictionary as tables of text: what each column of the extract meant, each measure, each group."""

from __future__ import annotations

import pandas as pd

from equity.vocabulary import Description, Mapping, Measure
from equity.words.escaping import one_line

ROLES = {
    "measure": "names the measure",
    "clinical_area": "clinical area",
    "period": "date or period",
    "x": "outcome or events",
    "n": "people, visits or person-time",
    "no": "without the outcome",
    "person": "person's id (hashed)",
    "estimate": "rate",
    "se": "standard error",
    "lower": "lower limit",
    "upper": "upper limit",
    "population": "size of the group",
}
KINDS = {"group": "group", "other": "other", "unknown": "not known", "declined": "not shared", "not_asked": "not asked"}
POLARITIES = {"higher_better": "higher is better", "lower_better": "lower is better", "neutral": "neither"}


def columns(mapping: Mapping) -> pd.DataFrame:
    """``Column, Meaning, Recoding``: each column of the extract that was used, and how its values were read."""
    lines = [
        [one_line(source.column or f"(everywhere “{source.value}”)"), ROLES.get(role, role), ""]
        for role, source in mapping.columns.items()
    ]
    for name, pair in mapping.measure_columns.items():
        lines.append([one_line(pair.x), f"outcome of {one_line(name)}", ""])
        lines += [[one_line(pair.n), f"people or visits counted for {one_line(name)}", ""]] if pair.n else []
    if mapping.long:
        lines.append([one_line(mapping.long.dimension), "names the grouping", ""])
        lines.append([one_line(mapping.long.group), "names the group", ""])
    for s in mapping.stratifiers:
        recoded = [f"{raw} → {value}" for raw, value in s.recode.items()]
        left_out = [f"{value} left out" for value in s.drop]
        lines.append(
            [
                one_line(" and ".join(s.columns)),
                f"groups by {one_line(s.label)}",
                one_line("; ".join([*([f"list {s.standard}"] if s.standard else []), *recoded, *left_out]), 400),
            ]
        )
    return pd.DataFrame(lines, columns=["Column", "Meaning", "Recoding"], dtype="object")


def measures(held: Description) -> pd.DataFrame:
    """``Measure, Kind, Better, Shown per, Unit, Compared with, Target, Clinical area``."""
    names = ["Measure", "Kind", "Better", "Shown per", "Unit", "Compared with", "Target", "Clinical area"]
    return pd.DataFrame([_measure(m) for m in held.measures], columns=names, dtype="object")


def categories(held: Description) -> pd.DataFrame:
    """``Grouping, Key, Ordered, Category, Kind``: every category that has rows, in the order in which it is shown."""
    lines = [
        [one_line(s.label), s.name, "yes" if s.ordered else "no", one_line(c.value), KINDS[c.kind]]
        for s in held.stratifiers
        for c in s.categories
    ]
    return pd.DataFrame(lines, columns=["Grouping", "Key", "Ordered", "Category", "Kind"], dtype="object")


def _measure(measure: Measure) -> list[str]:
    return [
        one_line(measure.name),
        measure.kind,
        POLARITIES[measure.polarity],
        f"{measure.multiplier:,g}" if measure.kind == "rate" else "",
        one_line(measure.unit),
        one_line(str(measure.reference)),
        "" if measure.target is None else f"{measure.target:g}",
        one_line(measure.clinical_area),
    ]
