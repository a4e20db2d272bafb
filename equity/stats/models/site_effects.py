"""A gap within and across sites, by a model in which every site has a level of its own.

    link(rate of side d at site s) = α + β·d + γ·(share of the group at s) + u_s,   u_s ~ Normal(0, τ²)

*Within*: β, how the group fares beside the other side at the same site. *Across*: γ, how everyone fares at sites that
see more of the group. Small sites borrow from the others instead of counting by their size alone, which is what tells
this from a split of the gap (:mod:`.decomposition`). Show the crude comparison first.

Source: Lloren, Liu, Herrin et al. 2019 (CMS disparity methods, within- and across-hospital); Begg & Parides 2003.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from equity.stats.estimate import FloatArray, Numbers, as_floats, normal_quantile
from equity.stats.models.cluster_likelihood import Family, ModelCells
from equity.stats.models.random_intercept import RandomIntercept, fit

FEWEST_SITES = 5
"""Sites that see both sides below which no spread between sites can be told."""
PER_SHARE = 0.1
"""The across effect is told for ten points more of a site's patients being of the group."""
_LATENT = float(np.pi**2 / 3)

Triple = tuple[float, float, float]
NOT_GIVEN: Triple = (np.nan, np.nan, np.nan)


@dataclass(frozen=True)
class SiteEffects:
    """One group against the other side; each triple (value, lower, upper). Ratios of odds, for a rate of rates.

    Attributes:
        sites: how many see both sides.
        crude: over all sites together.
        within: at the same site.
        across: for everyone, at a site that sees ten points more of the group.
        within_gap: group less other side, as a rate, for the group's own people at the sites where they are seen.
        scatter: τ, how far sites are apart.
        share_between: τ² ÷ (τ² + π²/3); NaN for a rate.
    """

    sites: int
    crude: Triple
    within: Triple
    across: Triple
    within_gap: Triple
    scatter: float
    share_between: float


def site_effects(family: Family, n: Numbers, x: Numbers, other_n: Numbers, other_x: Numbers) -> SiteEffects | None:
    """The model of one group and its other side over sites, (sites,) each; None below five sites that see both."""
    size, events = np.stack([as_floats(n), as_floats(other_n)]), np.stack([as_floats(x), as_floats(other_x)])
    both = (size > 0).all(axis=0)
    if both.sum() < FEWEST_SITES or not (events.sum(axis=1) > 0).all():
        return None
    if family == "proportion" and not (events.sum(axis=1) < size.sum(axis=1)).all():
        return None
    seen = (size > 0).any(axis=0)
    size, events = size[:, seen], events[:, seen]
    share = size[0] / size.sum(axis=0)
    centre = float((share * size.sum(axis=0)).sum() / size.sum())
    there = size.reshape(-1) > 0
    is_group = np.repeat([1.0, 0.0], size.shape[1])[there]
    context = (np.tile(share, 2)[there] - centre) / PER_SHARE
    cluster = np.tile(np.arange(size.shape[1]), 2)[there]
    design = np.stack([np.ones(len(is_group)), is_group, context], axis=-1)
    told = float(np.ptp(share)) > 1e-9
    cells = ModelCells(
        family, size.reshape(-1)[there], events.reshape(-1)[there], design[:, : 3 if told else 2], cluster
    )
    fitted = fit(cells)
    # Two coefficients are told by sites alone, so that τ at the maximum is too small: Student's t, and wider by this.
    level = int(seen.sum())
    wider = float(np.sqrt(level / max(level - 2, 1)) * special.stdtrit(max(level - 2, 1), 0.975))
    return SiteEffects(
        sites=int(both.sum()),
        crude=_crude(family, size.sum(axis=1), events.sum(axis=1)),
        within=_ratio(fitted, 1, normal_quantile(0.95)),
        across=_ratio(fitted, 2, wider) if told else NOT_GIVEN,
        within_gap=_as_rates(cells, fitted, is_group),
        scatter=fitted.scatter,
        share_between=fitted.scatter**2 / (fitted.scatter**2 + _LATENT) if family == "proportion" else np.nan,
    )


def _ratio(model: RandomIntercept, column: int, quantile: float) -> Triple:
    value, half = model.coefficients[column], quantile * model.errors[column]
    return float(np.exp(value)), float(np.exp(value - half)), float(np.exp(value + half))


def _crude(family: Family, size: FloatArray, events: FloatArray) -> Triple:
    """The odds ratio (rate ratio) of all sites together, with Woolf's interval."""
    left = size - events if family == "proportion" else size
    value = float(events[0] / left[0] / (events[1] / left[1]))
    variance = (1.0 / events).sum() + ((1.0 / left).sum() if family == "proportion" else 0.0)
    half = normal_quantile(0.95) * float(np.sqrt(variance))
    return value, value * float(np.exp(-half)), value * float(np.exp(half))


def _as_rates(cells: ModelCells, model: RandomIntercept, is_group: FloatArray) -> Triple:
    """The within effect as a difference of rates, averaged over the group's own people, each site at its likeliest u.

    Its limits are those of β, everything else as found.
    """
    mine = is_group > 0
    line = cells.design[mine] @ model.coefficients + model.intercepts[cells.cluster[mine]]
    weight = cells.n[mine] / cells.n[mine].sum()
    beta, half = model.coefficients[1], normal_quantile(0.95) * model.errors[1]

    def apart(effect: float) -> float:
        base = line - beta
        return float(weight @ (_rate(cells.family, base + effect) - _rate(cells.family, base)))

    return apart(float(beta)), apart(float(beta - half)), apart(float(beta + half))


def _rate(family: Family, line: FloatArray) -> FloatArray:
    return np.asarray(special.expit(line) if family == "proportion" else np.exp(line))
