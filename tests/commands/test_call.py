"""call, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from equity.actions.calls import call_voices
from equity.actions.calls.call_voices import Wanted
from equity.actions.calls.live_calls import live_call
from equity.commands.line import run
from equity.store.records.calls import call_by_id, hash_of
from equity.store.workspace.audit_log import entries
from equity.store.workspace.database import workspace_database
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.pages.people import DATASET, small_home

CARD = "disparities?measure=Controlled blood pressure&by=race&period=2024"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    small_home(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert run(["call", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_call_is_opened_moved_shown_and_ended(capsys: pytest.CaptureFixture[str]) -> None:
    opened = said(capsys, "open", "--dataset", DATASET, "--card", CARD, "--card", "trends?by=race", "--title", "Ours")
    assert set(opened) == {"id", "join", "code"}
    assert opened["join"].startswith("/call/")
    shown = said(capsys, "show", opened["id"], "--format", "json")
    assert (shown["stage"], shown["card"], shown["revealed"], shown["participants"]) == ("predict", 1, False, 0)
    live = live_call(workspace_database(), opened["id"])
    who = call_voices.participant_of(live, call_voices.join(live, "Ana", "data"))
    kept = call_voices.contribute(live, who, Wanted("a", "notice", "One group is apart"))
    call_voices.vote(live, who, kept.id, on=True)
    said(capsys, "move", opened["id"], "--stage", "reveal")
    said(capsys, "move", opened["id"], "--card", "2", "--stage", "notice")
    shown = said(capsys, "show", opened["id"], "--format", "json")
    assert (shown["stage"], shown["card"], shown["revealed"], shown["participants"]) == ("notice", 2, True, 1)
    [contribution] = shown["contributions"]
    wanted = {"id": kept.id, "seq": kept.seq, "stage": "notice", "card": 1, "lens": "data", "name": "Ana"}
    assert {**contribution, **wanted, "words": "One group is apart", "votes": 1} == contribution
    said(capsys, "end", opened["id"])
    assert said(capsys, "show", opened["id"], "--format", "json")["ended"]
    actions = [entry.action for entry in entries(workspace_database(), HOME_WORKSPACE)]
    assert actions[:2] == ["call_ended", "call_opened"]


def test_a_call_is_exported_whole_and_read_back_without_what_opens_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = said(capsys, "open", "--dataset", DATASET, "--card", CARD)
    live = live_call(workspace_database(), opened["id"])
    key = call_voices.join(live, "Ana", "data")
    who = call_voices.participant_of(live, key)
    call_voices.contribute(live, who, Wanted("browser", "notice", "One group is apart"))
    taken = call_voices.contribute(live, who, Wanted("another", "notice", "Taken back"))
    call_voices.withdraw(live, who, taken.id, "another")
    said(capsys, "end", opened["id"])
    before, title = said(capsys, "show", opened["id"], "--format", "json"), call_by_id(live.database, opened["id"])
    assert run(["records", "export", str(home / "out")]) == 0
    line = (home / "out" / "call.jsonl").read_text(encoding="utf-8")
    assert "One group is apart" in line
    for kept_back in ("Taken back", hash_of(key), opened["join"].removeprefix("/call/"), opened["code"]):
        assert kept_back not in line
    assert json.loads((home / "out" / "call.schema.json").read_text(encoding="utf-8"))
    monkeypatch.setenv("EQUITY_HOME", str(home / "empty"))
    assert run(["records", "import", str(home / "out")]) == 0
    capsys.readouterr()
    assert said(capsys, "show", opened["id"], "--format", "json") == before
    assert call_by_id(workspace_database(), opened["id"]) == title
    assert run(["records", "import", str(home / "out")]) == 2
    assert "call.jsonl, line 1: this call is there already" in capsys.readouterr().err
    (home / "out" / "call.jsonl").write_text(line.replace('"seq":2', '"seq":7'), encoding="utf-8")
    assert run(["records", "import", str(home / "out")]) == 2
    assert "call.jsonl, line 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["open", "--dataset", DATASET, "--card", "disparities?measure=None"], "not a measure"),
        (["open", "--dataset", "Nowhere", "--card", CARD], "Nowhere"),
        (["open", "--dataset", DATASET, "--card", CARD, "--release", "none"], "no such release"),
        (["open", "--dataset", DATASET, "--card", CARD, "--stages", "sleep"], "sleep"),
        (["move", "elsewhere", "--stage", "notice"], "no call “elsewhere”"),
        (["show", "elsewhere"], "no call “elsewhere”"),
    ],
)
def test_what_cannot_be_is_one_line(words: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["call", *words]) == 2
    err = capsys.readouterr().err
    assert why in err
    assert err.count("\n") == 1


def test_a_move_says_where_to(capsys: pytest.CaptureFixture[str]) -> None:
    opened = said(capsys, "open", "--dataset", DATASET, "--card", CARD)
    assert run(["call", "move", opened["id"]]) == 2
    assert "--card K, --stage S" in capsys.readouterr().err
    assert run(["call", "move", opened["id"], "--card", "7"]) == 2
    assert "no card 7" in capsys.readouterr().err


def test_the_table_has_no_line_of_its_own_for_a_line_break(capsys: pytest.CaptureFixture[str]) -> None:
    opened = said(capsys, "open", "--dataset", DATASET, "--card", CARD)
    live = live_call(workspace_database(), opened["id"])
    who = call_voices.participant_of(live, call_voices.join(live, "Ana", "data"))
    call_voices.contribute(live, who, Wanted("a", "notice", "One\n\ntwo"))
    assert run(["call", "show", opened["id"]]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_minutes_are_written_and_logged(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened = said(capsys, "open", "--dataset", DATASET, "--card", CARD, "--title", "Ours")
    said(capsys, "move", opened["id"], "--stage", "notice")
    for form in ("md", "html", "docx", "json"):
        assert run(["call", "minutes", opened["id"], "--format", form, "--out", str(home / f"m.{form}")]) == 0
        assert (home / f"m.{form}").stat().st_size > 500
        assert entries(workspace_database(), HOME_WORKSPACE)[0].action == "exported"
    assert run(["call", "minutes", opened["id"], "--out", str(home / "nowhere" / "m.md")]) == 2
    assert "cannot be written" in capsys.readouterr().err
