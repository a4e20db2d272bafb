"""Projects at the terminal: a table for people, JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.actions.work import aims, cycles, projects
from equity.commands.line import run
from equity.commands.projects import COLUMNS
from equity.improvement.aims import Aim
from equity.improvement.cycles import Cycle, CycleQuestion
from equity.improvement.progress_scale import ProgressScore
from equity.improvement.projects import Project
from equity.store.records.kept import Kept
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept[Project]:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    here = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    aim = aims.begin_aim(here, Aim(dataset="D", measure="M"))
    kept = projects.begin_project(here, aim.id, Project("=cmd()", "We call.", owner="Rosa", team=("Ben", "Ada")))
    cycles.open_do(here, cycles.begin_cycle(here, kept.id, Cycle(
        questions=(CycleQuestion("Do they come?", "4 of 5"),), who="Rosa", begins="2027-03-01"
    )))  # fmt: skip
    projects.set_score(here, kept.id, ProgressScore(2.5, "team", "Two tests"))
    projects.begin_project(here, aim.id, Project("Second"))
    return kept


def test_projects_are_listed_in_three_forms(begun: Kept[Project], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["projects", "list"]) == 0
    table = capsys.readouterr().out
    assert "2 projects" in table
    assert begun.id[:8] in table
    assert run(["projects", "list", "--format", "json", "--aim", begun.parent]) == 0
    first = json.loads(capsys.readouterr().out)["rows"][0]
    assert tuple(first) == COLUMNS
    assert (first["id"], first["tests"], first["progress_team"], first["team"]) == (begun.id, 1, 2.5, ["Ben", "Ada"])
    assert run(["projects", "list", "--format", "csv", "--state", "idea"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["title"] for row in rows] == ["'=cmd()", "Second"]
    assert run(["projects", "list", "--state", "stopped"]) == 0
    assert "There is no project yet." in capsys.readouterr().out


def test_one_project_is_shown_with_its_tests(begun: Kept[Project], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["projects", "show", begun.id[:6], "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["cycles"][0]["questions"][0]["prediction"] == "4 of 5"
    assert shown["scores"][0]["evidence"] == "Two tests"
    assert run(["projects", "show", begun.id]) == 0
    told = capsys.readouterr().out
    assert "We expect: 4 of 5" in told
    assert "Team: 2.5 Changes tested" in told
    assert run(["projects", "show", begun.id, "--format", "csv"]) == 0
    assert "Do they come?" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "named"), [(["show", "zz"], "no project has an id"), (["list", "--state", "lost"], "There is no state")]
)
def test_what_is_not_there_is_said(
    begun: Kept[Project], capsys: pytest.CaptureFixture[str], words: list[str], named: str
) -> None:
    assert run(["projects", *words]) == 2
    assert named in capsys.readouterr().err
