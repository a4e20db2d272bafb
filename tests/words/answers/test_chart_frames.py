"""What is said of decisions about a chart, of rules and their false alarms, and of icons for leaders."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from equity.lens.answers import Trends
from equity.stats.over_time.improvement_icons import FALSE_ALARMS_LATEST
from equity.stats.over_time.run_rules import (
    FALSE_ALARMS_ANHOEJ,
    FALSE_ALARMS_ANHOEJ_MEAN,
    FALSE_ALARMS_IHI,
    FALSE_ALARMS_IHI_MEAN,
)
from equity.words.answers import chart_frames, control, trends
from equity.words.answers.chart_frames import Event
from tests import answers_for_tests as made_up
from tests.answers_for_tests import BLOOD_PRESSURE, control_chart
from tests.words.test_reading_grade import HIGHEST_GRADE, VISIT, grade

BLACK = "Black or African American"
INTERPRETERS = Event(1, "New interpreter service", "2024-03", "2024-03", "2024-03")


def frozen() -> Trends:
    answer = made_up.trends()
    windows = answer.changes.assign(verdict="no_clear_change", reason="within_chance", gap_change=-0.02)
    windows = windows.assign(gap_change_lower=-0.06, gap_change_upper=0.02)
    return replace(
        answer,
        windows=windows,
        before=("2022-Q1", "2022-Q4"),
        after=("2024-Q1", "2024-Q4"),
        baseline_frozen=True,
    )


def test_a_frozen_baseline_leads_and_the_line_is_still_told() -> None:
    answer = frozen()
    assert "2022 (baseline) to 2024" in trends.finding(answer)
    assert trends.readings(answer) == (
        "The answer compares 2022 with 2024, because a team froze that baseline.",
        f"The line through every period says of {BLACK} patients “narrowed: the group improved” "
        "(6.0 to 14.0 points narrower).",
    )


def test_without_one_the_line_leads_and_the_windows_are_told() -> None:
    answer = replace(frozen(), baseline_frozen=False)
    assert "Their rate rose 10.0 points." in trends.what_it_comes_to(answer)
    assert trends.readings(answer)[1].startswith("Comparing 2022 with 2024 instead gives")
    assert trends.readings(made_up.trends()) == ()


def test_a_group_that_was_picked_is_the_one_answered_about() -> None:
    answer = made_up.trends({BLACK: "closing_by_lifting", "White": "no_clear_change"})
    assert BLACK in trends.finding(answer)
    assert "White patients" in trends.finding(answer, "White")
    assert trends.focus(answer, "White") == "White"
    assert trends.finding(answer, "Asian") == trends.finding(answer)


def test_the_two_sides_stand_beside_the_gap() -> None:
    assert trends.change_beside_gap(made_up.trends(), BLACK) == (
        "Narrowed: the group improved: 6.0 to 14.0 points narrower",
        "Black or African American: up 10.0 points. Asian: no change.",
    )
    assert trends.change_beside_gap(made_up.trends({}), BLACK) == ()


def test_the_yearly_rule_names_the_groups_by_verdict() -> None:
    yearly = pd.DataFrame({"group": ["Asian", "White", BLACK], "verdict": ["improving", "improving", "no_clear_trend"]})
    rule, *said = trends.yearly_rule(replace(made_up.trends(), yearly=yearly))
    assert "over 1% a year" in rule
    assert said == [
        "Getting better over the years: Asian and White.",
        f"No clear trend over the years: {BLACK}.",
    ]
    assert trends.yearly_rule(made_up.trends()) == ()


def test_false_alarms_are_said_with_the_simulated_figures() -> None:
    """Those around the median for a run chart, around the mean for any other."""
    run, other = (control.false_alarms(replace(control_chart(), chart=kind)) for kind in ("run", "p"))
    assert f"{FALSE_ALARMS_ANHOEJ[24]:.0%} of charts of 24 points show a signal" in run
    assert f"{FALSE_ALARMS_IHI[24]:.0%} of charts of 24 points have one" in run
    assert f"{FALSE_ALARMS_ANHOEJ_MEAN[24]:.0%} of charts of 24 points show a signal" in other
    assert f"{FALSE_ALARMS_IHI_MEAN[24]:.0%} of charts of 24 points have one" in other
    assert "worth a look and no more" in run
    assert f"about {FALSE_ALARMS_LATEST[24]:.0%} of the time" in control.icon_false_alarms()


@pytest.mark.parametrize("reason", control.REASONS)
def test_a_proposal_has_its_reason_and_a_choice_against_it_is_said(reason: str) -> None:
    proposed = replace(control_chart(), proposed="p", reason=reason)
    assert control.chosen_because(proposed) == f"This is a p chart, because {control.REASONS[reason]}."
    assert "as chosen; we would propose a p chart" in control.chosen_because(replace(proposed, chart="run"))
    assert control.chosen_because(control_chart()) == "This is a p chart."


def test_each_kind_of_chart_side_by_side_has_its_reason() -> None:
    usual = replace(control_chart(), proposed="p", reason="spread_as_chance")
    rare = replace(usual, chart="run", proposed="t", reason="rare_events", group="Asian")
    assert control.charts_chosen((usual, rare), "") == (
        f"{BLACK}: p chart: {control.REASONS['spread_as_chance']}.",
        f"Asian: run chart (alone it would be a t chart): {control.REASONS['rare_events']}.",
    )
    assert control.charts_chosen((usual, usual), "") == (control.chosen_because(usual),)
    assert control.charts_chosen((usual, rare), "p") == (
        "Each is a p chart, as chosen; which chart fits best differs from group to group.",
    )
    assert control.charts_chosen((usual, usual), "p") == (control.chosen_because(usual),)


def test_every_icon_has_a_sentence_and_a_side() -> None:
    answer = replace(control_chart(), variation="improving_high", assurance="hit_and_miss", target=0.7)
    assert control.leaders_sentence(answer) == (
        f"{BLACK}: The latest result is better than chance explains. If nothing changes, the target is hit or missed "
        "by chance."
    )
    assert (control.icons(answer), control.direction(answer)) == (("H", "?"), "better")
    assert control.direction(replace(answer, variation="concerning_low")) == "worse"
    assert control.direction(replace(answer, variation="common_cause")) == ""
    assert control.icons(replace(answer, variation="", assurance="")) == ("–",)


def test_what_was_decided_is_said_under_the_chart() -> None:
    answer = control_chart()
    rows = answer.rows.assign(baseline=[1] * 12 + [0] * 12, phase=[0] * 18 + [1] * 6, excluded=[0] * 4 + [1] + [0] * 19)
    assert chart_frames.decided(replace(answer, rows=rows, target=0.7)) == (
        "The middle and the limits are frozen on January 2022 to December 2022; later points are held against those.",
        "A new phase, with limits of its own, begins in July 2023.",
        "Left out of the limits and the rules, still drawn: May 2022.",
        "The target line is at 70%.",
    )
    assert chart_frames.decided(answer) == ()


def test_charts_between_events_are_said_in_days() -> None:
    cases = replace(control_chart(), chart="t")
    assert control.level(cases, 57.25, 200.0) == "57.2 days"
    assert control.scale(cases) == 1
    assert "do not apply" in chart_frames.decided(cases)[0]
    assert control.scale(replace(control_chart(), measure=BLOOD_PRESSURE)) == 100


def test_who_has_a_signal_and_who_has_none() -> None:
    loud, calm = control_chart(), replace(control_chart(signal=False), group="White")
    what = "Controlled blood pressure"
    assert (
        control.every_finding((loud, calm))
        == f"{what}. There is likely a real change for {BLACK}. No sign of one for White."
    )
    assert control.every_finding((calm,)) == f"{what}. There is no sign of a real change for White."
    assert control.every_finding((calm,) * 4) == f"{what}. There is no sign of a real change in any of the 4 charts."


def test_an_event_stands_where_its_period_is_or_between_two_points() -> None:
    months = ["2024-01", "2024-02", "2024-03", "2024-03", "2024-05"]
    assert chart_frames.place(INTERPRETERS, months) == (2.0, 3.0)
    quiet = replace(INTERPRETERS, first="2024-04", last="2024-04")
    assert chart_frames.place(quiet, months) == (3.5, 3.5)


def test_events_are_numbered_and_cut_to_the_room_there_is() -> None:
    long = replace(INTERPRETERS, words="Nurses call everyone back within a day <b>")
    assert chart_frames.event_label(long) == "1 Nurses call everyone back…"
    assert chart_frames.event_label(long, 0) == "1"
    assert chart_frames.events_in_words([INTERPRETERS]) == (
        "Marked on the chart: 1: New interpreter service, March 2024."
    )
    assert chart_frames.events_in_words([]) == ""


def test_the_reading_grade() -> None:
    answer = replace(control_chart(), measure=VISIT, group="Black", proposed="p", reason="spread_as_chance")
    texts = [
        control.false_alarms(answer),
        control.chosen_because(answer),
        control.icon_false_alarms(),
        control.every_finding((answer,)),
        *(judgement.meaning for judgement in (*control.VARIATION.values(), *control.ASSURANCE.values())),
    ]
    for text in texts:
        assert grade(text) <= HIGHEST_GRADE, (grade(text), text)
