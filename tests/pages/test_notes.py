"""Notes on cards, from the expander under a card to the page with all of them; hostile words are text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity.access.here import Here
from equity.actions import notes as actions
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.notes.nouns import NOTE, NOTES_READ
from equity.server import sample_data
from equity.store.records import shelf
from equity.store.workspace.database import workspace_database
from equity.store.workspace.people import remember_person
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.words.escaping import html
from equity.words.page import notes as words
from tests.pages.opened import HOSTILE, Open, html_of
from tests.pages.people import DATASET, ISSUER, MAPPING, small_extract, small_home
from tests.pages.test_every_page import OURS, tags_of
from tests.pages.test_focus import press

MEASURE = "Controlled blood pressure"


@pytest.fixture
def here(home: Path) -> Iterator[Here]:
    """The workspace of the local owner; what was written is withdrawn afterwards."""
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    yield place
    for kept in (*shelf.listed(place.database, place.workspace, NOTE),):
        shelf.withdraw(place.database, place.workspace, NOTE, kept.id, seen_version=kept.version, by=LOCAL_OWNER)
    for mark in shelf.listed(place.database, place.workspace, NOTES_READ):
        shelf.withdraw(place.database, place.workspace, NOTES_READ, mark.id, seen_version=mark.version, by=LOCAL_OWNER)


def opened_expander(open_page: Open) -> AppTest:
    """The page Disparities with the expander of its first card open."""
    app = open_page("disparities", dataset=sample_data.SAMPLE, measure=MEASURE, by="race", period="2024")
    app.session_state["notes_groups"] = True
    return app.run()


def typed(app: AppTest, text: str) -> AppTest:
    [area] = [area for area in app.text_area if area.label in (words.WORDS, words.YOUR_ANSWER)]
    return area.set_value(text).run()


def somebody_wrote(here: Here, text: str, **more: object) -> None:
    """The same note by somebody else who is in the workspace."""
    [mine] = actions.open_on_dataset(here, sample_data.SAMPLE)
    content = replace(mine.content, words=text, kept="2031-01-01T00:00:00+00:00", **more)  # type: ignore[arg-type]
    other = remember_person(here.database, ISSUER, "ben", name="<i>Ben</i>", email="ben@example.org")
    shelf.add(here.database, here.workspace, NOTE, content, by=other, parent=mine.parent)


def test_a_note_goes_from_its_card_to_the_page_of_all(open_page: Open, here: Here) -> None:
    app = press(opened_expander(open_page), words.WRITE)
    app = typed(app, HOSTILE)
    [draft] = actions.readable_notes(here)
    assert draft.content.is_draft
    assert draft.content.words == HOSTILE  # kept as it was typed
    assert "Notes (1)" not in [part.label for part in app.expander]
    app = press(app, words.PUT)
    assert not app.exception
    assert app.session_state["notes_groups"]  # it stays open, under the name that it was opened with
    assert "Notes (1)" not in [part.label for part in app.expander]
    [kept] = actions.readable_notes(here)
    assert kept.content.link["card"] == "disparities.groups"
    assert "points lower" in kept.content.finding
    app = press(app, words.ANSWER)
    app = press(typed(app, "Yes, <b>since March</b>"), words.PUT)
    app.session_state["notes_groups"] = False
    assert "Notes (1)" in [part.label for part in app.run().expander]
    page = open_page("notes")
    text = html_of(page)
    assert "since March" in text
    assert words.THEN in text
    assert tags_of(text) <= OURS
    assert not page.exception
    page = press(page, words.CLOSE)
    assert words.NONE_FIT in html_of(page)
    page.session_state["notes_state"] = "closed"
    assert "since March" in html_of(page.run())


def test_a_note_shows_its_card_as_it_was_and_as_it_is_now(
    open_page: Open, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_home(tmp_path)
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    app = open_page("disparities")
    app.session_state["notes_groups"] = True
    press(typed(press(app.run(), words.WRITE), "Look"), words.PUT)
    [kept] = actions.readable_notes(Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER))
    app = open_page("notes", note=kept.id)
    app.session_state[f"then_now_{kept.id}"] = True
    text = html_of(app.run())
    assert words.SAME_VERSION in text
    assert text.count(html(kept.content.finding)) == 2  # as it was kept, and over the picture made again
    newer = small_extract(tmp_path, seed=11)
    load([newer], DATASET, mapping_from_toml(MAPPING, "test"), "replace", tmp_path / "home")
    text = html_of(app.run())
    assert words.NOW in text
    assert text.count(html(kept.content.finding)) == 2
    assert not app.exception
    assert words.NOT_THERE in html_of(open_page("notes", note="never was"))


def test_what_others_wrote_is_told_on_home_until_it_was_read(open_page: Open, here: Here) -> None:
    press(typed(press(opened_expander(open_page), words.WRITE), "Look"), words.PUT)
    assert "new to you" not in html_of(open_page("home"))
    somebody_wrote(here, "<script>alert(1)</script>", named=(LOCAL_OWNER.id,))
    text = html_of(open_page("home"))
    assert "1 note is new to you; 1 of them names you." in text
    assert tags_of(text) <= OURS
    page = open_page("notes")
    assert "names you" in html_of(page)
    actions.have_read(here, dt.datetime(2032, 1, 1, tzinfo=dt.UTC))
    assert "new to you" not in html_of(open_page("home"))


def test_an_empty_page_says_what_notes_are_for(open_page: Open, here: Here) -> None:
    text = html_of(open_page("notes"))
    assert "Made-up example" in text
