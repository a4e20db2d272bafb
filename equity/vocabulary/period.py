"""Periods: months, quarters and years, written so that they sort as text within a grain.

A month is ``2024-03``, a quarter ``2024-Q1``, a year ``2024``; all time is the empty text.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from equity.vocabulary.errors import PlainError

Grain = Literal["month", "quarter", "year", "all"]
GRAINS: tuple[Grain, ...] = ("month", "quarter", "year", "all")
MONTHS_IN: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}

_YEAR = re.compile(r"(?!0000)\d{4}", re.ASCII)
_QUARTER = re.compile(r"(?!0000)\d{4}-Q[1-4]", re.ASCII)
_MONTH = re.compile(r"(?!0000)\d{4}-(\d{2})", re.ASCII)


@lru_cache(maxsize=4096)
def grain_of(label: str) -> Grain:
    """The grain that a period label is written in; raises :class:`PlainError` for any other text."""
    if label == "":
        return "all"
    if _YEAR.fullmatch(label):
        return "year"
    if _QUARTER.fullmatch(label):
        return "quarter"
    month = _MONTH.fullmatch(label)
    if month and 1 <= int(month[1]) <= 12:
        return "month"
    raise PlainError(f"The period “{label}” is not a year (2024), a quarter (2024-Q1) or a month (2024-03).")


@lru_cache(maxsize=4096)
def period_start(label: str) -> dt.date:
    """The first day of a period label that is not all time."""
    grain = grain_of(label)
    if grain == "year":
        return dt.date(int(label), 1, 1)
    if grain == "quarter":
        return dt.date(int(label[:4]), 3 * int(label[-1]) - 2, 1)
    if grain == "month":
        return dt.date(int(label[:4]), int(label[5:]), 1)
    raise PlainError("All time has no first day: name a year, a quarter or a month.")


def period_label(day: dt.date, grain: Grain) -> str:
    """The label of the period of this grain that holds the day."""
    if grain == "all":
        return ""
    if grain == "year":
        return f"{day.year:04d}"
    if grain == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return f"{day.year:04d}-{day.month:02d}"


def add_months(day: dt.date, months: int) -> dt.date:
    """The first of the month that lies so many months after the day's month."""
    count = day.year * 12 + day.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


def periods_between(first: str, last: str) -> tuple[str, ...]:
    """Every period from first to last, both included, written in their common grain."""
    grain = grain_of(first)
    if grain == "all" or grain_of(last) != grain:
        raise PlainError(
            f"“{first}” and “{last}” are not periods of one kind: write both as years, quarters or months."
        )
    labels: list[str] = []
    day, end = period_start(first), period_start(last)
    while day <= end:
        labels.append(period_label(day, grain))
        day = add_months(day, MONTHS_IN[grain])
    return tuple(labels)


def run_of_years(first: str, last: str) -> str:
    """The label that a run of whole years goes by in a cube: ``2022..2024``."""
    return f"{first}..{last}"


def is_run_of_years(label: str) -> bool:
    """Whether a label of the cube is a run of whole years, and of no grain."""
    return ".." in label


@dataclass(frozen=True)
class PeriodRange:
    """A stretch of time that a question is asked of: ``first`` and ``last`` in one grain, or all time.

    ``PeriodRange.parse("2024-Q1..2024-Q4")``, ``parse("2024")``, ``parse("")`` (all time).
    """

    first: str = ""
    last: str = ""

    @classmethod
    def parse(cls, text: str) -> PeriodRange:
        """Read ``A..B``, ``A`` or nothing; raises :class:`PlainError` when it is none of these."""
        first, _, last = text.strip().partition("..")
        last = last or first
        if first:
            first_grain, last_grain = grain_of(first), grain_of(last)
            if first_grain != last_grain:
                finer = min(first_grain, last_grain, key=GRAINS.index)
                first = period_label(period_start(first), finer)
                last = period_label(add_months(_end(last), -1), finer)
            if period_start(first) > period_start(last):
                raise PlainError(f"The period “{text}” ends before it begins: write the earlier one first.")
        return cls(first, last)

    @property
    def grain(self) -> Grain:
        """The grain that both ends are written in."""
        return grain_of(self.first)

    @property
    def is_all_time(self) -> bool:
        """Whether no stretch was named."""
        return self.first == ""

    def bounds(self) -> tuple[dt.date, dt.date]:
        """The first day, and the first day after; not for all time."""
        return period_start(self.first), _end(self.last)

    def overlaps(self, other: PeriodRange) -> bool:
        """Whether some day lies in both; all time has every day."""
        if self.is_all_time or other.is_all_time:
            return True
        return period_start(self.first) < _end(other.last) and period_start(other.first) < _end(self.last)

    def contains(self, label: str) -> bool:
        """Whether a whole period lies in the stretch; all time has every one."""
        first, last = self.bounds() if not self.is_all_time else (dt.date.min, dt.date.max)
        return first <= period_start(label) and _end(label) <= last

    def tiles(self) -> tuple[tuple[Grain, str], ...]:
        """The fewest whole periods that cover the stretch exactly, coarsest first in each place.

        2023-Q3..2024-Q4 is two quarters and one year. Fewer tiles mean fewer people counted twice.
        """
        if self.is_all_time:
            return (("all", ""),)
        tiles: list[tuple[Grain, str]] = []
        day, end = period_start(self.first), _end(self.last)
        while day < end:
            grain = next(g for g in reversed(GRAINS[:3]) if _fits(day, end, g))
            tiles.append((grain, period_label(day, grain)))
            day = add_months(day, MONTHS_IN[grain])
        return tuple(tiles)

    def __str__(self) -> str:
        return self.first if self.first == self.last else f"{self.first}..{self.last}"


def _end(label: str) -> dt.date:
    """The first day after a period."""
    return add_months(period_start(label), MONTHS_IN[grain_of(label)])


def _fits(day: dt.date, end: dt.date, grain: Grain) -> bool:
    months = MONTHS_IN[grain]
    return (day.month - 1) % months == 0 and add_months(day, months) <= end
