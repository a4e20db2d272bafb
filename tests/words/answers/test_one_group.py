"""What is said of one group on every measure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.words.answers import one_group as words
from tests.answers_for_tests import LANGUAGE
from tests.crossed_answers_for_tests import one_group

BLACK = "Black or African American"


@pytest.mark.parametrize(
    ("group", "said"),
    [
        (BLACK, "Black or African American patients, 2024: a clear gap on 2 of 2 measures compared."),
        ("White", "White patients, 2024: a clear gap on 1 of 2 measures compared."),
        ("Asian", "Asian patients, 2024: the other groups are compared with this one, so no gap can show."),
        (
            "American Indian or Alaska Native",
            "American Indian or Alaska Native patients, 2024: nothing to compare, "
            "since its numbers are hidden, missing or too few.",
        ),
    ],
)
def test_the_headline_says_on_how_many_measures_there_is_a_clear_gap(group: str, said: str) -> None:
    assert words.finding(one_group(group)) == said


def test_a_group_that_is_nowhere_behind_or_is_clearly_ahead_is_said_to_be() -> None:
    white = one_group("White")
    calm = replace(white, rows=white.rows.assign(rank=float("nan"), verdict=["none", "none", "reference"]))
    assert words.finding(calm) == "White patients, 2024: no clear gap on 2 measures compared."
    assert words.chart_title(calm) == "White patients: no clear gap on any measure"
    assert "may be chance" not in words.how_sure(calm)
    ahead = white.rows.assign(verdict=["disparity", "disparity", "reference"], gap=[0.1, -0.1, 0.0])
    assert words.finding(replace(white, rows=ahead)) == (
        "White patients, 2024: a clear gap on 1 of 2 measures compared, clearly ahead on 1."
    )


def test_below_it_stand_both_rates_of_the_first_gap_and_where_the_group_is_the_reference() -> None:
    first, comes_to, own = words.what_it_comes_to(one_group("White"))
    assert first.startswith("HIV diagnoses, 2024: 5.2 per 100,000 for White people.")
    assert comes_to.endswith("about 1,149 fewer HIV diagnoses (95% range 586–1,712).")
    assert own == "On 1 measure the others are compared with this group, so it shows no gap there."


def test_every_measure_has_a_line_whatever_can_be_said_of_it() -> None:
    assert words.listed(one_group("White"))[1:] == (
        "Controlled blood pressure: 1.0 point lower (worse) than Asian patients (highest rate); no clear gap.",
        "Left without being seen: 4.0%; the other groups are compared with this one.",
    )
    first, _, hidden = words.listed(one_group(BLACK))
    assert first.endswith("(95% range 12,478–12,996); rank 1. Race and ethnicity recorded for 91%: use with caution.")
    assert hidden == "Left without being seen: hidden in the source."
    assert words.listed(one_group("Native Hawaiian or Pacific Islander")) == (
        "Controlled blood pressure: too few to read.",
    )
    assert words.listed(one_group("Spanish", LANGUAGE))[1].endswith("(lowest average); not ranked among the counts.")


def test_that_one_group_was_picked_out_of_many_is_said() -> None:
    assert words.how_sure(one_group(BLACK)) == (
        "We judged these gaps among all 14 comparisons of every group, so that picking one group makes no gap clearer. "
        "About 1 in 10 of the gaps called clear may be chance."
    )
    assert words.how_sure(replace(one_group(BLACK), tests=0)) == "Nothing was tested."


def test_what_is_not_known_is_counted() -> None:
    assert words.not_known(one_group(BLACK)) == (
        "Too small to show, not too small to matter: 1 measure.",
        "In 2 of the clear gaps, the group is recorded for less than 95%.",
    )
    assert "On 1 measure this group has too few people to read." in words.not_known(
        one_group("Native Hawaiian or Pacific Islander")
    )


def test_the_table_has_a_row_a_measure_with_its_ranges_and_its_verdict() -> None:
    table = words.table(one_group("White"))
    assert list(table.columns[:4]) == ["Measure", "Rate", "Gap", "Verdict"]  # seen without a move to the right
    assert table["Verdict"].tolist() == ["large and clear", "no clear gap", "reference"]
    assert table["Affected range"].tolist() == ["586–1,712", "", ""]
    assert table["Gap range"].tolist()[1:] == ["1.6 points higher to 3.6 points lower", ""]
    assert words.table(one_group(BLACK))["Rate"].tolist()[-1] == "Not shown: hidden in the source"
