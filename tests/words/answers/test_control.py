"""What is said of a control chart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.stats.over_time.control_charts import BY_NAME, KindOfChart
from equity.words.answers import control as words
from tests.answers_for_tests import NAN, control_chart, released


def test_a_signal_names_the_rules_that_fired() -> None:
    assert words.finding(control_chart()) == (
        "Controlled blood pressure, Black or African American patients. There is likely a real change."
    )


def test_no_signal() -> None:
    assert words.finding(control_chart(signal=False)) == (
        "Controlled blood pressure, Black or African American patients. There is no sign of a real change."
    )


def test_trial_limits_say_that_they_will_move() -> None:
    said = words.how_sure(control_chart(signal=False, trial=True))
    assert said.endswith("With fewer than 12 points these are trial limits: they will move as data come in.")
    assert "trial limits" in words.table_caption(control_chart(signal=False, trial=True))


def test_a_hole_is_not_a_zero() -> None:
    assert words.not_known(control_chart()) == ("1 point is without data: a break in the line, not a zero.",)
    row = words.table(control_chart()).iloc[3]
    assert row["Value"] == "No data"
    assert (row.drop(["Period", "Value"]) == "").all()


def test_alt_text_has_the_ends_and_the_middle_and_what_is_not_there() -> None:
    assert words.alt_text(control_chart()).endswith(
        "From 54% in January 2022 to 64% in December 2023, about a middle line of 60%. 1 point is without data: a "
        "break in the line, not a zero."
    )


def test_hidden_missing_and_zero_are_read_out_differently() -> None:
    answer = control_chart()
    rows = answer.rows.copy()
    rows.loc[5, ["value", "n", "x", "centre", "lower", "upper"]] = NAN
    rows.loc[7, ["value", "x"]] = 0.0
    rows.loc[[5, 7], "shown"] = ["hidden", "zero"]
    answer = released(replace(answer, rows=rows))
    why = "Not shown to protect privacy (fewer than 11)"
    assert words.table(answer)["Value"][[3, 5, 7]].tolist() == ["No data", why, "0%"]
    assert words.point_in_words(answer, rows.loc[5].to_dict()) == f"June 2022: {why}"
    assert "1 point is not shown to protect privacy (fewer than 11)." in words.alt_text(answer)


def test_a_group_of_which_nothing_is_shown_has_no_outcome() -> None:
    calm = control_chart(signal=False)
    unseen = replace(calm, group="Asian", rows=calm.rows.assign(value=NAN, shown="hidden"), signal={})
    assert [words.outcome(calm), words.outcome(unseen)] == ["no signal", "not shown"]
    assert words.every_finding((calm, unseen)).endswith("for Black or African American.")


def test_what_is_said_goes_by_what_the_kind_of_chart_is_and_not_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    of_medians = KindOfChart("md", "median chart", ("proportion",), None, middle="median", has_limits=False)
    monkeypatch.setitem(BY_NAME, "md", of_medians)
    few = replace(control_chart(signal=False, trial=True), chart="md")
    as_run = replace(few, chart="run")
    assert words.false_alarms(few) == words.false_alarms(as_run) != words.false_alarms(replace(few, chart="p"))
    assert words.how_sure(few) == words.how_sure(as_run) != words.how_sure(replace(few, chart="p"))
