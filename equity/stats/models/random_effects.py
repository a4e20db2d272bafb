"""One effect from several teams' effects, whose true effects differ from team to team.

τ² is DerSimonian and Laird's moment estimator; the interval is Hartung and Knapp's, which reckons with τ² being known
badly where teams are few, and is never narrower than that of DerSimonian and Laird:

    τ² = max(0, (Q − (k − 1)) / (Σw − Σw²/Σw)),  w = 1/s²,  Q = Σw(y − ȳ_w)²
    μ = Σw*y/Σw*,  w* = 1/(s² + τ²),  q = Σw*(y − μ)²/(k − 1)
    half the interval = max(t(k − 1)·√(q/Σw*), z·√(1/Σw*))

Sources: DerSimonian & Laird 1986, Controlled Clinical Trials 7:177; Hartung & Knapp 2001, Statistics in Medicine
20:3875; Jackson et al. 2017, Statistics in Medicine 36:3923 (the wider of the two).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity.stats.estimate import FloatArray, Numbers, as_floats, normal_quantile, t_quantile


@dataclass(frozen=True, slots=True)
class RandomEffects:
    """The mean over teams with its interval, τ² between teams in the squared unit of the effects, and how many teams.

    ``lower`` and ``upper`` are NaN for a single team: nothing is known of how teams differ.
    """

    value: float
    lower: float
    upper: float
    tau_squared: float
    count: int


def random_effects(effects: Numbers, errors: Numbers, level: float = 0.95) -> RandomEffects:
    """The mean of independent effects (k,) with standard errors (k,); those without either are left out."""
    y, s = as_floats(effects), as_floats(errors)
    used = np.isfinite(y) & (s > 0)
    y, s = y[used], s[used]
    count = len(y)
    if count == 0:
        return RandomEffects(np.nan, np.nan, np.nan, 0.0, 0)
    if count == 1:
        return RandomEffects(float(y[0]), np.nan, np.nan, 0.0, 1)
    between = _between(y, 1.0 / s**2)
    weight = 1.0 / (s**2 + between)
    mean = float((weight * y).sum() / weight.sum())
    spread = float((weight * (y - mean) ** 2).sum()) / (count - 1)
    knapp = float(t_quantile(level, as_floats(count - 1))) * np.sqrt(spread / weight.sum())
    laird = float(normal_quantile(level)) / np.sqrt(weight.sum())
    half = float(max(knapp, laird))
    return RandomEffects(mean, mean - half, mean + half, between, count)


def _between(y: FloatArray, weight: FloatArray) -> float:
    mean = (weight * y).sum() / weight.sum()
    q = float((weight * (y - mean) ** 2).sum())
    scale = float(weight.sum() - (weight**2).sum() / weight.sum())
    return max(0.0, (q - (len(y) - 1)) / scale) if scale > 0 else 0.0
