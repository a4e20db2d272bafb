"""The gap, signed toward harm, and what it amounts to.

A gap is positive when the group does worse than the reference, whatever the polarity of the measure
(``higher_better``: reference − group; ``lower_better``: group − reference). A ``neutral`` measure has no worse side:
its signed gaps are NaN, and no word such as "worse" may be shown.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from equity.stats.estimate import Estimate, FloatArray, Kind, Numbers, Polarity, as_floats, broadcast

DISPARITY: Final = "disparity"
LARGE_UNCERTAIN: Final = "large_uncertain"
SMALL_CERTAIN: Final = "small_certain"
NO_DISPARITY: Final = "none"
NOT_JUDGED: Final = ""

RELATIVE_THRESHOLD = 0.10
"""AHRQ's NHQDR: a relative difference of at least 10 % in either framing matters."""

SIGNIFICANCE = 0.05
"""AHRQ's NHQDR: two-sided p ≤ 0.05."""

_EDGE = 1e-12
"""A difference of exactly 10 % is at least 10 %, also after the rounding of a division."""


def harm_sign(polarity: Polarity | npt.NDArray[np.str_]) -> FloatArray:
    """+1 where more is worse, −1 where more is better, NaN where neither is.

    Raises:
        ValueError: a polarity is none of ``higher_better``, ``lower_better``, ``neutral``.
    """
    words = np.asarray(polarity)
    known = np.isin(words, ["higher_better", "lower_better", "neutral"])
    if not known.all():
        unknown = str(words[~known].ravel()[0])
        raise ValueError(f"A polarity is higher_better, lower_better or neutral, not {unknown!r}.")
    return np.where(words == "higher_better", -1.0, np.where(words == "lower_better", 1.0, np.nan))


def relative_difference(group: Numbers, reference: Numbers) -> FloatArray:
    """(group − reference) ÷ reference. 0 where both are 0; infinite where only the reference is 0."""
    y, base = broadcast(group, reference)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = (y - base) / base
    return np.where((base == 0) & (y == 0), 0.0, relative)


def largest_relative_difference(group: Numbers, reference: Numbers, kind: Kind) -> FloatArray:
    """The larger of the relative differences in the two framings, without sign: what NHQDR holds against 10 %."""
    as_measured = np.abs(relative_difference(group, reference))
    if kind != "proportion":
        return as_measured
    turned = np.abs(relative_difference(1.0 - as_floats(group), 1.0 - as_floats(reference)))
    return np.maximum(as_measured, turned)


def verdict(
    p: Numbers,
    relative: Numbers,
    significance: float = SIGNIFICANCE,
    threshold: float = RELATIVE_THRESHOLD,
) -> npt.NDArray[np.str_]:
    """The NHQDR verdict: ``disparity``, ``large_uncertain``, ``small_certain`` or ``none``.

    Args:
        p: two-sided p-value, or its false-discovery q. NaN (no test was possible) counts as uncertain.
        relative: :func:`largest_relative_difference`. NaN, as where a group has nobody, gives "" (not judged).
        significance: p at or below this is certain.
        threshold: a relative difference at or above this is large.

    The verdict has no side: a group may do better than the reference. The sign is in the gap.

    Source: AHRQ, National Healthcare Quality and Disparities Report, methods.
    """
    chance, size = broadcast(p, relative)
    certain = chance <= significance + _EDGE
    large = np.abs(size) >= threshold - _EDGE
    words = np.where(
        large, np.where(certain, DISPARITY, LARGE_UNCERTAIN), np.where(certain, SMALL_CERTAIN, NO_DISPARITY)
    )
    return np.where(np.isnan(size), NOT_JUDGED, words)


def excess_events(n: Numbers, gap: Estimate) -> Estimate:
    """E = n · max(0, gap): how many events fewer (or more) at the reference rate, with the gap's own interval.

    Never "caused by". In the unit of x: people for a proportion, events for a rate; for a mean, total units (minutes).
    NaN where the gap is. The total over groups needs draws: see :mod:`equity.stats.summary.bootstrap`.
    """
    size = as_floats(n)
    return Estimate(
        size * np.maximum(gap.value, 0.0), size * np.maximum(gap.lower, 0.0), size * np.maximum(gap.upper, 0.0)
    )
