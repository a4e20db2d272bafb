"""The page Network: from an empty workspace to a cohort, and one answer for those that are ticked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.actions.network import applications as actions
from equity.actions.network import cohorts
from equity.network.cohorts import Cohort
from equity.network.nouns import APPLICATION, COHORT, MEMBER
from equity.server.sample_data import SAMPLE
from equity.store.records import shelf
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.network.test_applications import TEAM_GIVEN, WHOLE
from tests.pages.opened import HOSTILE, Open, html_of
from tests.pages.test_focus import press


@pytest.fixture
def here(home: Path) -> Iterator[Here]:
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    yield place
    for noun in (APPLICATION, MEMBER, COHORT):
        for kept in shelf.listed(place.database, place.workspace, noun):
            shelf.withdraw(place.database, place.workspace, noun, kept.id, seen_version=kept.version, by=place.person)


def test_an_empty_page_says_what_it_is_for_and_begins(open_page: Open, here: Here) -> None:
    app = open_page("network", dataset=SAMPLE)
    assert "Made-up example" in html_of(app)
    app.text_input[0].set_value("Cohort 2027")
    app = press(app, "Begin a cohort")
    assert "Cohort 2027" in html_of(app)
    assert "EQUITY_APPLICATIONS=on" in html_of(app)
    app = press(app, "Take applications")
    assert app.code[0].value.startswith("http://localhost:8501/apply/home.")
    app = press(app, "Take no more")
    assert not app.code


def test_an_application_is_read_and_answered(open_page: Open, here: Here, home: Path) -> None:
    _, token = cohorts.open_door(here, cohorts.begin_cohort(here, Cohort("Cohort")))
    key = actions.begin_application(here.database, home, token).key
    actions.save_draft(here.database, home, key, {**WHOLE.answers, "organization": HOSTILE}, TEAM_GIVEN)
    actions.send(here.database, home, key)
    app = open_page("network", dataset=SAMPLE)
    assert "1 application waits for an answer." in html_of(app)
    assert "<img" not in html_of(app)
    app = app.checkbox[0].check().run()
    app = press(app, "Send this answer")
    assert not app.exception
    assert actions.opened(here.database, home, key).kept.content.state == "accepted"
    assert "Accepted; received today." in html_of(app)
