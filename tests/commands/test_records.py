"""Everything a workspace wrote goes into a folder and comes back from it, at the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.actions.work import focus as actions
from equity.commands.line import run
from equity.focus.room import FocusRoom
from equity.store.records.annotations import Scope, annotate
from equity.store.records.written_lines import refuse_unknown_fields
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError
from tests.made_up_notes import add_note, notes_in
from tests.workspace_stores import HOSTILE_TEXTS

ROOM = FocusRoom("What to work on", "Sample", 1, areas=("Diabetes", "Hypertension"))


def wrote(home: Path, monkeypatch: pytest.MonkeyPatch) -> Here:
    monkeypatch.setenv("EQUITY_HOME", str(home))
    return Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)


def test_what_a_workspace_wrote_is_the_same_in_an_empty_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = wrote(tmp_path / "one", monkeypatch)
    kept = actions.open_decision(here, ROOM)
    for words in HOSTILE_TEXTS:
        add_note(here.database, here.workspace, words, by=LOCAL_OWNER, dataset="D")
    annotate(here.database, here.workspace, "2024-03", "New service", by=LOCAL_OWNER, scope=Scope("D"))
    notes = notes_in(here.database, here.workspace)
    assert run(["records", "export", str(tmp_path / "out")]) == 0
    assert f"{2 + len(HOSTILE_TEXTS)} records." in capsys.readouterr().out
    schema = json.loads((tmp_path / "out" / "annotation.schema.json").read_text())
    line = json.loads((tmp_path / "out" / "annotation.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert set(schema["required"]) == set(line)
    there = wrote(tmp_path / "two", monkeypatch)
    assert run(["records", "import", str(tmp_path / "out")]) == 0
    assert actions.decisions(there) == (kept,)
    assert notes_in(there.database, there.workspace) == notes
    assert run(["records", "import", str(tmp_path / "out")]) == 2
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "named"),
    [(line, "is not a chart frame") for line in ("{}", "nonsense", "[1]")],
)
def test_a_line_of_another_form_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str, named: str
) -> None:
    wrote(tmp_path / "home", monkeypatch)
    (tmp_path / "chart_frame.jsonl").write_text(line)
    assert run(["records", "import", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "chart_frame.jsonl, line 1" in told
    assert named in told


def test_a_folder_that_is_not_there_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrote(tmp_path / "home", monkeypatch)
    assert run(["records", "import", str(tmp_path / "nowhere")]) == 2
    assert "There is no folder" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["call", "note"])
def test_lists_within_lists_too_deep_to_be_read_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    wrote(tmp_path / "home", monkeypatch)
    deep = "[" * 100_000 + "]" * 100_000
    line = {"id": "a" * 32, "title": "T", "dataset": "D", "release_id": "", "opened_by": "x", "opened_by_id": "y"}
    line |= {"opened": "2026-01-01T00:00:00Z", "ended": None, "log": []}
    entry = '{"seq": 1, "at": "2026-01-01T00:00:00Z", "kind": "k", "body": {"a": ' + deep + "}}"
    (tmp_path / f"{kind}.jsonl").write_text(json.dumps(line).replace("[]", f"[{entry}]"))
    assert run(["records", "import", str(tmp_path)]) == 2
    assert f"{kind}.jsonl, line 1" in capsys.readouterr().err


def test_fields_too_deep_to_be_looked_through_are_named() -> None:
    deep: list[object] = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(PlainError, match="too deep to be read"):
        refuse_unknown_fields("call.jsonl, line 1", deep, deep)
