"""What whoever leads a call does by its addresses, and what they see besides. Whoever asks has shown a key."""

from __future__ import annotations

from typing import Any

from equity.actions.calls import call_cards, call_moves, call_offers, call_opening, call_weights
from equity.calls.views import not_reached
from equity.server.calls.pictures import Reader
from equity.server.calls.requests import number, text
from equity.server.calls.rooms import Room
from equity.server.json_answers import Refused
from equity.words.call.calls import FACILITATOR_LINES, REFUSED, STAGE_TITLES


def do(room: Room, given: dict[str, Any]) -> None:
    """Do what a request of theirs names; raises :class:`Refused` for an action that there is not."""
    live = room.live
    match given.get("do"):
        case "move":
            card = number(given.get("card")) or None
            call_moves.move(live, card=card, stage=text(given, "stage") or None)
            _remember(room)
        case "take_offer":
            call_offers.take_offer(live, text(given, "offer"))
        case "hide":
            call_moves.hide(live, text(given, "contribution"), text(given, "reason"))
        case "scribe":
            stage = text(given, "stage") or live.state.stage
            call_moves.scribe(live, stage, text(given, "lens"), text(given, "words"), text(given, "client_id"))
        case "hand_over":
            call_moves.hand_over(live, text(given, "name"))
        case "reveal_weights":
            call_weights.reveal(live)
        case "weigh_again":
            call_weights.again(live)
        case "end":
            call_moves.end(live, None)
        case _:
            raise Refused(422, REFUSED["not found"])


def _remember(room: Room) -> None:
    """Keep the finding of a card that was just revealed, as this call shows it; its bytes are made already."""
    card = room.live.state.current
    if card is None or not card.revealed or card.sentence:
        return
    reader: Reader = "release" if room.live.call.release_id else "team"
    made = room.pictures.opened(card, reader).made if reader in room.pictures.readers else None
    if made is not None:
        call_opening.remember_finding(room.live, card.number, made.finding)


def view(room: Room, reader: Reader) -> dict[str, Any]:
    """What only whoever leads needs: the line to say, questions that fit the picture, what is not reached yet.

    The questions come from the card as this reader may see it, so there are none before its reveal.
    """
    state = room.live.state
    card = state.current
    made = room.pictures.opened(card, reader).made if card is not None and card.revealed and reader != "none" else None
    with room.live.lock:  # nobody adds to what is gone through here
        return {
            "line": FACILITATOR_LINES[state.stage],
            "prompts": call_cards.prompts(made) if made is not None else [],
            "not_reached": [
                {"card": card, "stage": stage, "title": STAGE_TITLES[stage]} for card, stage in not_reached(state)
            ],
            "cards": [{"card": c.number, "question": c.question, "revealed": c.revealed} for c in state.cards],
            "offers": [
                {"id": o.id, "question": str(o.card["question"]), "asked": str(o.card["asked"]), "name": o.name}
                for o in state.offers.values()
                if not o.taken
            ],
            "seq": state.seq,
        }
