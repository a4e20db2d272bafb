"""What whoever leads a call does while it is on: move, hide, type what was said, hand over, end.

No card is made here, so a move is told at once; the pictures are worked out where they are shown. Whoever calls these
has asked whether the person may lead (`lead_call`), or was shown a key that somebody who may has given.
"""

from __future__ import annotations

from equity.actions.calls.call_voices import LONGEST_NAME, LONGEST_WORDS, NotThere, Over
from equity.actions.calls.live_calls import LiveCall
from equity.calls.events import CallEvent
from equity.calls.stages import Stage, read_stage
from equity.calls.state import CallState
from equity.store.records import calls as log
from equity.store.records.calls import NewEntry
from equity.store.workspace import audit_log
from equity.store.workspace.person import Person
from equity.store.workspace.tables import new_id
from equity.vocabulary import PlainError
from equity.vocabulary.lenses import read_lens
from equity.words.call.call_weights import NOTHING_TO_WEIGH
from equity.words.call.calls import REFUSED
from equity.words.escaping import one_line
from equity.words.labels.server import SERVER_TEXTS


def move(live: LiveCall, *, card: int | None = None, stage: str | None = None) -> CallEvent | None:
    """Go to a card, to a stage, or both.

    A card without a stage goes on where it was left; one that was not on yet begins with the agenda's first stage.
    """
    wanted = None if stage is None else read_stage(stage)

    def decide(state: CallState) -> NewEntry:
        refuse_ended(state)
        number, to = _where_to(state, card, wanted)
        return NewEntry("moved", {"card": number, "stage": to})

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
    kept, seen_from, named = words.strip()[:LONGEST_WORDS], read_lens(lens), read_stage(stage)
    client = log.hash_of(f"{live.call.id}:scribe:{client_id or new_id()}")
    if not kept:
        raise PlainError(REFUSED["empty"])

    def decide(state: CallState) -> NewEntry | None:
        refuse_ended(state)
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
    shown = state.card_at(number)
    if stage == "weigh" and not state.weighed.decision:
        raise PlainError(NOTHING_TO_WEIGH)
    if shown is None:
        raise NotThere(SERVER_TEXTS["this_call_has_no_card"].format(number=number, cards=len(state.cards)))
    return number, stage or shown.last_stage or state.first_stage()


def refuse_ended(state: CallState) -> None:
    if state.ended is not None:
        raise Over(REFUSED["ended"])
