"""Columns of a file of visits that say who does not count in the denominator: asked about, never passed over."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from equity.intake.columns.column_names import heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.spellings.missing import MISSING
from equity.intake.spellings.reasons import SAYS_OUT
from equity.intake.spellings.yes_no import says_no, says_yes
from equity.vocabulary import Answer, OpenQuestion, Setting

_IN = re.compile(r"\b(?:eligib\w*|denominator|denom|in measure)\b")
_READ_AS_N = re.compile(r"denominator|denom|eligible")


def who_counts(columns: Sequence[ColumnProfile]) -> dict[str, tuple[str, ...]]:
    """By column, the values whose lines seem not to count: yes (or a reason) in an exclusion, no in who is eligible."""
    marks = {}
    for column in columns:
        name = heard(column.name)
        if column.is_number and _READ_AS_N.fullmatch(name):  # 0 and 1 that are a denominator, and are read as one
            continue
        words = [v for v in column.counts if v and v.casefold() not in MISSING]
        if SAYS_OUT.search(name):
            values = [v for v in words if not says_no(v)]
        elif _IN.search(name) and all(says_yes(v) or says_no(v) for v in words):
            values = [v for v in words if says_no(v)]
        else:
            continue
        if values and len(values) <= 50 and not column.identifying and len(column.counts) > 1:
            marks[column.name] = tuple(values)
    others = [c for c in columns if c.name not in marks and (c.type in ("yes or no", "text") or c.is_number)]
    return marks if others else {}


def ask_who_counts(marks: dict[str, tuple[str, ...]], columns: Sequence[ColumnProfile]) -> OpenQuestion:
    """Whether the lines that a column marks count in the denominator."""
    cells = {c.name: c.cells for c in columns}
    marked = np.any([[cell in values for cell in cells[name]] for name, values in marks.items()], axis=0)
    out, every = int(marked.sum()), len(marked)
    names = " and ".join(f"“{name}”" for name in marks)
    return OpenQuestion(
        f"who:{next(iter(marks))}",
        tuple(marks),
        f"{out:,} of {every:,} lines do not count by {names}: are they left out of the denominator?",
        (
            Answer(
                f"yes: {every - out:,} lines are read",
                tuple(Setting(("extract", "leave_out", name), values) for name, values in marks.items()),
            ),
            Answer(
                f"no: all {every:,} lines are read",
                tuple(Setting(("extract", "leave_out", name), None) for name in marks),
            ),
        ),
        0.7,
        "its name says who does not count",
    )
