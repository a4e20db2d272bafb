"""The page Our path: when it began is asked once; a made-up team fills it, is said to be made up, and leaves again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.improvement import nouns  # noqa: F401 — the kinds of record
from equity.notes.nouns import LOOKED
from equity.store.records import shelf
from equity.store.records.nouns import NOUNS
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.words.work import path as words
from tests.pages.opened import Open, html_of
from tests.pages.test_focus import press


@pytest.fixture
def here(home: Path) -> Iterator[Here]:
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    clear(place)
    yield place
    clear(place)


def clear(place: Here) -> None:
    for noun in NOUNS:
        for kept in shelf.listed(place.database, place.workspace, noun):
            shelf.withdraw(place.database, place.workspace, noun, kept.id, seen_version=kept.version, by=place.person)


def test_the_first_day_is_asked_once(open_page: Open, here: Here) -> None:
    app = open_page("our_path")
    assert "nothing here is a score" in html_of(app)
    assert "One thing to do this week" in html_of(app)
    app = press(app, "Keep this day")
    assert "Choose the day" in html_of(app)
    next(d for d in app.date_input if d.label.startswith("When did")).set_value("2026-09-01")
    app = press(app, "Keep this day")
    assert "Month " in html_of(app)
    assert not [d for d in app.date_input if d.label.startswith("When did")]
    assert "Quarter 6, " in html_of(app)


def test_a_made_up_team_comes_and_goes(open_page: Open, here: Here) -> None:
    app = press(open_page("our_path"), "See a made-up team in month 16")
    text = html_of(app)
    assert "Month 16 of 18, quarter 6 of 6" in text
    assert "All of this is made up" in text
    assert "6 projects" in text
    projects = open_page("projects")
    assert not projects.exception
    assert "6 projects, 4 under way. 1 project is past the day of its next step." in html_of(projects)
    assert words.MADE_UP_HERE in html_of(projects)
    for name in ("aims", "focus", "reflections", "history"):
        shown = open_page(name)
        assert not shown.exception
        assert words.MADE_UP_HERE in html_of(shown)
    assert not open_page("trends").exception
    app = press(app, "Remove the made-up team’s work")
    assert not app.exception
    left = [noun.name for noun in NOUNS if shelf.listed(here.database, here.workspace, noun)]
    assert [name for name in left if name != LOOKED.name] == []  # what its reader looked at is the reader's own
