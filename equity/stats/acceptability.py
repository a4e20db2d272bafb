"""How often each of several choices comes first, over ways to weigh the criteria: SMAA-2.

Stochastic multicriteria acceptability analysis needs no agreed weights. It draws weights (all there can be, or those
that people gave) and values (within their sampling error), adds them up, and counts which choice takes which rank.

Source: Lahdelma & Salminen, SMAA-2: Stochastic multicriteria acceptability analysis for group decision making,
Operations Research 49(3):444–454, 2001.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from equity.stats.estimate import Estimate, FloatArray, Numbers, as_floats

Z95 = float(special.ndtri(0.975))


@dataclass(frozen=True)
class Acceptability:
    """What the draws said of each choice.

    acceptability    (choices, ranks): the share of draws in which the choice takes that rank; rows and columns add up
                     to 1. Choices that are level share the ranks between them.
    central_weights  (choices, criteria): the mean weights among the draws in which the choice comes first, NaN where it
                     never does. They say what would have to matter for it to win.
    confidence       (choices,): the share of drawn values in which the choice comes first under its own central
                     weights; NaN where it never comes first.
    """

    acceptability: FloatArray
    central_weights: FloatArray
    confidence: FloatArray

    @property
    def first(self) -> FloatArray:
        """(choices,) the share of draws in which each comes first."""
        return self.acceptability[:, 0]

    def rank_at(self, share: float) -> FloatArray:
        """(choices,) the lowest rank that covers this share of the draws: 0.05 and 0.95 bound nine draws in ten."""
        reached = np.cumsum(self.acceptability, axis=1) >= share - 1e-12
        ranks: FloatArray = np.argmax(reached, axis=1) + 1.0
        return ranks


def swing(values: Numbers) -> FloatArray:
    """(choices, criteria) values put on 0 to 1 between the lowest and the highest of the choices, criterion by
    criterion; 0 throughout where all choices are level."""
    v = as_floats(values)
    low, high = v.min(axis=0), v.max(axis=0)
    scaled: FloatArray = np.where(high > low, (v - low) / np.where(high > low, high - low, 1.0), 0.0)
    return scaled


def drawn_swing(estimate: Estimate, draws: int, generator: np.random.Generator) -> FloatArray:
    """(draws, choices, criteria) of values with their sampling error, on the scale of :func:`swing`.

    The scale is that of the estimates, since weights are given for it; a drawn value may lie beyond 0 or 1. Errors are
    normal and independent, with the standard error that the 95 % limits imply.
    """
    low, high = estimate.value.min(axis=0), estimate.value.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    error = np.where(high > low, estimate.width / (2 * Z95), 0.0)
    noise = generator.standard_normal((draws, *estimate.value.shape))
    drawn: FloatArray = np.where(high > low, (estimate.value - low + noise * error) / span, 0.0)
    return drawn


def uniform_weights(draws: int, criteria: int, seed: int) -> FloatArray:
    """(draws, criteria) weights that add up to 1, spread evenly over all that there are (Dirichlet of ones).

    The points come from a scrambled Sobol sequence, whose shares settle much faster than those of random points.
    """
    if criteria == 1:
        return np.ones((draws, 1))
    from scipy.stats import qmc  # half a second, which only a choice of focus needs

    sequence = qmc.Sobol(criteria, scramble=True, rng=seed)
    points = sequence.random_base2(max(1, int(np.ceil(np.log2(draws)))))[:draws]
    exponential = -np.log1p(-np.clip(points, 0.0, 1.0 - 1e-12))
    total = exponential.sum(axis=1, keepdims=True)
    weights: FloatArray = np.where(total > 0, exponential / np.where(total > 0, total, 1.0), 1.0 / criteria)
    return weights


def people_weights(given: Numbers, draws: int, generator: np.random.Generator) -> FloatArray:
    """(draws, criteria): each draw takes one person's weights, every person as often as the others (to within one).

    ``given`` is (people, criteria), nonnegative; each row is scaled to add up to 1. An average of people is never
    drawn, because nobody holds it.
    """
    weights = as_floats(given)
    weights = weights / weights.sum(axis=1, keepdims=True)
    drawn: FloatArray = weights[generator.permutation(np.arange(draws) % len(weights))]
    return drawn


def acceptability(values: Numbers, weights: Numbers) -> Acceptability:
    """Ranks of the choices over the draws of weights, and of values where those were drawn too.

    Args:
        values: (choices, criteria), or (draws, choices, criteria); higher is better.
        weights: (draws, criteria), nonnegative, each row adding up to 1.
    """
    v, w = as_floats(values), as_floats(weights)
    scores = w @ v.T if v.ndim == 2 else np.einsum("dac,dc->da", v, w)
    shares = _shares_of_ranks(scores)
    first = shares[:, :, 0]
    reached = first.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        central = np.where(reached[:, None] > 0, first.T @ w / reached[:, None], np.nan)
    return Acceptability(shares.mean(axis=0), central, _confidence(v, central))


def _shares_of_ranks(scores: FloatArray) -> FloatArray:
    """(draws, choices, ranks): 1 at the rank of each choice; choices that are level share theirs."""
    level = np.isclose(scores[:, None, :], scores[:, :, None], rtol=0.0, atol=1e-12)
    above = ((scores[:, None, :] > scores[:, :, None]) & ~level).sum(axis=-1)
    tied = level.sum(axis=-1)
    ranks = np.arange(scores.shape[1])
    within = (ranks >= above[..., None]) & (ranks < (above + tied)[..., None])
    shares: FloatArray = within / tied[..., None]
    return shares


def _confidence(values: FloatArray, central: FloatArray) -> FloatArray:
    """How often each choice is first under its own central weights, over the drawn values."""
    drawn = values[None] if values.ndim == 2 else values
    confidence = np.full(central.shape[0], np.nan)
    for choice, weights in enumerate(central):
        if np.isfinite(weights).all():
            scores = drawn @ weights
            confidence[choice] = np.mean(scores[:, choice] >= scores.max(axis=1) - 1e-12)
    return confidence
