"""The NHQDR trend rule: a straight line through yearly rates.

Improving or worsening only when the change is more than 1 % a year *and* p ≤ 0.05, over at least four points.

Source: AHRQ, National Healthcare Quality and Disparities Report, methods.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from equity.stats.estimate import Estimate, FloatArray, Numbers, Polarity, broadcast, ratio_of, t_quantile, two_sided_t
from equity.stats.gap import SIGNIFICANCE, harm_sign
from equity.stats.selection import step_down

IMPROVING: Final = "improving"
WORSENING: Final = "worsening"
RISING: Final = "rising"
FALLING: Final = "falling"
NO_CLEAR_TREND: Final = "no_clear_trend"
TOO_FEW_POINTS: Final = "too_few_points"

POINTS_FOR_A_TREND = 4
YEARLY_CHANGE = 0.01


@dataclass(frozen=True, slots=True)
class LinearTrend:
    """A weighted line and what the rule says of it. Arrays of the leading shape (…).

    `points`: years with data. `slope`: change a year, in the unit of the rate, with its t interval. `se`, `p`: of the
    slope. `yearly_change`: the slope relative to the line at its weighted middle (a fraction a year). `verdict`:
    `improving`, `worsening` (`rising`, `falling` for a neutral measure), `no_clear_trend` or `too_few_points`.
    """

    points: npt.NDArray[np.int64]
    slope: Estimate
    se: FloatArray
    p: FloatArray
    yearly_change: FloatArray
    verdict: npt.NDArray[np.str_]


def linear_trend(
    years: Numbers,
    rates: Numbers,
    n: Numbers,
    polarity: Polarity,
    level: float = 0.95,
    together: npt.ArrayLike | None = None,
) -> LinearTrend:
    """Weighted least squares of yearly rates on the year, weights n, and the NHQDR verdict.

    `years` (T,), `rates` and `n` (…, T); a year with NaN or n = 0 is left out. Slope and its interval need 3 years,
    the verdict 4. The relative change is against the middle of the line, wherever the years begin. `together`: booleans
    on the last leading axis, the groups that one page speaks of: the verdict's p then holds for all of them.
    """
    rate, weight, year = broadcast(rates, n, years)
    used = np.isfinite(rate) & (weight > 0)
    y, w = np.where(used, rate, 0.0), np.where(used, weight, 0.0)
    points = used.sum(axis=-1)
    total = w.sum(axis=-1)
    middle_year, middle = ratio_of((w * year).sum(axis=-1), total), ratio_of((w * y).sum(axis=-1), total)
    apart = np.where(used, year - middle_year[..., np.newaxis], 0.0)
    spread = (w * apart**2).sum(axis=-1)
    slope = ratio_of((w * apart * y).sum(axis=-1), spread)
    residual = np.where(used, y - middle[..., np.newaxis] - slope[..., np.newaxis] * apart, 0.0)
    degrees = np.where(points > 2, points - 2.0, np.nan)
    se = np.sqrt(ratio_of((w * residual**2).sum(axis=-1) / degrees, spread))
    p = np.where(se > 0, two_sided_t(ratio_of(slope, se), degrees), np.where(slope == 0, 1.0, 0.0))
    p = np.where(np.isnan(se), np.nan, p)
    half = t_quantile(level, degrees) * se
    yearly_change = ratio_of(slope, np.abs(middle))
    return LinearTrend(
        points=points,
        slope=Estimate(slope, slope - half, slope + half),
        se=se,
        p=p,
        yearly_change=yearly_change,
        verdict=_verdict(points, yearly_change, _of_the_page(p, points, together), polarity),
    )


def _of_the_page(p: FloatArray, points: npt.NDArray[np.int64], together: npt.ArrayLike | None) -> FloatArray:
    if together is None:
        return p
    spoken = np.asarray(together, dtype=bool) & (points >= POINTS_FOR_A_TREND)
    return np.where(spoken, step_down(np.where(spoken, p, np.nan)), p)


def _verdict(
    points: npt.NDArray[np.int64], yearly_change: FloatArray, p: FloatArray, polarity: Polarity
) -> npt.NDArray[np.str_]:
    harm = float(harm_sign(polarity))
    up, down = (RISING, FALLING) if np.isnan(harm) else (WORSENING, IMPROVING) if harm > 0 else (IMPROVING, WORSENING)
    clear = (np.abs(yearly_change) > YEARLY_CHANGE) & (p <= SIGNIFICANCE)
    return np.select(
        [points < POINTS_FOR_A_TREND, clear & (yearly_change > 0), clear],
        [TOO_FEW_POINTS, up, down],
        NO_CLEAR_TREND,
    )
