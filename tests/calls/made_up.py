"""Logs of made-up calls, written an event a line."""

from __future__ import annotations

import datetime as dt
from typing import Any

from equity.calls.events import CallEvent, Kind
from equity.calls.stages import agenda_of
from equity.calls.state import CallState

START = dt.datetime(2026, 3, 2, 15, 0, tzinfo=dt.UTC)


class Log:
    """A log that grows: each method adds an event."""

    def __init__(self, cards: int = 2) -> None:
        self.events: list[CallEvent] = []
        agenda = [{"stage": item.stage, "minutes": item.minutes} for item in agenda_of(())]
        listed = [
            {"page": "disparities", "link": {}, "question": f"Question {n}?", "asked": f"Asked {n}", "unit": "points"}
            for n in range(1, cards + 1)
        ]
        self.add("opened", {"title": "A call", "cards": listed, "agenda": agenda, "facilitator": "Ada"})

    def add(self, kind: Kind, body: dict[str, Any]) -> CallEvent:
        seq = len(self.events) + 1
        self.events.append(CallEvent(seq, START + dt.timedelta(seconds=seq), kind, body))
        return self.events[-1]

    def joined(self, name: str, lens: str) -> str:
        self.add("joined", {"participant": name, "name": name, "lens": lens, "key": f"key of {name}"})
        return name

    def moved(self, card: int, stage: str) -> CallEvent:
        moved = self.add("moved", {"card": card, "stage": stage})
        if stage != "predict":
            self.add("remembered", {"card": card, "sentence": "The finding, 12 points"})
        return moved

    def wrote(self, name: str, lens: str, stage: str, words: str = "Words", card: int = 1, **more: Any) -> str:
        number = f"c{len(self.events) + 1}"
        body = {"id": number, "stage": stage, "card": card, "words": words, "lens": lens, "participant": name}
        self.add("contributed", {**body, "name": name, "client": f"hash {number}", **more})
        return number

    @property
    def state(self) -> CallState:
        state = CallState()
        for event in self.events:
            state.apply(event)
        return state
