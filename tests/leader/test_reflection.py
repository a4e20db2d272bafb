"""A leader reads a reflection from a link: what was shared with leaders, cards by the release, and nothing hidden."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from equity.access.here import Here
from equity.actions.calls.call_cards import recipe_of
from equity.actions.sources import WorkspaceSource
from equity.actions.work import history
from equity.actions.work import reflections as actions
from equity.cards.made_again import made_again
from equity.improvement.team.history import Acknowledgement
from equity.improvement.team.reflections import PinnedCard, ReflectionPart, carried
from equity.improvement.team.team_nouns import ACKNOWLEDGEMENT, PART, PINNED, POINT, REFLECTION, REPLY
from equity.store.files.versions import current_version
from equity.store.records import shelf
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.words.work import reflections as words
from tests.leader.places import CONTROL, DATASET, Place
from tests.leader.received import page_texts
from tests.pages.opened import html_of
from tests.pages.people import app_for, claims, opened_as

ALONE, SHARED = "For the team alone <b>", "<img src=x onerror=alert(1)> an hour of IT"
CARD = f"disparities?measure={CONTROL}&by=race&period=2022"


@pytest.fixture
def here(place: Place) -> Iterator[Here]:
    at = Here(place.database, HOME_WORKSPACE, LOCAL_OWNER)
    yield at
    for noun in (REFLECTION, PART, PINNED, POINT, REPLY):
        for kept in shelf.listed(at.database, at.workspace, noun):
            shelf.withdraw(at.database, at.workspace, noun, kept.id, seen_version=kept.version, by=at.person)  # type: ignore[misc]


@pytest.fixture
def record(place: Place, here: Here) -> str:
    kept = actions.begin_reflection(here, "2023-Q4")
    part = actions.begin_part(here, kept, "aims")
    actions.save_part(here, kept, part, ReflectionPart("aims", progress=ALONE, help=SHARED))
    source = WorkspaceSource(here, place.home)
    recipe = recipe_of(CARD, current_version(place.home, DATASET).description())
    then = f"{made_again(recipe, source).finding} Samoan patients: 3 of 13."
    actions.pin(here, kept, PinnedCard("aims", recipe.parameters(), "How do groups compare?", then))
    actions.share(here, kept.id, "leaders", ("aims.help",))
    actions.sign_off(here, kept.id)
    return kept.id


def test_a_leader_reads_and_answers_on_a_phone(place: Place, here: Here, record: str) -> None:
    _, token = actions.link_for_leader(here, record, place.releases[-1].id, days=30)
    app: AppTest = app_for(None, link=token).run()
    assert not app.exception
    text = "\n".join(page_texts(app))
    assert "Reflection of Q4 2023" in text
    assert "an hour of IT" in text
    assert "How do groups compare?" in text
    assert (ALONE in text, "For the team alone" in text, "3 of 13" in text) == (False, False, False)
    assert "<img" not in html_of(app)
    assert words.NOT_IN_RELEASE not in text
    assert [b.label for b in app.button if b.label == "Send"] == []  # one answer, and it goes to the reflection
    fields = {field.label: field for field in (*app.text_input, *app.text_area)}
    fields[words.NAME].set_value("Eve")
    fields[words.READ].set_value("An hour of IT is missing")
    fields[words.WILL_DO].set_value("I ask for it on Monday")
    next(b for b in app.button if b.label == words.SEND).click().run()
    assert words.THANKS in html_of(app)
    [reply] = actions.written(here, record).replies
    assert (reply.content.name, reply.content.will_do, reply.author) == ("Eve", "I ask for it on Monday", "")
    [point] = carried((kept.content for kept in actions.points(here)), "2024-Q1")
    assert point.promised_by == "Eve"


def test_a_card_that_the_release_does_not_hold_says_so(place: Place, here: Here, record: str) -> None:
    [card] = actions.written(here, record).pinned
    actions.unpin(here, card)
    odd = {**card.content.link, "measure": "Kept in the team"}
    actions.pin(here, actions.written(here, record).kept, PinnedCard("aims", odd, "Kept?", "secret 77.7%"))
    _, token = actions.link_for_leader(here, record, place.releases[-1].id, days=30)
    text = "\n".join(page_texts(app_for(None, link=token).run()))
    assert words.NOT_IN_RELEASE in text
    assert "77.7" not in text


def test_who_is_signed_in_as_a_leader_reads_it_and_a_facilitator_does_not(
    place: Place, here: Here, record: str
) -> None:
    assert "an hour of IT" in html_of(opened_as(claims("leader"), "leader"))
    facilitator = opened_as(claims("facilitator"), "leader")
    assert not facilitator.exception
    assert "an hour of IT" not in html_of(facilitator)
    actions.share(here, record, "leaders", ())
    assert "an hour of IT" not in html_of(opened_as(claims("leader"), "leader"))


def test_a_leader_reads_a_statement_once_it_is_approved_and_shared(place: Place, here: Here) -> None:
    words_of_it = Acknowledgement("Northside <i>", "We turned people away", "Families", "The board", "A council")
    kept = history.begin_statement(here, words_of_it, "leaders")
    assert "We turned people away" not in html_of(opened_as(claims("leader"), "leader"))
    kept = history.approve_statement(here, kept, "The board of 2024")
    text = html_of(opened_as(claims("leader"), "leader"))
    assert "We turned people away" in text
    assert "Approved by The board of 2024" in text
    assert "<i>" not in text
    assert "We turned people away" not in html_of(opened_as(claims("facilitator"), "leader"))
    kept = history.choose_readers(here, kept, "team")
    assert "We turned people away" not in html_of(opened_as(claims("leader"), "leader"))
    shelf.withdraw(here.database, here.workspace, ACKNOWLEDGEMENT, kept.id, seen_version=kept.version, by=here.person)
