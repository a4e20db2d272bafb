"""What another process adds to a call's log reaches whoever listens here: PostgreSQL tells, SQLite is asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.engine import URL

from equity.actions import call_voices
from equity.actions.live_calls import live_call
from equity.server.calls.rooms import Rooms
from equity.store.records import calls as log
from equity.store.records.calls import NewEntry
from equity.store.workspace.database import Database, open_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]

LONGEST = 1.0
"""Seconds from one process to another: half of the two after which PostgreSQL is asked without having told."""
OPENING = {"title": "A call", "cards": [], "agenda": [{"stage": "predict", "minutes": 3}], "names": True}


def test_what_another_adds_is_here_within_a_second(database: Database, store_url: URL, tmp_path: Path) -> None:
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
        assert _waited_for(lambda: room.live.state.seq == there.state.seq, 10.0) < 10.0  # whoever follows has begun
        taken = []
        for number in range(8):
            call_voices.join(there, f"Ben {number}", "equity")
            taken.append(_waited_for(lambda: room.live.state.seq == there.state.seq, 10.0))
        assert max(taken) < LONGEST
        assert [event.seq for event in room.live.events] == list(range(1, 11))
        assert len(room.live.state.participants) == 9
        assert b"Ben" not in b"".join(room.frames)  # who is here is told as counts
    finally:
        room.listeners = 0
        elsewhere.close()


def _waited_for(done: Callable[[], bool], longest: float) -> float:
    """Seconds until something is so; the longest when it never was."""
    began = time.monotonic()
    while time.monotonic() - began < longest:
        if done():
            return time.monotonic() - began
        time.sleep(0.005)
    return longest
