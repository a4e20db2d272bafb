"""A gap under assumptions on the people whose group is not recorded: whose they are, and how they fared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity.lens.answers import Completeness
from equity.stats.unknown_groups import IfUnknown, gap_if_unknown
from equity.vocabulary import PlainError

STEPS = 21
POSITIONS = tuple(np.linspace(0.0, 1.0, 5).tolist())


@dataclass(frozen=True)
class Assumed:
    """One group's gap for every way in which its part of the unknown could have fared.

    share    of the unknown that are taken to be the group's; ``usual_share`` is that of the recorded.
    rates    (STEPS,) from the best group's rate to the worst group's; ``gaps`` those at each.
    at       the gap at the rate picked, ``fared`` from 0 (as the best group) to 1 (as the worst group).
    """

    group: str
    share: float
    usual_share: float
    fared: float
    rates: tuple[float, ...]
    gaps: IfUnknown
    at: IfUnknown
    known_rate: float
    unknown_n: float


def assume(answer: Completeness, group: str, share: float | None = None, fared: float = 0.5) -> Assumed:
    """The gap of a group if ``share`` of the unknown are its people and fared so, between best (0) and worst (1).

    ``share`` None is the group's share of the recorded.

    Raises:
        PlainError: the group has no bounds here, or a number outside 0 to 1.
    """
    if group not in answer.counts:
        raise PlainError(f"“{group}” has no best and worst case here, so nothing can be assumed of its missing people.")
    for name, value in (("share", share), ("result", fared)):
        if value is not None and not 0.0 <= value <= 1.0:
            raise PlainError(f"The {name} of those not recorded lies between 0 and 1, such as 0.3; {value} does not.")
    known = answer.counts[group]
    best, worst = answer.ends if known.harm_sign > 0 else answer.ends[::-1]
    taken = known.usual_share if share is None else share
    rates = best + np.linspace(0.0, 1.0, STEPS) * (worst - best)
    return Assumed(
        group=group,
        share=taken,
        usual_share=known.usual_share,
        fared=fared,
        rates=tuple(rates.tolist()),
        gaps=gap_if_unknown(known, taken, rates),
        at=gap_if_unknown(known, taken, best + fared * (worst - best)),
        known_rate=known.x / known.n,
        unknown_n=known.unknown_n,
    )


def assumptions(answer: Completeness, share: float | None = None) -> pd.DataFrame:
    """Every group at five positions from as the best group (0) to as the worst group (1).

    group, share, fared, rate (kept to what the results of all the unknown allow), possible (whether it had not to be),
    gap with limits, tipping_rate and can_vanish.
    """
    rows = []
    for group in answer.counts:
        for fared in POSITIONS:
            one = assume(answer, group, share, fared)
            gap, at = one.at.gap, one.at
            rows.append(
                {
                    "group": group,
                    "share": one.share,
                    "fared": fared,
                    "rate": float(at.rate),
                    "possible": int(at.possible),
                    "gap": float(gap.value),
                    "gap_lower": float(gap.lower),
                    "gap_upper": float(gap.upper),
                    "tipping_rate": float(at.tipping_rate),
                    "can_vanish": int(at.can_vanish),
                }
            )
    return pd.DataFrame(rows)
