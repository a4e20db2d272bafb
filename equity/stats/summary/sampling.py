"""Draws of the groups' true rates, given the counts: the parametric bootstrap.

Beta(x + ½, n − x + ½) for a proportion, Gamma(x + ½)/n for a rate (Jeffreys: the bootstrap from counts, well-behaved at
x = 0 and x = n), Student's t with n − 1 degrees of freedom around a mean. The draws live on a *link* scale (logit, log,
or none), where adding and pulling together keeps a rate within its bounds.

A setting's draws depend only on its own groups and the seed. They are therefore the same on every page, whatever else
is computed beside it, and the same whichever way the groups are listed; different settings do not share randomness.

Source: Efron & Tibshirani 1993; Brown, Cai & DasGupta 2001 (Jeffreys interval of a proportion).
"""

from __future__ import annotations

import zlib

import numpy as np
import numpy.typing as npt
from scipy import special

from equity.stats.estimate import FloatArray, Kind, Numbers, as_floats, ratio_of
from equity.stats.groups import Groups

Array = npt.NDArray[np.float32]

DRAWS = 2000
SEED = 20_251_001
_TINY = np.float32(1e-30)
"""Below the smallest gamma draw that matters; its logarithm exists."""
_SMALLEST_ERROR = 1e-9
"""Of a mean, relative to its size: groups in which nothing varies can still be told apart or put together."""


def from_link(kind: Kind, on_link: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Rates from the link scale: expit for proportions, exp for rates, unchanged for means."""
    if kind == "proportion":
        return np.asarray(1.0 / (1.0 + np.exp(-on_link)))
    return np.asarray(np.exp(on_link)) if kind == "rate" else on_link


def to_link(kind: Kind, rates: Numbers) -> FloatArray:
    """The link scale from rates; infinite for a proportion of 0 or 1 and a rate of 0."""
    y = as_floats(rates)
    if kind == "mean":
        return y
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(y / (1.0 - y)) if kind == "proportion" else np.log(y))


def link_centre(groups: Groups) -> tuple[FloatArray, FloatArray]:
    """(centre, variance) of the draws on the link scale, each (groups, settings); 0 and 1 for an absent group.

    The logarithm of a Gamma variable of shape a has mean ψ(a) and variance ψ′(a) = ζ(2, a), which is well above 1/a
    where there are few events.
    """
    present = groups.present.T
    events, others, sample = _shapes(groups)
    if groups.kind == "proportion":
        centre = special.digamma(events) - special.digamma(others)
        variance = special.zeta(2.0, events) + special.zeta(2.0, others)
    elif groups.kind == "rate":
        centre = special.digamma(events) - np.log(sample)
        variance = special.zeta(2.0, events)
    else:
        centre = groups.rates.T
        variance = steady_errors(groups) ** 2
    return np.where(present, centre, 0.0), np.where(present, variance, 1.0)


def link_draws(groups: Groups, draws: int, seed: int) -> Array:
    """(groups, settings, draws) of flattened groups on the link scale; an absent group holds finite numbers."""
    events, others, sample = _shapes(groups)
    if groups.kind == "mean":
        return _mean_draws(groups, draws, seed)
    first = np.stack([events, others if groups.kind == "proportion" else sample])
    out = np.empty((*events.shape, draws), dtype=np.float32)
    for setting in range(events.shape[1]):
        content = first[:, :, setting]
        by = np.lexsort(content)
        generator = _generator(content[:, by], seed)
        out[by, setting] = np.log(_gamma(generator, content[0, by], draws) + _TINY)
        if groups.kind == "proportion":
            out[by, setting] -= np.log(_gamma(generator, content[1, by], draws) + _TINY)
    if groups.kind == "rate":
        out -= np.log(sample)[:, :, None].astype(np.float32)
    return out


def _shapes(groups: Groups) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Jeffreys' x + ½ and n − x + ½, and n, each (groups, settings); harmless numbers for an absent group."""
    present = groups.present.T
    sample = np.where(present, groups.sample.T, 1.0)
    events = np.where(present, groups.events.T, 0.5)
    return events + 0.5, np.maximum(sample - events, 0.0) + 0.5, sample


def _mean_draws(groups: Groups, draws: int, seed: int) -> Array:
    present = groups.present.T
    centre = np.where(present, groups.rates.T, 0.0)
    error = np.where(present, steady_errors(groups), 1.0)
    degrees = np.where(present, np.maximum(groups.sample.T - 1.0, 1.0), 1.0)
    content = np.stack([centre, error, degrees])
    out = np.empty((*centre.shape, draws), dtype=np.float32)
    for setting in range(centre.shape[1]):
        by = np.lexsort(content[:, :, setting])
        mine = content[:, by, setting]
        generator = _generator(mine, seed)
        out[by, setting] = mine[0][:, None] + mine[1][:, None] * generator.standard_t(
            mine[2][:, None], size=(len(by), draws)
        )
    return out


def steady_errors(groups: Groups) -> FloatArray:
    """(groups, settings) standard errors of means, never quite 0.

    One value alone borrows the typical error of the others; where no group has an error, all are NaN.
    """
    error = groups.standard_error.T
    known = np.isfinite(error) & groups.present.T
    typical = np.sqrt(ratio_of(np.where(known, error**2, 0.0).sum(axis=0), known.sum(axis=0) * 1.0))
    smallest = _SMALLEST_ERROR * (1.0 + np.abs(np.where(groups.present.T, groups.rates.T, 0.0)))
    return np.asarray(np.maximum(np.where(known, error, typical[None, :]), smallest))


def _gamma(generator: np.random.Generator, shape: FloatArray, draws: int) -> Array:
    per_draw = np.broadcast_to(shape.astype(np.float32)[:, None], (len(shape), draws))
    return generator.standard_gamma(per_draw, dtype=np.float32)


def _generator(content: FloatArray, seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.SFC64([seed, zlib.crc32(np.ascontiguousarray(content).tobytes())]))
