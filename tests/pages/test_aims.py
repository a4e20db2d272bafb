"""The page Aims from an empty workspace to an aim that is set, and what a hostile text in it does: nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity.access.here import Here
from equity.actions.work import aims as actions
from equity.improvement.nouns import AIM
from equity.server.sample_data import SAMPLE
from equity.store.records import shelf
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.pages.opened import Open, html_of
from tests.pages.test_focus import press


@pytest.fixture
def here(home: Path) -> Iterator[Here]:
    """The workspace of the local owner; aims are withdrawn afterwards."""
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    yield place
    for kept in shelf.listed(place.database, place.workspace, AIM):
        shelf.withdraw(place.database, place.workspace, AIM, kept.id, seen_version=kept.version, by=place.person)


def pick(app: AppTest, label: str, value: str) -> AppTest:
    return next(s for s in app.selectbox if s.label == label).set_value(value).run()


def write(app: AppTest, label: str, value: str) -> AppTest:
    return next(t for t in app.text_input if t.label == label).set_value(value).run()


def number(app: AppTest, start: str, value: float) -> AppTest:
    return next(n for n in app.number_input if n.label.startswith(start)).set_value(value).run()


def filled(app: AppTest) -> AppTest:
    app = press(app, "Begin an aim")
    assert next(b for b in app.button if b.label == "Set this aim").disabled
    app = pick(pick(app, "Measure", "Postpartum visit"), "Group by", "race")
    app = pick(pick(app, "For whom", "Black or African American"), "Baseline: the rate in", "2022")
    assert "Baseline, from the data: 57.1%." in html_of(app)
    app = number(number(app, "How much", 85.0), "Other groups", 2.0)
    app = pick(app, "By when", "2027-Q4")
    for label, text in {
        "Where": "at all five sites",
        "With whom": "by hiring the patient council",
        "Who benefits?": "Patients after a birth",
        "Who may be burdened, and how?": "<img src=x onerror=alert(1)>",
    }.items():
        app = write(app, label, text)
    return app


def test_an_aim_builds_itself_and_is_set(open_page: Open, here: Here) -> None:
    app = open_page("aims", dataset=SAMPLE)
    assert "Made-up example" in html_of(app)
    app = filled(app)
    assert "All parts are there" in html_of(app)
    assert "sounds like a way to reach the aim" in html_of(app)
    assert "What it asks for" in html_of(app)
    app = press(app, "Set this aim")
    assert not app.exception
    text = html_of(app)
    assert "from 57.1% to 85.0% for Black or African American patients" in text
    assert "of the change is reached" in text or "too early to tell" in text or "is reached." in text
    assert "No other group may lose more than 2.0 points." in text
    assert "<img" not in text
    [kept] = actions.aims(here)
    assert kept.content.status == "set"
    number(app, "How much", 90.0)
    app = press(app, "Keep the change")
    assert "Write why the aim changes" in html_of(app)
    assert actions.aims(here) == (kept,)
    app = press(
        write(app, "Why does the aim change? The earlier one is kept with its reason.", "<b>Over"), "Close this aim"
    )
    assert "by The local owner: &lt;b&gt;Over" in html_of(app)
    assert not [b for b in app.button if b.label == "Close this aim"]
    app = press(write(app, "Why does the work on this aim go on?", "It was not over"), "Reopen this aim")
    assert "Closed on" not in html_of(app)
    assert "Closed. Because: &lt;b&gt;Over" in html_of(app)
    assert actions.aims(here)[0].content.status == "set"


def test_a_draft_keeps_its_blanks(open_page: Open, here: Here) -> None:
    app = press(open_page("aims", dataset=SAMPLE), "Begin an aim")
    app = write(app, "Where", "at all five sites")
    [kept] = actions.aims(here)
    assert (kept.content.where, kept.content.status) == ("at all five sites", "draft")
    assert "____: from ____ to ____" in html_of(app)


def test_two_drafts_at_once_are_laid_beside_each_other(open_page: Open, here: Here) -> None:
    app = press(open_page("aims", dataset=SAMPLE), "Begin an aim")
    [kept] = actions.aims(here)
    theirs = actions.save_draft(here, kept, replace(kept.content, benefits="All who give birth"))
    app = write(app, "Where", "at all five sites")
    text = html_of(app)
    assert "changed this aim while you were writing" in text
    assert "All who give birth" in text
    assert "____ at all five sites by ____" in text
    app = write(app, "Where", "at two of the sites")
    assert "____ at two of the sites by ____" in html_of(app.run())
    assert actions.aims(here) == (theirs,), "nothing is saved before somebody chooses"
    app = press(app, "Go on from theirs")
    assert "while you were writing" not in html_of(app)
    assert next(t for t in app.text_input if t.label == "Who benefits?").value == "All who give birth"
