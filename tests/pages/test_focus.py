"""The page Focus from an empty workspace to a choice, as one person of a team sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity.access.here import Here
from equity.actions.work import focus as actions
from equity.focus.candidates import GapCandidate
from equity.focus.nouns import DECISION
from equity.focus.room import OwnWeights, candidates_of
from equity.server.sample_data import SAMPLE
from equity.store.records import shelf
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import Open, html_of


@pytest.fixture
def here(home: Path) -> Iterator[Here]:
    """The workspace of the local owner; what was decided in it is withdrawn afterwards."""
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    yield place
    for kept in shelf.listed(place.database, place.workspace, DECISION):
        shelf.withdraw(place.database, place.workspace, DECISION, kept.id, seen_version=kept.version, by=place.person)


def press(app: AppTest, label: str) -> AppTest:
    return next(b for b in app.button if b.label == label).click().run()


def give(app: AppTest, points: dict[str, int]) -> None:
    for field in app.number_input:
        if field.label in points:
            field.set_value(points[field.label])


def weighing(app: AppTest) -> AppTest:
    return press(press(app, "Begin a decision"), "Open weighing")


def test_an_empty_page_says_what_it_is_for_and_begins_with_one_button(open_page: Open, here: Here) -> None:
    app = open_page("focus", dataset=SAMPLE)
    assert "Made-up example" in html_of(app)
    assert [b.label for b in app.button].count("Begin a decision") == 1
    app = press(app, "Begin a decision")
    assert "Being prepared" in html_of(app)
    assert len(next(m for m in app.multiselect if m.label == "Areas to choose from").value) >= 2


def test_from_preparing_to_a_choice(open_page: Open, here: Here) -> None:
    app = weighing(open_page("focus", dataset=SAMPLE))
    assert "Nobody has finished weighing yet." in html_of(app)
    assert next(b for b in app.button if b.label == "Reveal all weights").disabled
    assert next(b for b in app.button if b.label == "I have finished").disabled
    next(s for s in app.selectbox if s.label == "The lens you look through").set_value("data").run()
    give(app, {"Patients or visits affected": 60, "Complete data": 30})
    app.run()
    assert "Points left to give: 10." in html_of(app)
    app = press(app, "I have finished")
    assert "give 10 more" in html_of(app)
    give(app, {"Complete data": 40})
    app = press(app.run(), "I have finished")
    assert "1 person has finished weighing." in html_of(app)
    app = press(app, "Reveal all weights")
    assert "of 100 ways to weigh it" in html_of(app)
    assert len(charts_of(app)) == 2
    assert "Somebody of the team gave" in charts_of(app)[1].spec
    next(s for s in app.selectbox if s.label == "We chose").set_value("Hypertension")
    app = press(app, "Keep this choice")
    assert "Write why this area." in html_of(app)
    next(t for t in app.text_area if t.label == "Because").set_value("Ours to change")
    next(t for t in app.text_input if t.label == "Decided by").set_value("All four of us")
    app = press(app, "Keep this choice")
    assert "Our focus is Hypertension." in html_of(app)
    assert "Today’s answer is the same as when the choice was made." in html_of(app)
    assert not [b for b in app.button if b.label == "Keep this choice"]
    held = actions.current_focus(here)
    assert held is not None
    app = press(app, "Look again on the newest data")
    assert "Being prepared" in html_of(app)
    assert actions.current_focus(here) == held


def test_what_somebody_saved_meanwhile_is_shown_beside_ones_own(open_page: Open, here: Here) -> None:
    app = press(open_page("focus", dataset=SAMPLE), "Begin a decision")
    [kept] = actions.decisions(here)
    actions.save_decision(here, kept, kept.content)
    app = next(t for t in app.text_input if t.label == "What is being decided").set_value("Mine").run()
    assert "changed this decision while you were writing" in html_of(app)
    assert "Theirs" in html_of(app)
    assert "Decides: Mine" in html_of(app)
    app = press(app, "Save mine over theirs")
    [kept] = actions.decisions(here)
    assert (kept.content.title, kept.version) == ("Mine", 3)
    assert "Theirs" not in html_of(app)


def test_a_decision_is_kept_as_it_is_typed(open_page: Open, here: Here) -> None:
    app = press(open_page("focus", dataset=SAMPLE), "Begin a decision")
    [kept] = actions.decisions(here)
    app.run()
    assert actions.decisions(here) == (kept,), "looking at a decision saves nothing"
    app = next(t for t in app.text_input if t.label == "What is being decided").set_value("This year").run()
    assert "Kept as you type." in html_of(app)
    [kept] = actions.decisions(here)
    assert (kept.content.title, kept.version) == ("This year", 2)
    actions.save_decision(here, kept, replace(kept.content, title="Theirs, later"))
    app = app.run()
    assert next(t for t in app.text_input if t.label == "What is being decided").value == "Theirs, later"


def test_a_hostile_criterion_is_text(open_page: Open, here: Here) -> None:
    from equity.focus.room import Criterion

    app = press(open_page("focus", dataset=SAMPLE), "Begin a decision")
    [kept] = actions.decisions(here)
    hostile = "<img src=x onerror=alert(1)> **b**"
    ratings = {area: {hostile: 5.0} for area in kept.content.areas}
    room = replace(kept.content, criteria=(Criterion(hostile, "a", "b"),), ratings=ratings)
    actions.move_decision(here, actions.save_decision(here, kept, room), "weighing")
    app.run()
    assert not app.exception
    label = next(n.label for n in app.number_input if "onerror" in n.label)
    assert "\\*\\*b\\*\\*" in label
    assert "<img" not in html_of(app)


@pytest.mark.parametrize(
    ("page", "card", "offered"),
    [
        ("scan", "ranked", "Diabetes, the whole clinical area"),
        ("areas", "map", "Diabetes, the whole clinical area"),
        ("disparities", "groups", "Postpartum visit, Black or African American"),
        ("trends", "over_time", "Postpartum visit, Black or African American"),
        ("completeness", "place", "Maternal health, the whole clinical area"),
    ],
)
def test_a_card_puts_what_it_is_about_into_the_decision(
    open_page: Open, here: Here, page: str, card: str, offered: str
) -> None:
    app = open_page(page, dataset=SAMPLE, measure="Postpartum visit", by="race")
    app.session_state[f"consider_{card}"] = True
    app = app.run()
    expander = next(s for s in app.selectbox if s.label == "What should your team consider?")
    assert offered in expander.options
    app = press(expander.select_index(expander.options.index(offered)).run(), "Put it into the decision")
    name = offered.removesuffix(", the whole clinical area")
    assert f"“{name}” is in “What to work on” now." in html_of(app)
    [kept] = actions.decisions(here)
    assert candidates_of(kept.content) == (name,)
    assert "already" in html_of(press(app, "Put it into the decision"))


def test_single_gaps_are_weighed_beside_areas(open_page: Open, here: Here) -> None:
    gap = GapCandidate("Postpartum visit", "race", "Black or African American")
    actions.consider(here, SAMPLE, 1, "2024", gap)
    kept = actions.consider(here, SAMPLE, 1, "2024", "Hypertension")
    app = open_page("focus")
    name = "Postpartum visit, Black or African American"
    assert next(m for m in app.multiselect if m.label == "Single gaps to choose from").value == [name]
    app = press(app, "Open weighing")
    actions.save_weights(here, kept, OwnWeights("data", {"burden": 100.0}, finished=True))
    app = press(app.run(), "Reveal all weights")
    assert "of 100 ways to weigh it" in html_of(app)
    assert name in next(s for s in app.selectbox if s.label == "We chose").options
    assert "1 clinical area and 1 single gap" in html_of(app)
