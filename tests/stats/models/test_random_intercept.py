"""The random-intercept model against brute force, and its users against planted truths."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special, stats

from equity.stats.models import random_intercept as random_intercept_module
from equity.stats.models import site_effects as site_effects_module
from equity.stats.models import strata_model
from equity.stats.models.cluster_likelihood import Family, ModelCells, Standing, likelihood
from equity.stats.models.random_intercept import RandomIntercept, at_scatter, fit, restricted_profile
from equity.stats.models.site_effects import site_effects
from equity.stats.models.strata_model import strata_variance
from tests.stats.golden_tables import golden

GOLDEN = {
    "proportion": ((-1.399230, -0.991404, -1.127819, -1.579471), 0.647518, -277.459029),
    "rate": ((1.275471, -1.124300, -1.318456, -1.944426), 0.503984, -10.043138),
}
"""Cattle with pleuropneumonia by period, a level of its own for every herd (lme4's `cbpp`): β, τ and log-likelihood.

Made by brute force, which shares nothing with the code: for every herd the integral over u on 6,001 even points from
−9τ to 9τ, the sum of logarithms maximized over β and log τ by SciPy's Nelder–Mead (tolerance 1e-9), then BFGS. The
rates take every herd and period as one unit of time.
"""


def cattle(family: Family) -> ModelCells:
    table = golden("cbpp")
    period = table["period"]
    design = np.stack([np.ones(len(period)), *((period == k).astype(float) for k in (2, 3, 4))], axis=-1)
    size = table["size"] if family == "proportion" else np.ones(len(period))
    return ModelCells(family, size, table["incidence"], design, table["herd"].astype(np.intp) - 1)  # type: ignore[arg-type]


@pytest.mark.parametrize("family", ["proportion", "rate"])
def test_it_agrees_with_brute_force(family: Family) -> None:
    found = fit(cattle(family))
    beta, tau, value = GOLDEN[family]
    np.testing.assert_allclose(found.coefficients, beta, atol=2e-5)
    assert found.scatter == pytest.approx(tau, abs=2e-5)
    assert found.log_likelihood == pytest.approx(value, abs=1e-6)


def test_one_level_for_all_is_plain_regression() -> None:
    """With τ next to 0, β are those of a logistic regression: here of two groups, the difference of their logits."""
    n, x, d = np.array([80.0, 120, 90, 60]), np.array([20.0, 60, 30, 33]), np.array([0.0, 1, 0, 1])
    found = at_scatter(ModelCells("proportion", n, x, np.stack([np.ones(4), d], axis=-1), np.arange(4)), 1e-4)
    logits = special.logit([(20 + 30) / 170, (60 + 33) / 180])
    np.testing.assert_allclose(found.coefficients, [logits[0], logits[1] - logits[0]], atol=1e-6)
    errors = np.sqrt([1 / 50 + 1 / 120, 1 / 50 + 1 / 120 + 1 / 93 + 1 / 87])
    np.testing.assert_allclose(found.errors, errors, atol=1e-6)


def test_the_score_is_the_slope_of_the_likelihood() -> None:
    """At the maximum over β the likelihood falls on every side, by what the covariance says."""
    cells = cattle("proportion")
    best = at_scatter(cells, 0.6)
    higher, lower = (at_scatter(cells, tau).log_likelihood for tau in (0.6475, 0.3))
    assert higher > best.log_likelihood > lower
    profile = restricted_profile(cells, np.array([0.4, 0.6475, 0.66, 1.2]))
    assert profile.log_likelihood[2] > profile.log_likelihood[1], "the restricted τ is larger than the plain one"


def test_many_levels_are_tried_at_once_and_say_what_each_says_alone() -> None:
    cells, taus = cattle("rate"), np.array([0.01, 0.3, 0.66, 2.5])
    profile = restricted_profile(cells, taus)
    for place, tau in enumerate(taus):
        alone = at_scatter(cells, float(tau))
        np.testing.assert_allclose(profile.coefficients[place], alone.coefficients, atol=1e-7)
        np.testing.assert_allclose(profile.covariance[place], alone.covariance, atol=1e-7)


def looks_of_the_search(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One for every time that the search works the likelihood out, from now on."""
    looks: list[int] = []

    def counted(cells: ModelCells, *around: random_intercept_module.FloatArray) -> Standing:
        looks.append(1)
        return likelihood(cells, *around)

    monkeypatch.setattr(random_intercept_module, "likelihood", counted)
    return looks


def test_the_best_level_is_found_in_few_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several levels of τ are tried in one look: one after the other takes some eighty."""
    looks = looks_of_the_search(monkeypatch)
    assert fit(cattle("proportion")).scatter == pytest.approx(GOLDEN["proportion"][1], abs=2e-5)
    assert len(looks) < 40


def test_a_column_that_says_what_another_says_changes_nothing() -> None:
    once = cattle("proportion")
    twice = ModelCells(once.family, once.n, once.x, np.column_stack([once.design, once.design[:, 1]]), once.cluster)
    found, same = fit(once), fit(twice)
    np.testing.assert_allclose(twice.design @ same.coefficients, once.design @ found.coefficients, atol=1e-6)
    assert same.scatter == pytest.approx(found.scatter, abs=1e-6)


def test_clusters_that_are_all_alike_stay_at_the_least_scatter() -> None:
    cluster = np.repeat(np.arange(6), 2)
    cells = ModelCells("proportion", np.full(12, 100.0), np.full(12, 30.0), np.ones((12, 1)), cluster)
    assert fit(cells).scatter == pytest.approx(1e-4)


def test_cells_without_events_do_not_keep_the_search_going(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the quadrature's value and slope part a little, as beside rare events, no step rises: that is the end."""
    rng = np.random.default_rng(3)
    n = rng.integers(1, 60, 40).astype(np.float64)
    x = rng.binomial(n.astype(int), 0.02).astype(np.float64)
    cells = ModelCells("rate", n, x, np.stack([np.ones(40), np.arange(40) % 2.0], axis=-1), np.arange(40))
    looks = looks_of_the_search(monkeypatch)
    profile = restricted_profile(cells, np.geomspace(0.01, 3.0, 19))
    assert len(looks) < 60
    assert np.isfinite(profile.log_likelihood).all()


def test_a_gap_within_sites_is_found_where_the_whole_shows_none() -> None:
    """The group is seen at the better sites, and fares worse at each of them."""
    share = np.array([0.1, 0.2, 0.4, 0.6, 0.7, 0.8])
    level = special.expit(-0.6 + 1.6 * (share - share.mean()))
    n, other = 1_000 * share, 1_000 * (1 - share)
    lower = special.expit(special.logit(level) - 0.5)
    found = site_effects("proportion", n, n * lower, other, other * level)
    assert found is not None
    assert found.within[0] == pytest.approx(np.exp(-0.5), rel=1e-3)
    assert found.across[0] == pytest.approx(np.exp(0.16), rel=1e-2)
    assert found.crude[0] > found.within[0]
    expected = (n / n.sum()) @ (lower - level)
    assert found.within_gap[0] == pytest.approx(expected, abs=1e-3)
    assert found.within_gap[1] < found.within_gap[0] < found.within_gap[2]


def test_too_few_sites_and_empty_sides_give_none() -> None:
    n = np.full(4, 100.0)
    assert site_effects("proportion", n, n / 2, n, n / 2) is None
    six = np.full(6, 100.0)
    assert site_effects("proportion", six, np.zeros(6), six, six / 2) is None
    assert site_effects("proportion", six, six, six, six / 2) is None


def test_across_is_told_by_sites_alone_and_within_by_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of six sites: Student's t on four degrees, wider by √(6/4); the normal for what is told at the same site."""
    fitted = RandomIntercept(np.array([0.0, 0.1, 0.2]), 0.04 * np.eye(3), 0.3, np.zeros(6), 0.0)
    monkeypatch.setattr(site_effects_module, "fit", lambda _: fitted)
    n, other = np.full(6, 100.0), np.array([100.0, 120, 140, 160, 180, 200])
    found = site_effects("proportion", n, n / 2, other, other / 2)
    assert found is not None
    wide, usual = np.sqrt(6 / 4) * stats.t.ppf(0.975, 4), stats.norm.ppf(0.975)
    np.testing.assert_allclose(found.across, np.exp(0.2 + 0.2 * wide * np.array([0, -1, 1])))
    np.testing.assert_allclose(found.within, np.exp(0.1 + 0.2 * usual * np.array([0, -1, 1])))


def test_sites_cover_what_was_planted() -> None:
    random, hits, trials = np.random.default_rng(3), np.zeros(3), 40
    for _ in range(trials):
        share, size = random.uniform(0.1, 0.6, 12), random.integers(150, 600, 12)
        line = -0.2 + random.normal(0, 0.3, 12) + share - share.mean()
        n, other = np.round(size * share), size - np.round(size * share)
        x = random.binomial(n.astype(int), special.expit(line - 0.4))
        found = site_effects("proportion", n, x, other, random.binomial(other.astype(int), special.expit(line)))
        assert found is not None
        apart = (n / n.sum()) @ (special.expit(line - 0.4) - special.expit(line))
        truths = (np.exp(-0.4), np.exp(0.1), apart)
        told = (found.within, found.across, found.within_gap)
        hits += [low <= truth <= high for truth, (_, low, high) in zip(truths, told, strict=True)]
    assert (hits / trials >= 0.85).all()
    assert (hits / trials <= 1.0).all()


def planted(
    random: np.random.Generator, tau: float, spread: float, people: int
) -> tuple[np.ndarray, np.ndarray, float]:
    shape = (7, 4)
    additive = random.normal(0, spread, shape[0])[:, None] + random.normal(0, spread, shape[1])[None, :]
    n = random.integers(people // 3, 2 * people, shape)
    x = random.binomial(n, special.expit(-0.3 + additive + random.normal(0, tau, shape)))
    fixed = additive.var(ddof=1)
    return n, x, fixed / (fixed + tau**2)


@pytest.mark.parametrize(("tau", "spread", "people"), [(0.1, 0.3, 800), (0.3, 0.2, 300)])
def test_the_explained_share_covers_what_was_planted(tau: float, spread: float, people: int) -> None:
    random, hits, values, truths = np.random.default_rng(4), 0, [], []
    for _ in range(14):
        n, x, truth = planted(random, tau, spread, people)
        found = strata_variance("proportion", n, x, 2)
        assert found is not None
        hits += found.pcv[1] <= truth <= found.pcv[2]
        values.append(found.pcv[0])
        truths.append(truth)
    assert hits >= 12
    assert np.mean(values) == pytest.approx(np.mean(truths), abs=0.1)


def test_what_main_effects_explain_is_searched_for_only_where_it_is_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere it is 0, or large enough for a root: a search for each draw takes most of the answer's time."""
    searched: list[float] = []
    search = special.chndtrinc

    def counted(ratio: np.ndarray, freedom: int, chance: np.ndarray) -> np.ndarray:
        searched.extend(ratio)
        return np.asarray(search(ratio, freedom, chance))

    monkeypatch.setattr(special, "chndtrinc", counted)
    ratio, chance = np.array([2.0, 2.0, 60.0, 400.0]), np.array([0.9, 0.01, 0.4, 0.4])
    noncentral = strata_model._noncentral(ratio, 6, chance)
    assert searched == [2.0, 60.0]
    assert noncentral[0] == 0.0
    np.testing.assert_allclose(stats.ncx2.cdf(ratio[1:3], 6, noncentral[1:3]), chance[1:3], atol=1e-8)
    assert stats.ncx2.cdf(ratio[3], 6, noncentral[3]) == pytest.approx(chance[3], abs=1e-3)


def test_strata_that_are_all_alike_leave_nothing_to_explain() -> None:
    n = np.full((4, 3), 500.0)
    found = strata_variance("proportion", n, n * 0.4, 2)
    assert found is not None
    assert found.vpc[0] == 0.0
    assert np.isnan(found.pcv[0])
    assert found.median_ratio[0] == 1.0
    assert strata_variance("proportion", n[:1, :], n[:1, :] * 0.4, 2) is None


def test_a_small_stratum_does_not_drown_what_large_ones_tell() -> None:
    """Race explains nearly all; a stratum of three people adds no doubt to that."""
    n = np.array([[900.0, 900, 3], [900, 900, 900], [900, 900, 900], [900, 900, 900]])
    x = np.round(n * np.array([[0.3], [0.5], [0.6], [0.7]]))
    found = strata_variance("proportion", n, x, 2)
    assert found is not None
    assert found.pcv[1] > 0.9
    assert 0.02 < found.vpc[0] < 0.3
    rates = strata_variance("rate", n, x, 2)
    assert rates is not None
    assert np.isnan(rates.vpc[0])
    assert rates.median_ratio[0] > 1.2
