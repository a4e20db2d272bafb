"""A cohort and its applications at the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from equity.actions.network import applications as actions
from equity.commands.line import run
from equity.store.workspace.database import workspace_database
from tests.network.test_applications import TEAM_GIVEN, WHOLE


def test_from_a_cohort_to_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("EQUITY_DATABASE_URL", raising=False)
    assert run(["network", "open"]) == 2
    assert "begin one with network begin" in capsys.readouterr().err
    assert run(["network", "begin", "--title", "Cohort 2027"]) == 0
    assert run(["network", "open"]) == 0
    told = capsys.readouterr().out
    token = json.loads(told[told.index('{\n "apply"') :])["apply"].removeprefix("/apply/")
    database, home = workspace_database(), tmp_path / "home"
    key = actions.begin_application(database, home, token).key
    actions.save_draft(database, home, key, WHOLE.answers, TEAM_GIVEN)
    actions.send(database, home, key)
    assert run(["network", "applications", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["state"], row["reminder"], len(row["team"])) == ("received", None, 3)
    assert run(["network", "answer", row["id"], "--as", "declined"]) == 2
    assert "reason" in capsys.readouterr().err
    assert run(["network", "answer", row["id"], "--as", "accepted"]) == 0
    (done,) = json.loads(capsys.readouterr().out)
    assert done["workspace"]
    assert run(["network", "applications"]) == 0
    assert "Accepted; received today." in capsys.readouterr().out
    assert run(["network", "answer", "nobody", "--as", "waiting"]) == 2
    assert run(["network", "close"]) == 0
