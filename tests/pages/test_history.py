"""The page History: from an empty workspace to an event on the line and an approved statement; hostile text is text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity.access.here import Here
from equity.actions.work import history as actions
from equity.improvement.team.team_nouns import ACKNOWLEDGEMENT, EVENT
from equity.store.records import shelf
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.words.work import history as words
from tests.pages.opened import HOSTILE, Open, html_of
from tests.pages.test_every_page import OURS, tags_of
from tests.pages.test_focus import press


@pytest.fixture
def here(home: Path) -> Iterator[Here]:
    """The workspace of the local owner; what was written is withdrawn afterwards."""
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    yield place
    for noun in (EVENT, ACKNOWLEDGEMENT):
        for kept in shelf.listed(place.database, place.workspace, noun):
            seen = {"seen_version": kept.version, "by": place.person}
            shelf.withdraw(place.database, place.workspace, noun, kept.id, **seen)  # type: ignore[arg-type]


def write(app: AppTest, label: str, value: str) -> AppTest:
    fields = [*app.text_input, *app.text_area]
    return next(field for field in fields if field.label == label).set_value(value).run()


def test_an_event_is_written_and_put_on_the_line(open_page: Open, here: Here) -> None:
    app = open_page("history")
    assert "Made-up example" in html_of(app)
    assert html_of(app).count(words.CONTENT_NOTE) >= 4
    app = press(app, words.BEGIN)
    app = write(app, words.FIELDS["happened"], HOSTILE)
    [kept] = actions.events(here)
    assert kept.content.happened == HOSTILE  # kept as it was typed
    app = press(app, words.PLACE)
    assert "is no date here" in html_of(app)
    app = write(write(app, words.FIELDS["date"], "1958"), words.FIELDS["source"], "<script>alert(1)</script>")
    app = press(app, words.PLACE)
    assert not app.exception
    text = html_of(app)
    assert "1 event of our own" in text
    assert "lens-ours" in text
    assert tags_of(text) <= OURS
    assert actions.events(here)[0].content.placed


def test_what_is_shown_can_be_ours_alone(open_page: Open, here: Here) -> None:
    app = open_page("history")
    assert "lens-theirs" in html_of(app)
    app.session_state["history_whose"] = "ours"
    assert "lens-theirs" not in html_of(app.run())


def test_a_statement_is_approved_and_says_who_may_read_it(open_page: Open, here: Here) -> None:
    app = press(open_page("history"), words.BEGIN_STATEMENT)
    for part in ("happened", "harmed", "now"):
        app = write(app, words.FIELDS[part], f"<b>{part}</b>")
    app = press(write(app, "Approved by", "The board"), words.APPROVE)
    assert "Approved by The board" in html_of(app)
    assert "The team may read it" in html_of(app)
    box = next(s for s in app.selectbox if s.label == "Who may read it")
    app = press(box.set_value("leaders").run(), "Change who may read it")
    assert "The team and its leaders may read it" in html_of(app)
    assert "<b>now" not in html_of(app)


def test_two_texts_of_one_event_lie_beside_each_other(open_page: Open, here: Here) -> None:
    app = press(open_page("history"), words.BEGIN)
    [kept] = actions.events(here)
    from dataclasses import replace

    actions.save_event(here, kept, replace(kept.content, our_part="Theirs alone"))
    app = write(app, words.FIELDS["our_part"], "Mine alone")
    text = html_of(app)
    assert "Theirs alone" in text
    assert "Mine alone" in text
    app = press(app, "Save mine over theirs")
    assert actions.events(here)[0].content.our_part == "Mine alone"
