"""A card that somebody found is offered to a call, told to whoever leads alone, and added once."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions.calls import call_moves, call_offers, call_opening
from equity.actions.calls.call_voices import NotThere, Over
from equity.actions.calls.live_calls import LiveCall, live_call
from equity.calls.views import messages, replay, state_view
from equity.cards.recipe import Recipe
from equity.release.plan import Plan as ReleasePlan
from equity.release.policy import policy_of
from equity.sharing import make_release
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PlainError
from tests.actions.calls.test_calls import begun, database, filled, home, place
from tests.actions.work.test_focus import at
from tests.pages.people import DATASET

__all__ = ["database", "filled", "home", "place"]

FOUND = "trends?measure=Controlled blood pressure&by=race"
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def found(home: Path, card: str = FOUND) -> Recipe:
    return call_opening.recipes(home, DATASET, (card,))[0]


def offered(place: Here, home: Path, live: LiveCall) -> str:
    call_offers.offer_card(place, home, live, found(home))
    live.catch_up()
    [offer] = live.state.offers.values()
    return offer.id


def test_an_offer_is_added_once_and_by_its_id(place: Here, home: Path) -> None:
    live = begun(place, home)
    offer = offered(place, home, live)
    assert call_offers.offer_card(place, home, live, found(home)) is None  # it waits already
    assert call_offers.take_offer(live, offer) is not None
    assert call_offers.take_offer(live, offer) is None
    assert [card.page for card in live.state.cards] == ["disparities", "trends"]
    assert live.state.offers[offer].taken
    assert not live.state.cards[1].revealed
    assert live_call(place.database, live.call.id).state == live.state
    with pytest.raises(NotThere):
        call_offers.take_offer(live, "never was")


def test_an_offer_is_told_to_nobody_before_it_is_added(place: Here, home: Path) -> None:
    live = begun(place, home)
    offered(place, home, live)
    told = messages(live.state, live.events[-1], NOW)
    assert [name for name, _ in told] == ["presence"]
    everything = json.dumps([told, state_view(live.state, NOW), replay(live.state, live.events, 0, NOW)])
    assert "trends" not in everything
    assert "over time" not in everything


def test_nothing_is_offered_to_a_call_that_is_over_or_elsewhere(place: Here, home: Path) -> None:
    live = begun(place, home)
    elsewhere = Here(place.database, make_workspace(place.database, "Other", by=LOCAL_OWNER).id, LOCAL_OWNER)
    with pytest.raises(NotThere):
        call_offers.offer_card(elsewhere, home, live, found(home))
    for role in ("leader", "facilitator"):
        with pytest.raises(NotAllowed):
            call_offers.offer_card(at(place.database, role, role=role), home, live, found(home))  # type: ignore[arg-type]
    call_moves.end(live, LOCAL_OWNER)
    with pytest.raises(Over):
        call_offers.offer_card(place, home, live, found(home))
    assert not live.state.offers


def test_a_call_on_a_release_takes_what_the_release_holds(place: Here, home: Path) -> None:
    plan = ReleasePlan(("race",), "year", "none")
    release = make_release(place.database, home, HOME_WORKSPACE, DATASET, plan, policy_of("cms"), by=LOCAL_OWNER).id
    live = begun(place, home, release=release)
    with pytest.raises(PlainError, match="does not hold"):
        by_site = found(home, "disparities?measure=Controlled blood pressure&by=site&period=2024")
        call_offers.offer_card(place, home, live, by_site)
    offered(place, home, live)
