"""Gap trends: the two planted closings are told apart, decisions about charts are kept, links open the same view."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity.server.sample_data import SAMPLE
from equity.store.records.annotations import Scope, annotate, annotations_in, delete_annotation, edit_annotation
from equity.store.records.chart_frames import FrameKey, chart_frame, save_frame
from equity.store.records.frame_values import EMPTY_FRAME, Answer, FourAnswers, Phase
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.words.answers.control import REASONS
from tests.pages.opened import Open, with_tables
from tests.pages.test_planted_truths_are_found import TRUTHS, asked, finding_of, text_of

VISITS = {"dataset": SAMPLE, "measure": "Postpartum visit", "by": "race"}
YES = FourAnswers(*(Answer("yes") for _ in range(4)))


@pytest.mark.parametrize("grain", ["month", "quarter"])
def test_the_two_planted_closings_are_told_apart_in_words(open_page: Open, grain: str) -> None:
    lifting = open_page("trends", **asked(TRUTHS["closing-by-lifting"], grain=grain))
    assert "the gap for Black or African American patients narrowed by 1" in finding_of(lifting)
    assert "Their rate rose 1" in text_of(lifting)
    levelling = open_page("trends", **asked(TRUTHS["levelling-down"], grain=grain))
    assert "the rate for White patients fell. So the gap for" in finding_of(levelling)
    assert "for this reason only" in text_of(levelling)
    assert "This is not an improvement." in text_of(levelling)


def test_rules_are_drawn_with_their_false_alarms_and_a_chart_with_its_reason(open_page: Open) -> None:
    said = text_of(open_page("trends", **VISITS))
    assert f"chart: {REASONS['spread_as_chance']}." in said
    assert "run chart (alone it would be a" in text_of(
        open_page("trends", dataset=SAMPLE, measure="Left without being seen", by="race", grain="month")
    )
    assert "points show a signal" in said
    assert "so they are worth a look and no more" in said
    assert "For leaders: the latest point" in said


def test_a_link_opens_one_group_its_chart_and_its_grain(open_page: Open) -> None:
    app = open_page("trends", **VISITS, group="Hispanic or Latino", chart="i", grain="month")
    assert app.selectbox(key="choose_group").value == "Hispanic or Latino"
    assert "Hispanic or Latino" in finding_of(app)
    assert "an individuals (XmR) chart, as chosen" in text_of(app)
    assert app.session_state["asked"]["group"] == "Hispanic or Latino"


def test_what_a_link_picks_in_vain_is_said(open_page: Open) -> None:
    said = text_of(open_page("trends", **VISITS, group="Nobody", chart="pie"))
    assert "“Nobody” is not a group here" in said
    assert "“pie” is not a chart that fits this measure" in said


def test_what_it_would_take_is_said_once_a_date_is_picked_beside_how_often_a_chart_cries_wolf(open_page: Open) -> None:
    app = open_page("trends", **VISITS, group="Black or African American", grain="quarter")
    assert "if this trend continues" not in text_of(app)
    app.button_group(key="close_by_quarter_2024-Q4").select("2026-Q4").run()
    said = text_of(app)
    assert "if this trend continues" in said or "at this pace" in said
    assert "it is not a forecast" in said
    assert "False alarm: nothing changed" in with_tables(app).dataframe[-1].value.columns


def test_the_reference_has_no_gap_of_its_own_so_the_answer_stays_with_the_group_behind(open_page: Open) -> None:
    app = open_page("trends", **VISITS, group="White")
    assert "the gap for Black or African American patients" in finding_of(app)
    assert set(with_tables(app).dataframe[1].value["Group"]) == {"White"}


def test_a_phase_a_baseline_and_an_annotation_are_kept_and_drawn_at_every_grain(open_page: Open, home: Path) -> None:
    measure = "Depression screening and follow-up"
    link = {"dataset": SAMPLE, "measure": measure, "by": "race", "grain": "quarter"}
    app = open_page("trends", **link)
    app.button(key="tool_baseline").click().run()
    app.selectbox(key="freeze_first").select("2022-Q1")
    app.selectbox(key="freeze_last").select("2022-Q4")
    press(app, "Freeze")
    assert "frozen on Q1 2022 to Q4 2022" in text_of(app)
    assert "because a team froze that baseline" in text_of(app)

    app.button(key="tool_phase").click().run()
    app.selectbox(key="split_start").select("2024-Q1")
    app.text_input(key="split_reason").input("Screening at check-in")
    for name in ("different", "known", "desirable", "lasting"):
        app.radio(key=f"split_{name}").set_value("yes")
    press(app, "Split here")
    assert "begins in Q1 2024" in text_of(app)

    database = workspace_database()
    saved = chart_frame(database, HOME_WORKSPACE, FrameKey(SAMPLE, measure, "race"))
    assert saved.frame.phases == (Phase("2024-Q1", "Screening at check-in", YES),)
    assert saved.version == 2

    made = annotate(database, HOME_WORKSPACE, "2023-03", "<b>New</b> service", by=LOCAL_OWNER)
    try:
        monthly = text_of(open_page("trends", **{**link, "grain": "month"}))
        assert "frozen on January 2022 to December 2022" in monthly
        assert "begins in January 2024" in monthly
        assert "1: <b>New</b> service, March 2023" in monthly
    finally:
        delete_annotation(database, HOME_WORKSPACE, made.id, seen_version=made.version)


def test_an_annotation_is_added_and_deleted_on_the_page(open_page: Open) -> None:
    app = open_page("trends", **VISITS, grain="quarter")
    app.button(key="tool_event").click().run()
    app.selectbox(key="event_period").select("2023-Q2")
    app.text_input(key="event_words").input("Doulas join the team")
    press(app, "Add")
    assert "1: Doulas join the team, Q2 2023" in text_of(app)
    (kept,) = annotations_in(workspace_database(), HOME_WORKSPACE)
    assert kept.scope.dataset == SAMPLE
    app.button(key="tool_event").click().run()
    app.button(key=f"gone_{kept.id}").click().run()
    assert annotations_in(workspace_database(), HOME_WORKSPACE) == ()


def test_an_annotation_is_changed_and_what_somebody_else_wrote_meanwhile_is_seen_first(open_page: Open) -> None:
    database = workspace_database()
    made = annotate(database, HOME_WORKSPACE, "2023-Q2", "Doulas join", by=LOCAL_OWNER, scope=Scope(SAMPLE))
    app = open_page("trends", **VISITS, grain="quarter")
    app.button(key="tool_event").click().run()
    app.button(key=f"change_{made.id}").click().run()
    theirs = edit_annotation(
        database, HOME_WORKSPACE, made.id, period="2023-Q2", words="Two doulas", seen_version=1, by=LOCAL_OWNER
    )
    app.text_input(key=f"words_of_{made.id}").input("Three doulas join")
    app.selectbox(key=f"period_of_{made.id}").select("2023-Q3")
    press(app, "Save the change")
    said = text_of(app)
    assert "nothing is lost" in said
    assert "Two doulas" in said
    assert annotations_in(database, HOME_WORKSPACE) == (theirs,)
    press(app, "Save the change")
    (kept,) = annotations_in(database, HOME_WORKSPACE)
    assert (kept.period, kept.words, kept.scope) == ("2023-Q3", "Three doulas join", made.scope)
    assert "1: Three doulas join, Q3 2023" in text_of(app)
    delete_annotation(database, HOME_WORKSPACE, made.id, seen_version=kept.version)


def test_what_somebody_saved_meanwhile_is_shown_and_both_are_kept(open_page: Open) -> None:
    key = FrameKey(SAMPLE, "Postpartum visit", "payer")
    app = open_page("trends", dataset=SAMPLE, measure=key.measure, by="payer", grain="quarter")
    app.button(key="tool_target").click().run()
    theirs = EMPTY_FRAME.with_phase(Phase("2024-Q1", "A new clinic", YES))
    save_frame(workspace_database(), HOME_WORKSPACE, key, theirs, seen_version=0, by=LOCAL_OWNER)
    app.number_input(key="target_value").set_value(80.0)
    press(app, "Draw the line")
    said = text_of(app)
    assert "nothing is lost" in said
    assert "A new clinic" in said
    assert "Target 80.0%" in said  # as the measure is shown, not as a fraction
    app.button(key="conflict_add").click().run()
    kept = chart_frame(workspace_database(), HOME_WORKSPACE, key).frame
    assert kept.phases == theirs.phases
    assert kept.target == pytest.approx(0.8)
    app.button(key="frame_undone").click().run()  # what was decided just now is taken back as a new version
    again = chart_frame(workspace_database(), HOME_WORKSPACE, key)
    assert (again.frame.target, again.version) == (None, 3)
    assert "frame_undone" not in [button.key for button in app.button]


def test_a_phase_without_a_reason_is_refused_in_a_sentence(open_page: Open) -> None:
    app = open_page("trends", **VISITS, grain="quarter")
    app.button(key="tool_phase").click().run()
    press(app, "Split here")
    assert "lens-problem" in text_of(app)
    assert not app.exception


def press(app: AppTest, label: str) -> None:
    """Press a dialog's button."""
    next(button for button in app.button if button.label == label).click()
    app.run()
