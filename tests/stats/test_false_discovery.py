"""q-values against R, and a scan of pure noise that stays quiet."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from equity.stats.false_discovery import ACCEPTED_RATE, benjamini_hochberg, number_of_tests
from equity.stats.gap import largest_relative_difference, verdict
from equity.stats.omnibus import range_aware_p
from equity.stats.significance import difference_test
from tests.stats.golden_tables import golden
from tests.stats.made_up_groups import drawn_groups


def test_q_values_agree_with_r() -> None:
    q = benjamini_hochberg(golden("fdr_input")["p"])
    np.testing.assert_allclose(q, golden("fdr_expected")["q"], rtol=1e-8)


@given(hnp.arrays(np.float64, st.integers(1, 40), elements=st.floats(0, 1)))
def test_q_values_agree_with_scipy(p: np.ndarray) -> None:
    np.testing.assert_allclose(benjamini_hochberg(p), stats.false_discovery_control(p), rtol=1e-12)


@given(hnp.arrays(np.float64, (3, 8), elements=st.floats(0, 1)), st.randoms())
def test_tests_that_were_not_made_do_not_count(p: np.ndarray, random: "st.DrawFn") -> None:
    missing = np.array([[random.random() < 0.3 for _ in row] for row in p])
    holed = np.where(missing, np.nan, p)
    q = benjamini_hochberg(holed)
    assert (np.isnan(q) == missing).all()
    for row, gaps, found in zip(p, missing, q, strict=True):
        np.testing.assert_allclose(found[~gaps], benjamini_hochberg(row[~gaps]), rtol=1e-12)
    assert number_of_tests(holed) == (~missing).sum()


@pytest.mark.parametrize("kind", ["proportion", "rate", "mean"])
def test_a_scan_of_pure_noise_finds_something_in_at_most_one_of_ten(kind: str) -> None:
    """60 tables of 6 groups against everyone else: rare and common outcomes, small and large groups.

    Without any difference the false discovery rate is the chance of finding anything. Benjamini–Hochberg holds it at
    exactly q for independent tests, so 600 scans may show 0.10 and two standard errors more; with the 10 % of the
    verdict on top it stays well below.
    """
    random = np.random.default_rng(11)
    scans, tables, groups = 600, 60, 6
    n = np.round(np.exp(random.uniform(np.log(30), np.log(4000), (scans, tables, groups))))
    level = random.choice([0.01, 0.05, 0.2, 0.5, 0.9], (scans, tables, 1))
    xx = rest_xx = np.nan
    if kind == "proportion":
        x = random.binomial(n.astype(int), level) * 1.0
    elif kind == "rate":
        x = random.poisson(n * level) * 1.0
    else:
        mean = random.normal(30, 8 / np.sqrt(n))
        x, xx = mean * n, 64 * random.chisquare(n - 1) + n * mean**2
        rest_xx = xx.sum(-1, keepdims=True) - xx
    rest_n, rest_x = n.sum(-1, keepdims=True) - n, x.sum(-1, keepdims=True) - x
    q = benjamini_hochberg(difference_test(kind, n, x, rest_n, rest_x, xx, rest_xx).reshape(scans, -1))
    found = q <= ACCEPTED_RATE
    assert found.any(axis=-1).mean() <= 0.10 + 2 * np.sqrt(0.09 / scans)
    large = largest_relative_difference(x / n, rest_x / rest_n, kind).reshape(scans, -1)
    assert (verdict(q, large, significance=ACCEPTED_RATE) == "disparity").any(axis=-1).mean() <= 0.10


@pytest.mark.parametrize("kind", ["proportion", "rate", "mean"])
def test_a_scan_against_the_best_group_of_the_same_data_stays_quiet_on_pure_noise(kind: str) -> None:
    """The best of six is picked from the noise itself; p allows for the picking, as in the scan of all areas."""
    level = {"proportion": 0.2, "rate": 0.05, "mean": 30.0}[kind]
    scans, tables = 300, 30
    random = np.random.default_rng(12)
    groups = drawn_groups(kind, [level] * 6, random.integers(100, 3000, 6), "lower_better", scans * tables, seed=13)
    n, x = groups.population, groups.events
    xx = x * groups.rates + groups.standard_error**2 * n * (n - 1)
    best = groups.rates.argmin(axis=-1)[:, None]
    reference_n, reference_x, reference_xx = (np.take_along_axis(each, best, axis=-1) for each in (n, x, xx))
    p = range_aware_p(difference_test(kind, n, x, reference_n, reference_x, xx, reference_xx), 6)
    p = np.where(np.arange(6) == best, np.nan, p)
    q = benjamini_hochberg(p.reshape(scans, -1))
    relative = largest_relative_difference(x / n, reference_x / reference_n, kind).reshape(scans, -1)
    found = verdict(q, relative, significance=ACCEPTED_RATE) == "disparity"
    assert number_of_tests(p) == scans * tables * 5
    assert (q <= ACCEPTED_RATE).any(axis=-1).mean() <= 0.10
    assert found.any(axis=-1).mean() <= 0.10
