"""The attacker against releases of small nasty data sets, and of larger skewed ones: it recovers nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equity.release.create import create_release, show
from equity.release.plan import Pairs, Plan
from equity.release.policy import policy_of
from equity.vocabulary import Grain, Kind
from tests.release.attacker import Attacker
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


def recovered(attacker: Attacker, truths: list[dict[tuple[Any, ...], dict[str, float]]], threshold: int) -> list[str]:
    """Small counts that the attacker pins, or squeezes into fewer than k/2 values; and small groups of hidden cells."""
    attacker.propagate()
    found = []
    for (cell, name), low in attacker.low.items():
        truth = truths[cell[0]][cell[1:]][name]
        assert low - 1e-6 <= truth <= attacker.high[cell, name] + 1e-6
        if 0 < truth < threshold:
            least, greatest = attacker.exact_bounds((cell, name), threshold / 2)
            if greatest - least + 1 < threshold / 2:
                found.append(f"{name} of {cell} is {truth}: between {least} and {greatest}")
    found += [f"{said}: {value}" for said, value in attacker.hidden_together() if 1e-6 < value < threshold]
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


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=tables().filter(lambda t: len(t) > 0),
    grain=st.sampled_from(["month", "quarter", "year", "all"]),
    pairs=st.sampled_from(["year", "all", "none"]),
    threshold=st.sampled_from([4, 6, 11]),
)
def test_nothing_is_recovered_from_small_nasty_tables(
    rows: pd.DataFrame, grain: Grain, pairs: Pairs, threshold: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cube, shown = release_rows(rows, Path(folder), grain, pairs, threshold=threshold)
    attacker = Attacker({"M": "proportion"})
    attacker.read(shown)
    assert recovered(attacker, [truth_of(cube)], threshold) == []


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
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


def test_nothing_is_recovered_from_skewed_groups(tmp_path: Path) -> None:
    rows = random_rows(3, 1500, months=12, strata=(5, 3, 2))
    cube, shown = release_rows(rows, tmp_path, "quarter")
    assert 0.3 < sum(row["shown"] != "hidden" for row in shown) / len(shown) < 0.9
    attacker = Attacker({"Control": "proportion"})
    attacker.read(shown)
    assert recovered(attacker, [truth_of(cube)], 11) == []


def test_the_attacker_has_teeth(tmp_path: Path) -> None:
    """Where only the sensitive cells themselves are hidden, it gets most of them back."""
    cube, shown = release_rows(random_rows(3, 1500, months=12, strata=(5, 3, 2)), tmp_path, "quarter")
    truth = truth_of(cube)
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
