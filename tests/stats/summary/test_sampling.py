"""Draws: the distributions that they say, and no dependence on anything but their own groups and the seed."""

import numpy as np
import pytest
from scipy import stats

from equity.stats.groups import Groups
from equity.stats.summary.sampling import SEED, from_link, link_centre, link_draws, to_link


def draw_rates(groups: Groups, draws: int, seed: int = SEED) -> np.ndarray:
    """(…, draws, groups) draws of the true rates; NaN for an absent group."""
    flat = groups.flattened()
    drawn = from_link(groups.kind, link_draws(flat, draws, seed))
    drawn = np.where(flat.present.T[:, :, None], drawn, np.nan)
    return np.moveaxis(drawn, 0, -1).reshape(*groups.rates.shape[:-1], draws, groups.rates.shape[-1])


@pytest.mark.parametrize("kind", ["proportion", "rate", "mean"])
def test_draws_follow_the_distribution_of_the_kind(kind: str) -> None:
    n, x = np.array([40.0, 400.0]), np.array([3.0, 160.0])
    groups = Groups.from_counts(kind, n, x, "higher_better", xx=x * 3)
    draws = draw_rates(groups, draws=20_000)
    for place in range(2):
        if kind == "proportion":
            law = stats.beta(x[place] + 0.5, n[place] - x[place] + 0.5)
        elif kind == "rate":
            law = stats.gamma(x[place] + 0.5, scale=1 / n[place])
        else:
            law = stats.t(n[place] - 1, loc=x[place] / n[place], scale=groups.standard_error[place])
        assert stats.kstest(draws[:, place], law.cdf).pvalue > 0.001


def test_a_setting_draws_the_same_whatever_stands_beside_it() -> None:
    n, x = np.array([[50, 60, 70], [500, 600, 700]]), np.array([[5, 6, 9], [100, 90, 80]])
    both = draw_rates(Groups.from_counts("proportion", n, x, "neutral"), draws=50)
    alone = draw_rates(Groups.from_counts("proportion", n[1], x[1], "neutral"), draws=50)
    np.testing.assert_array_equal(both[1], alone)
    again = draw_rates(Groups.from_counts("proportion", n[0], x[0], "neutral"), 50, seed=2)
    assert np.abs(np.corrcoef(both[0].ravel(), again.ravel())[0, 1]) < 0.5


def test_the_list_may_be_in_any_order() -> None:
    n, x, mixed = np.array([50, 60, 70, 80]), np.array([5, 6, 9, 30]), np.array([2, 0, 3, 1])
    for kind in ("proportion", "rate", "mean"):
        one = draw_rates(Groups.from_counts(kind, n, x, "neutral", xx=x * 2), draws=40)
        other = draw_rates(Groups.from_counts(kind, n[mixed], x[mixed], "neutral", xx=x[mixed] * 2), draws=40)
        np.testing.assert_array_equal(one[:, mixed], other)


def test_an_absent_group_has_no_draws_and_extremes_have_finite_ones() -> None:
    draws = draw_rates(Groups.from_counts("proportion", [10, 0, 10], [0, 0, 10], "neutral"), draws=500)
    assert np.isnan(draws[:, 1]).all()
    assert ((draws[:, [0, 2]] >= 0) & (draws[:, [0, 2]] <= 1)).all()
    assert draws[:, 0].max() > 0


def test_one_value_alone_borrows_its_error() -> None:
    groups = Groups.from_counts("mean", [1.0, 20.0], [30.0, 640.0], "neutral", xx=[900.0, 22_000.0])
    assert np.isfinite(draw_rates(groups, draws=100)).all()


def test_link_scales_are_inverses_and_centres_are_those_of_the_draws() -> None:
    rates = np.array([0.01, 0.4, 0.97])
    for kind in ("proportion", "rate", "mean"):
        np.testing.assert_allclose(from_link(kind, to_link(kind, rates)), rates)
    for kind in ("proportion", "rate"):
        groups = Groups.from_counts(kind, [30, 30, 300], [0, 4, 200], "neutral")
        centre, variance = link_centre(groups.flattened())
        on_link = to_link(kind, draw_rates(groups, draws=40_000))
        np.testing.assert_allclose(on_link.mean(axis=0), centre[:, 0], atol=0.04)
        np.testing.assert_allclose(on_link.var(axis=0), variance[:, 0], rtol=0.05)
