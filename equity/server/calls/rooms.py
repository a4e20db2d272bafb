"""The calls that this process serves: their state, the bytes that listeners get, and who wakes them.

Each message is written once for all listeners. A log that another process adds to is followed: PostgreSQL tells,
SQLite is asked ten times a second, and only while somebody listens.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from pathlib import Path
from typing import Any, Final

import orjson

from equity.actions.calls.live_calls import LiveCall
from equity.calls.events import CallEvent
from equity.calls.views import messages, replay
from equity.server.calls.pictures import Pictures, Reader
from equity.store.records import calls as log
from equity.store.records.calls import Call
from equity.store.workspace.clock import now
from equity.store.workspace.database import Database
from equity.vocabulary import PlainError

POLL_SECONDS: Final = 0.1
UNTOLD_SECONDS: Final = 2.0
"""After so long PostgreSQL is asked, too, in case that it did not tell."""
KEPT_IDLE_SECONDS: Final = 600.0


class Room:
    """One call in this process. ``frames`` are the messages since it was opened here, ready to be sent."""

    def __init__(self, database: Database, call: Call, home: Path, readers: tuple[Reader, ...]) -> None:
        self.live = LiveCall(database, call)
        self.pictures = Pictures(self.live, home, readers)
        self.frames: list[bytes] = []
        self.listeners = 0
        self.last_used = time.monotonic()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news: asyncio.Event | None = None
        self.live.tell(self._publish)
        threading.Thread(target=self.pictures.prepare, name="call-cards", daemon=True).start()

    @property
    def is_over(self) -> bool:
        """Whether the call has ended."""
        return self.live.state.ended is not None

    def news(self) -> asyncio.Event:
        """What is set when there is more to send; ask for it before looking, in the event loop."""
        if self._news is None or self._news.is_set():
            self._loop, self._news = asyncio.get_running_loop(), asyncio.Event()
        return self._news

    def caught_up_from(self, after: int) -> tuple[bytes, int]:
        """What somebody who has heard up to ``after`` must hear now, and where in ``frames`` they go on."""
        with self.live.lock:
            self.live.catch_up()
            rows = replay(self.live.state, self.live.events, after, now())
            return _written(rows, after), len(self.frames)

    def _publish(self, event: CallEvent) -> None:
        """Write an event for all; the picture is finished before its reveal is told."""
        state = self.live.state
        if event.kind in ("moved", "opened") and state.current is not None and state.current.revealed:
            self.pictures.ready(state.current)
        told = [(event.seq, name, content) for name, content in messages(state, event, now())]
        if told:
            self.frames.append(_written(told, event.seq - 1))
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        if self._news is not None:
            self._news.set()


def _written(rows: list[tuple[int, str, dict[str, Any]]], before: int) -> bytes:
    """Messages as an event stream. Where one entry makes several, only the last carries its number.

    A line that drops between two of them is taken up before the first.
    """
    parts = []
    for i, (seq, name, content) in enumerate(rows):
        is_last = i + 1 == len(rows) or rows[i + 1][0] != seq
        number = seq if is_last else max(seq - 1, before, 0)
        parts.append(b"id: %d\nevent: %s\ndata: %s\n\n" % (number, name.encode(), orjson.dumps(content)))
    return b"".join(parts)


class Rooms:
    """The calls that are on in this process, by id. ``readers`` are the kinds of reader that may come by."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self._lock = threading.Lock()
        self._followers: dict[str, threading.Thread] = {}

    def room(self, database: Database, call: Call, home: Path, readers: tuple[Reader, ...]) -> Room:
        """The room of a call, opened when it is first asked for, caught up with its log."""
        with self._lock:
            self._let_go()
            room = self._rooms.get(call.id)
            if room is None:
                room = self._rooms[call.id] = Room(database, call, home, readers)
            room.last_used = time.monotonic()
            self._have_followed(database)
            return room

    def _have_followed(self, database: Database) -> None:
        """Have somebody look after the logs of a store, from the first call of it that is on here."""
        follower = self._followers.get(_store(database))
        if follower is None or not follower.is_alive():
            follower = threading.Thread(target=self._follow, args=(database,), name="call-log", daemon=True)
            self._followers[_store(database)] = follower
            follower.start()

    def _let_go(self) -> None:
        """Forget calls that nobody has listened to for ten minutes: they are in the store."""
        idle = time.monotonic() - KEPT_IDLE_SECONDS
        for key in [key for key, room in self._rooms.items() if not room.listeners and room.last_used < idle]:
            del self._rooms[key]

    def _listened_to(self, database: Database) -> dict[str, Room]:
        with self._lock:
            here = {key: room for key, room in self._rooms.items() if _store(room.live.database) == _store(database)}
        return {key: room for key, room in here.items() if room.listeners}

    def _follow(self, database: Database) -> None:
        """Keep the rooms up with their logs for as long as the process lives."""
        while True:
            try:
                if database.engine.dialect.name == "postgresql":
                    self._listen(database)
                else:
                    time.sleep(POLL_SECONDS)
                    self._look(database)
            except PlainError:
                time.sleep(1.0)  # the store is away: it is asked again
            except Exception:
                logging.getLogger(__name__).exception("The log of a call could not be followed.")
                time.sleep(1.0)

    def _look(self, database: Database) -> None:
        rooms = self._listened_to(database)
        if not rooms:
            return
        newest = log.newest(database, list(rooms))
        for key, room in rooms.items():
            if newest.get(key, 0) > room.live.state.seq:
                room.live.catch_up()

    def _listen(self, database: Database) -> None:
        """Wait for PostgreSQL to tell of a longer log; now and then look without being told."""
        import psycopg

        address = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"LISTEN {log.CHANNEL}")
                while True:
                    for told in connection.notifies(timeout=UNTOLD_SECONDS, stop_after=1):
                        room = self._listened_to(database).get(told.payload)
                        if room is not None:
                            room.live.catch_up()
                    self._look(database)
        except psycopg.OperationalError as away:
            raise PlainError("The workspace store does not answer just now: please try again in a moment.") from away


def _store(database: Database) -> str:
    """A store by its address."""
    return database.engine.url.render_as_string(hide_password=True)


ROOMS = Rooms()
