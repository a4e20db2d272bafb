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
_STEPS = 40
_LONGEST_STEP = 3.0
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
        """Values of cells (cells, …) summed over each cluster, (clusters, …)."""
        if self.each_is_a_cluster:
            return values
        order, starts = self._by_cluster
        return np.asarray(np.add.reduceat(values[order], starts, axis=0))

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

    latest = [_start(cells)]

    def below(log_tau: float) -> float:
        latest[0], value, _ = _best(cells, float(np.exp(log_tau)), latest[0])
        return -value

    minimum = optimize.minimize_scalar(below, bounds=(_LEAST, _MOST), method="bounded", options={"xatol": 1e-6})
    return at_scatter(cells, float(np.exp(minimum.x)))


def at_scatter(cells: ModelCells, tau: float) -> RandomIntercept:
    """β at the maximum of the likelihood where τ is given."""
    beta, value, information = _best(cells, tau, _start(cells))
    covariance = np.linalg.pinv(information)
    return RandomIntercept(beta, np.asarray(covariance, dtype=np.float64), tau, _modes(cells, beta, tau)[0], value)


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
    beta, found = _start(cells), []
    for tau in taus:
        beta, value, information = _best(cells, float(tau), beta)
        found.append((value - 0.5 * np.linalg.slogdet(information)[1], beta, np.linalg.pinv(information)))
    values, betas, covariances = zip(*found, strict=True)
    return Profile(taus, np.array(values), np.array(betas), np.array(covariances))


def _best(cells: ModelCells, tau: float, start: FloatArray) -> tuple[FloatArray, float, FloatArray]:
    """(β, log-likelihood, information on β) at one τ: Newton's method on the integrated likelihood."""
    beta = start
    value, score, information = _likelihood(cells, beta, tau)
    for _ in range(_STEPS):
        step = np.linalg.lstsq(information, score, rcond=None)[0]
        step *= min(1.0, _LONGEST_STEP / max(float(np.abs(step).max(initial=0.0)), 1e-12))
        for _half in range(12):
            trial = _likelihood(cells, beta + step, tau)
            if trial[0] >= value - 1e-12:
                break
            step = step / 2.0
        beta = beta + step
        value, score, information = trial
        if np.abs(step).max(initial=0.0) < 1e-8:
            break
    return beta, value, information


def _start(cells: ModelCells) -> FloatArray:
    """Everyone's rate as the intercept (the design's first column), nothing else."""
    rate = (cells.x.sum() + 0.5) / (cells.n.sum() + 1.0)
    start = np.zeros(cells.design.shape[1])
    start[0] = special.logit(rate) if cells.family == "proportion" else np.log(rate)
    return start


def _likelihood(cells: ModelCells, beta: FloatArray, tau: float) -> tuple[float, FloatArray, FloatArray]:
    """(log-likelihood, score, information) of β: each cluster's integral over u, centred and scaled at its own peak.

    The information is the mean over u of each cluster's own information less the spread of its score (Louis 1982).
    """
    nodes, weights = _quadrature()
    mode, spread = _modes(cells, beta, tau)
    u = mode[:, None] + spread[:, None] * nodes
    line = (cells.design @ beta)[:, None] + u[cells.cluster]
    terms = cells.total(_terms(cells, line))
    logs = terms - 0.5 * (u / tau) ** 2 - np.log(tau) + np.log(spread)[:, None] + 0.5 * nodes**2 + np.log(weights)
    logs -= 0.5 * np.log(2.0 * np.pi)
    top = logs.max(axis=1)
    share = np.exp(logs - top[:, None])
    sums = share.sum(axis=1)
    share /= sums[:, None]
    mean, slope = _mean_and_slope(cells, line)
    left = cells.x[:, None] - mean
    weighted = share[cells.cluster]
    score = cells.design.T @ (weighted * left).sum(axis=1)
    within = cells.design.T @ ((weighted * slope).sum(axis=1)[:, None] * cells.design)
    return float((np.log(sums) + top).sum()), score, within - _spread_of_score(cells, share, left)


def _spread_of_score(cells: ModelCells, share: FloatArray, left: FloatArray) -> FloatArray:
    """The variance of each cluster's score over u, summed, (columns, columns)."""
    if cells.each_is_a_cluster:  # the score is a number times the cell's row of the design
        centre = (share * left).sum(axis=1, keepdims=True)
        variance = (share * (left - centre) ** 2).sum(axis=1)
        return np.asarray(cells.design.T @ (variance[:, None] * cells.design))
    scores = cells.total(left[:, :, None] * cells.design[:, None, :])
    centres = (share[:, :, None] * scores).sum(axis=1, keepdims=True)
    off = ((scores - centres) * np.sqrt(share)[:, :, None]).reshape(-1, scores.shape[-1])
    return np.asarray(off.T @ off)


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


def _mean_and_slope(cells: ModelCells, line: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Expected events of every cell, and how fast they rise with the line."""
    n = cells.n.reshape(-1, *([1] * (line.ndim - 1)))
    if cells.family == "proportion":
        rate = special.expit(line)
        return n * rate, n * rate * (1.0 - rate)
    mean = n * np.exp(np.clip(line, -700.0, 700.0))
    return mean, mean


def _modes(cells: ModelCells, beta: FloatArray, tau: float) -> tuple[FloatArray, FloatArray]:
    """(clusters,) the likeliest u of each cluster, and the spread of its peak."""
    fixed, u = cells.design @ beta, np.zeros(cells.clusters)
    for _ in range(60):
        mean, slope = _mean_and_slope(cells, fixed + u[cells.cluster])
        score = cells.total(cells.x - mean) - u / tau**2
        curve = cells.total(slope) + 1.0 / tau**2
        step = np.clip(score / curve, -_LONGEST_STEP, _LONGEST_STEP)
        u = u + step
        if np.abs(step).max(initial=0.0) < 1e-11:
            break
    _, slope = _mean_and_slope(cells, fixed + u[cells.cluster])
    return u, 1.0 / np.sqrt(cells.total(slope) + 1.0 / tau**2)
