"""A folder of records that somebody made up or damaged: a sentence that names file and line, and nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from equity.access.here import Here
from equity.actions.network import cohorts
from equity.network.cohorts import Cohort
from equity.store.records.exchange import export_records, import_records
from equity.store.workspace.database import Database, open_database, sqlite_url
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PlainError

Line = dict[str, Any]
Damage = Callable[[Line], Line | str]


def deep(line: Line) -> str:
    return json.dumps(line).replace('"content": {', '"content": {"more": ' + "[" * 50_000 + "]" * 50_000 + ", ", 1)


DAMAGES: dict[str, Damage] = {
    "an id that is a path": lambda line: line | {"id": "../../../../../etc/passwd/aaaaaaa"[:32]},
    "an id that is markup": lambda line: line | {"id": '"><script>alert(1)</script>aaaaaa'[:32]},
    "readers that are none": lambda line: line | {"readers": "everybody"},
    "a moment without its zone": lambda line: line | {"created": "2026-01-01T00:00:00"},
    "a number that is too large": lambda line: line | {"version": 10**30},
    "a version twice": lambda line: line | {"history": line["history"] * 2},
    "half a character": lambda line: json.dumps(line | {"author": "X"}).replace('"X"', '"\\ud800"'),
    "nested without end": deep,
    "another form": lambda line: line | {"content": {"title": ["no text"]}},
    "no record": lambda line: "[]",
}


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_database(sqlite_url(tmp_path / "workspace.db"))


def exported(database: Database, folder: Path) -> None:
    cohorts.begin_cohort(Here(database, HOME_WORKSPACE, LOCAL_OWNER), Cohort("Our cohort"))
    export_records(database, HOME_WORKSPACE, folder, by=LOCAL_OWNER)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_line_that_is_none_is_said_and_nothing_is_kept(database: Database, tmp_path: Path, damage: str) -> None:
    exported(database, tmp_path / "out")
    file = tmp_path / "out" / "cohort.jsonl"
    line = json.loads(file.read_text("utf-8")) | {"id": "a" * 32}
    damaged = DAMAGES[damage](line)
    text = damaged if isinstance(damaged, str) else json.dumps(damaged)
    file.write_text(f"{json.dumps(line | {'id': 'b' * 32})}\n{text}\n", encoding="utf-8")
    there = make_workspace(database, "Elsewhere", by=LOCAL_OWNER).id
    with pytest.raises(PlainError, match=r"cohort\.jsonl, line 2") as refused:
        import_records(database, there, tmp_path / "out", by=LOCAL_OWNER)
    assert len(str(refused.value)) < 400
    assert cohorts.cohort_of(Here(database, there, LOCAL_OWNER)) is None


@pytest.mark.parametrize(
    ("place", "named"),
    [
        (lambda line: line, "remark"),
        (lambda line: line["content"], "content.remark"),
        (lambda line: line["history"][0], "history.1.remark"),
        (lambda line: line["history"][0]["content"], "history.1.content.remark"),
    ],
)
def test_a_field_that_is_none_is_named_with_its_line(
    database: Database, tmp_path: Path, place: Callable[[Line], Line], named: str
) -> None:
    """It would be dropped in silence, as a field that is misspelled and may be left out."""
    exported(database, tmp_path / "out")
    file = tmp_path / "out" / "cohort.jsonl"
    line = json.loads(file.read_text("utf-8")) | {"id": "a" * 32}
    place(line)["remark"] = "Read me"
    file.write_text(json.dumps(line), encoding="utf-8")
    there = make_workspace(database, "Elsewhere", by=LOCAL_OWNER).id
    with pytest.raises(PlainError, match=rf"cohort\.jsonl, line 1: “{named}” is not a field"):
        import_records(database, there, tmp_path / "out", by=LOCAL_OWNER)
    assert cohorts.cohort_of(Here(database, there, LOCAL_OWNER)) is None


def test_a_call_with_a_field_that_is_none_is_refused(database: Database, tmp_path: Path) -> None:
    call = {"id": "a" * 32, "title": "Ours", "dataset": "D", "release_id": "", "opened_by": "Ada", "opened_by_id": "1"}
    call |= {"opened": "2026-01-05T10:00:00+00:00", "ended": None, "log": [], "room": "2"}
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "call.jsonl").write_text(json.dumps(call), encoding="utf-8")
    with pytest.raises(PlainError, match=r"call\.jsonl, line 1: “room” is not a field"):
        import_records(database, HOME_WORKSPACE, tmp_path / "out", by=LOCAL_OWNER)


def test_a_whole_folder_is_read(database: Database, tmp_path: Path) -> None:
    exported(database, tmp_path / "out")
    file = tmp_path / "out" / "cohort.jsonl"
    file.write_text(file.read_text("utf-8").replace(json.loads(file.read_text("utf-8"))["id"], "c" * 32), "utf-8")
    there = make_workspace(database, "Elsewhere", by=LOCAL_OWNER).id
    import_records(database, there, tmp_path / "out", by=LOCAL_OWNER)
    kept = cohorts.cohort_of(Here(database, there, LOCAL_OWNER))
    assert kept is not None
    assert kept.content.title == "Our cohort"
