"""Age-standardized rates against a published table, an independent recipe, and coverage by simulation."""

import numpy as np
import pytest
from scipy import stats

from equity.stats.estimate import Estimate
from equity.stats.standardization.age_standard import difference, part_of_ages, ratio, standardized
from tests.stats.golden_tables import golden

BANDS = np.array([0.35, 0.4, 0.25])


def test_gamma_limits_are_those_that_fay_and_feuer_published() -> None:
    """Down syndrome by birth order, Michigan 1950–1964 (Fleiss 1981), as R's epitools::ageadjust.direct gives it."""
    table, expected = golden("age_standard_input"), golden("age_standard_expected")
    births = np.array([table["births"][table["group"] == g] for g in expected["group"]])
    events = np.array([table["events"][table["group"] == g] for g in expected["group"]])
    found = standardized("rate", births, events, births.mean(axis=0))
    ours = np.round(1e5 * np.stack([found.value, found.lower, found.upper]), 1)
    np.testing.assert_allclose(ours, [expected[c] for c in ("rate_per_100000", "lower", "upper")], atol=0.051)


def test_gamma_limits_by_their_chi_squares() -> None:
    """Fay and Feuer's own form, with χ² where the code has gamma quantiles."""
    n, x, w = np.array([300.0, 500, 90]), np.array([4.0, 11, 2]), np.array([2.0, 5, 3])
    found = standardized("rate", n, x, w)
    per = w / w.sum() / n
    y, v, most = (per * x).sum(), (per**2 * x).sum(), per.max()
    lower = v / (2 * y) * stats.chi2.ppf(0.025, 2 * y**2 / v)
    upper = (v + most**2) / (2 * (y + most)) * stats.chi2.ppf(0.975, 2 * (y + most) ** 2 / (v + most**2))
    np.testing.assert_allclose([found.value, found.lower, found.upper], [y, lower, upper], rtol=1e-12)


def test_one_band_gives_the_exact_limits_of_a_count() -> None:
    found = standardized("rate", [[250.0]], [[7.0]], [1.0])
    exact = stats.chi2.ppf([0.025, 0.975], [14, 16]) / 2 / 250
    np.testing.assert_allclose([found.lower[0], found.upper[0]], exact)
    nothing = standardized("rate", [[250.0]], [[0.0]], [1.0])
    assert nothing.lower[0] == 0
    assert nothing.upper[0] == pytest.approx(-np.log(0.025) / 250)


def test_a_band_without_anybody_has_no_rate_of_that_standard() -> None:
    assert np.isnan(standardized("proportion", [50, 0], [10, 0], [1, 1]).value)
    assert standardized("proportion", [50, 0], [10, 0], [1, 0]).value == pytest.approx(0.2)


@pytest.mark.parametrize(("kind", "p"), [("proportion", (0.2, 0.5, 0.8)), ("proportion", (0.9, 0.95, 0.98))])
def test_proportions_are_covered(kind: str, p: tuple[float, ...]) -> None:
    random, truth = np.random.default_rng(5), float(BANDS @ np.array(p))
    for n in ((400, 300, 200), (60, 25, 12)):
        size = np.broadcast_to(np.array(n, dtype=float), (8_000, 3))
        found = standardized("proportion", size, random.binomial(np.array(n), p, (8_000, 3)), BANDS)
        assert 0.92 <= ((found.lower <= truth) & (truth <= found.upper)).mean() <= 0.97


def test_rates_and_means_are_covered_and_gaps_too() -> None:
    random, rates, n = np.random.default_rng(6), np.array([0.01, 0.03, 0.08]), np.array([800.0, 600, 300])
    size = np.broadcast_to(n, (8_000, 3))
    both = [standardized("rate", size, random.poisson(n * rates, (8_000, 3)), BANDS) for _ in range(2)]
    truth = float(BANDS @ rates)
    assert 0.945 <= ((both[0].lower <= truth) & (truth <= both[0].upper)).mean() <= 0.985
    for apart, none in ((difference(*both), 0.0), (ratio(*both), 1.0)):
        assert 0.945 <= ((apart.lower <= none) & (none <= apart.upper)).mean() <= 0.985
    values = random.normal(30, 8, (4_000, 3, 40))
    found = standardized("mean", np.full((4_000, 3), 40.0), values.sum(-1), BANDS, (values**2).sum(-1))
    assert 0.93 <= ((found.lower <= 30) & (found.upper >= 30)).mean() <= 0.97


def test_repeat_visits_widen_and_never_move() -> None:
    for kind in ("rate", "proportion", "mean"):
        plain, wide = (
            standardized(kind, [90.0, 60], [20.0, 30], [1, 2], [40.0, 60], inflation=by)  # type: ignore[arg-type]
            for by in (1.0, 2.0)
        )
        assert wide.value == plain.value
        assert wide.lower < plain.lower
        assert wide.upper > plain.upper


def test_a_ratio_with_a_rate_of_none_is_not_given() -> None:
    nothing = Estimate(np.array(0.0), np.array(0.0), np.array(0.1))
    some = Estimate(np.array(0.2), np.array(0.1), np.array(0.3))
    assert np.isnan(ratio(nothing, some).value)
    assert np.isnan(ratio(some, nothing).upper)


def test_what_ages_do_is_the_crude_rate_less_the_standardized_one() -> None:
    n, x, w = np.array([300.0, 500, 90]), np.array([120.0, 110, 20]), np.array([2.0, 5, 3])
    xx = x * 1.5
    for kind in ("proportion", "rate", "mean"):
        found = part_of_ages(kind, n, x, w, xx)  # type: ignore[arg-type]
        assert found.value == pytest.approx(x.sum() / n.sum() - (w / w.sum() * x / n).sum())
        twice = part_of_ages(kind, n, x, w, xx, inflation=4.0)  # type: ignore[arg-type]
        assert twice.width == pytest.approx(2 * found.width)
    assert np.isnan(part_of_ages("proportion", [50, 0], [10, 0], [1, 1]).value)


@pytest.mark.parametrize("kind", ["proportion", "rate", "mean"])
def test_ages_that_do_nothing_are_seldom_said_to(kind: str) -> None:
    """Groups of other ages than the standard's, one rate at every age: 95 % ranges leave out none in 5 %."""
    random, n = np.random.default_rng(8), np.array([900.0, 250, 60])
    size = np.broadcast_to(n, (6_000, 3))
    if kind == "mean":
        values = [random.normal(30, 8, (6_000, int(each))) for each in n]
        x, xx = (np.stack([(v**power).sum(axis=-1) for v in values], axis=-1) for power in (1, 2))
    else:
        x = (
            random.binomial(n.astype(int), 0.3, (6_000, 3))
            if kind == "proportion"
            else random.poisson(0.3 * n, (6_000, 3))
        )
        xx = x
    found = part_of_ages(kind, size, x, BANDS, xx)  # type: ignore[arg-type]
    assert 0.935 <= ((found.lower <= 0) & (found.upper >= 0)).mean() <= 0.965
