"""Opening a call: its cards, what they are asked from, what opens its page; adding a card while it is on.

Whether a person may lead is asked here (`lead_call`); a facilitator's key was given by somebody who may.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equity.access import may as access
from equity.access import opens
from equity.access.here import Here
from equity.access.opens import require_open
from equity.actions.calls import call_cards
from equity.actions.calls.call_weights import to_be_weighed
from equity.actions.calls.live_calls import LiveCall
from equity.actions.sources import CallSource, ReleaseSource, WorkspaceSource
from equity.calls.codes import new_code
from equity.calls.events import CallEvent
from equity.calls.stages import USUAL, agenda_of
from equity.calls.state import CallState
from equity.cards.recipe import Recipe
from equity.store.files import versions
from equity.store.records import calls as log
from equity.store.records.calls import Call, NewEntry
from equity.store.workspace.database import Database
from equity.store.workspace.people import person
from equity.store.workspace.person import LOCAL_OWNER
from equity.vocabulary import PlainError
from equity.words.call.call_weights import NOTHING_TO_WEIGH
from equity.words.escaping import one_line

CODES_TRIED = 20
MOST_CARDS = 30


@dataclass(frozen=True)
class Opened:
    """A call that was opened: the address to join it, and the code that can be said aloud. Both are shown once."""

    call: Call
    token: str
    code: str

    @property
    def join(self) -> str:
        """The address of the participant's page on this server."""
        return f"/call/{self.token}"


@dataclass(frozen=True)
class Plan:
    """What a call is opened with. No ``stages`` are the usual ones; ``minutes`` is for one card, 0 keeps the usual.

    ``decision`` is the id of what the call weighs: it puts the stage “weigh” on the agenda.
    """

    dataset: str
    cards: tuple[Recipe, ...]
    title: str = ""
    release_id: str = ""
    stages: tuple[str, ...] = ()
    minutes: float = 0
    names_in_minutes: bool = True
    decision: str = ""


def recipes(home: Path, dataset: str, cards: Sequence[str]) -> tuple[Recipe, ...]:
    """Cards written as links, of a dataset's current version; raises :class:`PlainError` for one it cannot answer."""
    description = versions.current_version(home, dataset).description()
    return tuple(call_cards.recipe_of(text, description) for text in cards)


def open_call(place: Here, home: Path, plan: Plan) -> Opened:
    """Open a call. Raises :class:`PlainError` where a card cannot be made from what the call shows."""
    leading = access.require(place.database, place.person, place.workspace, "lead_call")
    if not 1 <= len(plan.cards) <= MOST_CARDS:
        raise PlainError(f"A call needs 1 to {MOST_CARDS} cards: choose one on any page, or name it with --card.")
    source = _asked_from(place, home, plan.release_id)
    if isinstance(source, ReleaseSource):
        _refuse_foreign_release(place, home, plan)
    decision, stages = "", plan.stages
    if plan.decision:
        decision = to_be_weighed(place, plan.decision).id
        stages = tuple(dict.fromkeys((*(stages or USUAL), "weigh")))
    elif "weigh" in stages:
        raise PlainError(NOTHING_TO_WEIGH)
    title = one_line(plan.title).strip() or call_cards.asked(call_cards.fitting(plan.cards[0], source), source)
    body: dict[str, Any] = {
        "title": title,
        "cards": [call_cards.as_event(each, source) for each in plan.cards],
        "agenda": [{"stage": i.stage, "minutes": i.minutes} for i in agenda_of(stages, plan.minutes)],
        "names": plan.names_in_minutes,
        "facilitator": leading.shown_name,
        "decision": decision,
    }
    call = log.open_call(
        place.database,
        place.workspace,
        by=leading,
        title=title,
        dataset=plan.dataset,
        release_id=plan.release_id,
        opening=NewEntry("opened", body),
    )
    return _admit_people(place.database, call)


def open_again(place: Here, call: Call) -> Opened:
    """A new link and a new code for a call of this workspace; earlier ones go on opening it."""
    access.require(place.database, place.person, place.workspace, "lead_call")
    require_open(place.database, place, opens.call(call.id))
    return _admit_people(place.database, call)


def _admit_people(database: Database, call: Call) -> Opened:
    token = log.admit(database, call.id, "link")
    for _ in range(CODES_TRIED):
        code = new_code()
        try:
            log.admit(database, call.id, "code", code)
        except PlainError:
            continue
        return Opened(call, token, code)
    raise PlainError("There is no free code just now: please end calls that are over, then try again.")


def lead_key(place: Here, call: Call) -> str:
    """A key with which this call can be led, for a day. Raises :class:`NotAllowed` for whoever may not."""
    access.require(place.database, place.person, place.workspace, "lead_call")
    require_open(place.database, place, opens.call(call.id))
    return log.key_for(place.database, call.id, place.person)


def leads(database: Database, call: Call, key: str) -> bool:
    """Whether a key leads this call, now: its time lasts, and so does the role of the person it was given to."""
    admission = log.admission(database, key) if key else None
    if admission is None or admission.kind != "lead" or admission.call.id != call.id or admission.is_over:
        return False
    return access.may(database, person(database, admission.given_to), call.workspace, "lead_call")


def _asked_from(place: Here, home: Path, release_id: str) -> CallSource:
    """What the question of a call is asked from: its release where it has one, so that it names nothing else."""
    return ReleaseSource(place, home, release_id) if release_id else WorkspaceSource(place, home)


def workspace_source(database: Database, home: Path, call: Call) -> WorkspaceSource:
    """The full numbers of a call, for members of its workspace alone."""
    return WorkspaceSource(Here(database, call.workspace, LOCAL_OWNER), home)


def release_source(database: Database, home: Path, call: Call) -> ReleaseSource | None:
    """The release that a call shows to whoever is no member; None where it has none."""
    if not call.release_id:
        return None
    return ReleaseSource(Here(database, call.workspace, LOCAL_OWNER), home, call.release_id)


def remember_finding(live: LiveCall, number: int, finding: str) -> CallEvent | None:
    """Keep the finding of a revealed card in the log, once: what we saw then, beside what the data say later."""

    def decide(state: CallState) -> NewEntry | None:
        card = state.card_at(number)
        if card is None or not card.revealed or card.sentence or not finding:
            return None
        return NewEntry("remembered", {"card": number, "sentence": finding})

    return live.append(decide)


def finding_of(live: LiveCall, home: Path, number: int) -> str:
    """The finding of a card as the call shows it; empty when the card cannot be made."""
    card = live.state.card_at(number)
    source = release_source(live.database, home, live.call) or workspace_source(live.database, home, live.call)
    try:
        return "" if card is None else call_cards.card_of(card, source).finding
    except PlainError:
        return ""


def _refuse_foreign_release(place: Here, home: Path, plan: Plan) -> None:
    """Refuse a release that is revoked, another workspace's, or of another dataset."""
    release = ReleaseSource(place, home, plan.release_id).release()
    if release.dataset != plan.dataset:
        raise PlainError(
            f"The release “{plan.release_id}” is of “{release.dataset}”, not of “{plan.dataset}”: choose one of it."
        )
