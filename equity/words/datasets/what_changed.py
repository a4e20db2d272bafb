"""What changed between two versions of a dataset: data, definition or performance, in sentences and as a table."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from equity.lens.what_changed import DefinitionChange, WhatChanged
from equity.vocabulary import Measure
from equity.words import numbers, periods
from equity.words.escaping import one_line
from equity.words.measures import quoted

CHANGES = {
    "new": "new period",
    "gone": "no longer there",
    "data": "data",
    "definition": "definition",
    "performance": "performance",
    "same": "no change",
}
"""The reasons for a change, each in a word or two."""

REASONS = (
    "Definition: the numbers mean something else. Data: rows or people were added, taken away or mended. Performance: "
    "the same rows and people, with other results. A new period stands beside the period before it."
)
"""What the words in the table mean."""

_LONGEST = 160
_ROLES = {
    "measure": "the measure's name",
    "clinical_area": "the clinical area",
    "period": "the period",
    "x": "the outcome or events",
    "n": "the number of people",
    "no": "those without the outcome",
    "person": "the person's id",
    "estimate": "the rate",
    "se": "the standard error",
    "lower": "the lower limit",
    "upper": "the upper limit",
    "population": "the size of the group",
}
_PROPERTIES = {
    "kind": "is now read as a",
    "polarity": "now has the direction",
    "multiplier": "is now shown per",
    "unit": "now has the unit",
    "reference": "is now compared with",
    "target": "now has the target",
    "clinical_area": "now stands under the clinical area",
    "columns": "is now read from",
    "standard": "now follows the list",
    "recode": "now recodes",
    "drop": "now leaves out",
    "ordered": "now counts as ordered:",
}


def finding(answer: WhatChanged) -> str:
    """How many periods changed for which reason, in one sentence."""
    beside = f"Version {answer.later.version} beside version {answer.earlier.version}"
    counts = answer.rows["change"].value_counts()
    parts = [_counted(int(counts[change]), change) for change in CHANGES if change != "same" and change in counts]
    if not parts and not answer.definitions:
        return f"{beside}: every number is the same."
    defined = len(answer.definitions)
    if defined:
        parts.append(f"{defined} definition{'' if defined == 1 else 's'} differ{'s' if defined == 1 else ''}")
    return f"{beside}: {'; '.join(parts)}."


def definitions(answer: WhatChanged) -> list[str]:
    """One sentence for each definition that differs."""
    return [_sentence(change) for change in answer.definitions]


def table(answer: WhatChanged, *, with_same: bool = False) -> pd.DataFrame:
    """A row a measure and period (those that did not change are left out unless asked for), all as text."""
    measures = {m.name: m for m in (*answer.earlier.measures, *answer.later.measures)}
    rows = answer.rows if with_same else answer.rows[answer.rows["change"] != "same"]
    lines = [_line(row, measures[row["measure"]]) for row in rows.to_dict("records")]
    names = ["Measure", "Period", "Why", "Rows before", "Rows now", "Rate before", "Rate now"]
    return pd.DataFrame(lines, columns=names, dtype="object")


def _counted(count: int, change: str) -> str:
    are, rows = ("is", "number") if count == 1 else ("are", "numbers")
    said = {
        "new": f"{count} {rows} {are} for a new period",
        "gone": f"{count} {rows} {are} no longer there",
        "data": f"{count} {rows} changed with the data",
        "definition": f"{count} {rows} changed with the definition",
        "performance": f"{count} {rows} changed in performance",
    }
    return said[change]


def _line(row: dict[Hashable, Any], measure: Measure) -> list[str]:
    rate = [numbers.rate(measure, row[f"rate_{side}"], row[f"n_{side}"]) for side in ("before", "after")]
    if row["change"] == "new":
        before = numbers.rate(measure, row["rate_before"], row["n_after"])
        rate[0] = f"{before} in the period before" if numbers.known(row["rate_before"]) else ""
    rows = [numbers.count(row[f"rows_{side}"]) if row[f"rows_{side}"] >= 0 else "" for side in ("before", "after")]
    known = [numbers.known(row["rate_before"]), numbers.known(row["rate_after"])]
    shown = [text if there else "" for text, there in zip(rate, known, strict=True)]
    return [
        one_line(measure.name),
        periods.describe_period(row["period"]) if row["period"] else "all time",
        CHANGES[row["change"]],
        *rows,
        *shown,
    ]


def _sentence(change: DefinitionChange) -> str:
    before, after = one_line(change.before, _LONGEST), one_line(change.after, _LONGEST)
    if change.subject == "column":
        role = _ROLES.get(change.name, change.name)
        return f"What gives {role} was {before or 'nothing'}; it is {after or 'nothing'} now."
    if change.property == "shape":
        return f"The data file was read in the shape {before}; it is {after} now."
    if change.property == "missing":
        return f"Also read as missing was {before or 'nothing more'}; it is {after or 'nothing more'} now."
    name = quoted(change.name)
    if change.property == "present":
        return f"{name} is new." if after else f"{name} is no longer there."
    if change.property == "categories":
        parts = [f"new groups: {after}" if after else "", f"groups no longer there: {before}" if before else ""]
        return f"{name} has {'; '.join(part for part in parts if part)}."
    now = after.replace("_", " ") or "nothing"
    return f"{name} {_PROPERTIES[change.property]} {now}; it was {before.replace('_', ' ') or 'nothing'} before."
