"""The line through a summary measure's periods: by scipy's regression, its words, and how often they are false."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from equity.stats.estimate import FloatArray, Kind
from equity.stats.groups import Groups
from equity.stats.omnibus import omnibus
from equity.stats.over_time.inequality_change import inequality_change
from equity.stats.summary.bootstrap import summary_measures

EQUAL = 0.0


def test_the_line_and_its_interval_are_those_of_a_plain_regression() -> None:
    values = np.array([0.14, 0.11, 0.12, 0.09, 0.07, 0.08])
    found = inequality_change(values, EQUAL, True)
    line = stats.linregress(np.arange(6), values)
    half = stats.t.ppf(0.975, 4) * line.stderr * 5
    np.testing.assert_allclose(
        [found.first, found.last, found.change.value, found.change.lower, found.change.upper],
        [
            line.intercept,
            line.intercept + 5 * line.slope,
            5 * line.slope,
            5 * line.slope - half,
            5 * line.slope + half,
        ],
    )
    np.testing.assert_allclose(found.p, line.pvalue)
    assert str(found.word) == "narrowed"


def test_a_period_without_a_value_is_a_hole_and_not_a_zero() -> None:
    values = np.array([np.nan, 0.14, np.nan, 0.10, 0.08, 0.05, np.nan])
    found = inequality_change(values, EQUAL, True)
    there = np.isfinite(values)
    line = stats.linregress(np.flatnonzero(there), values[there])
    np.testing.assert_allclose(found.first, line.intercept + 1 * line.slope)
    np.testing.assert_allclose(found.change.value, 4 * line.slope)
    assert int(found.periods) == 4


def test_a_ratio_has_a_line_of_logarithms_and_a_change_that_is_a_factor() -> None:
    values = np.array([1.2, 1.3, 1.6, 1.7, 2.1])
    found = inequality_change(values, 1.0, True, True)
    line = stats.linregress(np.arange(5), np.log(values))
    half = stats.t.ppf(0.975, 3) * line.stderr * 4
    np.testing.assert_allclose(
        [found.first, found.last, found.change.value, found.change.lower, found.change.upper],
        np.exp(
            [
                line.intercept,
                line.intercept + 4 * line.slope,
                4 * line.slope,
                4 * line.slope - half,
                4 * line.slope + half,
            ]
        ),
    )
    assert str(found.word) == "widened"


@pytest.mark.parametrize(
    ("values", "equal", "word"),
    [
        ((1.8, 1.6, 1.5, 1.3, 1.2), 1.0, "narrowed"),
        ((1.2, 1.3, 1.5, 1.6, 1.8), 1.0, "widened"),
        ((0.9, 0.8, 0.7, 0.55, 0.5), 1.0, "widened"),
        ((-0.2, -0.16, -0.12, -0.07), 0.0, "narrowed"),
        ((0.10, 0.14, 0.09, 0.13, 0.11), 0.0, "no_clear_change"),
        ((0.2, 0.1, np.nan, 0.0), 0.0, "too_few_periods"),
    ],
)
def test_words_say_toward_equality_or_away_from_it(values: tuple[float, ...], equal: float, word: str) -> None:
    assert str(inequality_change(np.array(values), equal, True).word) == word


def test_where_the_groups_cannot_be_told_apart_nothing_can_have_changed() -> None:
    falling = np.array([0.05, 0.04, 0.03, 0.02, 0.01, 0.0])
    assert str(inequality_change(falling, EQUAL, False).word) == "groups_alike"
    at_first = np.array([True, True, True, False, False, False])
    assert str(inequality_change(falling, EQUAL, at_first).word) == "narrowed"
    assert str(inequality_change(falling[::-1], EQUAL, at_first[::-1]).word) == "widened"
    half = np.array([True, True, False, False, False, False, False, False])  # of the first half, one in two
    steady = np.linspace(0.08, 0.01, 8)
    assert str(inequality_change(steady, EQUAL, half).word) == "narrowed"
    assert str(inequality_change(steady, EQUAL, half & (np.arange(8) > 0)).word) == "groups_alike"


RATES: dict[Kind, FloatArray] = {"proportion": np.array([0.3, 0.5, 0.9]), "rate": np.array([0.02, 0.05, 0.10])}


def pages(kind: Kind, rates: FloatArray, count: int) -> npt.NDArray[np.str_]:
    """(pages, 2) the words of difference and ratio, side by side; ``rates`` (periods, groups) of 1,500 each."""
    random, n = np.random.default_rng(21), np.full((count, *rates.shape), 1500)
    x = random.binomial(n, rates) if kind == "proportion" else random.poisson(n * rates)
    groups = Groups.from_counts(kind, n, x, "higher_better" if kind == "proportion" else "lower_better")
    found = summary_measures(groups, ("difference", "ratio"), draws=20)
    steadied = np.moveaxis(np.where(np.isfinite(found.corrected), found.corrected, found.value), -1, 1)
    apart = np.broadcast_to((omnibus(groups).p <= 0.05)[:, np.newaxis], steadied.shape)
    return inequality_change(steadied, np.array([0.0, 1.0]), apart, np.array([False, True]), beside=[(0, 1)]).word


@pytest.mark.parametrize(("kind", "periods"), [("proportion", 8), ("rate", 4), ("rate", 5)])
def test_a_page_of_two_numbers_says_change_where_gaps_are_steady_in_one_of_twenty(kind: Kind, periods: int) -> None:
    """The share of pages on which either of the two has a word, and two standard errors of so few pages."""
    words = pages(kind, np.broadcast_to(RATES[kind], (periods, 3)), 1000)
    claimed = np.isin(words, ["narrowed", "widened"]).any(axis=-1)
    assert claimed.mean() <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / len(claimed))


@pytest.mark.parametrize(("kind", "told"), [("proportion", 0.9), ("rate", 0.65)])
def test_a_gap_that_halves_over_eight_years_is_told(kind: Kind, told: float) -> None:
    middle = RATES[kind].mean()
    words = pages(kind, middle + (RATES[kind] - middle) * np.linspace(1.0, 0.5, 8)[:, np.newaxis], 200)
    assert ((words == "narrowed").mean(axis=0) >= told).all()
    assert not (words == "widened").any()


def test_two_numbers_that_move_as_one_are_one_comparison_and_unlike_ones_are_two() -> None:
    values = np.array([0.14, 0.11, 0.12, 0.09, 0.07, 0.08])
    other = np.array([5.0, 7.0, 4.0, 6.0, 8.0, 5.5])
    alone = inequality_change(values, EQUAL, True).p
    same = inequality_change(np.stack([values, 2 * values]), EQUAL, True, beside=[(0, 1)])
    np.testing.assert_allclose(same.p, alone)
    unlike = inequality_change(np.stack([values, other]), EQUAL, True, beside=[(0, 1)])
    line = stats.linregress(np.arange(6), other)
    mine = values - np.polyval(np.polyfit(np.arange(6), values, 1), np.arange(6))
    theirs = other - (line.intercept + line.slope * np.arange(6))
    count = 1 + np.sqrt(min((1 - np.corrcoef(mine, theirs)[0, 1] ** 2) * 4 / 3, 1))
    np.testing.assert_allclose(unlike.p, 1 - (1 - np.array([alone, line.pvalue])) ** count)
    half = stats.t.ppf((1 + 0.95 ** (1 / count)) / 2, 4) * line.stderr * 5
    np.testing.assert_allclose(unlike.change.upper[1] - unlike.change.value[1], half)
    short = np.array([np.nan, np.nan, np.nan, 6.0, 8.0, 5.5])
    np.testing.assert_allclose(inequality_change(np.stack([values, short]), EQUAL, True, beside=[(0, 1)]).p[0], alone)


@pytest.mark.parametrize("correlation", [0.0, 0.6, 0.9, 0.99])
def test_the_number_of_comparisons_is_that_of_two_normal_estimates(correlation: float) -> None:
    """How often the larger of two exceeds the bound of one, by the bivariate normal."""
    bound = stats.norm.ppf(0.975)
    both = stats.multivariate_normal([0, 0], [[1, correlation], [correlation, 1]])
    inside = both.cdf([bound, bound]) - 2 * both.cdf([-bound, bound]) + both.cdf([-bound, -bound])
    assert np.log(inside) / np.log(0.95) <= 1 + np.sqrt(1 - correlation**2) + 0.005


@pytest.mark.parametrize(("spread", "allowed"), [(0.0, 0.005), (0.10, 0.07)])
def test_words_of_change_are_rarely_false_also_where_numbers_grow(spread: float, allowed: float) -> None:
    """300 series of 12 periods in which each group's rate stays as it is while its numbers grow fourfold.

    Chance lifts the plain values ever less, and would narrow them: the line goes through those with chance taken off.
    """
    random = np.random.default_rng(7)
    rates = 0.5 + spread * np.array([-1.0, -0.4, 0.0, 0.4, 1.0])
    n = np.broadcast_to(np.linspace(150, 600, 12).astype(int)[:, np.newaxis], (300, 12, 5))
    groups = Groups.from_counts("proportion", n, random.binomial(n, rates), "higher_better")
    names = ("difference", "ratio", "between_group_sd", "coefficient_of_variation", "theil_index")
    found = summary_measures(groups, names, draws=200)
    steadied = np.where(np.isfinite(found.corrected), found.corrected, found.value)
    apart = (omnibus(groups).p <= 0.05)[..., np.newaxis]
    ratios = np.array([name == "ratio" for name in names])
    change = inequality_change(
        np.moveaxis(steadied, -1, 1),
        np.where(ratios, 1.0, 0.0),
        np.moveaxis(np.broadcast_to(apart, steadied.shape), -1, 1),
        ratios,
    )
    false = np.isin(change.word, ["narrowed", "widened"]).mean(axis=0)
    assert (false <= allowed + 0.02).all(), false
