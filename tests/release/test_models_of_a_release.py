"""Equal ages, models and assumptions asked of a release: what is hidden is in none of their numbers."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from equity.commands.printing import as_json
from equity.lens.age_standard import age_standardized
from equity.lens.choices import Choices
from equity.lens.gap_sources import gap_sources
from equity.lens.intersections import intersections
from equity.release.create import create_release
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import opened
from equity.release.view import ReleasedCube, as_cube
from equity.vocabulary import PlainError, Reference
from tests.release.made_up import cube_of, description_of, save_version

STRATA = ("race", "age_band", "site")
AGES = ("18–44", "45–64", "65 and over")
CHOICES = Choices("Visits", 1, "Control", "race", Reference("group", "A"))


def visits() -> pd.DataFrame:
    """A and B everywhere; C in all ages, but four of 65 and over and three at one site; a row a visit."""
    random, rows = np.random.default_rng(2), []
    for race, size in (("A", 900), ("B", 700), ("C", 300)):
        for _ in range(size):
            few = race == "C"
            age = random.choice(AGES[:2] if few else AGES)
            site = f"s{random.integers(0, 5 if few else 6)}"
            rows.append((race, age, site, float(random.random() < 0.6)))
    rows += [("C", AGES[2], "s0", float(i < 2)) for i in range(4)]
    rows += [("C", AGES[0], "s5", float(i < 1)) for i in range(3)]
    held = pd.DataFrame(rows, columns=["race", "age_band", "site", "x"])
    return held.assign(measure="Control", month="2024-01", n=1.0, person=0, hidden=False)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> ReleasedCube:
    home, rows = tmp_path_factory.mktemp("home"), visits()
    version = save_version(home / "000001", cube_of(rows, STRATA, "year"), description_of(rows, STRATA, "year"))
    return as_cube(opened(home, create_release(version, Plan(STRATA, "year", "all"), policy_of("cms"), home).id))


def test_a_group_with_a_hidden_age_has_no_rate_at_equal_ages(released: ReleasedCube) -> None:
    answer = age_standardized(released, CHOICES, "us2000")
    rows = answer.rows.set_index("group")
    assert rows.loc["C", "reason"] == "hidden"
    standardized = ["rate", "lower", "upper", "gap", "gap_lower", "gap_upper", "ratio", "p", "p_together"]
    assert rows.loc["C", standardized].isna().all()
    assert answer.over_time.empty
    told = json.dumps(as_json(answer)["rows"][2])
    assert '"reason": "hidden"' in told


def test_a_group_with_a_hidden_site_has_no_model(released: ReleasedCube) -> None:
    model = gap_sources(released, CHOICES, "site").model.set_index("group")
    assert "C" not in model.index or model.loc["C", "reason"] == "hidden"
    assert "C" not in model.index or np.isnan(model.loc["C", "within_gap"])


def test_hidden_strata_are_no_part_of_the_model(released: ReleasedCube) -> None:
    answer = intersections(released, CHOICES, ["race", "site"])
    shown = answer.rows[(answer.rows["kind"] == "group") & (answer.rows["n"] > 0)]
    assert answer.model is not None
    assert answer.model.strata == len(shown) < 18


def test_a_release_without_the_pair_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    home, rows = tmp_path_factory.mktemp("home"), visits()
    version = save_version(home / "000001", cube_of(rows, STRATA, "year"), description_of(rows, STRATA, "year"))
    alone = as_cube(opened(home, create_release(version, Plan(STRATA, "year", "none"), policy_of("cms"), home).id))
    with pytest.raises(PlainError, match="does not combine"):
        age_standardized(alone, CHOICES, "us2000")
