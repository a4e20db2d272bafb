"""The only place that formats numbers.

Rates come as fractions (means in their unit) and are rounded as they deserve: proportions to a whole per cent when
n < 1,000 and to one decimal from there on; rates per multiplier to one decimal; excess events to whole people. Signs
are words ("lower", "higher"), never a minus alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from equity.vocabulary import Measure

HIDDEN = "Not shown to protect privacy"
HIDDEN_AT_SOURCE = "Not shown: hidden in the source"
MISSING = "No data"
NO_DIFFERENCE = "no difference"

_FEW = 1_000
_SMALLEST = (1.0, 0.1)
"""The smallest step by the number of decimals."""
_TIMES = frozenset({"minutes", "hours", "days", "weeks", "months"})
"""Units of averages that are never below zero; an interval around few values may reach there by its arithmetic."""
_SHORT_UNITS = {"minutes": "min", "minute": "min", "hours": "h", "days": "d"}


def hidden(threshold: int) -> str:
    """Why a policy hides a number: "Not shown to protect privacy (fewer than 11)"."""
    return f"{HIDDEN} (fewer than {count(threshold)})" if threshold else HIDDEN


def known(value: float) -> bool:
    """Whether there is a number to show."""
    return math.isfinite(value)


def rate(measure: Measure, value: float, n: float = math.nan, level: float = math.nan) -> str:
    """A rate with its unit: "55%", "41.0 per 100,000", "38 minutes".

    ``level`` is a rate by whose size it is rounded, where it stands in a column with others.
    """
    written = bare_rate(measure, value, n, level)
    return written if measure.kind == "proportion" or written == MISSING else _joined(written, unit(measure))


def bare_rate(measure: Measure, value: float, n: float = math.nan, level: float = math.nan) -> str:
    """A rate without its unit, for a chart whose axis names it: "55%", "41.0", "38"."""
    if not known(value):
        return MISSING
    if measure.kind == "proportion":
        return _per_cent(value, n)
    return _scaled(measure, value, n, level)


def unit(measure: Measure) -> str:
    """What follows a bare rate: "per 100,000 births", "minutes"; nothing for a proportion."""
    if measure.kind == "proportion":
        return ""
    if measure.kind == "mean":
        return measure.unit
    per = count(measure.multiplier)
    return " ".join(("per", per, measure.unit) if measure.unit else ("per", per))


def gap(measure: Measure, value: float, n: float = math.nan, level: float = math.nan) -> str:
    """The size of a gap, without its side: "12 points", "36.5 per 100,000", "20 minutes".

    ``level`` is a rate that stands beside it: the gap then has as many decimals as that rate.
    """
    if not known(value):
        return MISSING
    if measure.kind == "proportion":
        return _points(value, n)
    written = _scaled(measure, abs(value), n, level)
    return _joined(written, _one_of(unit(measure)) if measure.kind == "mean" and written == "1" else unit(measure))


def short_gap(measure: Measure, value: float, n: float = math.nan, level: float = math.nan) -> str:
    """The size of a gap where there is little room: "12 pts", "36.5", "20 min"."""
    if not known(value):
        return MISSING
    if measure.kind == "proportion":
        return _points(value, n).replace("points", "pts").replace("point", "pt")
    short = _SHORT_UNITS.get(measure.unit, measure.unit if len(measure.unit) <= 4 else "")
    return _joined(_scaled(measure, abs(value), n, level), short if measure.kind == "mean" else "")


def is_no_gap(measure: Measure, value: float, n: float = math.nan, level: float = math.nan) -> bool:
    """Whether a gap rounds to nothing as it would be written."""
    return not known(value) or not any(c in "123456789" for c in gap(measure, value, n, level).split()[0])


def is_above(measure: Measure, value: float) -> bool:
    """Whether a gap, counted toward harm, is of a rate above its reference."""
    return value * measure.harm_sign > 0


def short_side(measure: Measure, value: float) -> str:
    """The side of a gap: "lower" or "higher" than the reference; nothing for none."""
    if not known(value) or value == 0:
        return ""
    return "higher" if is_above(measure, value) else "lower"


def side(measure: Measure, value: float) -> str:
    """The side of a gap and what it means: "lower (worse)", "lower (better)"; a neutral measure's means neither."""
    word = short_side(measure, value)
    if not word or measure.polarity == "neutral":
        return word
    return f"{word} ({'worse' if value > 0 else 'better'})"


def gap_range(measure: Measure, lower: float, upper: float, n: float = math.nan, level: float = math.nan) -> str:
    """The interval of a gap in words: "between 10 and 15 points", "between 2 points higher and 5 points lower".

    ``level`` is the rate in a population or time that stands beside it: the interval has as many decimals. An interval
    that lies on one side does not say which: :func:`gap_range_with_side` does.
    """
    if not (known(lower) and known(upper)):
        return ""
    lower, upper = (max(lower, -1.0), min(upper, 1.0)) if measure.kind == "proportion" else (lower, upper)
    size = level if measure.kind == "rate" and known(level) else max(abs(lower), abs(upper))
    low, high = (gap(measure, end, n, size) for end in (lower, upper))
    if lower < 0 <= upper:
        words = (short_side(measure, -1.0), short_side(measure, 1.0))
        return f"between {two_sided(measure, (low, high), words, ' and ')}"
    if lower < 0 and upper < 0:
        low, high = high, low
    return f"between {_number_only(low)} and {high}"


def gap_range_with_side(measure: Measure, lower: float, upper: float, n: float = math.nan) -> str:
    """The same where no side stands beside it: "between 10 and 15 points lower"."""
    words = gap_range(measure, lower, upper, n)
    one_side = known(lower) and known(upper) and lower * upper > 0
    return f"{words} {short_side(measure, lower)}" if one_side else words


def two_sided(
    measure: Measure, ends: tuple[str, str], words: tuple[str, str], joined: str, none: str = NO_DIFFERENCE
) -> str:
    """Two written gaps, each with its word: "2 points higher and 5 points lower"; a long unit stands once, last.

    An end that rounds to nothing has no side: "no difference and 5 points lower".
    """
    nothing = [not any(c in "123456789" for c in _number_only(end)) for end in ends]
    if all(nothing):
        return f"{none}{joined}{none}"
    if any(nothing):
        there = [none if empty else f"{end} {word}" for empty, end, word in zip(nothing, ends, words, strict=True)]
        return joined.join(there)
    if measure.kind == "proportion":
        return f"{ends[0]} {words[0]}{joined}{ends[1]} {words[1]}"
    both = f"{_number_only(ends[0])} {words[0]}{joined}{_number_only(ends[1])} {words[1]}"
    of = unit(measure)
    return f"{both}, {of if of.startswith('per ') else f'in {of}'}" if of else both


def is_or_are(written: str) -> str:
    """The verb of a written amount: "1 point is", "1.0 point is", "5.0 points are"."""
    return "is" if _number_only(written) in ("1", "1.0") else "are"


def size_range(measure: Measure, lower: float, upper: float, n: float = math.nan) -> str:
    """The interval of a change that is clearly of one sign, as sizes: "6.0–14.0"."""
    if not (known(lower) and known(upper)):
        return ""
    small, large = sorted((abs(lower), abs(upper)))
    return f"{_number_only(gap(measure, small, n, large))}–{_number_only(gap(measure, large, n))}"


def rate_range(measure: Measure, lower: float, upper: float, n: float = math.nan) -> str:
    """The interval of a rate in words: "between 53% and 57%"; both ends with the decimals of the higher one."""
    if not (known(lower) and known(upper)):
        return ""
    lower = max(lower, 0.0) if measure.kind != "mean" or measure.unit in _TIMES else lower
    upper = min(upper, 1.0) if measure.kind == "proportion" else upper
    return f"between {bare_rate(measure, lower, n, max(abs(lower), abs(upper)))} and {rate(measure, upper, n)}"


def span(words: str) -> str:
    """An interval in words as a table writes it: "between 53% and 57%" becomes "53% to 57%"."""
    return words.removeprefix("between ").replace(" and ", " to ", 1)


def ratio(value: float) -> str:
    """How many times the reference's rate: "7.9 times", "0.79 times"."""
    if not known(value):
        return MISSING
    return f"{value:.1f} times" if value >= 2 else f"{value:.2f} times"


def count(value: float) -> str:
    """A count with thousands separators: "34,919,806"."""
    if not known(value):
        return MISSING
    whole = abs(value - round(value)) < 1e-9 or abs(value) >= 100
    return f"{round(value):,}" if whole else f"{value:,.1f}"


def whole(value: float) -> str:
    """Excess people or events, rounded to whole ones: "312"."""
    return f"{round(value):,}" if known(value) else MISSING


def whole_range(lower: float, upper: float) -> str:
    """The interval of excess people or events: "240–390"; nothing when it is not known."""
    return f"{whole(lower)}–{whole(upper)}" if known(lower) and known(upper) else ""


def range_named(ends: str) -> str:
    """An interval in brackets, named: " (95% range 240–390)"; nothing for none."""
    return f" (95% range {ends})" if ends else ""


def part_of(x: float, n: float) -> str:
    """Events out of a denominator: "0 of 240"."""
    return f"{count(x)} of {count(n)}" if known(x) and known(n) else MISSING


def share(fraction: float) -> str:
    """A share of a whole: "4%", "less than 1%"."""
    return _per_cent(fraction, 0.0) if known(fraction) else MISSING


def chance(p: float) -> str:
    """How often chance alone would bring as large a difference: "less than 1 time in 1,000", "about 1 time in 20"."""
    if not known(p):
        return ""
    if p < 0.001:
        return "less than 1 time in 1,000"
    if p > 0.5:
        return "more than half of the time"
    times = 1 / p
    if times < 10:
        often = round(10 * p)
        return f"about {often} {'time' if often == 1 else 'times'} in 10"
    return f"about 1 time in {count(round(times, 1 - int(math.log10(times))))}"


def shares_that_add(parts: Sequence[float]) -> tuple[str, tuple[str, ...]]:
    """A whole and its parts as per cent, with as many decimals as it takes for the parts to add up to the whole."""
    for decimals in (0, 1, 2):
        whole_said, written = f"{100 * sum(parts):.{decimals}f}", [f"{100 * part:.{decimals}f}" for part in parts]
        if float(min(written, key=float)) > 0 and f"{sum(map(float, written)):.{decimals}f}" == whole_said:
            return f"{whole_said}%", tuple(f"{each}%" for each in written)
    return share(sum(parts)), tuple(map(share, parts))


def display_scale(measure: Measure) -> float:
    """What a rate is multiplied by on an axis: 100 for proportions, the multiplier for rates, 1 for means."""
    return {"proportion": 100.0, "rate": measure.multiplier, "mean": 1.0}[measure.kind]


def _points(value: float, n: float) -> str:
    written = f"{abs(value) * 100:.{_decimals(n)}f}"
    return f"{written} {'point' if written in ('1', '1.0') else 'points'}"


def _per_cent(value: float, n: float) -> str:
    decimals = _decimals(n)
    smallest, per_cent = _SMALLEST[decimals], value * 100
    if 0 < per_cent <= smallest / 2:
        return f"under {smallest:.{decimals}f}%"
    if 100 - smallest / 2 <= per_cent < 100:
        return f"over {100 - smallest:.{decimals}f}%"
    return f"{_fixed(per_cent, decimals)}%"


def _scaled(measure: Measure, value: float, n: float, level: float = math.nan) -> str:
    """A rate or mean as it is written, with the decimals that ``level`` deserves: itself where no other is named."""
    scale = measure.multiplier if measure.kind == "rate" else 1.0
    scaled, of = value * scale, abs((level if known(level) else value) * scale)
    if measure.kind == "mean" and of >= 10:
        return _fixed(scaled, _decimals(n))
    return _fixed(scaled, 1 - math.floor(math.log10(of)) if 0 < of < 1 else 1)


def _fixed(value: float, decimals: int) -> str:
    """So many decimals, and no minus before a zero."""
    written = f"{value:,.{decimals}f}"
    return written[1:] if written[0] == "-" and not written.strip("-0.") else written


def _decimals(n: float) -> int:
    """No decimal under 1,000; one above, and where n is not known because an estimate came without it."""
    return 0 if n < _FEW else 1


def _number_only(written: str) -> str:
    return written.split(" ", maxsplit=1)[0]


def _one_of(of: str) -> str:  # after a plain 1: "minute"; what is no plural stays
    return of[:-1] if len(of) > 3 and of.isalpha() and of.endswith("s") and not of.endswith("ss") else of


def _joined(number: str, after: str) -> str:
    return f"{number} {after}" if after else number
