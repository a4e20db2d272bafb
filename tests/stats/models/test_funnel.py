"""Funnel limits by Spiegelhalter's formulas in numpy and scipy, and how often sites that are alike lie outside."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from equity.stats.models import funnel


def interpolated(distribution: object, p: float, n: float) -> float:
    """Appendix A.1.1 of Spiegelhalter 2005, from scipy's own quantiles."""
    r = distribution.ppf(p)  # type: ignore[attr-defined]
    back = (distribution.cdf(r) - p) / (distribution.cdf(r) - distribution.cdf(r - 1))  # type: ignore[attr-defined]
    return float((r - back) / n)


@pytest.mark.parametrize("n", [12, 60, 240, 3000])
@pytest.mark.parametrize("target", [0.03, 0.5, 0.82])
def test_limits_of_proportions_are_the_interpolated_exact_binomial(n: int, target: float) -> None:
    found = funnel.limits_of_rates("proportion", target, n)
    wanted = [interpolated(stats.binom(n, target), p, n) for p in (0.025, 0.975, 0.001, 0.999)]
    got = [found.inner_lower, found.inner_upper, found.outer_lower, found.outer_upper]
    np.testing.assert_allclose(got, np.clip(wanted, 0, 1), atol=1e-9)


@pytest.mark.parametrize("n", [100, 2500])
def test_limits_of_rates_are_the_interpolated_exact_poisson(n: int) -> None:
    found = funnel.limits_of_rates("rate", 0.02, n)
    wanted = [interpolated(stats.poisson(0.02 * n), p, n) for p in (0.025, 0.975, 0.001, 0.999)]
    got = [found.inner_lower, found.inner_upper, found.outer_lower, found.outer_upper]
    np.testing.assert_allclose(got, np.maximum(wanted, 0), atol=1e-9)


def test_variation_between_sites_is_spiegelhalters_by_hand() -> None:
    """Twelve sites: z, drawn in to the 10th and 90th of 100, their mean square, and DerSimonian and Laird's τ²."""
    y = np.array([0.61, 0.55, 0.72, 0.66, 0.58, 0.49, 0.70, 0.63, 0.60, 0.64, 0.90, 0.57])
    n = np.array([120, 300, 80, 240, 500, 90, 150, 220, 310, 190, 200, 400])
    s = np.sqrt(0.62 * 0.38 / n)
    z = (y - 0.62) / s
    low, high = np.quantile(z, [0.1, 0.9])
    phi = np.mean(np.clip(z, low, high) ** 2)
    found = funnel.site_variation(y, 0.62, s)
    assert found.winsorised_phi == pytest.approx(phi)
    normal = stats.norm.expect(lambda v: np.clip(v, stats.norm.ppf(0.1), stats.norm.ppf(0.9)) ** 2)
    np.testing.assert_allclose(funnel.NORMAL_SHARE, normal, atol=1e-6)
    w = 1 / s**2
    tau_squared = (12 * phi / normal - 11) / (w.sum() - (w**2).sum() / w.sum())
    assert found.tau_squared == pytest.approx(tau_squared, rel=1e-5)
    limits = funnel.limits_about(0.62, s, found.tau_squared)
    np.testing.assert_allclose(limits.outer_upper, 0.62 + stats.norm.ppf(0.999) * np.sqrt(s**2 + found.tau_squared))


def test_one_unusual_site_does_not_widen_its_own_limits_much() -> None:
    random = np.random.default_rng(3)
    s = np.full(20, 0.02)
    y = 0.5 + s * random.standard_normal(20)
    far = np.append(y, 0.9), np.append(s, 0.02)
    plain = np.mean(((far[0] - 0.5) / far[1]) ** 2)
    assert plain > 15
    assert funnel.site_variation(*[far[0], 0.5, far[1]]).phi < 3


def test_too_few_sites_tell_nothing_of_their_variation() -> None:
    found = funnel.site_variation([0.1, 0.5, 0.9, np.nan, 0.3], 0.4, np.full(5, 0.01))
    assert (found.phi, found.tau_squared) == (1.0, 0.0)


def test_a_gaps_error_is_that_of_two_groups_with_the_sites_own_rate() -> None:
    found = funnel.difference_error("proportion", [30, 0], [100, 40], [90, 0], [150, 60])
    rate = np.array([120.5 / 251, 0.5 / 101])
    np.testing.assert_allclose(found, np.sqrt(rate * (1 - rate) * (1 / np.array([100, 40]) + 1 / np.array([150, 60]))))
    assert np.isnan(funnel.difference_error("rate", 3, 100, 0, 0))


def funnels_of_rates(sites: int, tau: float, kind: str, random: np.random.Generator) -> tuple[float, float, float]:
    """(share outside 95 %, share outside 99.8 %, share of funnels with any outside 99.8 %) of 400 funnels."""
    inner, outer, any_outer = [], [], []
    for _ in range(400):
        n = random.integers(80, 1500, sites)
        true = np.clip(0.4 + tau * random.standard_normal(sites), 0.02, 0.98)
        x = random.binomial(n, true) if kind == "proportion" else random.poisson(n * true)
        target = x.sum() / n.sum()
        found = funnel.site_variation(x / n, target, funnel.chance_error(kind, target, n))  # type: ignore[arg-type]
        limits = funnel.limits_of_rates(kind, target, n, found.tau_squared)  # type: ignore[arg-type]
        inner.append((limits.side(x / n, outer=False) != 0).mean())
        out = limits.side(x / n, outer=True) != 0
        outer.append(out.mean())
        any_outer.append(out.any())
    return float(np.mean(inner)), float(np.mean(outer)), float(np.mean(any_outer))


@pytest.mark.parametrize("kind", ["proportion", "rate"])
@pytest.mark.parametrize("tau", [0.0, 0.06])
@pytest.mark.parametrize("sites", [12, 30])
def test_sites_that_are_alike_but_for_ordinary_variation_rarely_lie_outside(kind: str, tau: float, sites: int) -> None:
    inner, outer, _ = funnels_of_rates(sites, tau, kind, np.random.default_rng(11))
    assert 0.02 <= inner <= 0.075
    assert outer <= 0.012


@pytest.mark.parametrize("tau", [0.0, 0.04])
@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_gaps_of_sites_that_differ_in_level_rarely_lie_outside(kind: str, tau: float) -> None:
    """400 funnels of 12 sites whose levels range from 15 to 60 % and whose gaps vary by ``tau`` about 5 points."""
    random = np.random.default_rng(13)
    inner, outer = [], []
    for _ in range(400):
        n1, n2 = random.integers(100, 1200, (2, 12))
        level = random.uniform(0.15, 0.6, 12)
        other = np.clip(level + 0.05 + tau * random.standard_normal(12), 0.01, 0.99)
        draw = (lambda n, p: random.binomial(n, p)) if kind == "proportion" else (lambda n, p: random.poisson(n * p))
        x1, x2 = draw(n1, other), draw(n2, level)
        gap, s = x1 / n1 - x2 / n2, funnel.difference_error(kind, x1, n1, x2, n2)  # type: ignore[arg-type]
        found = funnel.site_variation(gap, funnel.pooled(gap, s), s)
        limits = funnel.limits_about(funnel.pooled(gap, s, found.tau_squared), s, found.tau_squared)
        inner.append((limits.side(gap, outer=False) != 0).mean())
        outer.append((limits.side(gap, outer=True) != 0).mean())
    assert 0.015 <= np.mean(inner) <= 0.075
    assert np.mean(outer) <= 0.012
