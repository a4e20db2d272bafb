"""The likelihood of counts in cells, of which every cluster has an intercept of its own.

    link(rate of cell c) = design_c · β + u of its cluster,   u ~ Normal(0, τ²)

Each cluster's u is integrated out by adaptive quadrature, at many τ at once; :mod:`.random_intercept` looks for where
the likelihood is highest.

Source: Pinheiro & Bates 1995 (adaptive Gauss–Hermite quadrature); Louis 1982 (information).
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
_LONGEST_STEP = 3.0


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


@dataclass
class Standing:
    """Where the search stands, a row for each τ.

    ``beta`` and ``score``, its slope: (taus, columns); ``modes``, the clusters' likeliest u: (taus, clusters).
    """

    beta: FloatArray
    modes: FloatArray
    value: FloatArray
    score: FloatArray
    information: FloatArray

    def some(self, places: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> Standing:
        """Some of the rows."""
        return Standing(*(each[places] for each in vars(self).values()))

    def put(self, places: npt.NDArray[np.intp], other: Standing) -> None:
        """Put another's rows in place of some."""
        for name, each in vars(self).items():
            each[places] = getattr(other, name)


def likelihood(cells: ModelCells, beta: FloatArray, taus: FloatArray, near: FloatArray) -> Standing:
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
    return Standing(beta, modes, value, score, within - _spread_of_score(cells, share, left))


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
