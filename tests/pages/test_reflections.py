"""The page Reflections: points first, words kept as typed, signed, shared; and what the leader's link shows."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity.access.here import Here
from equity.actions.work import reflections as actions
from equity.improvement.team.reflections import OpenPoint
from equity.improvement.team.team_nouns import PART, PINNED, POINT, REFLECTION, REPLY
from equity.store.records import exchange, shelf
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.words.work import reflections as words
from tests.pages.opened import Open, html_of
from tests.pages.test_focus import press
from tests.pages.test_history import write


@pytest.fixture
def here(home: Path) -> Iterator[Here]:
    """The workspace of the local owner; what was written is withdrawn afterwards."""
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    yield place
    for noun in (REFLECTION, PART, PINNED, POINT, REPLY):
        for kept in shelf.listed(place.database, place.workspace, noun):
            seen = {"seen_version": kept.version, "by": place.person}
            shelf.withdraw(place.database, place.workspace, noun, kept.id, **seen)  # type: ignore[arg-type]


def test_a_quarter_is_begun_written_and_signed(open_page: Open, here: Here) -> None:
    actions.raise_point(here, OpenPoint("<img src=x onerror=alert(1)>", "Ben"), "2020-Q1")
    app = open_page("reflections")
    assert "Made-up example" in html_of(app)
    app = press(app, words.BEGIN)
    text = html_of(app)
    assert "since Q1 2020" in text
    assert "<img" not in text
    app = press(app, "Write on this")
    app = write(app, words.PIECE_NAMES["progress"], "We began <b>here</b>")
    [kept] = actions.reflections(here)
    assert actions.written(here, kept.id).parts[0].content.progress == "We began <b>here</b>"
    app = press(app, words.SIGN)
    assert "The local owner, " in html_of(app)
    app = write(app, words.PIECE_NAMES["help"], "IT")
    app.run()
    assert "words were changed since" in html_of(app)
    app = press(write(app, "What became of it", "Done"), "Close it")
    assert words.NO_POINTS in html_of(app)
    assert not app.exception


def test_a_point_is_raised_and_pieces_are_shared(open_page: Open, here: Here) -> None:
    app: AppTest = press(open_page("reflections"), words.BEGIN)
    app = write(press(app, "Write on this"), words.PIECE_NAMES["help"], "An hour of IT")
    next(t for t in app.text_input if t.label == "What, when and how").set_value("Print the trend")
    app = press(app, "Add this point")
    assert "Print the trend" in html_of(app)
    box = next(m for m in app.multiselect if m.label == words.LEADERS_READ)
    app = press(box.set_value(["history.help"]).run(), f"Keep: {words.LEADERS_READ.lower()}")
    assert "Leaders read one piece." in html_of(app)
    [kept] = actions.reflections(here)
    assert (kept.content.for_leaders, kept.readers) == (("history.help",), "leaders")


def test_many_open_points_are_listed_and_each_can_be_closed(open_page: Open, here: Here) -> None:
    """Five hundred of them: the oldest stand open, the page stays quick, and one of the others is picked and closed."""
    began = dt.datetime(2020, 2, 1, tzinfo=dt.UTC)
    lines = [
        exchange.line_of(
            POINT, OpenPoint(f"To do {n}", since="2020-Q1"), "", by=here.person, on=began + dt.timedelta(hours=n)
        )
        for n in range(500)
    ]
    exchange.put(here.database, here.workspace, [(POINT, line) for line in lines], by=here.person, what="points")
    actions.begin_reflection(here, "2026-Q3")
    app = open_page("reflections")
    assert "480 more open points" in [each.label for each in app.expander]
    assert len([b for b in app.button if b.label == "Close it"]) == 20
    spent = []
    for _ in range(3):
        begun = time.process_time()
        app.run()
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.5  # with the test's own reading of the page
    box = next(s for s in app.selectbox if s.label == "One of these")
    app = box.set_value(lines[400].id).run()
    next(t for t in app.text_input if t.key == f"became_{lines[400].id}").set_value("Done")
    app = app.button(key=f"close_{lines[400].id}").click().run()
    assert [kept.content.words for kept in actions.points(here) if not kept.content.is_open] == ["To do 400"]
