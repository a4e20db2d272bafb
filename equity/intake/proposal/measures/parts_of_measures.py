"""Names among measures that are none: the limits of another one, its cases, its days, what was predicted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equity.intake.columns.column_names import heard
from equity.intake.columns.profile import ColumnProfile
from equity.vocabulary import Answer, OpenQuestion, Setting

_PART = re.compile(
    r"\b(?:lower|upper)\b.*\b(?:limits?|bounds?|ci)\b|\bconfidence (?:limits?|intervals?|bounds?)\b|\bstandard error\b|"
    r"\bnumber of (?:\w+ ){0,2}(?:days|procedures|discharges|cases|patients|surveys)\b|"
    r"\b(?:predicted|expected|observed) (?:cases|events|infections|deaths|number)\b|\bdenominator\b|\bsample size\b"
)
_STEM = re.compile(r"^(.{4,}?)\s*(?:[:(–—,]| - |$)")
MOST_NAMED = 3


def parts_of_measures(names: Sequence[str]) -> tuple[str, ...]:
    """The names that say a part of a measure which stands among them too ("Infections: Lower Confidence Limit")."""
    wholes = {_stem(name) for name in names if not _PART.search(heard(name))}
    return tuple(name for name in names if _PART.search(heard(name)) and _stem(name) in wholes)


def ask_parts(column: ColumnProfile, names: Sequence[str], parts: Sequence[str]) -> OpenQuestion:
    """Whether rows that hold a part of a measure are measures of their own."""
    wholes = tuple(name for name in names if name not in parts)
    shown = ", ".join(f"“{name}”" for name in wholes[:MOST_NAMED])
    return OpenQuestion(
        f"parts:{column.name}",
        (column.name,),
        f"“{parts[0]}” is a part of another measure in “{column.name}”: which rows are read?",
        (
            Answer(f"only {shown}", (Setting(("extract", "only", column.name), wholes),)),
            Answer(f"all of them: {len(names)} measures", (Setting(("extract", "only", column.name), None),)),
        ),
        0.8,
        "limits, predictions and numbers of days belong to a measure, and are none",
    )


def _stem(name: str) -> str:
    stem = _STEM.match(name)
    return heard(stem[1] if stem else name)
