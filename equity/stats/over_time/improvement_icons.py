"""Two codes that a leader can read: is it changing (variation), and can we count on the target (assurance).

The NHS *Making Data Count* reading of a control chart. Variation is about the latest measured point: part of a special
cause or not, and on which side of better. Assurance is about the limits: a target beyond them will be met, or missed,
as long as nothing changes; a target within them is hit or missed by chance.

These rules ask about the latest point; the Anhøj rules, which alone decide the word *signal*, about the whole series.

Sources: NHS England, Making Data Count; NHSRplotthedots (rules and their lengths).
"""

from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from equity.stats.estimate import BoolArray, Numbers, Polarity, as_floats
from equity.stats.gap import harm_sign
from equity.stats.over_time.chart_limits import ControlChart, previous_used
from equity.stats.over_time.run_rules import shift_points, sides, trend_points

IMPROVING_HIGH: Final = "improving_high"
IMPROVING_LOW: Final = "improving_low"
CONCERNING_HIGH: Final = "concerning_high"
CONCERNING_LOW: Final = "concerning_low"
NEUTRAL_HIGH: Final = "neutral_high"
NEUTRAL_LOW: Final = "neutral_low"
COMMON_CAUSE: Final = "common_cause"

CONSISTENTLY_MET: Final = "consistently_met"
CONSISTENTLY_MISSED: Final = "consistently_missed"
HIT_AND_MISS: Final = "hit_and_miss"

NOT_JUDGED: Final = ""

FALSE_ALARMS_LATEST = {12: 0.015, 24: 0.017, 36: 0.018}
"""Share of XmR charts of pure noise whose latest point these rules call special, by number of points (simulated)."""

Number = TypeVar("Number", bound=np.generic)

POINTS_IN_A_ROW = 7
"""Making Data Count: this many points on one side of the mean, or all rising, or all falling."""


def special_cause_sides(chart: ControlChart) -> npt.NDArray[np.int8]:
    """Which side the special cause at each point lies on: 1 high, −1 low, 0 common cause or no data. (…, T).

    A point is special when it is outside the limits, one of 7 or more in a row on one side of the centre,
    one of two out of three neighbours beyond 2σ on one side, or one of 7 or more all rising or all falling. The side is
    that of the centre, except for points special only by their trend: there it is where the trend is going. Runs do
    not reach across phases; excluded points are stepped over.
    """
    sides = np.zeros(chart.value.shape, dtype=np.int8)
    for number in range(int(chart.phase[-1]) + 1):
        inside = chart.phase == number
        sides[..., inside] = _sides_in_phase(chart, inside)
    return sides


def variation_of(chart: ControlChart, side: npt.NDArray[np.integer], polarity: Polarity) -> npt.NDArray[np.str_]:
    """The variation icon of each series, from its latest measured point. Shape (…).

    `improving_high` … `concerning_low` say better or worse and high or low; `neutral_high`, `neutral_low` for a neutral
    measure; `common_cause`; "" when nothing was measured or the chart has no limits to judge by. ``side`` is that of
    the special causes, as `special_cause_sides` gives it.
    """
    known = np.isfinite(chart.value) & ~chart.excluded & np.isfinite(chart.sigma)
    latest = _at_latest(side, known)
    harm = float(harm_sign(polarity))
    high, low = (
        (NEUTRAL_HIGH, NEUTRAL_LOW)
        if np.isnan(harm)
        else (CONCERNING_HIGH, IMPROVING_LOW)
        if harm > 0
        else (IMPROVING_HIGH, CONCERNING_LOW)
    )
    return np.select([~known.any(axis=-1), latest > 0, latest < 0], [NOT_JUDGED, high, low], COMMON_CAUSE)


def assurance_code(chart: ControlChart, target: Numbers, polarity: Polarity) -> npt.NDArray[np.str_]:
    """The assurance icon of each series against its target (unit of the chart), from the latest limits. Shape (…).

    `consistently_met`: even the worse limit is on the good side of the target; `consistently_missed`: even the better
    limit is on the bad side; `hit_and_miss`: the target is within the limits. "" without a target, limits or polarity.
    """
    known = np.isfinite(chart.lower) & np.isfinite(chart.upper)
    lower, upper = _at_latest(chart.lower, known), _at_latest(chart.upper, known)
    aim = np.broadcast_to(as_floats(target), lower.shape)
    harm = float(harm_sign(polarity))
    unjudged = ~known.any(axis=-1) | np.isnan(aim) | np.isnan(harm)
    above, below = (CONSISTENTLY_MISSED, CONSISTENTLY_MET) if harm < 0 else (CONSISTENTLY_MET, CONSISTENTLY_MISSED)
    return np.select([unjudged, aim > upper, aim < lower], [NOT_JUDGED, above, below], HIT_AND_MISS)


def _sides_in_phase(chart: ControlChart, inside: BoolArray) -> npt.NDArray[np.int8]:
    value = np.where(chart.excluded, np.nan, chart.value)[..., inside]
    centre, sigma = chart.centre[..., inside], chart.sigma[..., inside]
    side = sides(value, centre)
    outside = chart.outside[..., inside] & np.isfinite(value)
    steady = outside | shift_points(value, centre, least=POINTS_IN_A_ROW) | _two_of_three(value, centre, sigma, side)
    rising, falling = _trends(value)
    trend = rising.astype(np.int8) - falling.astype(np.int8)
    return np.where(steady, side, trend).astype(np.int8)


def _trends(value: npt.NDArray[np.float64]) -> tuple[BoolArray, BoolArray]:
    """Points of rising and of falling trends; a turning point that ends one belongs to that one."""
    trending = trend_points(value, least=POINTS_IN_A_ROW)
    earlier, paired = previous_used(value, np.isfinite(value))
    moving = trending & paired
    return moving & (value > earlier), moving & (value < earlier)


def _two_of_three(
    value: npt.NDArray[np.float64],
    centre: npt.NDArray[np.float64],
    sigma: npt.NDArray[np.float64],
    side: npt.NDArray[np.int8],
) -> BoolArray:
    """Points beyond 2σ that are one of at least two such among three neighbours, all three on one side."""
    far = np.abs(value - centre) > 2 * sigma
    marked = np.zeros(value.shape, dtype=bool)
    threes = max(value.shape[-1] - 2, 0)
    first, second, third = (slice(start, start + threes) for start in range(3))
    together = np.abs(side[..., first] + side[..., second] + side[..., third]) == 3
    enough = far[..., first].astype(int) + far[..., second] + far[..., third] >= 2
    for place in (first, second, third):
        marked[..., place] |= together & enough & far[..., place]
    return marked


def _at_latest(values: npt.NDArray[Number], known: BoolArray) -> npt.NDArray[Number]:
    """The value at the latest known place of each series (the first place when none is)."""
    places = np.where(known, np.arange(known.shape[-1]), -1).max(axis=-1)
    return np.take_along_axis(values, np.maximum(places, 0)[..., np.newaxis], axis=-1)[..., 0]
