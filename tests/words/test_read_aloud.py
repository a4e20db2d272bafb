"""Texts on which somebody stumbled who read them aloud: columns rounded alike, one of a thing, days, names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from equity.actions.sample.sample_team import AS_OF, BEGAN
from equity.focus.room import Choice, FocusRoom
from equity.improvement.aims import Aim
from equity.improvement.path import MONTHS, months_between
from equity.ui.layout import marks
from equity.vocabulary import Measure
from equity.words import measures, numbers
from equity.words.answers import (
    areas,
    computed,
    disparities,
    gap_sources,
    intersections,
    pace,
    scan,
    site_funnel,
    summary,
    trends,
)
from equity.words.languages import leader_page
from equity.words.languages.spanish import SPANISH
from equity.words.work import evidence, focus_page, path
from tests import answers_for_tests as made_up
from tests import crossed_answers_for_tests as crossed
from tests.answers_for_tests import BLOOD_PRESSURE, HIV, PAYER, Group

FALLS = Measure("Falls", "rate", "lower_better", multiplier=1_000.0, unit="patient days")


def decimals(cells: Iterable[str]) -> set[int]:
    """How many decimals the numbers of some cells have."""
    return {len(number.partition(".")[2]) for cell in cells for number in re.findall(r"\d+(?:\.\d+)?", cell)}


def test_a_table_over_time_is_rounded_alike_whatever_a_group_s_size() -> None:
    answer = made_up.trends()
    sizes = np.where(answer.rows["group"] == "White", 4_000.0, 400.0)
    table = trends.table(replace(answer, rows=answer.rows.assign(n=sizes)))
    for column in ("Rate", "Range", "Gap", "Gap range"):
        assert len(decimals(table[column])) == 1, column
    changes = trends.changes_table(replace(answer, rows=answer.rows.assign(n=sizes / 10)))
    assert len(decimals(changes["Change in the gap"])) == 1


def test_gaps_of_many_measures_in_one_column_are_rounded_alike() -> None:
    answer = made_up.areas()
    shares = [m.name for m in answer.measures if m.kind == "proportion"]
    sizes = np.where(np.arange(len(answer.rows)) % 2 == 0, 400.0, 4_000.0)
    for words in (areas, scan):
        table = words.table(replace(answer, rows=answer.rows.assign(n=sizes)))
        told = table[table["Measure"].isin(shares)]
        assert len(told) > 1
        assert len(decimals(told["Rate"])) == 1
        assert len(decimals(told["Gap"])) == 1


def test_a_rate_near_nothing_has_the_decimals_of_its_column() -> None:
    answer = crossed.intersections(FALLS)
    rows = answer.rows.assign(expected=1.7e-10, pooled=1.6e-10, pooled_lower=1e-12, pooled_upper=9e-4, rate=0.0)
    table = intersections.table(replace(answer, rows=rows, overall_rate=0.005))
    assert set(table["Expected"]) - {""} == {"0.0 per 1,000 patient days"}
    assert not any("0.000" in cell for column in table for cell in table[column])


def test_both_ends_of_a_range_have_the_same_decimals() -> None:
    assert numbers.rate_range(FALLS, 0.000_078, 0.0174) == "between 0.1 and 17.4 per 1,000 patient days"
    assert numbers.rate_range(FALLS, 0.000_078, 0.000_61) == "between 0.08 and 0.61 per 1,000 patient days"


def test_two_rates_that_are_written_alike_have_no_difference() -> None:
    groups = [Group("Commercial", 62_040, 100_000), Group("Medicaid", 1_239, 2_000)]
    answer = made_up.disparities(BLOOD_PRESSURE, PAYER, groups)
    table = disparities.table(replace(answer, rows=answer.rows.assign(verdict=["reference", "none"]))).iloc[1]
    assert table["Rate"] == "62.0%"
    assert table["Gap"] == "No difference"


def test_cells_are_not_called_groups() -> None:
    said = marks.of_intersections(crossed.intersections())
    assert any(re.fullmatch(r"○ \d+ of \d+ cells with too few people to read", mark) for mark in said)


def test_the_chart_of_gaps_is_read_aloud_as_gaps() -> None:
    answer = made_up.disparities()
    rates, gaps = disparities.alt_text(answer), disparities.gaps_alt_text(answer)
    assert rates != gaps
    assert disparities.gap_chart_title(answer) in gaps
    assert "Black or African American: 14.0 points lower (worse), range 11.0 to 17.1 points" in gaps
    assert "Asian: reference" in gaps
    assert "55.0%" not in gaps


@pytest.mark.parametrize(
    ("measure", "said", "spanish"),
    [
        (BLOOD_PRESSURE, "about 1 more patient would have met", "cerca de 1 paciente más habría"),
        (HIV, "about 1 fewer event counted in “HIV diagnoses”", "cerca de 1 caso menos"),
    ],
)
def test_of_one_the_singular_is_said(measure: Measure, said: str, spanish: str) -> None:
    groups = [Group("Commercial", 700, 1_000), Group("Medicaid", 600, 1_000)]
    if measure is HIV:
        groups = [Group("Commercial", 60, 100_000), Group("Medicaid", 90, 100_000)]
    answer = made_up.disparities(measure, PAYER, groups)
    one = replace(answer, rows=answer.rows.assign(excess=1.2, excess_raw=1.2))
    assert said in " ".join(disparities.what_it_comes_to(one))
    assert spanish in " ".join(leader_page.what_it_comes_to(one, SPANISH))


def test_rates_without_ranges_are_not_called_even_in_spanish() -> None:
    groups = [Group("Commercial", 700, 1_000), Group("Medicaid", 701, 1_000), Group("Uninsured", 720, 1_000)]
    answer = made_up.disparities(BLOOD_PRESSURE, PAYER, groups)
    unknown = dict.fromkeys(("lower", "upper", "gap_lower", "gap_upper", "p"), float("nan"))
    alone = replace(answer, rows=answer.rows.assign(**unknown, verdict=["reference", "none", "none"], gap=-0.001))
    assert "so no gap is judged" in disparities.finding(alone)
    said = leader_page.finding(alone, SPANISH)
    assert "no hay una diferencia clara" not in said
    assert said.endswith("La fuente no da rangos, así que no se juzga ninguna diferencia.")
    assert "parejos" not in leader_page.prompt(alone, SPANISH)


def test_a_day_that_is_past_is_told_as_past() -> None:
    chosen = Choice("Hypertension", "Ours", "", "All", "2025-03-04")
    room = FocusRoom("Our focus", "Sample", 1, choice=chosen)
    before, on_it, after = dt.date(2025, 3, 3), dt.date(2025, 3, 4), dt.date(2025, 3, 5)
    for day in (before, on_it):
        assert focus_page.focus_is(room, day).endswith(". We look again on March 4, 2025.")
        assert "It is looked at again on March 4, 2025." in evidence.focus("Hypertension", "All", "2025-03-04", day)
    assert focus_page.focus_is(room, after).endswith(". The day to look again was March 4, 2025.")
    told = evidence.focus("Hypertension", "All", "2025-03-04", after)
    assert told.endswith("The day to look at it again was March 4, 2025.")


def test_the_made_up_team_is_in_the_month_that_its_path_says() -> None:
    month = 1 + months_between(BEGAN, AS_OF)
    assert f"in month {month} of its {MONTHS}" in path.MADE_UP
    assert f"See a made-up team in month {month}" == path.SEE_SAMPLE


def test_what_is_said_of_all_groups_holds_for_the_few_that_cannot_be_read_too() -> None:
    alike = [Group("Commercial", 620, 1_000), Group("Medicaid", 620, 1_000)]
    for few, said in (
        (Group("Uninsured", 4, 12, reliability="too_few"), "All groups with enough data are near 62.0%."),
    ):
        answer = made_up.disparities(BLOOD_PRESSURE, PAYER, [*alike, few])
        even = replace(answer, rows=answer.rows.assign(verdict=["reference", "none", "none"]))
        assert disparities.finding(even).endswith(said)
    apart = [Group("Commercial", 620, 1_000), Group("Medicaid", 600, 1_000)]
    outside, inside = (Group("Uninsured", x, 12, reliability="too_few") for x in (4, 7.3))
    for few, with_enough in ((outside, " with enough data"), (inside, "")):
        answer = made_up.disparities(BLOOD_PRESSURE, PAYER, [*apart, few])
        even = replace(answer, rows=answer.rows.assign(verdict=["reference", "none", "none"]))
        assert disparities.finding(even).endswith(f"Rates{with_enough} run from 60.0% to 62.0%.")


def test_gaps_and_their_parts_are_rounded_alike_down_the_column() -> None:
    table = gap_sources.table(crossed.gap_sources())
    for column in ("Gap", "Within", "Between"):
        assert len(decimals(cell for cell in table[column] if cell[0].isdigit())) == 1, column


def test_a_picture_without_numbers_does_not_claim_some() -> None:
    answer = crossed.summary()
    nothing = replace(answer, rows=answer.rows.assign(reason="fewer_than_3_groups"))
    assert summary.chart_title(nothing).endswith(": none of these numbers can be given")
    assert "how large differences are" in summary.chart_title(answer)


def test_the_parts_of_a_gap_are_called_as_they_are() -> None:
    """Beside groups of age no site is spoken of, in the way it was computed either."""
    ages = replace(crossed.site_funnel(), within=made_up.AGE)
    assert site_funnel.method(ages).startswith("Each age band is held against all age bands together")
    assert "sites" in site_funnel.method(crossed.site_funnel())
    assert "place" not in gap_sources.SPLIT + gap_sources.ADJUSTED


def test_every_site_s_gap_is_rounded_alike() -> None:
    table = gap_sources.strata_table(crossed.gap_sources())
    assert len(decimals(cell for cell in table["Gap"] if cell[0].isdigit())) == 1


def test_both_ends_of_a_gap_s_range_have_the_same_decimals() -> None:
    assert numbers.gap_range(made_up.MINUTES, -1.06, 0.74) == "between 1.1 lower and 0.7 higher, in minutes"
    assert numbers.size_range(made_up.MINUTES, 0.4, 12.9, 50) == "0–13"


def test_an_aim_whose_grouping_a_release_lacks_quotes_its_group() -> None:
    aim = Aim(measure="Postpartum visit", by="race", group="Black or African American", where="at two sites")
    assert evidence.aim_without_rates(aim, None, None) == (
        "Postpartum visit: an aim is set for “Black or African American” at two sites."
    )
    told = evidence.aim_without_rates(aim, made_up.RACE, made_up.BLOOD_PRESSURE)
    assert "for Black or African American patients at" in told
    assert "for Black or African American people at" in evidence.aim_without_rates(aim, made_up.RACE, made_up.HIV)


def test_how_an_average_is_computed_counts_nobody_affected() -> None:
    """Nobody is counted as affected of a mean, and it has no share that is left to 100%."""
    means = " ".join(computed.of_disparities(made_up.disparities(made_up.MINUTES, groups=made_up.MINUTES_GROUPS)))
    assert "affected" not in means
    assert "large from 10% of the average on, and clear" in means
    shares = " ".join(computed.of_disparities(made_up.disparities()))
    assert "affected" in shares
    assert "10% of the rate on, or of 100% minus the rate, and clear" in shares
    assert "100% minus" not in " ".join(computed.of_disparities(made_up.disparities(HIV, groups=made_up.HIV_GROUPS)))


def test_a_name_whose_words_are_all_written_large_stays_so_within_a_sentence() -> None:
    assert measures.lowered("Colon and Rectum") == "Colon and Rectum"
    assert measures.lowered("Controlled blood pressure") == "controlled blood pressure"
    assert measures.lowered("Visits in the ED") == "visits in the ED"


def test_the_table_of_a_pace_says_what_it_tells() -> None:
    said = pace.table_caption(crossed.pace())
    assert ": how likely a control chart shows it, if the gap for " in said
