"""The page Projects: from an aim to a project, a test with its prediction, what is decided, the next; and drivers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.actions.work import aims, cycles, drivers
from equity.actions.work import projects as actions
from equity.improvement.aims import Aim
from equity.improvement.cycles import Cycle, CycleQuestion
from equity.improvement.drivers import Driver
from equity.improvement.nouns import AIM, CYCLE, DRIVERS, PROJECT, SCORE
from equity.improvement.progress_scale import ProgressScore
from equity.improvement.projects import STATES, Project
from equity.server.sample_data import SAMPLE
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.ui.records.told_apart import told_apart
from equity.words.work.drivers import SOURCE
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import HOSTILE, Open, html_of
from tests.pages.test_aims import pick, write
from tests.pages.test_every_page import OURS, tags_of
from tests.pages.test_focus import press

ABOUT = Aim(dataset=SAMPLE, measure="Controlled blood pressure", by="race", group="Black or African American")


@pytest.fixture
def here(home: Path) -> Iterator[Here]:
    """The workspace of the local owner; what is written in it is withdrawn afterwards."""
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    yield place
    for noun in (AIM, PROJECT, CYCLE, DRIVERS, SCORE):
        for kept in shelf.listed(place.database, place.workspace, noun):
            shelf.withdraw(place.database, place.workspace, noun, kept.id, seen_version=kept.version, by=place.person)


@pytest.fixture
def aim(here: Here) -> Kept[Aim]:
    return aims.begin_aim(here, ABOUT)


def test_without_an_aim_the_page_says_where_to_begin(open_page: Open, here: Here) -> None:
    app = open_page("projects")
    assert "Made-up example" in html_of(app)
    assert "Set an aim first" in html_of(app)
    assert [link.proto.page for link in app.get("page_link") if link.proto.label == "Go to Aims"] == ["aims"]


def test_from_an_idea_to_the_second_test(open_page: Open, here: Here, aim: Kept[Aim]) -> None:
    app = open_page("projects")
    next(t for t in app.text_input if t.label.startswith("What is tried")).set_value("Call back in Spanish")
    app = press(app, "Begin a project")
    assert "Call back in Spanish" in html_of(app)
    app = write(write(app, "Owner", "Rosa"), "Site", "East clinic")
    app = press(pick(app, "Move to…", "testing"), "Move")
    [kept] = actions.projects(here)
    assert (kept.content.owner, kept.content.site, kept.content.state) == ("Rosa", "East clinic", "testing")
    app = press(app, "Begin a test of change")
    app = write(write(app, "Question", "Do they come back?"), "Who does it", "Rosa")
    assert "Write what you expect" in html_of(press(app, "Open Do"))
    app = write(app, "What we expect", "4 of 5 come")
    next(d for d in app.date_input if d.label == "First day").set_value("2024-03-01").run()
    app = press(app, "Open Do")
    assert "4 of 5 come (written before" in html_of(app)
    assert not [t for t in app.text_input if t.label == "What we expect"]
    app = press(app, "It was done: open Study")
    app = pick(write(app, "What happened", "3 of 5 came"), "That was", "in_part")
    app = press(app, "Open Act")
    assert "It went in part as we expected." in html_of(app)
    next(r for r in app.radio if r.label == "We decide to").set_value("adapt")
    next(t for t in app.text_area if t.label == "Because we learned").set_value("Evenings work better")
    next(t for t in app.text_area if t.label == "What we do next").set_value("Call in the evening")
    app = press(press(app, "Close this test"), "Begin test 2")
    assert not app.exception
    assert [each.content.stage for each in cycles.cycles(here, kept.id)] == ["closed", "plan"]
    assert cycles.cycles(here, kept.id)[1].content.what == "Call in the evening"
    assert "Its first day stands on trends of Controlled blood pressure" in html_of(app)


def test_what_others_saved_meanwhile_lies_beside_ones_own(open_page: Open, here: Here, aim: Kept[Aim]) -> None:
    kept = actions.begin_project(here, aim.id, Project("Call back"))
    app = open_page("projects", project=kept.id)
    actions.save_project(here, kept, replace(kept.content, site="West"))
    app = write(app, "Site", "East")
    text = html_of(app)
    assert "Theirs" in text
    assert "Yours" in text
    app = press(app, "Save mine over theirs")
    assert actions.project(here, kept.id).content.site == "East"


def test_how_far_it_is_is_told_by_people_with_evidence(open_page: Open, here: Here, aim: Kept[Aim]) -> None:
    kept = actions.begin_project(here, aim.id, Project("Call back"))
    app = open_page("projects", project=kept.id)
    app = press(app, "Keep this view")
    assert "choose one of its steps" in html_of(app)
    next(s for s in app.selectbox if s.label == "Step of the scale").set_value(2.5)
    next(t for t in app.text_input if t.label.startswith("What shows it")).set_value("Two tests ran")
    app = press(app, "Keep this view")
    assert "Team: 2.5 Changes tested, but no improvement, set today. “Two tests ran”" in html_of(app)
    assert "The data stand beside it and never set it." in html_of(app)


def test_a_driver_diagram_grows_by_its_form(open_page: Open, here: Here, aim: Kept[Aim]) -> None:
    app = open_page("projects")
    assert SOURCE in html_of(app)  # where the form comes from, before there is a diagram and beneath it
    app = press(app, "Begin a driver diagram")
    app = press(write(app, "In a few words", "Visits people can come to"), "Keep this driver")
    app = write(app, "In a few words", "Evening hours")
    box = next(m for m in app.multiselect if m.label == "It serves")
    app = press(
        box.set_value([box.options[0]] if not box.proto.options else [first(here, aim)]).run(), "Keep this driver"
    )
    kept = drivers.diagram(here, aim.id)
    assert kept is not None
    assert [d.words for d in kept.content.drivers] == ["Visits people can come to", "Evening hours"]
    assert len(kept.content.links) == 1
    assert "2 ideas have no project yet" in html_of(app)
    assert SOURCE in html_of(app)


def first(here: Here, aim: Kept[Aim]) -> str:
    kept = drivers.diagram(here, aim.id)
    assert kept is not None
    return kept.content.drivers[0].id


def test_two_hundred_projects_open_in_under_half_a_second(open_page: Open, here: Here, aim: Kept[Aim]) -> None:
    for place in range(200):
        state = STATES[place % 7]
        made = Project(
            f"Project {place}",
            "We try it.",
            state=state,
            owner=f"Owner {place % 9}",
            begins=f"2027-01-{place % 28 + 1:02}",
        )
        shelf.add(here.database, here.workspace, PROJECT, made, by=here.person, parent=aim.id)
    app = open_page("projects")
    assert "200 projects" in html_of(app)
    assert len([b for b in app.button if b.label.startswith("Project")]) == 7 * 8
    spent = []
    for _ in range(3):
        begun = time.process_time()
        app.run()
        spent.append(time.process_time() - begun)
    assert min(spent) < 0.5
    app = next(t for t in app.text_input if t.label == "Search projects").set_value("project 17").run()
    assert len([b for b in app.button if b.label.startswith("Project")]) == 12  # 17, 117, 170 to 179


def test_hostile_words_do_nothing(open_page: Open, here: Here, aim: Kept[Aim]) -> None:
    project = Project(
        HOSTILE, HOSTILE, "testing", HOSTILE, (HOSTILE,), HOSTILE, (), HOSTILE, "2027-01-01", "2027-01-01"
    )
    kept = actions.begin_project(here, aim.id, project)
    actions.set_score(here, kept.id, ProgressScore(2.5, "advisor", HOSTILE, HOSTILE))
    plan = Cycle(objective=HOSTILE, questions=(CycleQuestion(HOSTILE, HOSTILE),), who=HOSTILE, begins="2027-01-01")
    cycles.open_do(here, cycles.begin_cycle(here, kept.id, plan))
    drawn = drivers.begin_diagram(here, aim.id)
    drivers.put_driver(here, drawn, Driver("p", "primary", HOSTILE, HOSTILE), (), ())
    for app in (open_page("projects"), open_page("projects", project=kept.id)):
        assert not app.exception
        assert tags_of(html_of(app)) <= OURS
        for button in app.button:
            assert "](" not in button.label.replace("\\]\\(", "")
        for chart in charts_of(app):
            assert "<img" not in chart.spec


def test_a_withdrawn_project_comes_back(open_page: Open, here: Here, aim: Kept[Aim]) -> None:
    kept = actions.begin_project(here, aim.id, Project("Call back"))
    app = press(open_page("projects", project=kept.id), "Withdraw this project")
    assert actions.projects(here) == ()
    app = press(app, "Bring this project back")
    assert [each.id for each in actions.projects(here)] == [kept.id]


def test_a_withdrawn_test_comes_back(open_page: Open, here: Here, aim: Kept[Aim]) -> None:
    kept = actions.begin_project(here, aim.id, Project("Call back"))
    cycle = cycles.begin_cycle(here, kept.id, Cycle(objective="Five calls"))
    app = press(open_page("projects", project=kept.id), "Withdraw this test")
    assert cycles.cycles(here, kept.id) == ()
    press(app, "Bring this test back")
    assert [each.id for each in cycles.cycles(here, kept.id)] == [cycle.id]


def test_two_of_one_name_are_told_apart() -> None:
    assert told_apart({"a": "Call", "b": "Call", "c": "Cuffs", "d": "Call"}) == {
        "a": "Call",
        "b": "Call (2)",
        "c": "Cuffs",
        "d": "Call (3)",
    }
