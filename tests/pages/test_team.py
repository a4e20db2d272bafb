"""The page Team: people join and leave, a letter is signed, a round is drawn; hostile names are text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity.access.here import Here
from equity.actions.work import team as actions
from equity.improvement.team.team import TeamPerson
from equity.improvement.team.team_nouns import LETTER, PERSON, ROUND
from equity.store.records import shelf
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace, workspaces_of
from equity.words.work import team as words
from tests.pages.opened import HOSTILE, Open, html_of
from tests.pages.test_focus import press
from tests.pages.test_history import write


@pytest.fixture
def here(home: Path) -> Iterator[Here]:
    """The workspace of the local owner; what was written is withdrawn afterwards."""
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    yield place
    for noun in (PERSON, LETTER, ROUND):
        for kept in shelf.listed(place.database, place.workspace, noun):
            seen = {"seen_version": kept.version, "by": place.person}
            shelf.withdraw(place.database, place.workspace, noun, kept.id, **seen)  # type: ignore[arg-type]


def test_somebody_joins_and_what_is_missing_is_named(open_page: Open, here: Here) -> None:
    app = open_page("team")
    assert "Made-up example" in html_of(app)
    app = write(app, "The name they go by", "<img src=x onerror=alert(1)>")
    next(m for m in app.multiselect if m.label == "Lenses they bring").set_value(["data"]).run()
    app = press(app, words.ADD)
    text = html_of(app)
    assert not app.exception
    assert "<img" not in text
    assert "1 of at least 3 people" in text
    assert "Nobody looks through the lens of quality improvement" in text
    assert "Still to be asked: a community partner, a senior leader" in text
    [kept] = actions.people(here)
    app = press(app, words.LEAVE)
    assert actions.people(here)[0].content.left
    assert words.NAMES_STAY in html_of(app)
    assert kept.content.lenses == ("data",)


def test_a_letter_is_kept_as_typed_and_signed(open_page: Open, here: Here) -> None:
    app = press(open_page("team"), words.BEGIN_LETTER)
    app = write(write(app, "Who signs", "Maria Lopez"), "Their office", "Chief executive")
    app = write(write(app, words.PROMISES["time"], "Half a day a week"), "What the letter says", "We commit.")
    assert actions.letters(here)[0].content.signatory == "Maria Lopez"
    app = press(app, words.SIGN)
    text = html_of(app)
    assert "Signed by Maria Lopez, Chief executive" in text
    assert "Not promised: access to data, naming racism" in text
    assert [b.label for b in app.button].count(words.RENEW) == 1


def test_a_round_is_drawn_and_they_say_that_they_met(open_page: Open, here: Here) -> None:
    for name in ("Ada", "Ben", "Cem"):
        actions.add_person(here, TeamPerson(name, reports_to=""))
    app = press(open_page("team"), words.DRAW)
    text = html_of(app)
    assert words.PROMPTS[0] in text
    assert "5 minutes each" in text
    assert "keeps the time" in text
    met = [b.label for b in app.button if b.label.startswith(words.MET)]
    assert len(met) == 2
    app = press(press(app, met[0]), met[1])
    assert "They met." in html_of(app)
    assert actions.rounds(here)[0].content.met == (0,)


def test_the_roles_have_a_page_of_their_own(open_page: Open, here: Here) -> None:
    app: AppTest = open_page("settings")
    assert "No sign-in is configured" in html_of(app)


def test_the_name_that_is_offered_is_that_of_the_workspace_looked_at(open_page: Open, here: Here) -> None:
    next_door = make_workspace(here.database, "Next door", by=LOCAL_OWNER)
    app = open_page("settings")
    named = "Name of this workspace"
    assert next(box.value for box in app.text_input if box.label == named) != "Next door"
    app.selectbox(key=f"workspace_{HOME_WORKSPACE}").set_value(next_door.id).run()
    assert next(box.value for box in app.text_input if box.label == named) == "Next door"


def test_an_owner_deletes_a_workspace_after_reading_what_goes(open_page: Open, here: Here) -> None:
    next_door = Here(here.database, make_workspace(here.database, HOSTILE, by=LOCAL_OWNER).id, LOCAL_OWNER)
    actions.add_person(next_door, TeamPerson("Ana", lenses=("data",)))
    app = open_page("settings")
    assert "Delete this workspace…" not in [button.label for button in app.button], "the first one stays"
    app.selectbox(key=f"workspace_{HOME_WORKSPACE}").set_value(next_door.workspace).run()
    press(app, "Delete this workspace…")
    assert "1 record of the work" in html_of(app)
    assert "<img src=x" not in html_of(app)
    next(b for b in app.button if b.label == "Delete this workspace…").click()  # the dialog is open while it is pressed
    press(app, "Delete it")
    assert not app.exception
    assert next_door.workspace not in [held.id for held, _ in workspaces_of(here.database, LOCAL_OWNER.id)]
    assert app.selectbox(key=f"workspace_{HOME_WORKSPACE}")


def test_a_workspace_that_was_picked_is_looked_at_though_a_link_was_followed_at_once(
    open_page: Open, here: Here
) -> None:
    next_door = make_workspace(here.database, "Round the corner", by=LOCAL_OWNER)
    app = open_page("settings")
    app.selectbox(key=f"workspace_{HOME_WORKSPACE}").set_value(next_door.id)
    app.switch_page("../../pages/team.py").run()
    assert not app.exception
    assert app.session_state["workspace"] == next_door.id
