"""Columns of one name that hold different numbers: which of them is meant is asked."""

from __future__ import annotations

import re

from equity.intake.columns.profile import ColumnProfile
from equity.vocabulary import Answer, Mapping, OpenQuestion, Setting

SHOWN = 3
# Limits belong to the estimate that they stand behind, so their place decides.
BY_PLACE = ("lower", "upper", "se")
_NUMBERED = re.compile(r" \(\d+\)$")


def twice_named(mapping: Mapping, columns: tuple[ColumnProfile, ...]) -> tuple[OpenQuestion, ...]:
    """A question for each mapped column whose name the file gives to other numbers as well."""
    by_name = {c.name: c for c in columns}
    questions = []
    for role, source in mapping.columns.items():
        if source.column is None or source.column not in by_name or role in BY_PLACE:
            continue
        base = _NUMBERED.sub("", source.column)
        same = [c for c in columns if _one_name(_NUMBERED.sub("", c.name), base)]
        different = [c for c in same if c.name == source.column or c.cells != by_name[source.column].cells]
        if len(different) > 1:
            listed = sorted(different, key=lambda c: c.name != source.column)[:4]
            questions.append(
                OpenQuestion(
                    f"twice:{role}:{base}",
                    tuple(c.name for c in listed),
                    f"{len(different)} columns are called “{base}” and hold different cells: which is {_said(role)}?",
                    tuple(
                        Answer(f"{_place(c, columns)}: {_first(c)}", (Setting(("columns", role), c.name),))
                        for c in listed
                    ),
                    0.5,
                    "the first of them is as likely as any other",
                )
            )
    return tuple(questions)


def _one_name(one: str, other: str) -> bool:
    """Whether two names are one: in any case, but n counts some and N everyone."""
    return one == other or (one.casefold() == other.casefold() and one.casefold() != "n")


def _said(role: str) -> str:
    return {"x": "the number of events", "n": "the number of people", "estimate": "the rate"}.get(role, f"the {role}")


def _place(column: ColumnProfile, columns: tuple[ColumnProfile, ...]) -> str:
    return f"the one in place {columns.index(column) + 1}"


def _first(column: ColumnProfile) -> str:
    shown = [c for c in column.cells if c][:SHOWN]
    return "its cells begin " + ", ".join(shown)
