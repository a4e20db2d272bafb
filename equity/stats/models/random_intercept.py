"""Counts in cells with an intercept of their own for every cluster: logistic or Poisson, by adaptive quadrature.

    link(rate of cell c) = design_c · β + u of its cluster,   u ~ Normal(0, τ²)

A cluster is a site (:mod:`.site_effects`) or a stratum of crossed groups (:mod:`.strata_model`). Everything is done on
summed cells, so that ten thousand rows and ten million take as long.

Source: Pinheiro & Bates 1995 (adaptive Gauss–Hermite quadrature); Cox & Reid 1987 (adjusted profile likelihood).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

from equity.stats.estimate import FloatArray

Family = Literal["proportion", "rate"]

_NODES = 15
_STEPS, _HALVES = 40, 12
_LONGEST_STEP, _LEAST_GAIN = 3.0, 1e-8
_LEAST, _MOST = np.log(1e-4), np.log(20.0)


@dataclass(frozen=True)
class ModelCells:
    """Cells with data.

    Attributes:
        family: of the counts: ``proportion`` (x of n) or ``rate`` (x events in n person-time).
        n: (cells,) denominators, all above 0.
        x: (cells,) events.
        design: (cells, columns) the fixed part.
        cluster: (cells,) which cluster each cell is in, from 0; each has a cell.
    """

    family: Family
    n: FloatArray
    x: FloatArray
    design: FloatArray
    cluster: npt.NDArray[np.intp]

    @cached_property
    def clusters(self) -> int:
        """How many clusters there are."""
        return int(self.cluster.max()) + 1

    def total(self, values: FloatArray) -> FloatArray:
        """Values of cells (taus, cells, …) summed over each cluster, (taus, clusters, …)."""
        if self.each_is_a_cluster:
            return values
        order, starts = self._by_cluster
        return np.asarray(np.add.reduceat(values[:, order], starts, axis=1))

    def of_cells(self, values: FloatArray) -> FloatArray:
        """Values of clusters (taus, clusters, …) for each of their cells, (taus, cells, …)."""
        return values if self.each_is_a_cluster else values[:, self.cluster]

    def squared(self, weights: FloatArray) -> FloatArray:
        """The design times itself, its cells weighted (taus, cells): (taus, columns, columns)."""
        return np.asarray(self.design.T @ (weights[..., None] * self.design))

    @cached_property
    def each_is_a_cluster(self) -> bool:
        """Whether the clusters are the cells in their order, as strata are."""
        return np.array_equal(self.cluster, np.arange(len(self.cluster)))

    @cached_property
    def _by_cluster(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """The cells cluster by cluster, and where each cluster begins; every cluster has a cell."""
        order = np.argsort(self.cluster, kind="stable")
        starts = np.searchsorted(self.cluster[order], np.arange(self.clusters))
        assert np.array_equal(self.cluster[order][starts], np.arange(self.clusters))
        return order, starts


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
    """β and τ at the maximum of the likelihood."""
    from scipy import optimize  # a third of a second, which only this answer needs

    latest = [_started(cells, 1)]

    def below(log_tau: float) -> float:
        latest[0] = _best(cells, np.exp([log_tau]), latest[0])
        return -float(latest[0].value[0])

    minimum = optimize.minimize_scalar(below, bounds=(_LEAST, _MOST), method="bounded", options={"xatol": 1e-6})
    return at_scatter(cells, float(np.exp(minimum.x)))


def at_scatter(cells: ModelCells, tau: float) -> RandomIntercept:
    """β at the maximum of the likelihood where τ is given."""
    best = _best(cells, np.array([tau]), _started(cells, 1))
    covariance = np.asarray(np.linalg.pinv(best.information[0]))
    return RandomIntercept(best.beta[0], covariance, tau, best.modes[0], float(best.value[0]))


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


@dataclass
class _At:
    """Where the search stands, a row for each τ.

    ``beta`` and ``score``, its slope: (taus, columns); ``modes``, the clusters' likeliest u: (taus, clusters).
    """

    beta: FloatArray
    modes: FloatArray
    value: FloatArray
    score: FloatArray
    information: FloatArray

    def some(self, places: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> _At:
        """Some of the rows."""
        return _At(*(each[places] for each in vars(self).values()))

    def put(self, places: npt.NDArray[np.intp], other: _At) -> None:
        """Put another's rows in place of some."""
        for name, each in vars(self).items():
            each[places] = getattr(other, name)


def _best(cells: ModelCells, taus: FloatArray, start: _At) -> _At:
    """The likelihood at its maximum over β, at each τ: Newton's method on the integrated likelihood, all τ at once."""
    at = _likelihood(cells, start.beta, taus, start.modes)
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


def _newton_step(at: _At) -> FloatArray:
    """(taus, columns) the step to where the score would be 0, none longer than three in any coefficient."""
    pairs = zip(at.information, at.score, strict=True)
    step = np.array([np.linalg.lstsq(information, score, rcond=None)[0] for information, score in pairs])
    longest = np.abs(step).max(axis=1, initial=0.0, keepdims=True)
    return np.asarray(step * np.minimum(1.0, _LONGEST_STEP / np.maximum(longest, 1e-12)))


def _climbed(
    cells: ModelCells, taus: FloatArray, at: _At, moving: npt.NDArray[np.intp], step: FloatArray
) -> npt.NDArray[np.bool_]:
    """Take the steps of those that move, each halved until its likelihood falls no more; whether one did not fall.

    Where all fall, it stays where it is: as high as quadrature can tell, whose slope is not quite that of its value.
    """
    left, before = np.arange(len(moving)), at.some(moving)
    for half in range(_HALVES):
        own = moving[left]
        trial = _likelihood(cells, before.beta[left] + step[left] / 2**half, taus[own], before.modes[left])
        risen = trial.value >= before.value[left] - 1e-12
        at.put(own[risen], trial.some(risen))
        left = left[~risen]
        if not len(left):
            break
    return ~np.isin(np.arange(len(moving)), left)


def _started(cells: ModelCells, taus: int) -> _At:
    """Everyone's rate as the intercept (the design's first column), nothing else; the likelihood is not known yet."""
    rate = (cells.x.sum() + 0.5) / (cells.n.sum() + 1.0)
    columns = cells.design.shape[1]
    beta = np.zeros((taus, columns))
    beta[:, 0] = special.logit(rate) if cells.family == "proportion" else np.log(rate)
    unknown = np.full(taus, -np.inf), np.zeros((taus, columns)), np.zeros((taus, columns, columns))
    return _At(beta, np.zeros((taus, cells.clusters)), *unknown)


def _likelihood(cells: ModelCells, beta: FloatArray, taus: FloatArray, near: FloatArray) -> _At:
    """The likelihood at β (taus, columns): each cluster's integral over u, centred and scaled at its own peak.

    ``near`` (taus, clusters) is where the peaks are looked for first. The information is the mean over u of each
    cluster's own information less the spread of its score (Louis 1982).
    """
    nodes, weights = _quadrature()
    tau = taus[:, None, None]
    fixed = beta @ cells.design.T
    modes, spread = _modes(cells, fixed, taus, near)
    u = modes[..., None] + spread[..., None] * nodes
    line = fixed[..., None] + cells.of_cells(u)
    terms = cells.total(_terms(cells, line))
    logs = terms - 0.5 * (u / tau) ** 2 - np.log(tau) + np.log(spread)[..., None] + 0.5 * nodes**2 + np.log(weights)
    logs -= 0.5 * np.log(2.0 * np.pi)
    top = logs.max(axis=-1)
    share = np.exp(logs - top[..., None])
    sums = share.sum(axis=-1)
    share /= sums[..., None]
    mean, slope = _mean_and_slope(cells.n[:, None], cells.family, line)
    left = cells.x[:, None] - mean
    weighted = cells.of_cells(share)
    score = (weighted * left).sum(axis=-1) @ cells.design
    within = cells.squared((weighted * slope).sum(axis=-1))
    value = (np.log(sums) + top).sum(axis=-1)
    return _At(beta, modes, value, score, within - _spread_of_score(cells, share, left))


def _spread_of_score(cells: ModelCells, share: FloatArray, left: FloatArray) -> FloatArray:
    """The variance of each cluster's score over u, summed, (taus, columns, columns)."""
    if cells.each_is_a_cluster:  # the score is a number times the cell's row of the design
        centre = (share * left).sum(axis=-1, keepdims=True)
        return cells.squared((share * (left - centre) ** 2).sum(axis=-1))
    scores = cells.total(left[..., None] * cells.design[:, None, :])
    centres = (share[..., None] * scores).sum(axis=2, keepdims=True)
    off = ((scores - centres) * np.sqrt(share)[..., None]).reshape(len(share), -1, scores.shape[-1])
    return np.asarray(off.transpose(0, 2, 1) @ off)


@cache
def _quadrature() -> tuple[FloatArray, FloatArray]:
    """Points and weights of the Gauss–Hermite rule for a normal density."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    return nodes, weights


def _terms(cells: ModelCells, line: FloatArray) -> FloatArray:
    """The log-likelihood of every cell at every point, without the terms that nothing moves."""
    x, n = cells.x[:, None], cells.n[:, None]
    if cells.family == "proportion":
        return np.asarray(x * line - n * np.logaddexp(0.0, line))
    return np.asarray(x * line - n * np.exp(np.clip(line, -700.0, 700.0)))


def _mean_and_slope(n: FloatArray, family: Family, line: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Expected events of every cell, and how fast they rise with the line."""
    if family == "proportion":
        rate = special.expit(line)
        mean = n * rate
        return mean, mean * (1.0 - rate)
    mean = n * np.exp(np.clip(line, -700.0, 700.0))
    return mean, mean


def _modes(cells: ModelCells, fixed: FloatArray, taus: FloatArray, near: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(taus, clusters) the likeliest u of each cluster, and the spread of its peak, looked for from ``near``."""
    u, pull = near, 1.0 / taus[:, None] ** 2
    for _ in range(60):
        mean, slope = _mean_and_slope(cells.n, cells.family, fixed + cells.of_cells(u))
        score = cells.total(cells.x - mean) - u * pull
        curve = cells.total(slope) + pull
        step = np.clip(score / curve, -_LONGEST_STEP, _LONGEST_STEP)
        u = u + step
        if np.abs(step).max(initial=0.0) < 1e-11:
            break
    _, slope = _mean_and_slope(cells.n, cells.family, fixed + cells.of_cells(u))
    return u, 1.0 / np.sqrt(cells.total(slope) + pull)
