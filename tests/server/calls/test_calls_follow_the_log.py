"""What another process adds to a call's log reaches whoever listens here: PostgreSQL tells, SQLite is asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from equity.actions.calls import call_voices
from equity.actions.calls.live_calls import live_call
from equity.server.calls import rooms
from equity.server.calls.rooms import Rooms
from equity.store.records import calls as log
from equity.store.records.calls import NewEntry
from equity.store.workspace.database import Database, open_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]

LONGEST = 30.0
OPENING = {"title": "A call", "cards": [], "agenda": [{"stage": "predict", "minutes": 3}], "names": True}


def test_what_another_adds_is_heard_here(
    database: Database, store_url: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "UNTOLD_SECONDS", 10 * LONGEST)  # PostgreSQL must tell: it is not asked
    call = log.open_call(
        database,
        HOME_WORKSPACE,
        by=LOCAL_OWNER,
        title="A call",
        dataset="Visits",
        release_id="",
        opening=NewEntry("opened", OPENING),
    )
    room = Rooms().room(database, call, tmp_path, ())
    room.listeners = 1
    elsewhere = open_database(store_url)
    there = live_call(elsewhere, call.id)
    try:
        call_voices.join(there, "Ana", "data")
        assert _is_so(lambda: room.live.state.seq == there.state.seq)  # whoever follows has begun
        for number in range(8):
            call_voices.join(there, f"Ben {number}", "equity")
            assert _is_so(lambda: room.live.state.seq == there.state.seq)
        assert [event.seq for event in room.live.events] == list(range(1, 11))
        assert len(room.live.state.participants) == 9
        assert b"Ben" not in b"".join(room.frames)  # who is here is told as counts
    finally:
        room.listeners = 0
        elsewhere.close()


def _is_so(done: Callable[[], bool]) -> bool:
    """Whether something comes to be so before anybody would give up."""
    began = time.monotonic()
    while not done() and time.monotonic() - began < LONGEST:
        time.sleep(0.005)
    return done()
