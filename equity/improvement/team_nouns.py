"""The records of the team itself: what it tells of its history."""

from __future__ import annotations

from equity.improvement.history import Acknowledgement, HistoryEvent
from equity.store.records.nouns import NOUNS, Noun

EVENT: Noun[HistoryEvent] = NOUNS.add(Noun("history_event", HistoryEvent, "this event"))
ACKNOWLEDGEMENT: Noun[Acknowledgement] = NOUNS.add(Noun("acknowledgement", Acknowledgement, "this statement"))
