"""The attacker against releases of small nasty data sets, and of larger skewed ones: it recovers nothing.

A commit throws a few data sets; EQUITY_EXAMPLES=20 throws twenty times as many fresh ones, which takes some minutes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equity.release.create import create_release, show
from equity.release.plan import Pairs, Plan
from equity.release.policy import policy_of
from equity.vocabulary import Grain, Kind
from tests.random_search import examples
from tests.release.attacker import Attacker, PatientAttacker
from tests.release.made_up import cube_of, description_of, random_rows, save_version

COUNTS = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 30, 200])
MONTHS = ["2023-02", "2023-05", "2023-11", "2024-01", "2024-02", "2024-08"]


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Counts by three stratifiers and six months, most of them small or none."""
    sizes = [draw(st.integers(2, 4)), draw(st.integers(2, 3)), draw(st.integers(1, 2))]
    months = draw(st.lists(st.sampled_from(MONTHS), min_size=1, max_size=6, unique=True))
    rows = []
    for month in sorted(months):
        for a in range(sizes[0]):
            for b in range(sizes[1]):
                n = draw(COUNTS)
                if n:
                    x = draw(st.sampled_from(sorted({0, 1, 2, n // 2, n - 1, n} & set(range(n + 1)))))
                    c = draw(st.integers(0, sizes[2] - 1))
                    rows.append((month, f"a{a}", f"b{b}", f"c{c}", float(n), float(x)))
    frame = pd.DataFrame(rows, columns=["month", "s1", "s2", "s3", "n", "x"])
    return frame.assign(measure="M", person=0, hidden=False)


def truth_of(cube: pd.DataFrame) -> dict[tuple[Any, ...], dict[str, float]]:
    found = {}
    for row in cube.to_dict("records"):
        groups = frozenset((row[f"by{i}"], row[f"value{i}"]) for i in (1, 2) if row[f"by{i}"])
        key = (row["measure"], row["grain"], row["period"], groups)
        found[key] = {"n": row["n"], "x": row["x"], "others": row["n"] - row["x"]}
    return found


def recovered(
    attacker: Attacker,
    truths: list[dict[tuple[Any, ...], dict[str, float]]],
    threshold: int,
    ruled: Collection[str] = ("n", "x", "others"),
) -> list[str]:
    """Small counts that the attacker pins, or squeezes into fewer than k/2 values; and small groups of hidden cells.

    ``ruled`` are the counts that the rule protects.
    """
    small = [
        (cell, name)
        for cell, name in attacker.hidden()
        if name in ruled and 0 < truths[cell[0]][cell[1:]][name] < threshold
    ]
    found = []
    for (cell, name), low, high in attacker.squeezed(small, threshold / 2):
        truth = truths[cell[0]][cell[1:]][name]
        assert low - 1e-6 <= truth <= high + 1e-6
        found.append(f"{name} of {cell} is {truth}: between {low} and {high}")
    for cells, name, together in attacker.hidden_together():
        if name in ruled and attacker.rounding == 1 and 1e-6 < together < threshold:
            found.append(f"{name} of {len(cells)} hidden cells beside {cells[0]}: {together} together")
    return found


def release_rows(
    rows: pd.DataFrame,
    folder: Path,
    grain: Grain,
    pairs: Pairs = "year",
    policy: str = "cms",
    threshold: int | None = None,
    kinds: dict[str, Kind] | None = None,
) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """The cube of rows by month, and what a release of it shows."""
    strata = [c for c in rows.columns if c in ("s1", "s2", "s3", "s4")]
    cube = cube_of(rows, strata, "month")
    version = save_version(folder / "000001", cube, description_of(rows, strata, "month", kinds=kinds))
    made = create_release(version, Plan(tuple(strata), grain, pairs), policy_of(policy, threshold), folder / "home")
    return cube, show(folder / "home", made.id).to_dict("records")


@settings(max_examples=examples(8), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=tables().filter(lambda t: len(t) > 0),
    grain=st.sampled_from(["month", "quarter", "year", "all"]),
    pairs=st.sampled_from(["year", "all", "none"]),
    rule=st.sampled_from([("cms", None), ("cms", 4), ("cms", 6), ("hedis", None), ("hedis", 6), ("nhs", None)]),
)
def test_nothing_is_recovered_from_small_nasty_tables(
    rows: pd.DataFrame, grain: Grain, pairs: Pairs, rule: tuple[str, int | None]
) -> None:
    policy = policy_of(*rule)
    with tempfile.TemporaryDirectory() as folder:
        cube, shown = release_rows(rows, Path(folder), grain, pairs, rule[0], rule[1])
    attacker = Attacker({"M": "proportion"}, policy.rounding)
    attacker.read(shown)
    assert recovered(attacker, [truth_of(cube)], policy.threshold, policy.counts) == []


@settings(max_examples=examples(4), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=tables().filter(lambda t: len(t) > 0), second=st.data(), kind=st.sampled_from(["proportion", "rate", "mean"])
)
def test_measures_of_the_same_people_do_not_give_each_other_away(
    rows: pd.DataFrame, second: st.DataObject, kind: Kind
) -> None:
    other = rows.assign(
        measure="N",
        x=[float(second.draw(st.integers(0, int(n)))) for n in rows["n"]] if kind != "mean" else rows["n"] * 7.5,
    )
    kinds: dict[str, Kind] = {"M": "proportion", "N": kind}
    with tempfile.TemporaryDirectory() as folder:
        cube, shown = release_rows(pd.concat([rows, other]), Path(folder), "quarter", threshold=6, kinds=kinds)
    attacker = Attacker(dict(kinds))
    attacker.read(shown)
    attacker.same_people("M", "N")
    assert recovered(attacker, [truth_of(cube)], 6) == []


@settings(max_examples=examples(3), deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=tables().filter(lambda t: len(t) > 2), share=st.data())
def test_a_measure_of_some_of_another_measures_people_gives_nothing_away(
    rows: pd.DataFrame, share: st.DataObject
) -> None:
    some = [share.draw(st.sampled_from(sorted({n, x, n // 2}))) for n, x in zip(rows["n"], rows["x"], strict=True)]
    inner = rows.assign(measure="N", n=some, x=[share.draw(st.integers(0, int(n))) for n in some]).query("n > 0")
    with tempfile.TemporaryDirectory() as folder:
        cube, shown = release_rows(pd.concat([rows, inner]), Path(folder), "quarter", threshold=6)
    attacker = Attacker({"M": "proportion", "N": "proportion"})
    attacker.read(shown)
    attacker.among_the_people("N", "M")
    assert recovered(attacker, [truth_of(cube)], 6) == []


@pytest.fixture(scope="module")
def skewed(tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """The cube of a year's skewed groups, and what a release of it by quarter shows."""
    return release_rows(random_rows(3, 1500, months=12, strata=(5, 3, 2)), tmp_path_factory.mktemp("skewed"), "quarter")


@pytest.mark.parametrize("kind", [Attacker, PatientAttacker])
def test_nothing_is_recovered_from_skewed_groups(
    skewed: tuple[pd.DataFrame, list[dict[str, Any]]], kind: type[Attacker]
) -> None:
    cube, shown = skewed
    assert 0.3 < sum(row["shown"] != "hidden" for row in shown) / len(shown) < 0.9
    attacker = kind({"Control": "proportion"})
    attacker.read(shown)
    assert recovered(attacker, [truth_of(cube)], 11) == []


def test_the_attacker_has_teeth(skewed: tuple[pd.DataFrame, list[dict[str, Any]]]) -> None:
    """Where only the sensitive cells themselves are hidden, it gets most of them back."""
    cube, released = skewed
    truth, shown = truth_of(cube), [dict(row) for row in released]
    for row in shown:
        groups = frozenset((row[f"by{i}"], row[f"value{i}"]) for i in (1, 2) if row[f"by{i}"])
        counts = truth[row["measure"], row["grain"], row["period"], groups]
        small = any(0 < counts[name] < 11 for name in ("n", "x", "others"))
        row |= {"shown": "hidden" if small else "yes", "n": counts["n"], "x": counts["x"]}
    attacker = Attacker({"Control": "proportion"})
    attacker.read(shown)
    assert len(recovered(attacker, [truth], 11)) > 10


def test_rates_rounded_counts_and_small_denominators(tmp_path: Path) -> None:
    rows = random_rows(5, 1500, months=12, strata=(4, 3))
    rates = rows.assign(n=rows["x"] * 3.0 + 0.5)
    _, shown = release_rows(rates, tmp_path / "rate", "quarter", kinds={"Control": "rate"})
    assert all(row["shown"] == "hidden" or row["x"] == 0 or row["x"] >= 11 for row in shown)
    _, shown = release_rows(rows, tmp_path / "nhs", "quarter", policy="nhs")
    kept = [row for row in shown if row["shown"] != "hidden"]
    assert kept
    assert all(row["n"] % 5 == 0 and row["x"] % 5 == 0 for row in kept)
    rows["x"] = (rows.index % 40 > 0).astype(float)
    _, shown = release_rows(rows, tmp_path / "hedis", "quarter", policy="hedis")
    assert all(row["n"] >= 30 for row in shown if row["shown"] != "hidden")
    assert any(0 < row["n"] - row["x"] < 11 for row in shown if row["shown"] != "hidden")
