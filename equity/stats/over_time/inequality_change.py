"""Has inequality over all groups changed? A straight line through a summary measure's value in each period.

An absolute measure (a difference) and a relative one (a ratio) of the same rates can move apart: where all rates halve,
the difference halves and the ratio stays. Both are therefore given, side by side.

Chance lifts most summary measures, the more the smaller the groups, so the line goes through the values with chance
taken off where a measure has one; and where the groups cannot be told apart there is nothing that could have changed.

Two numbers side by side are two chances to be misled, though seldom two whole ones, since they move alike: what is said
of a pair holds for both, with Šidák's bound over 1 + √(1 − ρ²) comparisons, ρ the correlation of the two about their
lines. That is how often the larger of two normal estimates exceeds a bound beside one alone (2 where they share
nothing, 1 where they are one), to a hundredth at 95 %.

Source: National Cancer Institute, HD*Calc 2.0 (Breen and others 2014): absolute and relative measures over time, with
the change from the first period to the last; Šidák 1967.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

from equity.stats.estimate import BoolArray, Estimate, FloatArray, Numbers, broadcast, ratio_of, two_sided_t
from equity.stats.over_time.period_series import serial_correlation, serial_inflation

NARROWED: Final = "narrowed"
WIDENED: Final = "widened"
NO_CLEAR_CHANGE: Final = "no_clear_change"
ALIKE: Final = "groups_alike"
TOO_FEW_PERIODS: Final = "too_few_periods"

PERIODS_FOR_A_CHANGE = 4


@dataclass(frozen=True, slots=True)
class InequalityChange:
    """A line through a series and what it comes to. Arrays of the leading shape (…).

    `periods` with a value; `first`, `last` the line's ends; `change` last − first (of ratios last ÷ first) with its t
    interval; `p` of no change (both hold for what stands `beside` it, too); `word`: `narrowed` and `widened` (toward
    equality or away from it), `no_clear_change`, `groups_alike` (in most periods of both halves the groups could not be
    told apart) or `too_few_periods`.
    """

    periods: npt.NDArray[np.int64]
    first: FloatArray
    last: FloatArray
    change: Estimate
    p: FloatArray
    word: npt.NDArray[np.str_]


def inequality_change(
    values: Numbers,
    when_equal: Numbers,
    told_apart: npt.ArrayLike,
    ratios: npt.ArrayLike = False,
    level: float = 0.95,
    beside: Sequence[tuple[int, int]] = (),
) -> InequalityChange:
    """The change of each series (…, T) over its periods, which are one apart; NaN is a period without a value.

    Args:
        values: the measure in each period.
        when_equal: (…) its value when all groups are equal: a change away from that widens.
        told_apart: (…, T) whether the groups of a period differ by more than chance.
        ratios: (…) whether a series is of ratios: its line is one of logarithms, and ``change`` is last ÷ first.
        level: of the intervals, and so of the words.
        beside: places, on the last leading axis, of two series that stand side by side: what is said holds for both.
    """
    y, apart = broadcast(values, np.asarray(told_apart, dtype=np.float64))
    logs = np.broadcast_to(np.asarray(ratios, dtype=np.bool_), y.shape[:-1])
    y = np.where(logs[..., np.newaxis], np.log(np.where(y > 0, y, np.nan)), y)
    equal = np.where(logs, 0.0, np.asarray(when_equal, dtype=np.float64))
    used = np.isfinite(y)
    count = used.sum(axis=-1)
    time = np.broadcast_to(np.arange(y.shape[-1], dtype=np.float64), y.shape)
    total = np.where(count > 0, count.astype(np.float64), np.nan)
    middle = np.where(used, time, 0.0).sum(axis=-1) / total
    mean = np.where(used, y, 0.0).sum(axis=-1) / total
    off = np.where(used, time - middle[..., np.newaxis], 0.0)
    spread = (off**2).sum(axis=-1)
    slope = ratio_of((off * np.where(used, y, 0.0)).sum(axis=-1), spread)
    fitted = mean[..., np.newaxis] + slope[..., np.newaxis] * off
    residual = np.where(used, y - fitted, 0.0)
    alike = serial_inflation(serial_correlation(residual, used, fitted=2))
    degrees = np.maximum(count - 2.0 * alike, 1.0)
    degrees = np.where(count > 2, degrees, np.nan)
    variance = ratio_of((residual**2).sum(axis=-1), np.where(count > 2, count - 2.0, np.nan)) * alike
    begins = np.where(used, time, np.inf).min(axis=-1, initial=np.inf)
    ends = np.where(used, time, -np.inf).max(axis=-1, initial=-np.inf)
    reach = np.where(count > 0, ends - begins, np.nan)
    error = np.sqrt(ratio_of(variance, spread)) * reach
    change = slope * reach
    comparisons = _comparisons(residual, count, beside)
    half = special.stdtrit(degrees, 0.5 * (1.0 + level ** (1.0 / comparisons))) * error
    p = np.where(error > 0, two_sided_t(ratio_of(change, error), degrees), np.where(change == 0, 1.0, 0.0))
    p = np.where(np.isnan(error), np.nan, -np.expm1(comparisons * np.log1p(-np.minimum(p, 1.0 - 1e-16))))
    first, last = (mean + slope * (end - middle) for end in (begins, ends))
    moved = Estimate(
        *(np.where(logs, np.exp(np.where(logs, side, 0.0)), side) for side in (change, change - half, change + half))
    )
    return InequalityChange(
        periods=count,
        first=np.where(logs, np.exp(first), first),
        last=np.where(logs, np.exp(last), last),
        change=moved,
        p=p,
        word=_word(count, first, last, equal, p <= 1.0 - level, _apart(apart > 0, used)),
    )


def _comparisons(residual: FloatArray, count: npt.NDArray[np.int64], beside: Sequence[tuple[int, int]]) -> FloatArray:
    """(…) how many comparisons stand side by side, by how alike the two of a pair move; the most of several pairs.

    A series whose other side has too few periods for a word stands alone.
    """
    comparisons = np.ones(count.shape)
    for one, other in beside:
        first, second = residual[..., one, :], residual[..., other, :]
        together = (first * second).sum(axis=-1) ** 2
        alike = np.nan_to_num(ratio_of(together, (first**2).sum(axis=-1) * (second**2).sum(axis=-1)))
        fewer = np.minimum(count[..., one], count[..., other])
        # Few residuals look more alike than they are: 1 − ρ² is steadied as Ezekiel's adjusted R² is.
        unlike = np.clip((1.0 - alike) * (fewer - 2.0) / np.maximum(fewer - 3.0, 1.0), 0.0, 1.0)
        both = np.where(fewer >= PERIODS_FOR_A_CHANGE, 1.0 + np.sqrt(unlike), 1.0)
        for place in (one, other):
            comparisons[..., place] = np.maximum(comparisons[..., place], both)
    return comparisons


def _apart(told_apart: BoolArray, used: BoolArray) -> BoolArray:
    """Whether the groups are told apart in at least half of the periods of the first half, or of the second."""
    place = np.cumsum(used, axis=-1)
    early = used & (2 * place <= used.sum(axis=-1, keepdims=True))
    halves = [(told_apart & half).sum(axis=-1) >= 0.5 * half.sum(axis=-1) for half in (early, used & ~early)]
    return np.asarray((halves[0] & early.any(axis=-1)) | halves[1], dtype=np.bool_)


def _word(
    count: npt.NDArray[np.int64],
    first: FloatArray,
    last: FloatArray,
    equal: FloatArray,
    clear: BoolArray,
    apart: BoolArray,
) -> npt.NDArray[np.str_]:
    nearer = np.abs(last - equal) < np.abs(first - equal)
    return np.select(
        [count < PERIODS_FOR_A_CHANGE, ~apart, clear & nearer, clear],
        [TOO_FEW_PERIODS, ALIKE, NARROWED, WIDENED],
        NO_CLEAR_CHANGE,
    )
