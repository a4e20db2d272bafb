"""A group against its comparator: difference, ratio and p, from sums or from published estimates, before any sign."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from equity.lens.comparisons.blocks import Z95
from equity.lens.comparisons.comparators import Comparator
from equity.lens.comparisons.samples import Effective, Sample
from equity.stats import differences
from equity.stats.estimate import Estimate, FloatArray, normal_quantile, ratio_of, two_sided_normal
from equity.stats.significance import difference_test, target_test
from equity.vocabulary import Kind


@dataclass(frozen=True)
class Contrasts:
    """Group against comparator, before any sign: difference, ratio, p, and the rate compared with."""

    difference: Estimate
    ratio: Estimate
    p: FloatArray
    opposite_rate: FloatArray


def contrast(kind: Kind, group: Sample, own: Effective, estimate: Estimate, comparator: Comparator) -> Contrasts:
    """Difference, ratio and p of each group against its comparator. NaN where either has no denominator.

    ``own`` are the group's effective sums, and ``estimate`` its rate with the 95 % interval that follows from them.
    A target has no error of its own.
    """
    n, x, xx = own
    if comparator.sample is None:
        return Contrasts(
            differences.difference_from_target(estimate, comparator.target),
            differences.ratio_to_target(estimate, comparator.target),
            target_test(kind, n, x, comparator.target, xx),
            comparator.target,
        )
    n2, x2, xx2 = comparator.sample.effective(kind)
    difference = differences.difference(kind, n, x, n2, x2, xx, xx2)
    ratio = differences.ratio(kind, n, x, n2, x2, xx, xx2)
    rate = ratio_of(comparator.sample.x, comparator.sample.n)
    if comparator.kind == "average":
        difference = differences.difference_from_average(difference, comparator.share)
        ratio = differences.ratio_to_average(ratio, comparator.share)
        rate = comparator.share * ratio_of(group.x, group.n) + (1 - comparator.share) * rate
    return Contrasts(difference, ratio, difference_test(kind, n, x, n2, x2, xx, xx2), rate)


def intervals_at(
    kind: Kind, own: Effective, comparator: Comparator, mine: npt.NDArray[np.bool_], level: float
) -> tuple[Estimate, Estimate]:
    """Difference and ratio of some of the cells against a reference group, with intervals of another level."""
    if comparator.sample is None:
        raise ValueError("only groups are picked, and a group has sums")
    n, x, xx = (sums[mine] for sums in own)
    n2, x2, xx2 = comparator.sample.map_all(lambda sums: sums[:, mine]).effective(kind)
    arguments = (kind, n, x, n2, x2, xx, xx2, level)
    return differences.difference(*arguments), differences.ratio(*arguments)


def contrast_published(group: Estimate, comparator: Estimate, level: float = 0.95) -> Contrasts:
    """Published estimates against one another: MOVER for the difference, logs for the ratio, normal p.

    Independence is assumed: the file does not say otherwise. Without intervals only the values come out.
    """
    difference = differences.mover(group, comparator)
    stretched = normal_quantile(level) / Z95
    error = np.hypot(group.width, comparator.width) / (2 * Z95)
    value = ratio_of(np.where(comparator.value > 0, group.value, np.nan), comparator.value)
    with np.errstate(invalid="ignore", divide="ignore"):
        half = np.hypot(np.log(group.upper / group.lower), np.log(comparator.upper / comparator.lower)) / 2
    stretch = np.exp(stretched * np.where((group.lower > 0) & (comparator.lower > 0), half, np.nan))
    p = two_sided_normal(ratio_of(difference.value, error))
    middle = difference.value
    difference = Estimate(
        middle, middle - stretched * (middle - difference.lower), middle + stretched * (difference.upper - middle)
    )
    return Contrasts(difference, Estimate(value, value / stretch, value * stretch), p, comparator.value)


def contrast_of_published(estimate: Estimate, comparator: Comparator, level: float = 0.95) -> Contrasts:
    """Published estimates against published estimates or a target, which has no error of its own."""
    if comparator.published is not None:
        return contrast_published(estimate, comparator.published, level)
    against = differences.difference_from_target(estimate, comparator.target)
    p = two_sided_normal(ratio_of(against.value, estimate.width / (2 * Z95)))
    return Contrasts(against, differences.ratio_to_target(estimate, comparator.target), p, comparator.target)
