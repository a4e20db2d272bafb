"""Counts in cells with an intercept of their own for every cluster: logistic or Poisson, by adaptive quadrature.

    link(rate of cell c) = design_c · β + u of its cluster,   u ~ Normal(0, τ²)

A cluster is a site (:mod:`.site_effects`) or a stratum of crossed groups (:mod:`.strata_model`). Everything is done on
summed cells, so that ten thousand rows and ten million take as long.

Source: Pinheiro & Bates 1995 (adaptive Gauss–Hermite quadrature); Cox & Reid 1987 (adjusted profile likelihood).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from equity.stats.estimate import FloatArray
from equity.stats.models.cluster_likelihood import ModelCells, Standing, likelihood

_STEPS, _HALVES = 40, 12
_LONGEST_STEP, _LEAST_GAIN = 3.0, 1e-8
_LEAST, _MOST, _LEVELS = np.log(1e-4), np.log(20.0), 8
_CLOSER, _BETWEEN, _REAL = 2, 9, 1e-9


@dataclass(frozen=True)
class RandomIntercept:
    """What was found.

    Attributes:
        coefficients: (columns,) β.
        covariance: (columns, columns) of β, τ taken as found.
        scatter: τ, the standard deviation of the clusters.
        intercepts: (clusters,) the likeliest u of each cluster.
        log_likelihood: at the maximum, without the terms that no parameter moves.
    """

    coefficients: FloatArray
    covariance: FloatArray
    scatter: float
    intercepts: FloatArray
    log_likelihood: float

    @property
    def errors(self) -> FloatArray:
        """(columns,) standard errors of β."""
        return np.sqrt(np.maximum(np.diag(self.covariance), 0.0))


def fit(cells: ModelCells) -> RandomIntercept:
    """β and τ at the maximum of the likelihood.

    Levels of τ are tried several at once: over all that is thought of, then twice between the neighbours of the best,
    which the polynomial through the last ones places. A level at an end stands as it is: the clusters are all alike, or
    as far apart as can be told.
    """
    levels = np.linspace(_LEAST, _MOST, _LEVELS)
    tried = _best(cells, np.exp(levels), _started(cells, len(levels)))
    top = int(np.argmax(tried.value))
    if top in (0, len(levels) - 1):
        return _at_maximum(tried.some(np.array([top])), float(np.exp(levels[top])))
    for _ in range(_CLOSER):
        ends = levels[max(top - 1, 0)], levels[min(top + 1, len(levels) - 1)]
        levels = np.linspace(*ends, _BETWEEN)
        tried = _best(cells, np.exp(levels), tried.some(np.full(_BETWEEN, top)))
        top = int(np.argmax(tried.value))
    tau = float(np.exp(_highest(levels, tried.value)))
    return _at_maximum(_best(cells, np.array([tau]), tried.some(np.array([top]))), tau)


def _highest(levels: FloatArray, values: FloatArray) -> float:
    """Where the polynomial through these values is highest between the first level and the last."""
    through = np.polynomial.Polynomial.fit(levels, values - values.max(), len(levels) - 1)
    turns = through.deriv().roots()
    inside = turns.real[(np.abs(turns.imag) < _REAL) & (turns.real > levels[0]) & (turns.real < levels[-1])]
    candidates = np.append(inside, levels[np.argmax(values)])
    return float(candidates[np.argmax(through(candidates))])


def at_scatter(cells: ModelCells, tau: float) -> RandomIntercept:
    """β at the maximum of the likelihood where τ is given."""
    return _at_maximum(_best(cells, np.array([tau]), _started(cells, 1)), tau)


def _at_maximum(at: Standing, tau: float) -> RandomIntercept:
    covariance = np.asarray(np.linalg.pinv(at.information[0]))
    return RandomIntercept(at.beta[0], covariance, tau, at.modes[0], float(at.value[0]))


@dataclass(frozen=True)
class Profile:
    """The restricted likelihood over τ: (taus,) log-likelihoods, (taus, columns) β and the covariance of each."""

    taus: FloatArray
    log_likelihood: FloatArray
    coefficients: FloatArray
    covariance: FloatArray


def restricted_profile(cells: ModelCells, taus: FloatArray) -> Profile:
    """The log-likelihood of each τ with what the fixed part uses up taken off, as REML does for normal data.

    Cox and Reid's adjustment: the profile less half the log-determinant of the information on β. Without it τ is too
    small where the strata are few and the fixed part has nearly as many columns.
    """
    best = _best(cells, taus, _started(cells, len(taus)))
    values = best.value - 0.5 * np.linalg.slogdet(best.information)[1]
    return Profile(taus, values, best.beta, np.asarray(np.linalg.pinv(best.information)))


def _best(cells: ModelCells, taus: FloatArray, start: Standing) -> Standing:
    """The likelihood at its maximum over β, at each τ: Newton's method on the integrated likelihood, all τ at once."""
    at = likelihood(cells, start.beta, taus, start.modes)
    moving = np.arange(len(taus))
    for _ in range(_STEPS):
        here = at.some(moving)
        step = _newton_step(here)
        gain = (here.score * step).sum(axis=1)  # at most; what is left after a step is far less than its gain
        risen = _climbed(cells, taus, at, moving, step)
        moving = moving[risen & (gain > _LEAST_GAIN)]
        if not len(moving):
            break
    return at


def _newton_step(at: Standing) -> FloatArray:
    """(taus, columns) the step to where the score would be 0, none longer than three in any coefficient.

    Nothing moves along what the information does not tell (the shortest of the steps that fit).
    """
    bends, axes = np.linalg.eigh(at.information)
    size = np.abs(bends)
    told = size > np.finfo(np.float64).eps * bends.shape[-1] * size.max(axis=-1, keepdims=True)
    along = (at.score[:, None, :] @ axes)[:, 0] * np.where(told, 1.0 / np.where(told, bends, 1.0), 0.0)
    step = (axes @ along[..., None])[..., 0]
    longest = np.abs(step).max(axis=1, initial=0.0, keepdims=True)
    return np.asarray(step * np.minimum(1.0, _LONGEST_STEP / np.maximum(longest, 1e-12)))


def _climbed(
    cells: ModelCells, taus: FloatArray, at: Standing, moving: npt.NDArray[np.intp], step: FloatArray
) -> npt.NDArray[np.bool_]:
    """Take the steps of those that move, each halved until its likelihood falls no more; whether one did not fall.

    Where all fall, it stays where it is: as high as quadrature can tell, whose slope is not quite that of its value.
    """
    left, before = np.arange(len(moving)), at.some(moving)
    for half in range(_HALVES):
        own = moving[left]
        trial = likelihood(cells, before.beta[left] + step[left] / 2**half, taus[own], before.modes[left])
        risen = trial.value >= before.value[left] - 1e-12
        at.put(own[risen], trial.some(risen))
        left = left[~risen]
        if not len(left):
            break
    return ~np.isin(np.arange(len(moving)), left)


def _started(cells: ModelCells, taus: int) -> Standing:
    """Everyone's rate as the intercept (the design's first column), nothing else; the likelihood is not known yet."""
    rate = (cells.x.sum() + 0.5) / (cells.n.sum() + 1.0)
    columns = cells.design.shape[1]
    beta = np.zeros((taus, columns))
    beta[:, 0] = special.logit(rate) if cells.family == "proportion" else np.log(rate)
    unknown = np.full(taus, -np.inf), np.zeros((taus, columns)), np.zeros((taus, columns, columns))
    return Standing(beta, np.zeros((taus, cells.clusters)), *unknown)
