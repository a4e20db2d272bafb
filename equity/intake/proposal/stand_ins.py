"""Numbers and dates that stand in for none: 999, -9, 99, 1900-01-01. Seen by the gap to all others; a person decides.

A code for “not known” is a number to every program that adds it up. It shows in the column itself: it is an extreme
made of one digit again and again (or a small negative number where nothing else is below 0), far from everything else
or piled up where hardly anything else lies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.evidence import Evidence, plain
from equity.intake.proposal.measures.outcomes import is_amount
from equity.intake.spellings.amounts import amount
from equity.intake.spellings.numbers import parse_number
from equity.intake.spellings.periods import parse_period
from equity.vocabulary import Answer, OpenQuestion, Setting

BELOW_ZERO = frozenset(
    -float(n) for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 77, 88, 97, 98, 99, 777, 888, 998, 999, 8888, 9999)
)
SMALL = frozenset((7.0, 8.0, 9.0))
ABOVE = frozenset(
    [
        *(77.0, 88.0, 97.0, 98.0, 99.0, 777.0, 888.0, 997.0, 998.0, 999.0, 7777.0, 8888.0, 9997.0, 9998.0, 9999.0),
        *(88888.0, 99998.0, 99999.0, 888888.0, 999998.0, 999999.0, 9999999.0, 99999999.0, 999999999.0),
        *(88.8, 99.8, 99.9, 99.99, 888.8, 999.8, 999.9, 999.99, 9999.9, 9999.99, 99999.99),
    ]
)
SCALE_ENDS = 6.0
PILED_UP = 3
MANY_VALUES = 8
FAR_YEARS = 5
PLACEHOLDER_DAYS = frozenset(
    dt.date(*day)
    for day in (
        (1900, 1, 1), (1900, 1, 2), (1901, 1, 1), (1910, 1, 1), (1960, 1, 1), (1970, 1, 1), (1980, 1, 1), (1999, 1, 1),
        (1999, 9, 9), (1999, 12, 31), (2049, 12, 31), (2050, 12, 31), (2078, 12, 31), (2079, 6, 6), (2099, 1, 1),
        (2099, 12, 31), (2100, 1, 1), (2100, 12, 31),
    )
)  # fmt: skip


@dataclass(frozen=True)
class StandIns:
    """The codes of a column, how its file writes them, and the numbers that the others are."""

    column: ColumnProfile
    codes: tuple[float, ...]
    texts: tuple[str, ...]
    others: tuple[float, ...]


def codes_among(numbers: Mapping[float, int], answers: bool = False) -> tuple[float, ...]:
    """Which of a column's numbers seem to stand for none, ``numbers`` being how often each stands there.

    Among ``answers`` of a scale that ends at 6 or below, 7, 8 and 9 are codes too.
    """
    below = {n for n in numbers if n < 0}
    codes = set(below) if below and below <= BELOW_ZERO else set()
    rest = sorted(n for n in numbers if n not in codes)
    if len(rest) < 2 or (codes and not any(n > 1 for n in rest) and len(rest) > 2):
        return ()
    codes |= _above(numbers, rest) or (_beyond_a_scale(rest) if answers else set())
    return tuple(sorted(codes))


def _above(numbers: Mapping[float, int], held: Sequence[float]) -> set[float]:
    """The codes at the upper end: 99 beside scores of 0 to 27, 999 beside ages."""
    codes = [n for n in held if n in ABOVE]
    rest = [n for n in held if n not in ABOVE]
    if len(rest) < 2:
        return set()
    codes = [n for n in codes if n > rest[-1]]
    usual = float(np.median([numbers[n] for n in rest]))
    upper = set()
    for code in codes:
        far = code >= 1.5 * rest[-1] and code - rest[-1] >= 0.5 * (rest[-1] - rest[0])
        piled = len(rest) >= MANY_VALUES and numbers[code] >= max(PILED_UP, PILED_UP * usual)
        if far or piled:
            upper.add(code)
    return upper


def _beyond_a_scale(held: Sequence[float]) -> set[float]:
    """7, 8 and 9 beside whole answers that end well before them."""
    small = {n for n in held if n in SMALL}
    answers = [n for n in held if n not in SMALL]
    if len(answers) < 2 or answers[-1] > SCALE_ENDS or any(n != int(n) or n < 0 for n in answers):
        return set()
    return small if small and min(small) - answers[-1] >= 2 else set()


def stand_ins(evidence: Evidence, column: ColumnProfile, *, repeated: bool = False) -> StandIns | None:
    """The codes for none in a column of numbers; None where there is none.

    With ``repeated`` a code must stand on two lines at least, and none of a single digit is looked for: in counts.
    """
    values = evidence.numbers(column.name)
    values = values[np.isfinite(values)]
    held = dict(zip(*(part.tolist() for part in np.unique(values, return_counts=True)), strict=True))
    codes = codes_among(held, answers=not repeated and not is_amount(column))
    if repeated:
        codes = tuple(c for c in codes if held[c] > 1 or c < 0)
    if not codes:
        return None
    texts = tuple(t for t in column.values if parse_number(t, (), column.decimal).value in codes)
    others = tuple(float(v) for v in values if v not in codes)
    return StandIns(column, codes, texts, others)


def ask_stand_ins(columns: Sequence[StandIns], mean: bool) -> OpenQuestion:
    """Whether numbers are codes for none, with what the mean would be either way; one question for all columns."""
    first = columns[0]
    texts = tuple(dict.fromkeys(t for each in columns for t in each.texts))
    lines = sum(count for text, count in first.column.counts.items() if text in first.texts)
    every = [*first.others, *(c for c in first.codes for _ in range(_times(first, c)))]
    what = "their mean" if mean else "their sum"
    without, with_them = (np.mean(first.others), np.mean(every)) if mean else (np.sum(first.others), np.sum(every))
    said = " and ".join(f"“{t}”" for t in first.texts[:3])
    low, high = min(first.others), max(first.others)
    others = [f"“{each.column.name}”" for each in columns[1:4]]
    more = f" The same stands in {' and '.join(others)}." if others else ""
    return OpenQuestion(
        f"stands_in:{first.column.name}",
        tuple(each.column.name for each in columns),
        f"“{first.column.name}” says {said} on {amount(lines, 'line')}, far from all its other numbers "
        f"({plain(low)} to {plain(high)}): does it stand for “not known”?{more}",
        (
            Answer(
                f"yes: those lines have no number; of the others {what} is {plain(round(float(without), 4))}"
                + ("" if mean else ", a lower bound"),
                (Setting(("extract", "missing"), texts),),
            ),
            Answer(
                f"no: they are numbers like the others; {what} is {plain(round(float(with_them), 4))}",
                (Setting(("extract", "missing"), None),),
            ),
        ),
        0.8,
        "systems write such numbers where none is known",
    )


def _times(coded: StandIns, code: float) -> int:
    column = coded.column
    return sum(c for text, c in column.counts.items() if parse_number(text, (), column.decimal).value == code)


def placeholder_dates(period: ColumnProfile) -> tuple[str, ...]:
    """The texts of days that systems write where no date is known, years away from every other date of the column."""
    days = {t: p.day for t in period.counts if (p := parse_period(t, period.spelling)).grain == "day" and p.day}
    held = {day for day in days.values() if day not in PLACEHOLDER_DAYS}
    if not held:
        return ()
    first, last = min(held), max(held)
    return tuple(
        text
        for text, day in days.items()
        if day in PLACEHOLDER_DAYS and (first.year - day.year >= FAR_YEARS or day.year - last.year >= FAR_YEARS)
    )


def ask_placeholders(period: ColumnProfile, texts: Sequence[str]) -> OpenQuestion:
    """Whether days such as 1 January 1900 are dates."""
    lines, every = sum(period.counts[t] for t in texts), len(period.cells)
    path = ("extract", "leave_out", period.name)
    said = " and ".join(f"“{t}”" for t in texts[:3])
    return OpenQuestion(
        f"placeholder:{period.name}",
        (period.name,),
        f"“{period.name}” says {said} on {amount(lines, 'line')}, years away from every other date: is it a date?",
        (
            Answer(f"no: it stands for “not known”; {every - lines:,} lines are read", (Setting(path, tuple(texts)),)),
            Answer(f"yes: all {every:,} lines are read, each in its own month", (Setting(path, None),)),
        ),
        0.8,
        "systems write such a day where none is known",
    )
