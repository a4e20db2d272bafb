"""Models, funnels and rates at equal ages beside what R's own packages say of the same counts.

``tests/golden/models_expected.json`` was made by ``tests/golden/models.R`` (lme4, glmmTMB, metafor, epitools); it holds
the counts and R's numbers. Tolerances: estimates agree to their fifth digit. Standard errors of lme4 are those of its
penalized least squares, ours of the observed information: 0.2 %. glmmTMB's restricted likelihood is Laplace's, ours
Cox and Reid's over a quadrature: 1 % of τ².
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from equity.stats.models import funnel
from equity.stats.models.cluster_likelihood import Family, ModelCells
from equity.stats.models.random_intercept import fit
from equity.stats.models.site_effects import site_effects
from equity.stats.models.strata_model import strata_variance
from equity.stats.standardization.age_standard import standardized
from tests.stats.golden_tables import GOLDEN

R: dict[str, Any] = json.loads((GOLDEN / "models_expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("family", "counts", "named"),
    [("proportion", ("x", "other_x"), "logistic"), ("rate", ("events", "other_events"), "poisson")],
)
def test_gaps_within_and_across_sites_are_lme4s(family: Family, counts: tuple[str, str], named: str) -> None:
    sites, wanted = R["sites"], R["sites"][named]
    found = site_effects(family, sites["n"], sites[counts[0]], sites["other_n"], sites[counts[1]])
    assert found is not None
    np.testing.assert_allclose(np.log([found.within[0], found.across[0]]), wanted["beta"][1:], rtol=1e-5)
    assert found.scatter == pytest.approx(wanted["tau"], rel=1e-5)
    error = np.log(found.within[2] / found.within[1]) / (2 * 1.959964)
    assert error == pytest.approx(wanted["se"][1], rel=2e-3)


def test_what_lies_between_strata_is_lme4s_and_glmmtmbs() -> None:
    strata = R["strata"]
    n, x = np.array(strata["n"], dtype=float), np.array(strata["x"], dtype=float)
    plain = fit(ModelCells("proportion", n.ravel(), x.ravel(), np.ones((n.size, 1)), np.arange(n.size)))
    assert plain.scatter == pytest.approx(strata["tau_ml"], rel=1e-5)
    found = strata_variance("proportion", n, x, 2)
    assert found is not None
    assert found.vpc[0] == pytest.approx(strata["vpc"], rel=1e-2)
    assert found.pcv[0] == pytest.approx(strata["pcv"], rel=1e-2)
    assert found.median_ratio[0] == pytest.approx(strata["median_odds_ratio"], rel=2e-3)


def test_variation_between_sites_is_spiegelhalters_and_metafors(monkeypatch: pytest.MonkeyPatch) -> None:
    """φ drawn in as published; τ², with nothing drawn in or given back, is DerSimonian and Laird's by metafor."""
    sites = R["funnel"]
    rates = np.array(sites["x"]) / np.array(sites["n"])
    errors = funnel.chance_error("proportion", sites["target"], sites["n"])
    assert funnel.site_variation(rates, sites["target"], errors).winsorised_phi == pytest.approx(sites["phi"], rel=1e-9)
    monkeypatch.setattr(funnel, "WINSORISED", 0.0)
    monkeypatch.setattr(funnel, "NORMAL_SHARE", 1.0)
    found = funnel.site_variation(rates, funnel.pooled(rates, errors), errors)
    assert found.tau_squared == pytest.approx(sites["tau2_dl"], rel=1e-8)
    assert funnel.pooled(rates, errors, found.tau_squared) == pytest.approx(sites["mean"], rel=1e-9)


@pytest.mark.parametrize(("kind", "named"), [("rate", "direct"), ("proportion", "wilson")])
def test_rates_at_equal_ages_are_epitools_and_wilsons_put_together(kind: Family, named: str) -> None:
    ages = R["ages"]
    found = standardized(
        kind, np.array(ages["n"], dtype=float), np.array(ages["events"], dtype=float), ages["standard"]
    )
    ours = np.stack([found.value, found.lower, found.upper], axis=-1)
    np.testing.assert_allclose(ours, ages[named], rtol=1e-8)
