"""How much weight one number can bear: the reliability badge, after the NCHS presentation standards.

Reliability is not privacy: a number can be safe to show and too uncertain to read, or the other way round. The two have
their own marks and words.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from equity.stats.estimate import Estimate, Kind, Numbers, as_floats, ratio_of
from equity.stats.intervals import clopper_pearson

RELIABLE: Final = "reliable"
READ_WITH_CARE: Final = "read_with_care"
TOO_FEW: Final = "too_few"

SMALLEST_SAMPLE = 30.0 * (1.0 - 1e-9)
"""NCHS: an effective sample below 30 is too few; 30 less what rounding takes is 30."""
NARROW, WIDE = 0.05, 0.30
"""NCHS: a 95 % interval of a proportion this narrow is always reliable, this wide never."""
WIDEST_RELATIVE = 1.30
"""NCHS: width of the interval over the proportion (or its complement)."""
FEWEST_EVENTS = 10.0 * (1.0 - 1e-9)
WIDEST_RELATIVE_RATE = 1.60
"""NCHS (SR2-200): fewer events than 10, or an interval wider than 1.6 times the rate, is too few."""
LARGEST_RELATIVE_ERROR = 0.30
"""The long-standing NCHS limit on the relative standard error of a mean."""


def proportion_reliability(estimate: Estimate, n: Numbers) -> npt.NDArray[np.str_]:
    """The badge of a proportion from its 95 % interval and its (effective) sample size, in the order NCHS gives.

    1. n_eff < 30: too few. 2. width ≤ 0.05: reliable. 3. width ≥ 0.30: too few. 4. width/p > 1.30: too few.
    5. width/(1 − p) > 1.30: read with care. Otherwise reliable.

    Args:
        estimate: proportion with its 95 % interval (the standard knows no other level).
        n: effective sample size. Where it is 0 the badge is ``too_few``.

    Source: Parker et al. 2017, NCHS Series 2 no. 175.
    """
    size = np.broadcast_to(as_floats(n), estimate.value.shape)
    width = estimate.width
    relative = _or_infinite(width, estimate.value)
    relative_complement = _or_infinite(width, 1.0 - estimate.value)
    return np.select(
        [
            ~(size >= SMALLEST_SAMPLE),
            width <= NARROW,
            width >= WIDE,
            relative > WIDEST_RELATIVE,
            relative_complement > WIDEST_RELATIVE,
        ],
        [TOO_FEW, RELIABLE, TOO_FEW, TOO_FEW, READ_WITH_CARE],
        default=RELIABLE,
    )


def rate_reliability(estimate: Estimate, x: Numbers) -> npt.NDArray[np.str_]:
    """The badge of a rate: too few with under 10 (effective) events or an interval wider than 1.6 times the rate.

    Source: NCHS Series 2 no. 200 (presentation standards for rates and counts).
    """
    events = np.broadcast_to(as_floats(x), estimate.value.shape)
    relative = _or_infinite(estimate.width, estimate.value)
    few = ~(events >= FEWEST_EVENTS) | ~(relative <= WIDEST_RELATIVE_RATE)
    return np.where(few, TOO_FEW, RELIABLE)


def mean_reliability(estimate: Estimate, n: Numbers) -> npt.NDArray[np.str_]:
    """The badge of a mean, for which NCHS has no newer rule: n_eff < 30 too few; relative error > 30 % with care.

    The relative standard error is taken from the 95 % interval as width / (2·1.96·|mean|). A mean near 0 on a scale
    without a true zero therefore asks for care, not for silence.
    """
    size = np.broadcast_to(as_floats(n), estimate.value.shape)
    relative_error = _or_infinite(estimate.width / (2.0 * 1.96), np.abs(estimate.value))
    return np.select(
        [~(size >= SMALLEST_SAMPLE), relative_error > LARGEST_RELATIVE_ERROR],
        [TOO_FEW, READ_WITH_CARE],
        default=RELIABLE,
    )


def reliability(kind: Kind, estimate: Estimate, n: Numbers, x: Numbers) -> npt.NDArray[np.str_]:
    """The badge that belongs to a kind of measure. Pass effective n and x where visits repeat, and a 95 % interval.

    For a proportion the badge goes by NCHS's own interval, Clopper and Pearson's of the effective counts (Korn &
    Graubard 1998, without their adjustment for the degrees of freedom of a survey), though Wilson's is what is shown:
    it is somewhat wider, so the badge never says more than NCHS would.
    """
    if kind == "proportion":
        exact = clopper_pearson(x, n)
        return proportion_reliability(Estimate(estimate.value, exact.lower, exact.upper), n)
    if kind == "rate":
        return rate_reliability(estimate, x)
    return mean_reliability(estimate, n)


def _or_infinite(top: npt.NDArray[np.float64], bottom: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    quotient = ratio_of(top, bottom)
    return np.where((bottom == 0) & (top > 0), np.inf, quotient)
