"""The log of a call: added to by many at once, without a gap, nothing twice."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from equity.store.records import calls
from equity.store.records.calls import Call, NewEntry
from equity.store.workspace.clock import now
from equity.store.workspace.database import Database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.tables import CallEventRow, CallTokenRow
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError


@pytest.fixture
def call(database: Database) -> Call:
    return calls.open_call(
        database,
        HOME_WORKSPACE,
        by=LOCAL_OWNER,
        title="A call",
        dataset="Visits",
        release_id="",
        opening=NewEntry("opened", {"title": "A call"}),
    )


def test_many_add_at_once_and_no_number_is_missing_or_twice(database: Database, call: Call) -> None:
    def add(n: int) -> None:
        calls.add_event(database, call.id, 0, lambda before: NewEntry("contributed", {"id": str(n)}, f"client {n}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(40)))
    found = calls.events_after(database, call.id, 0)
    assert [entry.seq for entry in found] == list(range(1, 42))
    assert {entry.body.get("id") for entry in found[1:]} == {str(n) for n in range(40)}
    assert calls.newest(database, [call.id, "none"]) == {call.id: 41}


def test_one_client_id_is_in_a_log_once(database: Database, call: Call) -> None:
    calls.add_event(database, call.id, 1, lambda before: NewEntry("contributed", {"id": "a"}, "same"))
    with pytest.raises(Exception, match=r"(?i)unique"):
        calls.add_event(database, call.id, 2, lambda before: NewEntry("contributed", {"id": "b"}, "same"))
    assert len(calls.events_after(database, call.id, 0)) == 2


def test_whoever_adds_is_told_what_came_before(database: Database, call: Call) -> None:
    calls.add_event(database, call.id, 1, lambda before: NewEntry("joined", {"name": "Ana"}))
    told: list[str] = []

    def decide(before: object) -> None:
        told.extend(entry.kind for entry in before)  # type: ignore[attr-defined]

    assert calls.add_event(database, call.id, 0, decide)[-1].kind == "joined"
    assert told == ["opened", "joined"]


def test_tokens_are_kept_as_hashes_open_one_call_and_run_out(database: Database, call: Call) -> None:
    token = calls.admit(database, call.id, "link")
    code = calls.admit(database, call.id, "code", "KITE-42")
    with database.reading() as session:
        assert not {token, code} & set(session.scalars(select(CallTokenRow.token_hash)))
    found = calls.admission(database, token)
    assert found is not None
    assert (found.call.id, found.kind, found.is_over) == (call.id, "link", False)
    assert calls.admission(database, token + "x") is None
    with pytest.raises(PlainError, match="in use by another call"):
        calls.admit(database, call.id, "code", "KITE-42")
    with database.writing() as session:
        for row in session.scalars(select(CallTokenRow)):
            row.expires = now() - dt.timedelta(seconds=1)
    over = calls.admission(database, token)
    assert over is not None
    assert over.is_over
    assert calls.admit(database, call.id, "code", "KITE-42") == "KITE-42"


def test_what_was_withdrawn_is_not_in_the_store(database: Database, call: Call) -> None:
    for n, kind in enumerate(("contributed", "edited"), start=1):
        entry = NewEntry(kind, {"id": "abc", "words": "the name of a neighbor"})
        calls.add_event(database, call.id, n, lambda before, entry=entry: entry)  # type: ignore[misc]
    calls.add_event(database, call.id, 3, lambda before: NewEntry("withdrawn", {"id": "abc"}))
    with database.reading() as session:
        bodies = list(session.scalars(select(CallEventRow.body)))
    assert len(bodies) == 4
    assert not [body for body in bodies if "neighbor" in body]


def test_ending_is_told_on_the_call_too(database: Database, call: Call) -> None:
    calls.add_event(database, call.id, 1, lambda before: NewEntry("ended", {}))
    assert calls.call_by_id(database, call.id).ended is not None
    assert [each.id for each in calls.calls_in(database, HOME_WORKSPACE)] == [call.id]
    with pytest.raises(PlainError, match="no call “elsewhere”"):
        calls.call_by_id(database, "elsewhere")
