"""What is said of groups compared: whole sentences, as they must come out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equity.lens.answers import Disparities, ResolvedReference
from equity.vocabulary import Measure, PeriodRange
from equity.words.answers import disparities as words
from equity.words.rows import fares_worse, focus, group_rows
from tests.answers_for_tests import (
    BLOOD_PRESSURE,
    BLOOD_PRESSURE_GROUPS,
    EVEN_GROUPS,
    HIV,
    HIV_GROUPS,
    INTERPRETER,
    LANGUAGE,
    LEFT,
    LEFT_GROUPS,
    MINUTES,
    MINUTES_GROUPS,
    PAYER,
    RACE,
    Group,
    best,
    disparities,
    released,
    target,
)


def blood_pressure() -> Disparities:
    return disparities()


def everything(answer: Disparities) -> str:
    """All that is said of an answer."""
    one = (words.finding, words.chart_title, words.how_sure, words.in_all, words.prompt, words.alt_text)
    return " ".join([*(say(answer) for say in one), *words.not_known(answer), *words.caveats(answer)])


def hidden() -> Disparities:
    groups = [Group("Asian", 0, 0, shown="hidden"), Group("White", 0, 0, shown="hidden")]
    return disparities(groups=groups, reference=ResolvedReference("best", ""))


def test_the_headline_counts_people() -> None:
    assert words.finding(blood_pressure()) == (
        "Controlled blood pressure, 2024: 55.0% of Black or African American patients. For Asian patients (highest "
        "rate) it was 69.0%."
    )


def test_the_headline_speaks_of_visits_where_people_come_more_than_once() -> None:
    answer = disparities(LEFT, LANGUAGE, LEFT_GROUPS)
    assert words.finding(answer) == (
        "Left without being seen, 2024: 9.0% of visits by people whose language is Spanish. For English it was 4.0%."
    )
    assert "The same person can be counted at more than one visit; the ranges allow for that." in words.caveats(answer)


def test_the_headline_of_a_rate_counts_events() -> None:
    assert words.finding(disparities(HIV, RACE, HIV_GROUPS)) == (
        "HIV diagnoses, 2024: 41.0 per 100,000 for Black or African American people. For Asian people (lowest rate) "
        "it was 4.5."
    )


def test_the_headline_of_a_mean_is_the_gap() -> None:
    assert words.finding(disparities(MINUTES, LANGUAGE, MINUTES_GROUPS)) == (
        "Minutes from arrival to clinician, 2024: 58 minutes for people whose language is Spanish. For English it was "
        "38 minutes."
    )


def test_rates_without_counts_say_what_can_be_said() -> None:
    answer = disparities(HIV, RACE, HIV_GROUPS)
    unknown = ["n", "x", "p", "p_together", "excess", "excess_lower", "excess_upper", "gap_lower", "gap_upper"]
    estimates = replace(
        answer,
        rows=answer.rows.assign(**dict.fromkeys(unknown, np.nan), reliability=""),
        remarks=("estimates_without_counts",),
    )
    assert words.finding(estimates) == (
        "HIV diagnoses, 2024: 41.0 per 100,000 for Black or African American people. For Asian people (lowest rate) "
        "it was 4.5."
    )
    assert "The source does not say how far off its rates may be" in words.how_sure(estimates)
    assert "The source gives rates without counts, so people affected cannot be worked out." in words.caveats(estimates)
    assert "No data" not in words.table(estimates).to_string()


def test_a_gap_that_may_be_chance_says_so_first() -> None:
    groups = [Group("Asian", 140, 200), Group("White", 60, 100)]
    answer = disparities(groups=groups)
    assert words.finding(answer) == (
        "Controlled blood pressure, 2024: 60% of White patients. For Asian patients (highest rate) it was 70%."
    )
    assert (
        words.chart_title(answer)
        == "White patients: 10 points lower (worse) than Asian patients (highest rate), no clear gap"
    )


def test_a_small_clear_gap() -> None:
    groups = [Group("Asian", 56_000, 80_000), Group("White", 54_800, 80_000)]
    assert words.finding(disparities(groups=groups)) == (
        "Controlled blood pressure, 2024: 68.5% of White patients. For Asian patients (highest rate) it was 70.0%."
    )


def test_no_gap() -> None:
    answer = disparities(stratifier=PAYER, groups=EVEN_GROUPS)
    assert words.finding(answer) == (
        "Controlled blood pressure by payer, 2024: no clear gap. Rates run from 61.0% to 62.0%."
    )
    assert words.chart_title(answer) == (
        "Controlled blood pressure by payer: no clear gap from patients with commercial insurance (highest rate)"
    )
    assert words.prompt(answer) == (
        "What keeps results on controlled blood pressure even across these groups, and how do we keep doing it?"
    )


def test_everyone_ahead_of_the_target() -> None:
    measure, reference = target(BLOOD_PRESSURE, 0.3)
    answer = disparities(measure, PAYER, EVEN_GROUPS, reference)
    assert words.finding(answer) == (
        "Controlled blood pressure, 2024: no group is clearly lower (worse) than the target. Some are clearly better."
    )


def test_a_neutral_measure_has_no_worse_side() -> None:
    answer = disparities(INTERPRETER, LANGUAGE, LEFT_GROUPS)
    assert words.finding(answer) == (
        "Interpreter used, 2024: lowest for people whose language is English, 4.0%. Highest for people whose language "
        "is Spanish, 9.0%."
    )
    said = everything(answer) + words.gap_chart_title(answer) + words.table(answer).to_string()
    assert "worse" not in said
    assert "better" not in said.replace("neither side is better", "")


def test_nothing_to_compare() -> None:
    one = disparities(groups=[Group("Asian", 140, 200)])
    assert words.finding(one) == (
        "Controlled blood pressure by race and ethnicity, 2024: nothing to compare yet. Fewer than two groups have "
        "enough data."
    )
    nothing = disparities(groups=[Group("Asian", 0, 0)], reference=ResolvedReference("best", ""))
    assert words.finding(nothing) == "Controlled blood pressure by race and ethnicity, 2024: no data."
    assert words.finding(hidden()) == (
        "Controlled blood pressure by race and ethnicity, 2024: the groups are too small to show, but not too "
        "small to matter."
    )
    assert words.prompt(hidden()) == "Whose story is too small to show here, and how could we hear it safely?"


def test_how_sure_gives_verdict_chance_range_reliability_and_tests() -> None:
    assert words.how_sure(blood_pressure()) == (
        "The gap for Black or African American patients is large and clear. If there were no gap, a difference "
        "this large would occur less than 1 time in 1,000. The gap is likely between 11.0 and 17.1 points (95% "
        "range). There are enough people for the rate to be read as it stands. We made 5 comparisons at once and "
        "allowed for that."
    )


def test_the_sum_over_groups() -> None:
    answer = blood_pressure()
    rows = answer.rows.copy()
    few = rows["group"].str.startswith(("Hispanic", "Middle", "White"))
    one = replace(answer, rows=rows.assign(verdict=rows["verdict"].mask(few, "none")))
    assert words.in_all(one) == ""
    clear = replace(answer, rows=rows.assign(verdict=rows["verdict"].mask(few, "small_certain")))
    assert words.in_all(clear) == (
        "Across the 4 groups with a clear gap, this comes to about 388 more patients (95% range 310–466)."
    )
    assert words.in_all(disparities(MINUTES, LANGUAGE, MINUTES_GROUPS)) == ""


def test_what_is_not_known() -> None:
    assert words.not_known(released(blood_pressure())) == (
        "Race and ethnicity not recorded for 3% of patients: unknown 2%, declined 1%.",
        ("1 group is not shown to protect privacy (fewer than 11): too small to show, not too small to matter."),
        "Too few people to read: Native Hawaiian or Pacific Islander patients.",
        "No data: patients who were not asked their race and ethnicity.",
    )


def test_a_gap_among_the_unknown_is_named() -> None:
    answer = blood_pressure()
    rows = answer.rows.copy()
    unknown = rows["group"] == "Unknown"
    rows.loc[unknown, ["gap", "gap_lower", "gap_upper", "relative_gap"]] = [0.37, 0.32, 0.42, 0.45]
    said = words.not_known(replace(answer, rows=rows))
    assert (
        "Patients whose race and ethnicity are not known: 61.9%, 37.0 points lower (worse) than Asian patients "
        "(highest rate)." in said
    )


def test_the_chart_is_told_group_by_group() -> None:
    told = words.alt_text(released(blood_pressure()))
    assert "Black or African American: 55.0% (52.9% to 57.1%), 2,200 patients, 14.0 pts lower;" in told
    assert "Asian: 69.0% (66.8% to 71.2%), 1,650 patients, reference;" in told
    assert "American Indian or Alaska Native: not shown to protect privacy (fewer than 11);" in told
    assert "Not asked: no data." in told
    assert "compared with Asian patients (highest rate, 69.0%)" in told


def test_zero_is_told_apart_from_hidden_and_missing() -> None:
    groups = [*BLOOD_PRESSURE_GROUPS[1:4], Group("White", 0, 240)]
    assert "White: 0.0% (0.0% to 1.6%), 0 of 240, 69.0 pts lower" in words.alt_text(disparities(groups=groups))


def test_hidden_in_the_source_is_its_own_reason_for_the_team_only() -> None:
    groups = [*BLOOD_PRESSURE_GROUPS[1:4], Group("White", 0, 0, shown="hidden", hidden_at_source=3.0)]
    answer = disparities(groups=groups)
    assert "White: not shown: hidden in the source" in words.alt_text(answer)
    assert "White: not shown to protect privacy (fewer than 20)" in words.alt_text(released(answer, "cms", 20))
    assert "White: not shown: hidden in the source" in words.alt_text(released(answer, "public", 0))


def test_the_table_says_everything_the_chart_shows() -> None:
    table = words.table(blood_pressure()).set_index("Group")
    row = table.loc["Black or African American"].to_dict()
    assert row == {
        "Rate": "55.0%",
        "Rate range": "52.9% to 57.1%",
        "Patients": "2,200",
        "Met the measure": "1,210",
        "Gap": "14.0 points lower (worse)",
        "Gap range": "11.0 to 17.1 points",
        "Ratio": "0.80 times",
        "More at the reference": "309 (242–376)",
        "Verdict": "large and clear",
        "Reliability": "reliable",
    }


def test_the_table_of_a_bad_outcome_says_who_had_it_and_gives_no_ratio_of_nothing() -> None:
    groups = [*LEFT_GROUPS[:-1], replace(LEFT_GROUPS[-1], x=0)]
    table = words.table(disparities(LEFT, LANGUAGE, groups))
    assert "Had this outcome" in table and "Met the measure" not in table
    assert table.set_index("Group").loc[groups[-1].name, "Ratio"] == ""


def test_where_nothing_is_compared_nothing_is_called_alike_or_best() -> None:
    answer = replace(blood_pressure(), remarks=("groups_cannot_be_told_apart",))
    answer = replace(answer, rows=answer.rows.assign(gap=np.nan, verdict="", reliability="too_few"))
    assert not any(row.compared for row in group_rows(answer.rows))
    assert not any("alike" in said or "best" in said or "good care" in said for said in words.caveats(answer))


def test_all_groups_of_an_answer_count_the_same_thing() -> None:
    """One of several groups whose people nearly all come once: the column and each group say the same."""
    answer = disparities(LEFT, LANGUAGE, LEFT_GROUPS)
    assert len({words.compared(answer, row).counted for row in group_rows(answer.rows)}) == 1


def test_a_hidden_row_of_the_table_holds_its_reason_and_nothing_else() -> None:
    table = words.table(released(blood_pressure(), "hedis", 30)).set_index("Group")
    cells = table.loc["American Indian or Alaska Native"].tolist()
    assert cells == ["Not shown to protect privacy (fewer than 30)", *[""] * (len(cells) - 1)]


def test_caption_names_measure_reference_and_period() -> None:
    answer = disparities(choices=replace(blood_pressure().choices, period=PeriodRange.parse("2024-Q1..2024-Q3")))
    assert words.table_caption(answer) == (
        "Controlled blood pressure by race and ethnicity, compared with Asian patients (highest rate, 69.0%), 2024 "
        "Q1–Q3. Ranges are 95% intervals."
    )


def test_the_focus_is_the_clearest_gap_and_never_a_group_too_small_to_read() -> None:
    groups = [
        Group("Asian", 700, 1000),
        Group("Black or African American", 20, 40),
        Group("White", 4800, 8000),
        Group("Hispanic or Latino", 5, 20, reliability="too_few"),
    ]
    found = focus(disparities(groups=groups))
    assert found is not None
    assert found.group == "White"


def in_focus(group: str) -> Disparities:
    answer = blood_pressure()
    return replace(answer, choices=replace(answer.choices, focus=group))


def test_a_group_that_somebody_picked_is_spoken_of_however_it_fares() -> None:
    answer = in_focus("White")
    assert words.finding(answer).startswith("Controlled blood pressure, 2024: 68.0% of White patients. For Asian")
    assert words.chart_title(answer).startswith("White patients: ")
    if not fares_worse(found := focus(answer)):  # type: ignore[arg-type]
        assert words.what_it_comes_to(answer) == ("The difference could be chance.",), found
    assert "harder for White" not in words.prompt(answer)


@pytest.mark.parametrize("group", ["Asian", "American Indian or Alaska Native", "Unknown", "<img src=x>", "Nobody"])
def test_a_group_that_cannot_be_spoken_of_leaves_the_focus_where_it_was(group: str) -> None:
    assert words.finding(in_focus(group)) == words.finding(blood_pressure())


@pytest.mark.parametrize("kind", ["average", "others", "group", "target", "best"])
def test_nothing_is_said_as_a_cause(kind: str) -> None:
    reference = replace(best(BLOOD_PRESSURE, BLOOD_PRESSURE_GROUPS), kind=kind)
    answer = disparities(reference=reference)
    said = everything(answer).lower()
    for word in ("because", "caused", "due to", "leads to", "minorit", "non-compliant", "vulnerable", "fail"):
        assert word not in said


def test_a_measure_with_a_hostile_name_is_quoted() -> None:
    measure = Measure("=cmd|' /C calc'!A0 <script>", "proportion", "higher_better")
    assert words.finding(disparities(measure)) == (
        "“=cmd|' /C calc'!A0 <script>”, 2024: 55.0% of Black or African American patients. For Asian patients "
        "(highest rate) it was 69.0%."
    )


def test_dots_that_are_left_out_of_the_spread_are_said() -> None:
    answer = replace(disparities(), within="Site", spread_too_few=3)
    said = "The faint dots are groups at each site; 3 with fewer than 30 patients are left out."
    assert said in words.caveats(answer)
    one = replace(answer, spread_too_few=1)
    assert any("1 is left out" in sentence for sentence in words.caveats(one))
    assert not any("faint dots" in sentence for sentence in words.caveats(disparities()))


def test_a_column_is_rounded_like_the_headline_beside_it() -> None:
    groups = [
        Group("Asian", 201, 300),
        Group("Black or African American", 2036, 3702),
        Group("Middle Eastern or North African", 238, 356),
        Group("Hispanic or Latino", 268, 400),
        Group("White", 13_690, 20_000),
    ]
    answer = disparities(groups=groups)
    assert (
        "55.0% of Black or African American patients. For White patients (highest rate) it was 68.5%."
        in words.finding(answer)
    )
    table = words.table(answer).set_index("Group")
    assert table["Rate"].tolist() == ["67.0%", "55.0%", "66.9%", "67.0%", "68.5%"]
    assert table.loc["Black or African American", "Gap"] == "13.5 points lower (worse)"
    assert words.chart_title(answer).startswith("Black or African American patients: 13.5 points lower (worse)")
