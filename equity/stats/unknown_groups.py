"""What a gap would be if people whose group is not recorded were some group's and had fared in some way.

Between the bounds (:mod:`.missing_groups`) lie assumptions that can be said aloud: what share of the unknown belong to
the group, and how those fared. The results of all the unknown together are known, so what is said of some leaves
the rest: they are the other groups', the reference's by its share.

Source: Rotnitzky, Robins & Scharfstein 1998; Kenward, Goetghebeur & Molenberghs 2001 (sensitivity of what is missing).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity.stats.differences import proportion_difference
from equity.stats.estimate import Estimate, FloatArray, Numbers, as_floats, broadcast, ratio_of


@dataclass(frozen=True)
class Known:
    """Counts of one group's question, plain; each inflation is by how much repeat visits widen the variance.

    ``others_n`` are all recorded people who are not the group's, the reference among them. ``harm_sign`` is +1 where
    more is worse, −1 where more is better.
    """

    x: float
    n: float
    reference_x: float
    reference_n: float
    others_n: float
    unknown_x: float
    unknown_n: float
    harm_sign: float
    inflation: float = 1.0
    reference_inflation: float = 1.0

    @property
    def usual_share(self) -> float:
        """The share of the unknown that would be the group's if the unknown were like the recorded."""
        return self.n / (self.n + self.others_n)


@dataclass(frozen=True)
class IfUnknown:
    """The gap under assumptions, toward harm, arrays of one shape.

    Attributes:
        gap: with the interval of the counts so filled up; what was assumed has no error of its own.
        rate: how those of the unknown who are the group's fared, kept to what the results of all unknown allow.
        possible: whether the rate that was asked for is within that.
        tipping_rate: their rate at which the gap vanishes; may lie outside 0 to 1.
        can_vanish: whether it is within what the results of all unknown allow.
    """

    gap: Estimate
    rate: FloatArray
    possible: FloatArray
    tipping_rate: FloatArray
    can_vanish: FloatArray


def gap_if_unknown(known: Known, share: Numbers, rate: Numbers) -> IfUnknown:
    """The gap if ``share`` of the unknown are the group's and fared at ``rate``.

    NaN where nobody is unknown, or a side has nobody.
    """
    of_unknown, asked = broadcast(share, rate)
    mine = of_unknown * known.unknown_n
    rest = known.unknown_n - mine
    lowest = np.where(mine > 0, np.maximum(ratio_of(known.unknown_x - rest, mine), 0.0), 0.0)
    highest = np.where(mine > 0, np.minimum(ratio_of(as_floats(np.full(mine.shape, known.unknown_x)), mine), 1.0), 1.0)
    kept = np.clip(asked, lowest, highest)
    reference_share = known.reference_n / known.others_n if known.others_n > 0 else np.nan
    at_reference = rest * reference_share
    rest_rate = np.where(rest > 0, ratio_of(known.unknown_x - mine * kept, rest), 0.0)
    n1, x1 = known.n + mine, known.x + mine * kept
    n2, x2 = known.reference_n + at_reference, known.reference_x + at_reference * rest_rate
    by1, by2 = max(known.inflation, 1.0), max(known.reference_inflation, 1.0)
    apart = proportion_difference(x1 / by1, n1 / by1, x2 / by2, n2 / by2).scaled(known.harm_sign)
    # The gap is a line in the rate: its slope and where it begins.
    per_rate = ratio_of(mine, n1) + np.where(rest > 0, ratio_of(reference_share * mine, n2), 0.0)
    unmoved = np.where(rest > 0, reference_share * known.unknown_x, 0.0)
    start = ratio_of(as_floats(np.full(mine.shape, known.x)), n1) - ratio_of(known.reference_x + unmoved, n2)
    tipping = np.where(mine > 0, ratio_of(-start, per_rate), np.nan)
    can = (tipping >= lowest - 1e-12) & (tipping <= highest + 1e-12)
    possible = np.abs(kept - asked) < 1e-12
    return IfUnknown(apart, kept, possible.astype(np.float64), tipping, can.astype(np.float64))
