"""A practice call on the sample data: thirty made-up people who have guessed, written and voted already.

Whoever steps through it alone sees each stage fill as if the call were on. Names and words are made up, and the title
says so.
"""

from __future__ import annotations

import random
import secrets
from pathlib import Path
from typing import Any, Final

from equity.access.here import Here
from equity.access.may import require
from equity.actions.calls.call_opening import Opened, Plan, open_call, recipes
from equity.actions.calls.live_calls import LiveCall
from equity.calls.stages import Stage
from equity.store.records.calls import NewEntry, hash_of
from equity.store.workspace.tables import new_id
from equity.words.call.practice_call import (
    GUESSED_GROUPS,
    LOOK_AT,
    NAMES,
    NOTICED,
    SO_WHAT,
    TESTS,
    TITLE,
    WONDERED,
)

SEED: Final = 20
CARDS: Final = (
    "disparities?measure=Controlled blood pressure&by=race",
    "trends?measure=Controlled blood pressure&by=race",
)
LENSES: Final = (
    *["data"] * 6,
    *["quality improvement"] * 6,
    *["equity"] * 5,
    *["patient-facing care"] * 8,
    *["community"] * 3,
    *["leadership"] * 2,
)


def open_practice(place: Here, home: Path, dataset: str) -> Opened:
    """Open a practice call on the sample dataset, with its made-up people in it."""
    require(place.database, place.person, place.workspace, "lead_call")
    plan = Plan(dataset, recipes(home, dataset, CARDS), title=TITLE)
    opened = open_call(place, home, plan)
    fill(LiveCall(place.database, opened.call))
    return opened


def fill(live: LiveCall) -> None:
    """Let the made-up people join, guess, write and vote. The same every time."""
    chance = random.Random(SEED)  # noqa: S311 — made-up people, not secrets
    people = [_joined(live, name, lens) for name, lens in zip(NAMES, LENSES, strict=True)]
    groups = [group for group in GUESSED_GROUPS if group in live.state.cards[0].groups] or [""]
    for who in people:
        far = max(1, round(chance.gauss(9, 5)))
        _wrote(live, who, "predict", "", {"group": chance.choice(groups), "far": far})
    written: list[str] = []
    listed: tuple[tuple[Stage, tuple[str, ...]], ...] = (
        ("look_around", LOOK_AT),
        ("notice", NOTICED),
        ("wonder", WONDERED),
        ("so_what", SO_WHAT),
    )
    for stage, texts in listed:
        for text in texts:
            written.append(_wrote(live, chance.choice(people), stage, text, None, anonymous=chance.random() < 0.2))
    for text, owner, day in TESTS:
        written.append(_wrote(live, chance.choice(people), "next_test", text, None, owner=owner, day=day))
    for who in people:
        for contribution in chance.sample(written, 4):
            body = {"id": contribution, "participant": who["participant"], "on": True}
            live.append(lambda state, body=body: NewEntry("voted", body))  # type: ignore[misc]


def _joined(live: LiveCall, name: str, lens: str) -> dict[str, str]:
    body = {"participant": new_id(), "name": name, "lens": lens, "key": hash_of(secrets.token_urlsafe(24))}
    live.append(lambda state: NewEntry("joined", body))
    return body


def _wrote(
    live: LiveCall,
    who: dict[str, str],
    stage: Stage,
    words: str,
    anchor: Any,
    *,
    anonymous: bool = False,
    owner: str = "",
    day: str = "",
) -> str:
    client = hash_of(secrets.token_urlsafe(24))
    body = {
        "id": new_id(),
        "stage": stage,
        "card": 1,
        "words": words,
        "anchor": anchor,
        "lens": who["lens"],
        "participant": "" if anonymous else who["participant"],
        "name": "" if anonymous else who["name"],
        "client": client,
        "owner": owner,
        "day": day,
    }
    live.append(lambda state: NewEntry("contributed", body, client))
    return str(body["id"])
