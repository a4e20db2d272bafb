"""A card of a call, and the guesses beside it, as an answer: finished bytes in the coding that a browser takes."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from equity.actions.calls import call_cards
from equity.calls.state import CallCard
from equity.calls.views import guesses_of
from equity.server.calls.pictures import Finished, Reader, finished
from equity.server.calls.rooms import Room
from equity.server.compression import best_coding
from equity.server.json_answers import Refused
from equity.words.call.calls import REFUSED


def guesses(room: Room, card: CallCard, reader: Reader) -> Finished:
    """The guesses of a card beside what this reader may see of it."""
    made = room.pictures.opened(card, reader).made if reader != "none" else None
    with room.live.lock:
        return finished(call_cards.guesses(card, made, guesses_of(room.live.state, card.number)))


def card_of(room: Room, text: str) -> CallCard:
    """The card of that number; 0 is the one that is on."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else -1
    card = room.live.state.card_at(number or room.live.state.card)
    if card is None:
        raise Refused(404, REFUSED["no card"].format(n=text[:9]))
    return card


def sent(request: Request, done: Finished) -> Response:
    """Finished bytes in the coding that the browser takes; nothing when it has them already."""
    tag = f'"{done.tag}"'
    headers = {"ETag": tag, "Vary": "Accept-Encoding, X-Participant", "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    coding = best_coding(request.headers)
    if coding:
        headers["Content-Encoding"] = coding
    return Response(done.bodies[coding], media_type="application/json", headers=headers)
