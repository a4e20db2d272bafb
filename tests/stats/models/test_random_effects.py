"""One effect from several: held against statsmodels, and its interval's coverage by seeded simulation."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from equity.stats.models.random_effects import random_effects


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.filterwarnings("ignore:invalid value encountered in sqrt:RuntimeWarning")
def test_it_agrees_with_statsmodels(seed: int) -> None:
    generator = np.random.default_rng(seed)
    count = int(generator.integers(2, 12))
    errors = generator.uniform(0.005, 0.04, count)
    effects = generator.normal(0.03, 0.02 * (seed % 3), count) + generator.normal(0, errors)
    found = random_effects(effects, errors)
    oracle = combine_effects(effects, errors**2, method_re="chi2", use_t=True)
    differs = found.tau_squared > 0  # statsmodels goes on with a τ² below 0; there the fixed effect is meant
    limits = oracle.conf_int(use_t=True)  # fixed, random, fixed with scale, random with scale: Hartung and Knapp
    mean = oracle.mean_effect_re if differs else oracle.mean_effect_fe
    knapp = mean - limits[3 if differs else 2][0]
    half = max(knapp, 1.959964 * (oracle.sd_eff_w_re if differs else oracle.sd_eff_w_fe))
    assert found.value == pytest.approx(mean)
    assert found.tau_squared == pytest.approx(max(oracle.tau2, 0.0), abs=1e-12)
    assert (found.value - found.lower, found.upper - found.value) == pytest.approx((half, half), rel=1e-5)


def test_few_and_missing() -> None:
    assert random_effects([], []).count == 0
    one = random_effects([0.03, np.nan, 0.1], [0.01, 0.01, 0.0])
    assert (one.value, one.count) == (0.03, 1)
    assert np.isnan([one.lower, one.upper]).all()


@pytest.mark.parametrize("count", [3, 5, 12])
def test_the_interval_covers(count: int) -> None:
    generator, kept = np.random.default_rng(count), 0
    for _ in range(400):
        errors = generator.uniform(0.01, 0.04, count)
        truth = generator.normal(0.02, 0.02, count)
        found = random_effects(truth + generator.normal(0, errors), errors)
        kept += found.lower <= 0.02 <= found.upper
    assert kept / 400 >= 0.92
