"""A release on disk: what its bytes hold, how it is opened and taken back, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.release.create import audit, create_release, preview, show
from equity.release.plan import Plan, settled
from equity.release.policy import PRESETS, policy_of
from equity.release.shelf import Release, find, opened, releases, revoke
from equity.release.view import as_cube
from equity.stats.intervals import wilson
from equity.vocabulary import PlainError
from tests.release.made_up import VALUES, cube_of, description_of, random_rows, save_version

STRATA = ("s1", "s2", "s3")
PLAN = Plan(STRATA, "quarter", "year")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def version(home: Path) -> Path:
    rows = random_rows(4, 1200, months=12, strata=(5, 3, 2)).assign(person=lambda t: t.index // 2 + 1)
    return save_version(
        home / "versions" / "000001", cube_of(rows, STRATA, "month"), description_of(rows, STRATA, "month")
    )


@pytest.fixture(scope="module")
def made(home: Path, version: Path) -> Release:
    return create_release(version, PLAN, policy_of("cms"), home, attested_by="Dana")


def test_a_hidden_cell_holds_nothing(made: Release) -> None:
    cells = made.cells()
    hidden = cells[cells["shown"] == "hidden"]
    assert 0 < len(hidden) < len(cells)
    assert hidden[VALUES].isna().all(axis=None)
    shown = cells[cells["shown"] != "hidden"]
    assert shown[VALUES].notna().all(axis=None)
    for count in (shown["n"], shown["x"], shown["n"] - shown["x"]):
        assert ((count == 0) | (count >= 11)).all()
    assert (shown[["person_xx", "person_xn", "person_nn"]] == 0).all(axis=None)


def test_cells_of_few_people_are_hidden_though_they_have_many_visits(tmp_path: Path) -> None:
    rows = random_rows(4, 1200, months=3, strata=(3, 2))
    rows["person"] = np.where(rows["s1"] == "g2", rows.index % 5 + 1, rows.index + 10)
    version = save_version(
        tmp_path / "000001", cube_of(rows, STRATA[:2], "month"), description_of(rows, STRATA[:2], "month")
    )
    made = create_release(version, Plan(("s1",), "all", "none"), policy_of("cms"), tmp_path)
    cells = made.cells().set_index("value1")
    assert (rows["s1"] == "g2").sum() > 100
    assert cells.loc["g2", "shown"] == "hidden"


def test_its_files_hold_no_count_of_rows_and_no_name_of_a_file(made: Release) -> None:
    assert sorted(p.name for p in made.folder.iterdir()) == [
        "audit.json",
        "bounds.parquet",
        "checksums.json",
        "cube.parquet",
        "description.json",
        "kept.parquet",
        "release.json",
    ]
    held = made.description()
    assert (held.rows_in, held.rows_used, held.has_person, held.sources, held.problems) == (0, 0, True, (), ())
    assert held.grain == "quarter"
    assert held.periods == ("2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4")
    assert find(made.folder.parents[1], made.id) == made
    assert made.attested_by == "Dana"


def test_shown_rows_are_complete(home: Path, made: Release) -> None:
    rows = show(home, made.id)
    assert list(rows.columns) == [
        *("measure", "grain", "period", "by1", "value1", "by2", "value2", "shown", "n", "x", "rate"),
    ]
    kept = rows[rows["shown"] != "hidden"]
    assert np.allclose(kept["rate"], kept["x"] / kept["n"])
    assert rows.loc[rows["shown"] == "hidden", ["n", "x", "rate"]].isna().all(axis=None)


def test_rates_of_rounded_counts_are_rates_of_what_is_shown(version: Path, tmp_path: Path) -> None:
    made = create_release(version, PLAN, policy_of("nhs"), tmp_path)
    rows = show(tmp_path, made.id)
    kept = rows[rows["shown"] != "hidden"]
    assert len(kept)
    assert ((kept["n"] % 5 == 0) & (kept["x"] % 5 == 0)).all()
    assert np.allclose(kept["rate"], kept["x"] / kept["n"])
    found = disparities(as_cube(opened(tmp_path, made.id)), Choices("Visits", 1, "Control", "s1", policy="nhs")).rows
    group = found[found["shown"] == "yes"]
    assert len(group)
    worth = (group["n_effective"] / group["n"]).to_numpy()  # people come twice here: told to one decimal
    assert np.allclose(np.round(1 / worth, 1), 1 / worth)
    expected = wilson(worth * group["x"].to_numpy(), worth * group["n"].to_numpy())
    assert (group["n"] % 5 == 0).all()
    assert np.allclose(group["lower"], expected.lower)
    assert np.allclose(group["upper"], expected.upper)


def test_the_audit_does_not_say_why_a_cell_is_hidden(home: Path, made: Release) -> None:
    found = audit(home, made.id)
    assert found["pinned"] == 0
    assert found["rule"].startswith("Counts below 11 are hidden")
    assert "primary" not in json.dumps(found)
    assert "sensitive" not in json.dumps(found)


def test_the_same_release_twice_hides_the_same(home: Path, version: Path, made: Release, tmp_path: Path) -> None:
    again = create_release(version, PLAN, policy_of("cms"), tmp_path)
    pd.testing.assert_frame_equal(again.cells(), made.cells())


def test_a_preview_says_what_a_coarser_grain_would_keep(version: Path, made: Release, tmp_path: Path) -> None:
    seen = preview(version, PLAN, policy_of("cms"), tmp_path)
    cells = made.cells()
    assert seen.tables["hidden"].sum() == (cells["shown"] == "hidden").sum()
    assert seen.tables[["shown", "zero", "hidden"]].to_numpy().sum() == len(cells)
    first = seen.alternatives.iloc[0]
    assert (first["grain"], first["pairs"], first["hidden"]) == ("quarter", "year", seen.tables["hidden"].sum())
    assert seen.alternatives["kept"].iloc[1:].max() > first["kept"]
    assert releases(tmp_path) == ()


def test_a_revoked_release_cannot_be_opened(version: Path, tmp_path: Path) -> None:
    one = create_release(version, PLAN, policy_of("cms"), tmp_path)
    assert opened(tmp_path, one.id) == one
    revoke(tmp_path, one.id)
    for ask in (opened, show, audit):
        with pytest.raises(PlainError, match="revoked"):
            ask(tmp_path, one.id)
    assert [r.id for r in releases(tmp_path, "Visits")] == [one.id]
    assert find(tmp_path, one.id).revoked


@pytest.mark.parametrize("wrong", ["", "..", "../datasets", "lock", "0123456789ab", "0123456789AB", "a/b"])
def test_an_id_is_never_a_path(home: Path, wrong: str) -> None:
    with pytest.raises(PlainError, match="no such release"):
        show(home, wrong)


def test_public_data_is_released_whole(version: Path, tmp_path: Path) -> None:
    made = create_release(version, PLAN, policy_of("public"), tmp_path)
    assert (made.cells()["shown"] != "hidden").all()


def test_what_the_source_hid_stays_hidden(tmp_path: Path) -> None:
    rows = random_rows(4, 600, months=3, strata=(3, 2))
    rows["hidden"] = (rows["s1"] == "g1") & (rows["month"] == "2022-01")
    cube, described = cube_of(rows, STRATA[:2], "month"), description_of(rows, STRATA[:2], "month")
    version = save_version(tmp_path / "000001", cube, described)
    for policy in ("cms", "public"):
        cells = create_release(version, Plan(("s1",), "month", "none"), policy_of(policy), tmp_path / policy).cells()
        at = (cells["value1"] == "g1") & (cells["period"] == "2022-01")
        assert cells.loc[at, "shown"].tolist() == ["hidden"]
    strict = create_release(version, Plan(("s1",), "month", "none"), policy_of("cms"), tmp_path / "cms").cells()
    assert (strict["hidden_at_source"].fillna(0) == 0).all()


def test_what_cannot_be_released_is_refused(version: Path, tmp_path: Path) -> None:
    described = description_of(random_rows(1, 50, months=3, strata=(2,)), ("s1",), "quarter")
    with pytest.raises(PlainError, match="nothing finer than “quarter”"):
        settled(Plan(("s1",), "month"), described)
    with pytest.raises(PlainError, match="not grouped by “race”"):
        settled(Plan(("race",), "quarter"), described)
    with pytest.raises(PlainError, match="no disclosure policy “none”"):
        policy_of("none")
    with pytest.raises(PlainError, match="would hide nothing"):
        policy_of("cms", 1)
    folder = tmp_path / "000001"
    estimates = replace(description_of(random_rows(1, 50), (), "month"), values="estimates")
    save_version(folder, cube_of(random_rows(1, 50), (), "month"), estimates)
    with pytest.raises(PlainError, match="estimates without counts"):
        create_release(folder, Plan((), "all", "none"), policy_of("cms"), tmp_path)


@pytest.mark.parametrize("name", list(PRESETS))
def test_every_policy_says_its_rule_in_one_sentence(name: str) -> None:
    sentence = policy_of(name).sentence
    assert sentence.endswith(".")
    assert "  " not in sentence
    if name != "public":
        assert str(policy_of(name).threshold) in sentence
        assert policy_of(name, 6).least_values == 3
