"""A call that is on, as one process holds it: its state, kept up with the log, and adding to the log.

Any number of processes may hold the same call and add to it. Whoever adds is told, under the log's lock, what others
have added meanwhile, so what is decided is decided on the whole state.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import cast

from equity.access import opens
from equity.access.here import Here
from equity.access.opens import require_open
from equity.calls.events import CallEvent, Kind
from equity.calls.state import CallState
from equity.store.records import calls as log
from equity.store.records.calls import Call, LogEntry, NewEntry
from equity.store.workspace.database import Database

Told = Callable[[CallEvent], None]


class LiveCall:
    """A call's state in this process. Safe to use from several threads.

    ``events`` are all that are in the state. A listener is told each event once, in order, when it is in the state.
    """

    def __init__(self, database: Database, call: Call) -> None:
        self.database = database
        self.call = call
        self.state = CallState()
        self.events: list[CallEvent] = []
        self.lock = threading.RLock()
        self._told: list[Told] = []
        self.catch_up()

    def tell(self, told: Told) -> None:
        """Tell every event from now on to this listener."""
        with self.lock:
            self._told.append(told)

    def catch_up(self) -> None:
        """Take in what others have added to the log."""
        with self.lock:
            self._take_in(log.events_after(self.database, self.call.id, self.state.seq))

    def append(self, decide: Callable[[CallState], NewEntry | None]) -> CallEvent | None:
        """Add what ``decide`` makes of the state as it is now; None when it decides that there is nothing to add.

        When this returns, the event is on the disk and in the state. ``decide`` raises
        :class:`equity.vocabulary.PlainError` to refuse, and then nothing is added.
        """
        with self.lock:
            known, added = self.state.seq, False

            def decided(before: tuple[LogEntry, ...]) -> NewEntry | None:
                nonlocal added
                self._take_in(before)
                wanted = decide(self.state)
                added = wanted is not None
                return wanted

            entries = log.add_event(self.database, self.call.id, known, lambda before: decided(tuple(before)))
            self._take_in(entries)
            return self.events[-1] if added else None

    def _take_in(self, entries: tuple[LogEntry, ...]) -> None:
        for entry in entries:
            if entry.seq <= self.state.seq:
                continue
            event = CallEvent(entry.seq, entry.at, cast("Kind", entry.kind), entry.body)
            self.state.apply(event)
            self.events.append(event)
            for told in self._told:
                told(event)


def own_call(place: Here, call_id: str) -> LiveCall:
    """A call of the workspace that is looked at; raises :class:`PlainError` as of one that never was for another's."""
    require_open(place.database, place, opens.call(call_id))
    return live_call(place.database, call_id)


def live_call(database: Database, call_id: str) -> LiveCall:
    """The call with this id, with all that is in its log; raises :class:`PlainError` when there is none."""
    return LiveCall(database, log.call_by_id(database, call_id))
