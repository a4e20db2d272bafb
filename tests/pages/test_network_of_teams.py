"""The page Network with teams in it: what a facilitator and a team see in each view, and hostile names do nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity.access.here import Here
from equity.actions.network import cohorts, comparing, gallery, membership, sharing
from equity.actions.network.places import belongings, cohort_place
from equity.actions.network.told import Wish
from equity.actions.work import projects
from equity.improvement.aims import Aim
from equity.improvement.nouns import AIM, PROJECT
from equity.improvement.projects import Project
from equity.network.cohorts import Cohort
from equity.network.members import Meeting
from equity.network.nouns import ASK, BELONGING, COHORT, COMPARISON, MEETING, MEMBER, SHARE, SHARED_PIECE
from equity.network.pieces import (
    CycleTold,
    EffectTold,
    GroupingTold,
    MeasureTold,
    Piece,
    QuestionTold,
    RateRow,
    ReleaseTold,
    Standing,
)
from equity.server.sample_data import SAMPLE
from equity.store.records import shelf
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from tests.pages.opened import HOSTILE, Open, html_of
from tests.pages.test_focus import press

MEASURE = MeasureTold("Controlled blood pressure", "proportion", "higher_better", area="Heart")
OURS = (MEMBER, SHARED_PIECE, COHORT, BELONGING, SHARE, COMPARISON, ASK, MEETING, PROJECT, AIM)


@pytest.fixture
def here(home: Path) -> Iterator[Here]:
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    yield place
    for noun in OURS:
        for kept in shelf.listed(place.database, place.workspace, noun):
            shelf.withdraw(place.database, place.workspace, noun, kept.id, seen_version=kept.version, by=place.person)


def next_door(here: Here, name: str) -> Here:
    return Here(here.database, make_workspace(here.database, name, by=LOCAL_OWNER).id, LOCAL_OWNER)


def in_view(app: AppTest, view: str) -> AppTest:
    app.session_state["network_view"] = view
    app.run()
    assert not app.exception
    assert "lens-problem" not in html_of(app)
    assert "<img src=x" not in html_of(app)
    return app


def piece_of(number: int, row: RateRow) -> tuple[Piece, Piece]:
    """A release for comparisons and a test of change, as a package brings them: no record of this server."""
    told = ReleaseTold(
        f"r{number}", "2026-11-01", "Counts below 11 are hidden.", (MEASURE,), (GroupingTold("race", "race"),), (row,)
    )
    effect = EffectTold(0.01 * number, 0.02, "2023", "2024", f"r{number}")
    asked = (QuestionTold(HOSTILE, "", HOSTILE, ""),)
    cycle = CycleTold(1, MEASURE, "Black", HOSTILE, "one", asked, "adopt", "", HOSTILE, 0.03, effect)
    day = "2026-11-02"
    return (
        Piece(f"a{number}", "release", "Rates", day, "s", "comparison", release=told),
        Piece(f"b{number}", "cycle", HOSTILE, day, "s", area="Heart", idea="Call back", cycle=cycle),
    )


def with_teams(here: Here) -> None:
    """Six teams elsewhere, as packages bring them."""
    place = cohort_place(here)
    assert place is not None
    from equity.network.members import Member

    for number in range(6):
        n = 400.0 + 50 * number
        row: RateRow = (0, 0, "Black", "2024", n, n / 2, n, 0.5 + number / 100, 0.4, 0.7)
        standing = Standing("2026-11-01", 3, {"aims": 1}, help=HOSTILE)
        member = Member(f"{HOSTILE} {number}", joined="2026-01-01", key="k", team=f"t{number}", standing=standing)
        kept = shelf.add(here.database, here.workspace, MEMBER, member, by=LOCAL_OWNER)
        for piece in piece_of(number, row):
            shelf.add(here.database, here.workspace, SHARED_PIECE, piece, by=LOCAL_OWNER, parent=kept.id)


def undone(app: AppTest, here: Here) -> AppTest:
    """What a facilitator set by mistake: a call, an invitation."""
    membership.invite_team(here, f"Later {HOSTILE}")
    app = press(app.run(), "Close this invitation")
    assert membership.invited(here) == ()
    app = next(b for b in app.button if str(b.key).startswith("take_off_")).click().run()
    assert membership.meetings(here) == ()
    assert not app.exception
    return app


def further_on(app: AppTest) -> AppTest:
    """No piece is out of reach: beyond those that stand on the page at once, a button goes on."""
    app.session_state["gallery_most"] = 4
    app = app.run()
    assert "The newest 4 of 6 stand here." in html_of(app)
    assert sum(str(each.label).startswith("A test of change") for each in app.expander) == 4
    app = press(app, "Show more pieces")
    assert sum(str(each.label).startswith("A test of change") for each in app.expander) == 6
    assert "stand here" not in html_of(app)
    return app


def taken_out(app: AppTest, here: Here) -> int:
    """A team goes; how many are left."""
    first = membership.teams(here)[0]
    app = next(box for box in app.selectbox if box.label == "Which team goes?").set_value(first.id).run()
    assert not press(app, "Take a team out").exception
    return len(membership.teams(here))


def test_a_facilitator_sees_teams_gallery_comparisons_and_what_was_tried(
    open_page: Open, here: Here, home: Path
) -> None:
    cohorts.begin_cohort(here, Cohort("Cohort"))
    with_teams(here)
    membership.set_meeting(here, Meeting("First call", "2026-12-03T16:00:00+00:00"))
    app = open_page("network", dataset=SAMPLE)
    assert not app.exception
    assert "6 teams. Asking for help: 6." in html_of(app)
    assert "December 3, 2026, 16:00 UTC: First call, 60 minutes." in html_of(app)
    assert "<img src=x" not in html_of(app)
    app = undone(app, here)
    app = in_view(app, "Gallery")
    assert "6 of 6 pieces." in html_of(app)
    app = further_on(app)
    app = in_view(app, "Comparisons")
    app = press(app, "Make this comparison")
    assert not app.exception
    assert "Controlled blood pressure, Black, 2024: 6 organizations, 52.5% on average." in html_of(app)
    app = in_view(app, "What was tried")
    assert "6 teams, together: " in html_of(app)
    [seen] = comparing.comparisons(here, home)
    assert seen.picture is not None
    assert taken_out(in_view(app, "Teams"), here) == 5
    [seen] = comparing.comparisons(here, home)
    assert seen.picture is None  # one of its organizations is gone


def test_a_team_joins_shares_is_asked_and_leaves(open_page: Open, here: Here, home: Path) -> None:
    cohort = next_door(here, "Cohort")
    cohorts.begin_cohort(cohort, Cohort("Cohort 2027"))
    _, code = membership.invite_team(cohort, "Us")
    app = open_page("network", dataset=SAMPLE)
    field = next(each for each in app.text_input if each.label == "Code of the invitation")
    field.set_value(code)
    app = press(app, "Join")
    assert "Cohort 2027, on this server, joined on " in html_of(app)
    aim = shelf.add(here.database, here.workspace, AIM, Aim(), by=LOCAL_OWNER)
    project = projects.begin_project(here, aim.id, Project(f"Calls in 3 languages {HOSTILE}", HOSTILE))
    [at] = belongings(here)
    sharing.share(here, home, at, Wish("project", project.id, idea="Call back"), numbers_are_meant=True)
    app = in_view(app, "Gallery")
    [hung] = gallery.gallery(here, home)
    gallery.ask_team(cohort, home, hung.record, f"How? {HOSTILE}")
    app = in_view(app, "Gallery")
    assert "1 of 1 pieces." in html_of(app)
    assert "Not answered yet." in html_of(app)
    app = in_view(app, "We share")
    app.session_state["share_kind"] = "project"
    app.run()
    assert not app.exception
    assert "These texts hold numbers that were typed" in html_of(app)
    shared = next(each for each in app.button if each.label == "Share it")
    assert shared.disabled
    app = press(app, "Take back")
    assert gallery.gallery(here, home) == ()
    app = press(app, "Leave with all that is ours")
    assert belongings(here)[0].content.left
    assert "Begin a cohort" in [each.label for each in app.button]
