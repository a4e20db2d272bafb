"""Several releases of one dataset: two versions, or two plans, read side by side, give nothing away either."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equity.release.create import audit, create_release, show
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import revoke
from tests.random_search import examples
from tests.release.attacker import Attacker
from tests.release.made_up import cube_of, description_of, random_rows, save_version
from tests.release.test_attack import recovered, tables, truth_of

STRATA = ("s1", "s2", "s3")


def released_one_after_another(
    folder: Path, versions: list[pd.DataFrame], plans: list[Plan], threshold: int
) -> tuple[Attacker, list[dict[tuple[Any, ...], dict[str, float]]]]:
    """Release each version by each plan's turn; the attacker reads all and is told what did not change."""
    attacker, truths = Attacker({"M": "proportion", "Control": "proportion"}), []
    policy = policy_of("cms", threshold)
    for number, (rows, plan) in enumerate(zip(versions, plans, strict=True), start=1):
        cube = cube_of(rows, STRATA, "month")
        described = description_of(rows, STRATA, "month", version=number)
        made = create_release(save_version(folder / f"{number:06d}", cube, described), plan, policy, folder / "home")
        attacker.read(show(folder / "home", made.id).to_dict("records"), number - 1)
        truths.append(truth_of(cube))
        for older in range(number - 1):
            same = [key for key, counts in truths[-1].items() if truths[older].get(key) == counts]
            attacker.unchanged(older, number - 1, same)
    return attacker, truths


@settings(max_examples=examples(4), deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=tables().filter(lambda t: len(t) > 2), late=st.integers(0, 10**6), threshold=st.sampled_from([4, 6]))
def test_a_few_late_rows_are_not_given_away(rows: pd.DataFrame, late: int, threshold: int) -> None:
    generator = np.random.default_rng(late)
    extra = rows.iloc[generator.integers(0, len(rows), 2)].assign(n=lambda t: np.minimum(t["n"], 3.0))
    extra["x"] = np.minimum(extra["x"], extra["n"])
    plans = [Plan(STRATA, "quarter", "year"), Plan(STRATA, "quarter", "all")]
    with tempfile.TemporaryDirectory() as folder:
        attacker, truths = released_one_after_another(Path(folder), [rows, pd.concat([rows, extra])], plans, threshold)
    attacker.only_added(0, 1)
    assert recovered(attacker, truths, threshold) == []
    assert [said for said, value in attacker.differences(0, 1) if 0 < value < threshold] == []


@settings(max_examples=examples(4), deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=tables().filter(lambda t: len(t) > 2), first=st.integers(0, 4), second=st.integers(0, 4))
def test_two_plans_of_the_same_data_are_audited_together(rows: pd.DataFrame, first: int, second: int) -> None:
    plans = [
        Plan(STRATA, "quarter", "none"),
        Plan(STRATA, "month", "none"),
        Plan(STRATA[:2], "year", "year"),
        Plan(STRATA[1:], "all", "all"),
        Plan(STRATA, "month", "year"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        attacker, truths = released_one_after_another(Path(folder), [rows, rows], [plans[first], plans[second]], 6)
    assert recovered(attacker, truths, 6) == []


def test_a_new_quarter_is_not_the_difference_of_two_totals(tmp_path: Path) -> None:
    rows = random_rows(9, 900, months=15, strata=(4, 3, 2))
    early = rows[rows["month"] <= "2022-12"]
    plan = Plan(STRATA, "year", "none")
    attacker, truths = released_one_after_another(tmp_path, [early, rows], [plan, plan], 11)
    assert recovered(attacker, truths, 11) == []
    assert [said for said, value in attacker.differences(0, 1) if 0 < value < 11] == []


def test_a_revoked_release_is_still_reckoned_with(tmp_path: Path) -> None:
    rows = random_rows(9, 700, months=12, strata=(4, 3, 2))
    version = save_version(tmp_path / "000001", cube_of(rows, STRATA, "month"), description_of(rows, STRATA, "month"))
    plan, policy, home = Plan(STRATA, "quarter", "year"), policy_of("cms"), tmp_path / "home"
    first = create_release(version, plan, policy, home)
    revoke(home, first.id)
    second = create_release(version, plan, policy, home)
    assert audit(home, second.id)["audited_with"] == [first.id]
    assert second.cells().equals(first.cells())


def test_a_version_that_is_gone_is_known_by_what_was_shown(tmp_path: Path) -> None:
    rows = random_rows(9, 700, months=12, strata=(4, 3, 2))
    plan, policy, home = Plan(STRATA, "quarter", "none"), policy_of("cms"), tmp_path / "home"
    described = description_of(rows, STRATA, "month")
    cube = cube_of(rows, STRATA, "month")
    first = create_release(save_version(tmp_path / "000001", cube, described), plan, policy, home)
    (tmp_path / "000001" / "description.json").unlink()
    later = pd.concat([rows, rows.iloc[:2]])
    cube = cube_of(later, STRATA, "month")
    described = description_of(later, STRATA, "month", version=2)
    second = create_release(save_version(tmp_path / "000002", cube, described), plan, policy, home)
    attacker = Attacker({"Control": "proportion"})
    for number, made in enumerate((first, second)):
        attacker.read(show(home, made.id).to_dict("records"), number)
    assert [said for said, value in attacker.differences(0, 1) if 0 < value < 11] == []
