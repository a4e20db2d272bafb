"""Two-sided p-values: is one group different from another, or from a target, by more than chance?

One rule runs through all of them: **exact where counts are small, classic where they are not**, because a scan looks
at the far tails of many tests and the normal approximation is several times too small there.

* Proportions: the pooled score test (z², the χ² of the 2×2 table); where an expected cell count is below
  ``EXACT_BELOW_EXPECTED``, Fisher's exact test with mid-p, two-sided by doubling the smaller tail.
* Rates: the conditional binomial test with mid-p at every size (its tails are incomplete beta functions).
* Means: Welch's t.
* Against a target: binomial or Poisson mid-p, one-sample t.

The score test and Newcombe's interval come from the same Wilson score but are not inversions of one another: in
borderline cases p may be 0.04 and the interval touch 0. The verdict uses p; the interval shows the size.

Source: Lancaster 1961 (mid-p); Hirji 2006; Fagerland, Lydersen & Laake 2013; Przyborowski & Wilenski 1940 (rates);
Welch 1947.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from equity.stats.differences import welch_parts
from equity.stats.estimate import FloatArray, Kind, Numbers, broadcast, ratio_of, two_sided_normal, two_sided_t
from equity.stats.intervals import mean_and_variance

EXACT_BELOW_EXPECTED = 100.0
"""From here up the tail of the score test is right to a third at p = 0.0001; below it Fisher's mid-p is used."""

_TAIL_TERMS = 256
"""Terms of the hypergeometric tail: over 10 standard deviations while an expected cell is below 100."""


_NEAR_A_HALF = 0.9
"""A tail of 0.45 or more, doubled: from here on the other tail is computed too and the smaller one taken."""


def proportion_test(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers) -> FloatArray:
    """p of "both groups have one proportion". 1 where nobody or everybody has the event; NaN where an n is 0."""
    a, size1, b, size2 = broadcast(x1, n1, x2, n2)
    p = np.array(proportion_score_test(a, size1, b, size2))
    events, size = a + b, size1 + size2
    smallest = ratio_of(np.minimum(size1, size2) * np.minimum(events, size - events), size)
    small = (smallest < EXACT_BELOW_EXPECTED) & ~np.isnan(p)
    if small.any():
        p[small] = proportion_exact_test(a[small], size1[small], b[small], size2[small])
    return p


def proportion_score_test(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers) -> FloatArray:
    """The pooled z test of two proportions without continuity correction. NaN where an n is 0."""
    a, size1, b, size2 = broadcast(x1, n1, x2, n2)
    pooled = ratio_of(a + b, size1 + size2)
    variance = pooled * (1.0 - pooled) * (ratio_of(np.ones_like(a), size1) + ratio_of(np.ones_like(b), size2))
    distance = ratio_of(a, size1) - ratio_of(b, size2)
    z = ratio_of(distance, np.sqrt(np.maximum(variance, 0.0)))
    return np.where((variance <= 0) & ~np.isnan(distance), 1.0, two_sided_normal(z))


def proportion_exact_test(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers) -> FloatArray:
    """Fisher's exact test with mid-p, twice the smaller tail. Meant for an expected cell count below 100.

    Fractional (effective) counts use the same terms with gamma functions in place of factorials.
    """
    a, size1, b, size2 = broadcast(x1, n1, x2, n2)
    # The tail away from the expectation is nearly always the smaller one; towards it the terms would grow at first.
    above = a * (size1 + size2) >= (a + b) * size1
    a, size1, b, size2 = (
        np.where(above, one, other) for one, other in ((a, b), (size1, size2), (b, a), (size2, size1))
    )
    p = _twice_the_tail(a, size1, b, size2)
    # Near a half either tail may be the smaller one, whoever is named first: at a tie, or with the median further out.
    near = p >= _NEAR_A_HALF
    if near.any():
        p[near] = np.minimum(p[near], _twice_the_tail(b[near], size2[near], a[near], size1[near]))
    return np.minimum(p, 1.0)


def rate_test(x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers) -> FloatArray:
    """p of "both groups have one rate": given x₁ + x₂, x₁ is binomial with share n₁/(n₁ + n₂); mid-p.

    1 where there are no events at all; NaN where an n is 0.
    """
    a, size1, b, size2 = broadcast(x1, n1, x2, n2)
    known = (size1 > 0) & (size2 > 0)
    share = ratio_of(size1, size1 + size2)
    return np.where(known, _binomial_mid_p(a, b, share), np.nan)


def mean_test(n1: Numbers, x1: Numbers, xx1: Numbers, n2: Numbers, x2: Numbers, xx2: Numbers) -> FloatArray:
    """Welch's t test. NaN where an n is not above 1. Where nothing varies, 1 for equal means and 0 for different."""
    mean1, mean2, variance1, variance2, degrees = welch_parts(n1, x1, xx1, n2, x2, xx2)
    return _t_test(mean1 - mean2, variance1 + variance2, degrees)


def difference_test(
    kind: Kind,
    n1: Numbers,
    x1: Numbers,
    n2: Numbers,
    x2: Numbers,
    xx1: Numbers = np.nan,
    xx2: Numbers = np.nan,
) -> FloatArray:
    """The test that belongs to a kind of measure. ``xx`` (Σx²) matters to means only."""
    if kind == "proportion":
        return proportion_test(x1, n1, x2, n2)
    if kind == "rate":
        return rate_test(x1, n1, x2, n2)
    return mean_test(n1, x1, xx1, n2, x2, xx2)


def target_test(kind: Kind, n: Numbers, x: Numbers, target: Numbers, xx: Numbers = np.nan) -> FloatArray:
    """p of "the group's true rate is the target": binomial mid-p, Poisson mid-p or one-sample t. NaN where n is 0."""
    size, total, fixed, squares = broadcast(n, x, target, xx)
    if kind == "mean":
        mean, variance = mean_and_variance(size, total, squares)
        return _t_test(mean - fixed, ratio_of(variance, size), size - 1.0)
    size = np.where(size > 0, size, np.nan)
    if kind == "proportion":
        return np.where(np.isnan(size), np.nan, _binomial_mid_p(total, size - total, fixed))
    return np.where(np.isnan(size), np.nan, _poisson_mid_p(total, size * fixed))


def _t_test(distance: FloatArray, variance: FloatArray, degrees: FloatArray) -> FloatArray:
    p = two_sided_t(ratio_of(distance, np.sqrt(variance)), degrees)
    return np.where(variance == 0, np.where(distance == 0, 1.0, 0.0), p)


def _doubled(above_or_at: FloatArray, above: FloatArray, below_or_at: FloatArray, below: FloatArray) -> FloatArray:
    """Two-sided mid-p from the four tails."""
    upper = (above_or_at + above) / 2.0
    lower = (below_or_at + below) / 2.0
    return np.minimum(2.0 * np.minimum(upper, lower), 1.0)


def _binomial_mid_p(successes: FloatArray, failures: FloatArray, share: FloatArray) -> FloatArray:
    """Two-sided mid-p of a binomial count; the tails are incomplete beta functions, exact at every size."""
    s, f = successes, failures
    return _doubled(
        above_or_at=_beta_tail(s, f + 1.0, share),
        above=_beta_tail(s + 1.0, f, share),
        below_or_at=_beta_tail(f, s + 1.0, 1.0 - share),
        below=_beta_tail(f + 1.0, s, 1.0 - share),
    )


def _beta_tail(a: FloatArray, b: FloatArray, share: FloatArray) -> FloatArray:
    """I_share(a, b), with the limits that the binomial tail has at a = 0 (certain) and b = 0 (impossible)."""
    inside = (a > 0) & (b > 0)
    within = special.betainc(np.where(inside, a, 1.0), np.where(inside, b, 1.0), np.clip(share, 0.0, 1.0))
    return np.where(inside, within, np.where(a > 0, np.where(share >= 1.0, 1.0, 0.0), 1.0))


def _poisson_mid_p(x: FloatArray, expected: FloatArray) -> FloatArray:
    some = np.where(x > 0, x, 1.0)
    return _doubled(
        above_or_at=np.where(x > 0, special.gammainc(some, expected), 1.0),
        above=special.gammainc(x + 1.0, expected),
        below_or_at=special.gammaincc(x + 1.0, expected),
        below=np.where(x > 0, special.gammaincc(some, expected), 0.0),
    )


def _log_hypergeometric(a: FloatArray, size1: FloatArray, b: FloatArray, size2: FloatArray) -> FloatArray:
    """log P(X₁ = a) given the margins, where X₁ events fall in the first group of size₁."""

    def log_choose(n: FloatArray, k: FloatArray) -> FloatArray:
        return np.asarray(special.gammaln(n + 1.0) - special.gammaln(k + 1.0) - special.gammaln(n - k + 1.0))

    return log_choose(size1, a) + log_choose(size2, b) - log_choose(size1 + size2, a + b)


def _twice_the_tail(a: FloatArray, size1: FloatArray, b: FloatArray, size2: FloatArray) -> FloatArray:
    """Twice the mid-p of "a or more of the events in the first group", given the margins."""
    here = np.exp(_log_hypergeometric(a, size1, b, size2))
    return np.array(here * (1.0 + 2.0 * _tail_ratio(a, size1, b, size2)), dtype=np.float64)


def _tail_ratio(a: FloatArray, size1: FloatArray, b: FloatArray, size2: FloatArray) -> FloatArray:
    """Σ P(X₁ = a + k) / P(X₁ = a) over k = 1, 2, …: each term from the one before it."""
    step = np.arange(_TAIL_TERMS, dtype=np.float64)
    a, size1, b, size2 = (each[..., None] for each in (a, size1, b, size2))
    up = np.maximum(b - step, 0.0) * np.maximum(size1 - a - step, 0.0)
    down = (a + step + 1.0) * (size2 - b + step + 1.0)
    return np.asarray(np.cumprod(up / down, axis=-1).sum(axis=-1), dtype=np.float64)
