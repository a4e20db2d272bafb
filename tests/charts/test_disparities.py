"""The figures of groups compared, by their specification."""

from __future__ import annotations

import html
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from equity.charts import disparities as charts
from equity.charts.parts import asking, labelled_rows, template
from equity.lens.answers import ResolvedReference
from equity.vocabulary import Category, Stratifier
from tests.answers_for_tests import (
    AGE,
    BLOOD_PRESSURE,
    BLOOD_PRESSURE_GROUPS,
    HIV,
    HIV_GROUPS,
    INTERPRETER,
    LANGUAGE,
    LEFT,
    LEFT_GROUPS,
    MINUTES,
    MINUTES_GROUPS,
    Group,
    disparities,
    released,
)
from tests.charts import reading


def labels(figure: go.Figure) -> list[str]:
    """The group labels from top to bottom."""
    found = reading.labels(figure, labelled_rows.LABEL)
    return [row.label.text.replace("<b>", "").replace("</b>", "") for row in found]


def test_worst_first_then_the_unknown_then_those_without_a_number() -> None:
    assert labels(charts.groups(disparities())) == [
        "Black or African American",
        "Native Hawaiian or Pacific Islander",
        "Middle Eastern or North African",
        "Hispanic or Latino",
        "White",
        "Asian",
        "Unknown",
        "Declined to answer",
        "American Indian or Alaska Native",
        "Not asked",
    ]


def test_where_lower_is_better_the_highest_rate_is_first() -> None:
    assert labels(charts.groups(disparities(LEFT, LANGUAGE, LEFT_GROUPS))) == ["Spanish", "Another language", "English"]


def test_the_listed_order_and_ordered_stratifiers_keep_their_order() -> None:
    listed = labels(charts.groups(disparities(), order="listed"))
    assert listed[0] == "Asian"
    ages = [
        Group("18–34", 300, 500),
        Group("35–54", 250, 500),
        Group("55–74", 350, 500),
        Group("75 and over", 280, 500),
    ]
    assert labels(charts.groups(disparities(stratifier=AGE, groups=ages))) == [g.name for g in ages]


def test_focus_reference_and_others_have_their_looks() -> None:
    drawn = charts.groups(disparities())
    (focus,) = reading.marks(drawn, template.FOCUS)
    assert focus.x.tolist() == [pytest.approx(55.0)]
    (reference,) = reading.marks(drawn, template.INK)
    assert reference.marker.symbol == "diamond"
    assert reference.x.tolist() == [pytest.approx(100 * 1139 / 1650)]
    (few,) = [
        m
        for m in reading.marks(drawn, template.OTHERS)
        if m.marker.color == template.PAPER and m.marker.symbol == "circle"
    ]
    assert few.x.tolist() == [pytest.approx(100 * 13 / 21)]
    squares = [m for m in reading.marks(drawn, template.OTHERS) if m.marker.symbol == "square"]
    assert len(squares[0].x) == 2


def test_dots_carry_their_intervals() -> None:
    answer = disparities()
    row = answer.rows.set_index("group").loc["Black or African American"]
    (focus,) = reading.marks(charts.groups(answer), template.FOCUS)
    assert focus.error_x.array[0] == pytest.approx(100 * (row["upper"] - row["rate"]))
    assert focus.error_x.arrayminus[0] == pytest.approx(100 * (row["rate"] - row["lower"]))


def test_the_reference_is_one_line_named_at_its_top() -> None:
    drawn = charts.groups(disparities())
    (line,) = reading.lines(drawn, template.INK)
    at = line.x[np.isfinite(line.x)]
    assert np.ptp(at) == 0
    assert "Asian 69.0%" in reading.texts(drawn)


def test_everyone_else_differs_from_row_to_row() -> None:
    answer = disparities(reference=replace(disparities().reference, kind="others", group=""))
    unknown_rate = replace(answer, reference=ResolvedReference("others", "everyone else"))
    (line,) = reading.lines(charts.groups(unknown_rate), template.INK)
    assert np.isfinite(line.x).sum() == 2 * answer.rows["gap"].notna().sum()
    assert any("all others" in t for t in reading.texts(charts.groups(unknown_rate)))


def test_rate_n_and_gap_stand_at_the_right() -> None:
    said = reading.texts(charts.groups(disparities()))
    assert "55.0% 2,200 patients" in said
    assert "14.0 pts lower" in said
    assert "reference" in said
    assert "too few to read" in said


def test_hidden_is_hatched_missing_is_outlined_zero_is_a_dot() -> None:
    groups = [*BLOOD_PRESSURE_GROUPS, Group("Zero", 0, 240)]
    drawn = charts.groups(released(disparities(groups=groups)))
    hidden, missing = reading.tiles(drawn)
    assert reading.is_hatched(hidden)
    assert not reading.is_hatched(missing)
    said = reading.texts(drawn)
    assert "Not shown to protect privacy (fewer than 11)" in said
    assert "No data" in said
    assert "0.0% 240 patients" in said


def test_the_spread_is_drawn_for_shown_groups_only() -> None:
    answer = disparities()
    (behind,) = reading.marks(charts.groups(answer), template.FAINT)
    assert len(behind.x) == len(answer.spread)
    stray = answer.spread.assign(group="American Indian or Alaska Native")
    assert not reading.marks(charts.groups(replace(answer, spread=stray)), template.FAINT)
    assert not reading.marks(charts.groups(disparities(with_spread=False)), template.FAINT)


def test_a_hidden_number_is_nowhere_in_the_figure() -> None:
    answer = disparities()
    secret = answer.rows.copy()
    hidden = secret["shown"] == "hidden"
    secret.loc[hidden, ["n", "x", "rate", "lower", "upper", "gap", "gap_lower", "gap_upper"]] = [
        77.0, 7.0, 0.0909, 0.0448, 0.1760, 0.5994, 0.51, 0.66,
    ]  # fmt: skip
    for draw in (charts.groups, charts.gaps):
        with_secret, without = draw(replace(answer, rows=secret)), draw(answer)
        assert reading.everything(with_secret) == reading.everything(without)


def test_harm_is_to_the_right_of_the_gap_whatever_the_polarity() -> None:
    for answer in (
        disparities(),
        disparities(LEFT, LANGUAGE, LEFT_GROUPS),
        disparities(MINUTES, LANGUAGE, MINUTES_GROUPS),
    ):
        drawn = charts.gaps(answer)
        (worse,) = reading.marks(drawn, template.WORSE)
        assert (worse.x > 0).all()
        assert "worse →" in reading.texts(drawn)


def test_the_gap_figure_marks_zero_and_ten_per_cent() -> None:
    drawn = charts.gaps(disparities())
    (zero,) = reading.lines(drawn, template.INK)
    assert set(zero.x[np.isfinite(zero.x)]) == {0.0}
    near = sorted({float(v) for t in reading.lines(drawn, template.FAINT) for v in t.x if np.isfinite(v)})
    share = 1139 / 1650
    assert near == [pytest.approx(-10 * (1 - share)), pytest.approx(10 * (1 - share))]
    assert "▲ large and clear" in reading.texts(drawn)


def test_a_neutral_measure_has_no_colour_of_harm() -> None:
    drawn = charts.gaps(disparities(INTERPRETER, LANGUAGE, LEFT_GROUPS))
    assert not reading.marks(drawn, template.WORSE)
    assert not any("worse" in t or "better" in t for t in reading.texts(drawn))


def test_an_interval_too_wide_to_read_does_not_stretch_the_axis() -> None:
    wide = charts.groups(disparities()).layout.xaxis.range
    few = next(r for r in disparities().rows.to_dict("records") if r["reliability"] == "too_few")
    assert wide[0] > 100 * few["lower"]


def test_the_height_depends_on_the_number_of_groups_alone() -> None:
    rates, counts = disparities(HIV, groups=HIV_GROUPS), disparities(groups=BLOOD_PRESSURE_GROUPS[1:5])
    assert charts.groups(rates).layout.height == charts.groups(counts).layout.height
    rows = len(disparities().rows)
    expected = labelled_rows.TOP + rows * labelled_rows.ROW_HEIGHT + labelled_rows.BOTTOM
    assert charts.groups(disparities()).layout.height == expected


def test_rates_stand_per_multiplier_on_the_axis() -> None:
    drawn = charts.groups(disparities(HIV, groups=HIV_GROUPS))
    (focus,) = reading.marks(drawn, template.FOCUS)
    assert focus.x[0] == pytest.approx(41.0, abs=0.01)
    assert drawn.layout.xaxis.title.text == "HIV diagnoses, per 100,000"


def test_hostile_names_are_text() -> None:
    name = "<a href='javascript:alert(1)'>x</a> $y$"
    stratifier = Stratifier("race", "Race", categories=(Category(name), Category("White")))
    answer = disparities(BLOOD_PRESSURE, stratifier, [Group(name, 500, 1000), Group("White", 700, 1000)])
    for drawn in (charts.groups(answer), charts.gaps(answer)):
        assert "<a" not in reading.everything(drawn)
        assert "$y$" not in reading.everything(drawn)


def test_nobody_at_all_still_draws() -> None:
    answer = disparities(groups=[Group("Asian", 0, 0)], reference=ResolvedReference("best", ""))
    assert reading.tiles(charts.groups(answer))
    assert charts.gaps(replace(answer, rows=answer.rows.iloc[:0])).layout.height > 0


def test_arrays_are_numpy() -> None:
    assert reading.all_numpy(charts.groups(disparities()))
    assert reading.all_numpy(charts.gaps(disparities()))


def asked(figure: go.Figure) -> dict[str, dict[str, str]]:
    """What each mark that can be asked is asked, by the name that stands beside it."""
    marks = [
        (str(said).split(": ")[0], more)
        for trace in figure.to_dict()["data"]
        for said, more in zip(trace.get("hovertext", ()), trace.get("customdata", ()), strict=False)
    ]
    return {name: more["ask"]["question"] for name, more in marks if more}


def test_a_click_puts_a_group_in_focus_and_takes_it_out_and_nothing_else_can_be_clicked() -> None:
    answer = disparities()
    questions = asked(charts.groups(answer))
    assert questions["White"] == {"group": "White"}
    for name in ("Asian", "Unknown", "Native Hawaiian or Pacific Islander", "American Indian or Alaska Native"):
        assert name not in questions  # the reference, the unknown, too few to read, hidden
    again = replace(answer, choices=replace(answer.choices, focus="White"))
    assert asked(charts.groups(again))["White"] == {"group": ""}
    (focus,) = reading.marks(charts.groups(again), template.FOCUS)
    assert focus.x.tolist() == [pytest.approx(again.rows.set_index("group").loc["White", "rate"] * 100)]


def test_a_question_of_a_hostile_name_is_shut_and_keeps_its_letters() -> None:
    name = "<img src=x>  & co"
    (shut,) = {asking.focus(name, already=False)["ask"]["question"]["group"]}  # type: ignore[index]
    assert shut == "&lt;img src=x&gt;  &amp; co"
    assert html.unescape(shut) == name


def test_the_dot_of_a_site_asks_for_that_site_alone() -> None:
    questions = asked(charts.groups(disparities()))
    sites = [question["where"] for question in questions.values() if "where" in question]
    assert sites
    assert all(site.startswith("site:") for site in sites)


def test_what_was_guessed_is_first_seen_where_it_was_guessed() -> None:
    answer = disparities()
    asked, shown = charts.groups_as_asked(answer), charts.groups(answer)
    assert list(asked.layout.xaxis.range) == [0, 100]
    assert labels(asked) == labels(charts.groups(answer, "listed"))
    assert sorted(labels(asked)) == sorted(labels(shown))
    assert asked.layout.height == shown.layout.height
    low, high = charts.gaps_as_asked(answer).layout.xaxis.range
    assert low == -high
    assert labels(charts.gaps_as_asked(answer)) == labels(charts.gaps(answer, "listed"))
