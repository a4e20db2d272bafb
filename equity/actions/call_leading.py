"""What whoever leads a call does: open, move, add a card, hide, type what was said, hand over, end.

Whether a person may lead is asked here (`lead_call`); a facilitator's key was given by somebody who may.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equity.access import may as access
from equity.access.here import Here
from equity.actions import call_cards
from equity.actions.call_voices import LONGEST_NAME, NotThere, Over
from equity.actions.live_calls import LiveCall
from equity.actions.sources import CallSource, ReleaseSource, WorkspaceSource
from equity.calls.codes import new_code
from equity.calls.events import CallEvent
from equity.calls.lenses import read_lens
from equity.calls.stages import RULES, Stage, agenda_of, read_stage
from equity.calls.state import CallCard, CallState
from equity.cards.recipe import Recipe
from equity.release.shelf import opened as opened_release
from equity.store import audit_log, versions
from equity.store.belonging import workspace_of_release
from equity.store.database import Database
from equity.store.person import LOCAL_OWNER, Person
from equity.store.records import calls as log
from equity.store.records.calls import Call, NewEntry
from equity.store.tables import new_id
from equity.vocabulary import PlainError
from equity.words.calls import REFUSED
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
    """What a call is opened with. No ``stages`` are all; ``minutes`` is for one card, 0 keeps the usual ones."""

    dataset: str
    cards: tuple[Recipe, ...]
    title: str = ""
    release_id: str = ""
    stages: tuple[str, ...] = ()
    minutes: float = 0
    names_in_minutes: bool = True


def recipes(home: Path, dataset: str, cards: Sequence[str]) -> tuple[Recipe, ...]:
    """Cards written as links, of a dataset's current version; raises :class:`PlainError` for one it cannot answer."""
    description = versions.current_version(home, dataset).description()
    return tuple(call_cards.recipe_of(text, description) for text in cards)


def open_call(place: Here, home: Path, plan: Plan) -> Opened:
    """Open a call. Raises :class:`PlainError` where a card cannot be made from what the call shows."""
    person = access.require(place.database, place.person, place.workspace, "lead_call")
    if not 1 <= len(plan.cards) <= MOST_CARDS:
        raise PlainError(f"A call needs 1 to {MOST_CARDS} cards: choose one on any page, or name it with --card.")
    source = asked_from(place, home, plan.release_id)
    if isinstance(source, ReleaseSource):
        _refuse_foreign_release(place, home, plan)
    title = one_line(plan.title).strip() or call_cards.asked(call_cards.fitting(plan.cards[0], source), source)
    body: dict[str, Any] = {
        "title": title,
        "cards": [call_cards.as_event(each, source) for each in plan.cards],
        "agenda": [{"stage": i.stage, "minutes": i.minutes} for i in agenda_of(plan.stages, plan.minutes)],
        "names": plan.names_in_minutes,
        "facilitator": person.shown_name,
    }
    call = log.open_call(
        place.database,
        place.workspace,
        by=person,
        title=title,
        dataset=plan.dataset,
        release_id=plan.release_id,
        opening=NewEntry("opened", body),
    )
    return admit_people(place.database, call)


def admit_people(database: Database, call: Call) -> Opened:
    """A new link and a new code for a call; earlier ones go on opening it."""
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
    _refuse_foreign(place, call)
    return log.admit(place.database, call.id, "lead")


def asked_from(place: Here, home: Path, release_id: str) -> CallSource:
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


def move(live: LiveCall, home: Path, *, card: int | None = None, stage: str | None = None) -> CallEvent | None:
    """Go to a card, to a stage, or both. The picture is worked out before anybody hears of its reveal.

    A card without a stage goes on where it was left; one that was not on yet begins with the agenda's first stage.
    """
    wanted = None if stage is None else read_stage(stage)
    live.catch_up()
    number, to = _where_to(live.state, card, wanted)
    finding = _finding(live, home, number, to)

    def decide(state: CallState) -> NewEntry:
        _refuse_ended(state)
        return NewEntry("moved", {"card": number, "stage": to, "sentence": finding})

    return live.append(decide)


def add_card(live: LiveCall, home: Path, made: Recipe) -> CallEvent | None:
    """Put one more card at the end."""
    place = Here(live.database, live.call.workspace, LOCAL_OWNER)
    body = call_cards.as_event(made, asked_from(place, home, live.call.release_id))

    def decide(state: CallState) -> NewEntry:
        _refuse_ended(state)
        if len(state.cards) >= MOST_CARDS:
            raise PlainError(f"A call has {MOST_CARDS} cards at most.")
        return NewEntry("card_added", {"card": body})

    return live.append(decide)


def hide(live: LiveCall, contribution: str, reason: str) -> CallEvent | None:
    """Hide a contribution; everybody reads why."""
    said = one_line(reason, 200).strip()
    if not said:
        raise PlainError(REFUSED["no reason"])

    def decide(state: CallState) -> NewEntry:
        if contribution not in state.contributions:
            raise NotThere(REFUSED["no contribution"])
        return NewEntry("hidden", {"id": contribution, "reason": said})

    return live.append(decide)


def scribe(live: LiveCall, stage: str, lens: str, words: str, client_id: str) -> CallEvent | None:
    """Type in what somebody said aloud, under a lens; it carries no name."""
    kept, seen_from, named = words.strip()[:4_000], read_lens(lens), read_stage(stage)
    client = log.hash_of(f"{live.call.id}:scribe:{client_id or new_id()}")
    if not kept:
        raise PlainError(REFUSED["empty"])

    def decide(state: CallState) -> NewEntry | None:
        _refuse_ended(state)
        if client in state.by_client:
            return None
        body = {
            "id": new_id(),
            "stage": named,
            "card": state.card,
            "words": kept,
            "anchor": None,
            "lens": seen_from,
            "participant": "",
            "name": "",
            "client": client,
            "scribe": True,
        }
        return NewEntry("contributed", body, client)

    return live.append(decide)


def hand_over(live: LiveCall, name: str) -> CallEvent | None:
    """Say who leads from now on. They lead with a key of their own, or with this one."""
    said = one_line(name, LONGEST_NAME).strip()
    if not said:
        raise PlainError(REFUSED["no name"])
    return live.append(lambda state: NewEntry("handed_over", {"name": said}))


def end(live: LiveCall, by: Person | None) -> CallEvent | None:
    """End a call for everybody; ending it twice changes nothing. Logged."""
    event = live.append(lambda state: None if state.ended else NewEntry("ended", {}))
    if event is not None:
        facts: dict[str, str | int] = {
            "call": live.call.id,
            "participants": len(live.state.participants),
            "contributions": len(live.state.contributions),
        }
        audit_log.record(live.database, live.call.workspace, by, "call_ended", live.state.title, facts)
    return event


def became(live: LiveCall, contribution: str, words: str) -> CallEvent | None:
    """Say later what became of a contribution."""
    said = one_line(words, 500).strip()
    if contribution not in live.state.contributions:
        raise NotThere(REFUSED["no contribution"])
    return live.append(lambda state: NewEntry("became", {"id": contribution, "words": said}))


def _where_to(state: CallState, card: int | None, stage: Stage | None) -> tuple[int, Stage]:
    number = state.card if card in (None, 0) else int(card or 0)
    found = state.card_at(number)
    if found is None:
        raise NotThere(f"This call has no card {number}: it has {len(state.cards)}.")
    return number, stage or found.last_stage or state.first_stage()


def _finding(live: LiveCall, home: Path, number: int, stage: Stage) -> str:
    """The card's sentence when this is its reveal, kept in the log as it was; empty when it cannot be made."""
    card: CallCard | None = live.state.card_at(number)
    if card is None or not RULES[stage].shows_picture or card.revealed:
        return ""
    source: CallSource = workspace_source(live.database, home, live.call)
    try:
        return call_cards.card_of(card, release_source(live.database, home, live.call) or source).finding
    except PlainError:
        return ""


def _refuse_ended(state: CallState) -> None:
    if state.ended is not None:
        raise Over(REFUSED["ended"])


def _refuse_foreign(place: Here, call: Call) -> None:
    if call.workspace != place.workspace:
        raise PlainError("This call is not one of this workspace.")


def _refuse_foreign_release(place: Here, home: Path, plan: Plan) -> None:
    """Refuse a release that is revoked, another workspace's, or of another dataset."""
    release = opened_release(home, plan.release_id)
    if workspace_of_release(place.database, release.id, release.dataset) != place.workspace:
        raise PlainError(f"There is no release “{plan.release_id}” in this workspace.")
    if release.dataset != plan.dataset:
        raise PlainError(
            f"The release “{plan.release_id}” is of “{release.dataset}”, not of “{plan.dataset}”: choose one of it."
        )
