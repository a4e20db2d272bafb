"""The attacker against any kind of measure, any coding of its values and any rule, drawn at random.

A commit throws a few; ``EQUITY_EXAMPLES=50 pytest tests/release/test_any_measure.py`` throws fifty times as many, which
takes a while.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equity.release.counts import two_values
from equity.release.create import create_release, show
from equity.release.plan import Plan
from equity.release.policy import Policy, policy_of
from equity.release.rounding import rounded_mean
from equity.vocabulary import Kind
from tests.release.attacker import Attacker, decoded, sizes_that_fit
from tests.release.made_up import cube_of, description_of, random_rows, save_version
from tests.release.test_attack import recovered, truth_of

TIMES = int(os.environ.get("EQUITY_EXAMPLES", "1"))
STRATA = ("s1", "s2")
VALUES = st.one_of(st.integers(-20, 120).map(float), st.sampled_from([0.5, 1.5, 0.01, 99.5, 1000.0, 0.1]))


@dataclass(frozen=True)
class Case:
    """Rows of one measure. ``coding``: the two values of a mean of a yes or no; None for any other measure."""

    rows: pd.DataFrame
    kind: Kind
    coding: tuple[float, float] | None
    policy: Policy


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Visits by two groupings, with small groups more often than not."""
    generator = np.random.default_rng(draw(st.integers(0, 10**6)))
    count = draw(st.sampled_from([12, 40, 90, 200, 320]))
    rows = random_rows(int(generator.integers(0, 10**6)), count, months=int(generator.integers(1, 15)), strata=(4, 3))
    rows = rows.assign(x=(generator.random(count) < draw(st.sampled_from([0.03, 0.3, 0.9, 0.98]))).astype(float))
    policy = policy_of(draw(st.sampled_from(["cms", "cms", "hedis", "nhs", "nhs"])), draw(st.integers(3, 12)))
    if draw(st.booleans()):
        rows["person"] = generator.integers(1, max(2, count // 2), count)
    what = draw(st.sampled_from(["proportion", "rate", "coded", "coded", "mean"]))
    if what == "rate":
        rows["n"] = generator.integers(1, 400, count) / 2.0
        rows["x"] = np.floor(generator.random(count) * draw(st.sampled_from([1.2, 6.0])))
    if what == "mean":
        rows["x"] = np.floor(generator.gamma(2.0, draw(st.sampled_from([3.0, 30.0])), count))
    coding = None
    if what == "coded":
        low, high = draw(st.tuples(VALUES, VALUES).filter(lambda pair: pair[0] != pair[1]))
        coding = (low, high)
        rows["x"] = np.where(rows["x"] > 0, high, low)
    kinds: dict[str, Kind] = {"proportion": "proportion", "rate": "rate", "coded": "mean", "mean": "mean"}
    return Case(rows, kinds[what], coding, policy)


def released(case: Case, folder: Path) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """The true cube, and what a release of it shows."""
    cube = cube_of(case.rows, STRATA, "month")
    described = description_of(case.rows, STRATA, "month", kinds={"Control": case.kind})
    version = save_version(folder / "000001", cube, described)
    made = create_release(version, Plan(STRATA, "quarter", "all"), case.policy, folder / "home")
    return cube, show(folder / "home", made.id).to_dict("records")


@settings(max_examples=14 * TIMES, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_nothing_is_recovered_from_any_measure_under_any_rule(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cube, shown = released(case, Path(folder))
    truth, kind = cube, case.kind
    if case.coding is not None:
        low, high = case.coding
        truth, kind = cube.assign(x=(cube["x"] - low * cube["n"]) / (high - low)), "proportion"
        shown = decoded(shown, low, high)
    attacker = Attacker({"Control": kind}, case.policy.rounding)
    attacker.read(shown)
    ruled = set(case.policy.counts) & set({"proportion": "n x others", "rate": "x", "mean": "n"}[kind].split())
    assert recovered(attacker, [truth_of(truth)], case.policy.threshold, ruled) == []
    if kind == "rate" and not case.rows["person"].any():
        assert few_rows(attacker, cube, case.policy.threshold) == []
    if kind == "mean" and case.policy.rounding > 1:
        assert [row for row in shown if row["shown"] == "yes" and told_apart(row, case.policy.rounding)] == []


def few_rows(attacker: Attacker, cube: pd.DataFrame, threshold: int) -> list[Any]:
    """Shown cells, and hidden ones that stand together beside a shown total, of fewer rows than the rule allows."""
    rows = {}
    for row in cube.to_dict("records"):
        groups = frozenset((row[f"by{i}"], row[f"value{i}"]) for i in (1, 2) if row[f"by{i}"])
        rows[0, row["measure"], row["grain"], row["period"], groups] = row["rows"]
    alone = [
        (cell, rows[cell]) for cell, shown in attacker.cells.items() if shown != "hidden" and rows[cell] < threshold
    ]
    return alone + [
        (cells, sum(rows[cell] for cell in cells))
        for cells, _, _ in attacker.hidden_together()
        if sum(rows[cell] for cell in cells) < threshold
    ]


def told_apart(row: dict[str, Any], rounding: int) -> bool:
    """Whether a mean rules out any n that rounds to the one that is shown."""
    half = (rounding - 1) // 2
    possible = range(max(1, int(row["n"]) - half), int(row["n"]) + half + 1)
    return len(sizes_that_fit(row["x"] / row["n"], possible)) < len(possible)


def test_a_mean_beside_a_rounded_count_does_not_tell_it(tmp_path: Path) -> None:
    rows = random_rows(5, 900, months=6, strata=(4, 3))
    rows["x"] = np.floor(np.random.default_rng(2).gamma(2.0, 15.0, len(rows)))
    case = Case(rows, "mean", None, policy_of("nhs"))
    cube, shown = released(case, tmp_path)
    kept = [row for row in shown if row["shown"] == "yes"]
    assert len(kept) > 20
    assert [row for row in kept if told_apart(row, 5)] == []
    exact = cube[cube["n"] >= 20].rename(columns=str)
    told = [
        row for row in exact.to_dict("records") if told_apart(row | {"n": 5 * round(row["n"] / 5)} | exactly(row), 5)
    ]
    assert len(told) > 20  # told exactly, most means give their n away
    near = {tuple(row[k] for k in ("grain", "period", "by1", "value1", "by2", "value2")): row for row in kept}
    for row in exact.to_dict("records"):
        key = tuple(row[k] for k in ("grain", "period", "by1", "value1", "by2", "value2"))
        if key in near:
            mean, spread = row["x"] / row["n"], np.sqrt(row["xx"] / row["n"] - (row["x"] / row["n"]) ** 2)
            assert abs(near[key]["x"] / near[key]["n"] - mean) <= 20 * spread / row["n"] + 1e-9


def test_the_mean_of_values_that_hardly_differ_does_not_tell_a_rounded_count() -> None:
    """Steps are no finer than whole sums, so that each of 18 to 22 people can have the mean that is told of 20."""
    generator = np.random.default_rng(4)
    values = [generator.choice([3.0, 4.0, 5.0], n, p=[0.06, 0.88, 0.06]) for n in np.tile(np.arange(18, 23), 8)]
    n, x, xx = (np.array([(each**power).sum() for each in values]) for power in (0, 1, 2))
    assert two_values(n, x, xx) is None
    told_n = np.full(len(n), 20.0)
    told, _ = rounded_mean(n, x, xx, told_n, 5)
    assert not any(told_apart({"n": 20.0, "x": each}, 5) for each in told)
    assert np.mean([told_apart({"n": 20.0, "x": 20 * each}, 5) for each in x / n]) > 0.5


def test_a_mean_beside_a_rounded_count_is_told_in_steps_of_four_deviations_by_its_count() -> None:
    generator = np.random.default_rng(4)
    values = [generator.gamma(2.0, 15.0, n) for n in range(30, 90)]
    n, x, xx = (np.array([(each**power).sum() for each in values]) for power in (0, 1, 2))
    told = rounded_mean(n, x, xx, np.full(len(n), 60.0), 5)[0] / 60
    step = 10.0 ** np.ceil(np.log10(4 * np.array([each.std(ddof=1) for each in values]) / n))
    assert np.allclose(told, np.round(told / step) * step)
    assert (np.abs(told - x / n) <= step / 2 + 1e-9).all()


def exactly(row: dict[str, Any]) -> dict[str, float]:
    """The sum that an exact mean beside a rounded n comes to."""
    return {"x": row["x"] / row["n"] * 5 * round(row["n"] / 5)}


@pytest.mark.parametrize("persons", [False, True])
def test_a_rate_of_few_rows_is_hidden(tmp_path: Path, persons: bool) -> None:
    """One patient with 400 days and 30 events: no count is small, and the row is theirs alone."""
    rows = pd.DataFrame({"s1": ["A"] * 60 + ["B"] * 50 + ["C"], "s2": "all"})
    rows = rows.assign(measure="Control", month="2023-01", n=400.0, x=30.0, hidden=False)
    rows["person"] = rows.index + 1 if persons else 0
    case = Case(rows, "rate", None, policy_of("cms"))
    _, shown = released(case, tmp_path)
    hidden = {row["value1"] for row in shown if row["by1"] == "s1" and row["shown"] == "hidden"}
    assert {"B", "C"} <= hidden
    assert "A" not in hidden
    aggregated = replace(description_of(rows, ("s1",), "month", kinds={"Control": "rate"}), shape="counts")
    version = save_version(tmp_path / "c" / "000001", cube_of(rows, ("s1",), "month"), aggregated)
    made = create_release(version, Plan(("s1",), "year", "none"), policy_of("cms"), tmp_path / "c" / "home")
    counted = show(tmp_path / "c" / "home", made.id)
    assert persons or (counted["shown"] == "yes").all()  # a row of counted data is no person


def test_a_rate_of_few_patients_without_a_day_is_hidden(tmp_path: Path) -> None:
    """Three patients who never were at risk: no count of theirs is small, for all are 0."""
    rows = pd.DataFrame({"s1": ["A"] * 60 + ["B"] * 50 + ["C"] * 3, "s2": "all"})
    rows = rows.assign(measure="Control", month="2023-01", n=400.0, x=30.0, person=0, hidden=False)
    rows.loc[rows["s1"] == "C", ["n", "x"]] = 0.0
    _, shown = released(Case(rows, "rate", None, policy_of("cms")), tmp_path)
    states = {row["value1"]: row["shown"] for row in shown if (row["by1"], row["by2"]) == ("s1", "")}
    assert states["C"] == "hidden"
    assert "yes" in states.values()


@pytest.mark.parametrize("coding", [(0.0, 1.0), (1.0, 2.0), (0.0, 100.0), (-1.0, 1.0), (3.0, 2.0), (0.5, 7.25)])
def test_a_mean_of_two_values_counts_people(tmp_path: Path, coding: tuple[float, float]) -> None:
    rows = random_rows(5, 500, months=1, strata=(4, 3))
    rows["x"] = np.where(np.random.default_rng(1).random(len(rows)) < 0.06, coding[1], coding[0])
    cube, shown = released(Case(rows, "mean", coding, policy_of("cms")), tmp_path)
    for row in decoded(shown, *coding):
        for count in (row["n"], row["x"], row["n"] - row["x"]):
            assert row["shown"] == "hidden" or not 0.5 < count < 10.5
    sums = [cube[name].to_numpy(dtype=float) for name in ("n", "x", "xx")]
    assert two_values(*sums) == pytest.approx(tuple(sorted(coding)))
    one_more = rows.assign(x=rows["x"].mask(rows.index == 7, 9.0))
    other = cube_of(one_more, STRATA, "month")
    assert two_values(*(other[name].to_numpy(dtype=float) for name in ("n", "x", "xx"))) is None


def test_a_measure_without_a_single_event_is_released(tmp_path: Path) -> None:
    """Every event is known to be 0: nothing of them is left to move."""
    case = Case(random_rows(1, 12, months=1, strata=(4, 3)).assign(x=0.0), "proportion", None, policy_of("cms", 5))
    _, shown = released(case, tmp_path)
    assert any(row["shown"] == "zero" for row in shown)


def test_many_events_of_few_people_are_hidden(tmp_path: Path) -> None:
    """Twenty events of two patients who came ten times each: no count of visits is small, and few people had them."""
    few = [("g0", 0.0, person) for person in range(1, 101)] + [("g0", 1.0, 101 + at // 10) for at in range(20)]
    many = [
        (group, float(at % 2), 200 + 100 * place + at) for place, group in enumerate(("g1", "g2")) for at in range(99)
    ]
    rows = pd.DataFrame([*few, *many], columns=["s1", "x", "person"])
    rows = rows.assign(s2="all", measure="Control", month="2023-01", n=1.0, hidden=False)
    _, shown = released(Case(rows, "proportion", None, policy_of("cms")), tmp_path)
    hidden = {row["value1"] for row in shown if row["by1"] == "s1" and row["shown"] == "hidden"}
    assert "g0" in hidden
    assert any(row["shown"] == "yes" for row in shown)
