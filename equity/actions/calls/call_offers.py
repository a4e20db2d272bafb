"""A card that a member found while they looked around: offered to a call, and added by whoever leads.

The call keeps how the card is made and what it asks, as of any other of its cards: no number of it.
"""

from __future__ import annotations

from pathlib import Path

from equity.access.here import Here
from equity.access.may import require
from equity.actions.calls import call_cards
from equity.actions.calls.call_moves import refuse_ended
from equity.actions.calls.call_opening import MOST_CARDS, release_source, workspace_source
from equity.actions.calls.call_voices import NotThere
from equity.actions.calls.live_calls import LiveCall
from equity.calls.events import CallEvent
from equity.calls.state import CallState
from equity.cards.recipe import Recipe
from equity.store.records.calls import NewEntry
from equity.store.workspace.tables import new_id
from equity.vocabulary import PlainError
from equity.words.call.calls import REFUSED

MOST_OFFERS = 30


def offer_card(here: Here, home: Path, live: LiveCall, made: Recipe) -> CallEvent | None:
    """Offer a card to a call of the workspace that is looked at; one that it has already changes nothing.

    Raises :class:`PlainError` where it is another workspace's or has ended, or what it shows cannot answer the card.
    """
    person = require(here.database, here.person, here.workspace, "see_workspace")
    if live.call.workspace != here.workspace:
        raise NotThere(REFUSED["no call"])
    source = release_source(live.database, home, live.call) or workspace_source(live.database, home, live.call)
    body = call_cards.as_event(made, source)

    def decide(state: CallState) -> NewEntry | None:
        refuse_ended(state)
        known = [card.link for card in state.cards] + [offer.card["link"] for offer in state.offers.values()]
        if body["link"] in known:
            return None
        if sum(not offer.taken for offer in state.offers.values()) >= MOST_OFFERS:
            raise PlainError(REFUSED["many offers"])
        return NewEntry("offered", {"id": new_id(), "card": body, "name": person.shown_name})

    return live.append(decide)


def take_offer(live: LiveCall, offer_id: str) -> CallEvent | None:
    """Add a card that was offered, at the end; adding it twice changes nothing.

    Whoever calls this has shown that they lead. Raises :class:`NotThere` for no such offer.
    """

    def decide(state: CallState) -> NewEntry | None:
        refuse_ended(state)
        offer = state.offers.get(offer_id)
        if offer is None:
            raise NotThere(REFUSED["no offer"])
        if offer.taken:
            return None
        if len(state.cards) >= MOST_CARDS:
            raise PlainError(f"A call has {MOST_CARDS} cards at most.")
        return NewEntry("card_added", {"card": dict(offer.card), "offer": offer.id})

    return live.append(decide)
