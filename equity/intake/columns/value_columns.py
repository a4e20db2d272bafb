"""Which columns of numbers hold events, everyone, and those without the event."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equity.intake.columns.column_names import ESTIMATE, NO, RATE_WORDS, N, X, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.columns.units import without_times
from equity.intake.spellings.numbers import minutes_of, parse_number

_X_END = re.compile(r"_?(?:num|numer|numerator|x|yes|met)$")
_N_END = re.compile(r"_?(?:den|denom|denominator|n|total|eligible)$")
_SURELY_COUNTS = re.compile(r"^(?:numerator|num|denominator|denom|den|numerador|denominador)$")
_AVERAGE = re.compile(r"\b(?:mean|median|average|avg)\b")
EXPECTED = re.compile(r"\b(?:expected|predicted|pred)\b")
_CODES = {-1.0, -2.0, -7.0, -8.0, -9.0, -88.0, -99.0, -999.0, -9999.0}
Found = ColumnProfile | None


def counted(numbers: Sequence[ColumnProfile]) -> tuple[Found, Found, Found]:
    """The columns of x, of n and of those without the event; all None when several columns could be x."""
    counts = [c for c in numbers if _counts(c)]
    every = {c.name for c in numbers}  # a column of percents beside its own counts says that they are counts
    some = {re.sub(r" \(\d+\)$", "", c.name): c for c in counts}
    if "n" in some and "N" in some:  # n of N, as tables of studies write it
        return some["n"], some["N"], None
    n = everyone(counts) or expected(counts)
    no = next((c for c in counts if NO.search(heard(c.name))), None)
    named = [c for c in counts if X.search(heard(c.name))]
    if len(named) > 2 and n is None:
        return None, None, None
    x = next((c for c in named if c not in (n, no)), None)
    if x is None and n is not None:
        smaller = [
            c
            for c in counts
            if c not in (n, no)
            and c.whole
            and (c.highest or 0) <= (n.highest or 0)
            and c.distinct > 1
            and not is_no_count(c)
            and (f"{c.name} percent" in every or not ESTIMATE.search(heard(c.name)))
        ]
        x = smaller[0] if len(smaller) == 1 else None
    return x, n, no


def expected(counts: Sequence[ColumnProfile]) -> Found:
    """The events that would be expected, beside those that were observed (indirect standardization)."""
    observed = any(re.search(r"\bobserved\b", heard(c.name)) for c in counts)
    return next((c for c in counts if observed and EXPECTED.search(heard(c.name))), None)


def says_average(column: ColumnProfile) -> bool:
    """Whether a column's name says that it holds means or medians."""
    return bool(_AVERAGE.search(heard(column.name)))


def is_no_count(column: ColumnProfile) -> bool:
    """Whether a column holds averages, or says how long: its whole numbers count nobody."""
    return says_average(column) or any(minutes_of(text) is not None for text in column.values[:50])


def everyone(numbers: Sequence[ColumnProfile]) -> Found:
    """The column that its name calls the denominator, the population or the exposure."""
    names = ((c, heard(without_times(c.name))) for c in numbers if _counts(c))
    return next((c for c, name in names if N.search(name) and not re.search(r"\b(?:yes|no|numerator)\b", name)), None)


def numbered_pairs(numbers: Sequence[ColumnProfile]) -> dict[str, tuple[ColumnProfile, ColumnProfile]]:
    """Pairs such as ``bp_num`` and ``bp_den``: one measure each, named by what they share."""
    lowered = [(c, c.name.lower().replace(" ", "_")) for c in numbers]
    every = {low: c for c, low in lowered}
    partners = {_N_END.sub("", low): c for c, low in lowered if _N_END.search(low)}
    pairs = {}
    for column, low in lowered:
        if f"{low}_denominator" in every:
            pairs[column.name] = (column, every[f"{low}_denominator"])  # the two halves of cells such as 90/1000
        stem = _X_END.sub("", low)
        if stem and _X_END.search(low) and stem in partners and partners[stem] is not column:
            pairs[stem.replace("_", " ").capitalize()] = (column, partners[stem])
    return pairs


def _counts(column: ColumnProfile) -> bool:
    rate = column.type == "percent" or RATE_WORDS.search(heard(column.name))
    return not rate and (column.lowest is None or column.lowest >= 0 or _holds_codes(column))


def _holds_codes(column: ColumnProfile) -> bool:
    """Whether a column that is named a numerator or denominator is below 0 only by codes for no number."""
    if not _SURELY_COUNTS.search(heard(column.name)):
        return False
    numbers = (parse_number(text, (), column.decimal).value for text in column.counts)
    return {number for number in numbers if number is not None and number < 0} <= _CODES
