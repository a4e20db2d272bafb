"""The aims of a workspace in the terminal: every form, a cut id, an aim that is not there."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.actions.work import aims as actions
from equity.commands.line import run
from equity.cube import Cube
from equity.improvement.aims import Aim
from equity.improvement.progress import baseline_of, progress
from equity.store.records.kept import Kept
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.improvement.test_aims import AIM


@pytest.fixture
def kept(tmp_path: Path, sample_home: Path, sample_cube: Cube, monkeypatch: pytest.MonkeyPatch) -> Kept[Aim]:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    monkeypatch.setenv("EQUITY_HOME", str(home))
    here = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    whole = replace(AIM, baseline=baseline_of(sample_cube, AIM, "2022"), where="=HYPERLINK(1)")
    begun = actions.begin_aim(here, whole)
    actions.begin_aim(here, Aim(dataset="Sample"))
    return actions.change_aim(here, actions.set_aim(here, begun, whole, sample_cube), whole, "Wrong place", sample_cube)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(["aims", *words]) == 0
    return capsys.readouterr().out


def test_every_aim_in_every_form(kept: Kept[Aim], capsys: pytest.CaptureFixture[str]) -> None:
    assert f"id: {kept.id}\nstatus: set\nsentence: Postpartum visit: from 57" in said(capsys, "list")
    rows = json.loads(said(capsys, "list", "--format", "json"))
    assert [(row["status"], row["target"]) for row in rows] == [("set", 0.85), ("draft", None)]
    assert kept.content.baseline is not None
    assert rows[0]["baseline"] == pytest.approx(kept.content.baseline.value)
    table = list(csv.DictReader(io.StringIO(said(capsys, "list", "--format", "csv"))))
    assert table[0]["where"].startswith("'=")


def test_one_aim_shows_how_it_changed(kept: Kept[Aim], capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(said(capsys, "show", kept.id[:8], "--format", "json"))
    assert [row["why_changed"] for row in rows][:2] == ["Wrong place", ""]
    assert run(["aims", "show", "nothing"]) == 2
    assert "is no aim here" in capsys.readouterr().err


def test_progress_is_that_of_the_newest_data(
    kept: Kept[Aim], sample_cube: Cube, capsys: pytest.CaptureFixture[str]
) -> None:
    found = progress(sample_cube, kept.content)
    [row] = json.loads(said(capsys, "progress", "--format", "json"))
    assert (row["verdict"], row["whole"]) == (found.verdict, True)
    assert row["share"] == pytest.approx(float(found.share.value))
    assert "finding: Postpartum visit, 2024: " in said(capsys, "progress", kept.id)


def test_an_empty_workspace_says_where_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    assert "No aim yet" in said(capsys, "list")
    assert json.loads(said(capsys, "list", "--format", "json")) == []
