"""The between-group variance and how much of it chance alone would give."""

from __future__ import annotations

import numpy as np

from equity.stats.estimate import FloatArray, ratio_of
from equity.stats.groups import Groups
from equity.stats.summary.sampling import steady_errors


def overall_rate(groups: Groups) -> FloatArray:
    """(…) μ = Σ p·y over the groups present; NaN where none is."""
    return np.asarray(np.nansum(_shares(groups) * np.where(groups.present, groups.rates, np.nan), axis=-1))


def between_group_variance(groups: Groups) -> FloatArray:
    """(…) Σ p(y − μ)²."""
    distance = np.where(groups.present, groups.rates - overall_rate(groups)[..., None], 0.0)
    return np.asarray((_shares(groups) * distance**2).sum(axis=-1))


def variance_noise(groups: Groups) -> FloatArray:
    """(…) Σ p(1 − p)s², the between-group variance that chance alone would give."""
    share = _shares(groups)
    if groups.kind == "mean":
        squared = np.moveaxis(steady_errors(groups.flattened()), 0, -1).reshape(groups.rates.shape) ** 2
    else:
        spread = groups.rates * (1.0 - groups.rates) if groups.kind == "proportion" else groups.rates
        squared = ratio_of(spread, groups.sample)
    return np.asarray((share * (1.0 - share) * np.where(groups.present, squared, 0.0)).sum(axis=-1))


def _shares(groups: Groups) -> FloatArray:
    weight = np.where(groups.present, groups.population, 0.0)
    return ratio_of(weight, weight.sum(axis=-1, keepdims=True))
