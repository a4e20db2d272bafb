"""Columns that are named like a time and were read as none: never taken for a group of people without a word."""

from __future__ import annotations

from collections.abc import Sequence

from equity.intake.columns.column_names import PERIOD, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.spellings.numbers import minutes_of
from equity.vocabulary import Answer, OpenQuestion, Setting

MOST_OFFERED = 3


def leftover_times(free: Sequence[ColumnProfile], period: ColumnProfile | None) -> list[ColumnProfile]:
    """Columns of texts that are named like a time, without a role (but times of a day, which say no date)."""
    named = [c for c in free if c.type == "text" and c.distinct > 1 and PERIOD.search(heard(c.name))]
    return [c for c in named if c is not period and any(minutes_of(value) is None for value in c.values)]


def told_by(column: ColumnProfile, period: ColumnProfile | None) -> bool:
    """Whether the time says it already: each period has one value of the column."""
    return period is not None and len(set(zip(period.cells, column.cells, strict=True))) <= period.distinct + 1


def ask_time(column: ColumnProfile) -> OpenQuestion:
    """What is read of a column that is named like a time and holds no text that is one."""
    values = list(dict.fromkeys(c for c in column.cells if c))
    latest = values[-1]
    listed = [latest, *(v for v in values if v != latest)][:MOST_OFFERED]
    return OpenQuestion(
        f"time:{column.name}",
        (column.name,),
        f"“{column.name}” is named like a time, and “{latest}” is no year, quarter, month or date: what is read?",
        tuple(
            Answer(f"only the rows of “{v}”, which then stand for one stretch of time", _only(column.name, v))
            for v in listed
        ),
        0.4,
        f"“{latest}” is the last in the file",
    )


def _only(name: str, value: str) -> tuple[Setting, ...]:
    return (Setting(("extract", "only", name), (value,)),)
