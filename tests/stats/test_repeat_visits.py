"""Repeat visits: the formula from its definition, the edges, and coverage where people come again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from equity.stats.intervals import interval, wilson
from equity.stats.repeat_visits import (
    PersonSums,
    effective_sample,
    independent_variance,
    ratio_variance,
    variance_inflation,
)


def sums_of(x: np.ndarray, n: np.ndarray) -> PersonSums:
    """Sums over people on the last axis; people without a visit do not count."""
    return PersonSums((n > 0).sum(-1) * 1.0, (x * x).sum(-1), (x * n).sum(-1), (n * n).sum(-1) * 1.0)


@given(
    visits=hnp.arrays(np.int64, 12, elements=st.integers(1, 9)),
    share=hnp.arrays(np.float64, 12, elements=st.floats(0, 1)),
)
def test_the_sums_give_the_design_based_variance_of_its_definition(visits: np.ndarray, share: np.ndarray) -> None:
    x = np.round(visits * share)
    n, y = visits.sum(), x.sum() / visits.sum()
    defined = ((x - y * visits) ** 2).sum() / n**2 * 12 / 11
    np.testing.assert_allclose(ratio_variance(n, x.sum(), sums_of(x, visits)), defined, rtol=1e-9, atol=1e-16)


def test_one_visit_a_person_is_a_plain_sample() -> None:
    x, n = np.array([1.0] * 30 + [0.0] * 70), np.ones(100)
    np.testing.assert_allclose(effective_sample("proportion", 100, 30, sums_of(x, n)).n, 100.0)


def test_visits_that_all_agree_count_as_one_person() -> None:
    x, n = np.array([5.0] * 8 + [0.0] * 12), np.full(20, 5.0)
    np.testing.assert_allclose(effective_sample("proportion", 100, 40, sums_of(x, n)).n, 19.0)


def test_what_cannot_be_estimated_is_the_worst_case() -> None:
    none = sums_of(np.zeros(20), np.full(20, 5.0))
    assert effective_sample("proportion", 100, 0, none).n == 20.0
    one_person = PersonSums(np.array(1.0), np.array(36.0), np.array(60.0), np.array(100.0))
    assert effective_sample("proportion", 10, 6, one_person).n == 1.0
    assert variance_inflation("rate", 10, 6, one_person) == 6.0
    assert variance_inflation("mean", 10, 6, one_person, xx=8.0) == 10.0
    assert variance_inflation("rate", 10.0, 0.0, one_person) == 1.0


def test_nobody_is_nobody() -> None:
    empty = PersonSums(*(np.array(0.0) for _ in range(4)))
    sample = effective_sample("proportion", 0, 0, empty)
    assert sample.n == 0
    assert np.isnan(sample.inflation)


@given(
    visits=hnp.arrays(np.int64, 15, elements=st.integers(1, 6)),
    share=hnp.arrays(np.float64, 15, elements=st.floats(0, 1)),
    kind=st.sampled_from(["proportion", "rate", "mean"]),
)
def test_an_effective_sample_keeps_the_rate_and_never_grows(visits: np.ndarray, share: np.ndarray, kind: str) -> None:
    x = np.round(visits * share)
    n, total = float(visits.sum()), float(x.sum())
    sample = effective_sample(kind, n, total, sums_of(x, visits), xx=total)
    assert sample.n <= n + 1e-9
    np.testing.assert_allclose(sample.x, sample.n * total / n, atol=1e-9)
    assert np.isfinite(sample.n)


def test_independent_variances_are_the_textbook_ones() -> None:
    np.testing.assert_allclose(independent_variance("proportion", 50, 20), 0.4 * 0.6 / 50)
    np.testing.assert_allclose(independent_variance("rate", 50, 20), 20 / 50**2)
    values = np.arange(10.0)
    np.testing.assert_allclose(
        independent_variance("mean", 10, values.sum(), (values**2).sum()), values.var(ddof=1) / 10
    )


@pytest.mark.parametrize("kind", ["proportion", "rate", "mean"])
def test_intervals_cover_where_people_come_again(kind: str) -> None:
    """300 people with 1 to 8 visits and a level of their own: plain intervals cover too rarely, effective ones do."""
    random = np.random.default_rng(7)
    people = 300
    visits = random.integers(1, 9, size=(2000, people))
    if kind == "mean":
        own = random.normal(30.0, 6.0, size=visits.shape)
        x = own * visits + random.normal(0, 8.0, size=visits.shape) * np.sqrt(visits)
        spread = random.chisquare(np.maximum(visits - 1, 1)) * 64.0 * (visits > 1)
        xx = (x**2 / visits + spread).sum(axis=1)
        truth = 30.0
    elif kind == "rate":
        own = random.gamma(2.0, 0.1, size=visits.shape)
        x, xx, truth = random.poisson(own * visits) * 1.0, np.nan, 0.2
    else:
        own = random.beta(1.2, 2.8, size=visits.shape)
        x, xx, truth = random.binomial(visits, own) * 1.0, np.nan, 0.3
    n, total = visits.sum(axis=1), x.sum(axis=1)
    sample = effective_sample(kind, n, total, sums_of(x, visits), xx=xx)
    plain = interval(kind, n, total, xx)
    honest = interval(kind, sample.n, sample.x, sample.xx)
    assert ((plain.lower <= truth) & (truth <= plain.upper)).mean() < 0.90
    assert 0.93 <= ((honest.lower <= truth) & (truth <= honest.upper)).mean() <= 0.97


def test_an_effective_sample_widens_wilson_by_the_root_of_the_inflation() -> None:
    x, n = np.array([4.0] * 100 + [0.0] * 100), np.full(200, 4.0)
    sample = effective_sample("proportion", 800, 400, sums_of(x, n))
    ratio = wilson(sample.x, sample.n).width / wilson(400, 800).width
    np.testing.assert_allclose(ratio, np.sqrt(sample.inflation), rtol=0.01)
