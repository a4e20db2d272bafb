"""What people of unknown race, language or other group mean for a conclusion.

Unknown, declined, not asked and other are four different things and stay so; this file only counts who is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from equity.stats.estimate import FloatArray, Numbers, Polarity, as_floats, broadcast, ratio_of
from equity.stats.gap import harm_sign

GOOD: Final = "good"
CAUTION: Final = "caution"
FIX_FIRST: Final = "fix_first"
NO_DATA: Final = ""

GOOD_FROM, CAUTION_FROM = 0.95, 0.80
_EDGE = 1e-12


def completeness_status(share: Numbers) -> npt.NDArray[np.str_]:
    """``good`` from 95 %, ``caution`` from 80 %, ``fix_first`` below; "" where there is nobody."""
    known = as_floats(share)
    return np.select(
        [np.isnan(known), known >= GOOD_FROM - _EDGE, known >= CAUTION_FROM - _EDGE],
        [NO_DATA, GOOD, CAUTION],
        default=FIX_FIRST,
    )


@dataclass(frozen=True, slots=True)
class GapBounds:
    """The gap (positive when the group does worse) as observed, and the extremes that the unknowns allow."""

    observed: FloatArray
    smallest: FloatArray
    largest: FloatArray


@dataclass(frozen=True, slots=True)
class TippingPoint:
    """How many of the unknown would have to belong to the group, all with the better outcome, for its gap to vanish.

    The reference group is taken as observed.

    Attributes:
        people: smallest such number; 0 where there is no gap.
        share_of_unknown: of all the unknown.
        share_with_better_outcome: of the unknown with the better outcome. "The gap disappears only if at least 61 % of
            the 84 people of unknown race with controlled blood pressure are …". Above 1: it cannot disappear this way.
        possible: whether there are that many unknown with the better outcome.
    """

    people: FloatArray
    share_of_unknown: FloatArray
    share_with_better_outcome: FloatArray
    possible: npt.NDArray[np.bool_]


def gap_bounds(
    x: Numbers,
    n: Numbers,
    reference_x: Numbers,
    reference_n: Numbers,
    unknown_x: Numbers,
    unknown_n: Numbers,
    polarity: Polarity | npt.NDArray[np.str_],
) -> GapBounds:
    """Worst and best case of a gap between two proportions, whatever the groups of the unknown turn out to be.

    The gap is largest if all unknown people with the worse outcome belong to the group and all with the better one to
    the reference, and smallest the other way round. No assumption is made, and none is needed: these are bounds, not
    an interval. NaN for a neutral measure or where a group has nobody known.

    Source: Manski 1989 (bounds without assumptions).
    """
    bad, size, ref_bad, ref_size, unknown_bad, unknown_good = _by_harm(
        x, n, reference_x, reference_n, unknown_x, unknown_n, polarity
    )
    observed = ratio_of(bad, size) - ratio_of(ref_bad, ref_size)
    largest = ratio_of(bad + unknown_bad, size + unknown_bad) - ratio_of(ref_bad, ref_size + unknown_good)
    smallest = ratio_of(bad, size + unknown_good) - ratio_of(ref_bad + unknown_bad, ref_size + unknown_bad)
    known = ~np.isnan(observed)
    return GapBounds(observed, np.where(known, smallest, np.nan), np.where(known, largest, np.nan))


def tipping_point(
    x: Numbers,
    n: Numbers,
    reference_x: Numbers,
    reference_n: Numbers,
    unknown_x: Numbers,
    unknown_n: Numbers,
    polarity: Polarity | npt.NDArray[np.str_],
) -> TippingPoint:
    """The least that the unknown would have to be for the gap between two proportions to vanish; see the class.

    Adding a people with the better outcome brings the group's rate of the worse outcome from b/n to b/(n + a), which is
    the reference's at a = b/r − n. Infinite where nobody of the reference has the worse outcome.
    """
    bad, size, ref_bad, ref_size, unknown_bad, unknown_good = _by_harm(
        x, n, reference_x, reference_n, unknown_x, unknown_n, polarity
    )
    reference = ratio_of(ref_bad, ref_size)
    gap = ratio_of(bad, size) - reference
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(gap > 0, bad / reference - size, 0.0)
    needed = np.where(np.isnan(gap), np.nan, needed)
    return TippingPoint(
        people=needed,
        share_of_unknown=ratio_of(needed, unknown_bad + unknown_good),
        share_with_better_outcome=ratio_of(needed, unknown_good),
        possible=needed <= unknown_good,
    )


def _by_harm(
    x: Numbers,
    n: Numbers,
    reference_x: Numbers,
    reference_n: Numbers,
    unknown_x: Numbers,
    unknown_n: Numbers,
    polarity: Polarity | npt.NDArray[np.str_],
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    """(worse outcomes, n, reference's worse outcomes, reference n, unknown with worse, unknown with better outcome)."""
    events, size, ref_events, ref_size, unknown_events, unknown_size, sign = broadcast(
        x, n, reference_x, reference_n, unknown_x, unknown_n, harm_sign(polarity)
    )

    def worse(count: FloatArray, of: FloatArray) -> FloatArray:
        return np.where(sign > 0, count, np.where(sign < 0, of - count, np.nan))

    unknown_bad = worse(unknown_events, unknown_size)
    return worse(events, size), size, worse(ref_events, ref_size), ref_size, unknown_bad, unknown_size - unknown_bad
