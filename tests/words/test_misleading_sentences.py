"""Sentences that misled a reader, a test a kind: each stands beside numbers that it must not contradict."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from equity.lens.answers import ResolvedReference
from equity.vocabulary import Measure
from equity.words import comparisons, numbers
from equity.words.answers import areas, control, disparities, gap_sources, pace, summary, trends
from equity.words.rows import group_rows
from tests import answers_for_tests as made_up
from tests import crossed_answers_for_tests as crossed
from tests.answers_for_tests import BLOOD_PRESSURE, LEFT, MINUTES, PAYER, Group

BLACK = "Black or African American"


def compared_with(name: str, *groups: Group, measure: Measure = BLOOD_PRESSURE) -> made_up.Disparities:
    reference = made_up.reference_to("group", measure, next(g for g in groups if g.name == name))
    return made_up.disparities(measure, PAYER, groups, reference)


def test_where_others_do_far_better_it_is_not_said_that_there_is_no_gap() -> None:
    answer = compared_with("Medicaid", Group("Commercial", 800, 1000), Group("Medicaid", 500, 1000))
    assert "no clear gap" not in disparities.finding(answer)
    assert disparities.chart_title(answer).endswith("and some are clearly better")


def test_a_wider_gap_that_is_of_too_few_people_is_not_passed_over() -> None:
    few = Group("Uninsured", 9, 30, reliability="too_few")
    answer = compared_with("Commercial", Group("Commercial", 6100, 10000), Group("Medicaid", 5800, 10000), few)
    assert "A group with too few people to read may be further away." in disparities.how_sure(answer)
    near = replace(few, x=18)
    answer = compared_with("Commercial", Group("Commercial", 6100, 10000), Group("Medicaid", 5800, 10000), near)
    assert "further away" not in disparities.how_sure(answer)


@pytest.mark.parametrize(
    ("hidden", "said"),
    [(0.0, "The reference group, Uninsured, has no rate here."), (3.0, "Counts are hidden in the source.")],
)
def test_a_missing_reference_is_not_called_too_few_groups(hidden: float, said: str) -> None:
    groups = tuple(Group(name, 600, 1000, verdict="", hidden_at_source=hidden) for name in ("Commercial", "Medicaid"))
    missing = ResolvedReference("group", "Uninsured", "Uninsured")
    answer = made_up.disparities(BLOOD_PRESSURE, PAYER, groups, missing)
    assert disparities.finding(answer).endswith(said)
    assert "fewer than two groups" not in disparities.finding(answer)


def test_no_clear_gap_is_said_of_those_that_can_be_read_where_another_is_clearly_further_away() -> None:
    few = Group("Uninsured", 3, 12, verdict="disparity", reliability="too_few")
    near = (Group("Commercial", 700, 1000), Group("Medicaid", 695, 1000))
    answer = compared_with("Commercial", *near, few)
    even = replace(answer, rows=answer.rows.assign(verdict=["reference", "none", "disparity"]))
    assert "no clear gap among groups with enough data." in disparities.finding(even)
    assert disparities.chart_title(even).endswith("among groups with enough data")
    alike = replace(answer, rows=answer.rows.assign(verdict=["reference", "none", "none"]))
    assert "gap among" not in disparities.finding(alike) + disparities.chart_title(alike)
    assert disparities.finding(alike).endswith("no clear gap. Rates with enough data run from 69.5% to 70.0%.")


def test_groups_that_the_source_hides_are_not_called_too_few() -> None:
    """Only the reference has a rate, the others' counts are hidden."""
    hidden = (
        Group(name, 0, 1000, shown="hidden", verdict="", hidden_at_source=1.0) for name in ("Medicaid", "Uninsured")
    )
    answer = compared_with("Commercial", Group("Commercial", 450, 1000), *hidden)
    assert disparities.finding(answer).endswith("nothing to compare. Counts are hidden in the source.")
    released = replace(answer, choices=replace(answer.choices, threshold=11))
    assert disparities.finding(released).endswith("nothing to compare. The other groups are too small to show.")


@pytest.mark.parametrize(("measure", "levels"), [(BLOOD_PRESSURE, "rates"), (MINUTES, "averages")])
def test_overall_differences_of_averages_are_not_called_rates(measure: Measure, levels: str) -> None:
    answer = replace(crossed.summary(measure=measure), best_rate=0.5, worst_rate=0.7, fewest=900.0)
    assert f"2024: {levels} differ clearly" in summary.finding(answer)
    unread = summary.finding(replace(answer, readable=False))
    assert f"2024: {levels} differ clearly" in unread
    assert unread.endswith("One end has too few people to read.")


def test_rules_that_had_no_point_to_look_at_are_not_said_to_look() -> None:
    calm = made_up.control_chart(signal=False)
    rare = replace(calm, reason="rare_events", signal=calm.signal | {"useful": 0})
    assert control.how_sure(rare).endswith("so that more events fall into each point.")
    assert "look at 0 points" not in control.how_sure(replace(rare, reason="few_points"))


def test_a_gap_that_is_clear_is_not_written_as_no_difference() -> None:
    """3 of 900 against 0 of 5,000: 0.3 points, and not 0; 0 against 0 has no ratio."""
    groups = (Group("Commercial", 1, 5000), Group("Medicaid", 3, 900, verdict="disparity"), Group("Uninsured", 1, 100))
    answer = compared_with("Commercial", *groups, measure=LEFT)
    rows = answer.rows.copy()
    rows.loc[rows["group"] == "Medicaid", "gap"] = 3 / 900
    rows.loc[rows["group"] == "Uninsured", ["rate", "ratio"]] = [0.0, 46.7]
    answer = replace(answer, rows=rows, reference=replace(answer.reference, rate=0.0, x=0.0))
    table = disparities.table(answer).set_index("Group")
    assert table.loc["Medicaid", "Gap"] == "0.3 points higher (worse)"
    assert table.loc["Uninsured", "Ratio"] == ""
    assert "no difference" not in disparities.chart_title(answer)
    assert "no difference" not in disparities.alt_text(answer).split("Medicaid: ")[1].split(";")[0]


def test_a_gap_never_contradicts_the_two_rates_beside_it() -> None:
    """68% and 69% beside each other are not "no difference"."""
    answer = compared_with("Commercial", Group("Commercial", 617, 900), Group("Medicaid", 613, 900))
    row = next(r for r in group_rows(answer.rows) if r.group == "Medicaid")
    about = disparities.compared(answer, row)
    rates = [numbers.rate(BLOOD_PRESSURE, x / 900, 900) for x in (617, 613)]
    assert rates == ["69%", "68%"]
    assert comparisons.gap_in_full(about) == "0.4 points lower (worse)"


def test_the_range_of_one_gap_and_the_word_of_the_page_are_told_apart() -> None:
    """The range is the gap's own; the verdict and the chance allow for all comparisons of the page."""
    answer = compared_with(
        "Commercial", Group("Commercial", 700, 1000), Group("Medicaid", 655, 1000, verdict="large_uncertain")
    )
    rows = answer.rows.copy()
    at = rows["group"] == "Medicaid"
    rows.loc[at, ["p", "p_together", "gap_lower", "gap_upper"]] = [0.03, 0.09, 0.004, 0.086]
    said = disparities.how_sure(replace(answer, rows=rows, tests=3))
    assert "The range is of this gap alone; with all 3 comparisons in mind it could be chance." in said
    clear = rows.assign(p_together=rows["p_together"].where(~at, 0.04))
    assert "of this gap alone" not in disparities.how_sure(replace(answer, rows=clear, tests=3))


def steady(answer: made_up.Trends, **triples: tuple[float, float, float]) -> made_up.Trends:
    """The answer with these estimates (value, lower, upper) of the change of Black patients' gap."""
    changes = answer.changes.copy()
    at = changes["group"] == BLACK
    for name, (value, lower, upper) in triples.items():
        changes.loc[at, [name, f"{name}_lower", f"{name}_upper"]] = [value, lower, upper]
    return replace(answer, changes=changes)


def test_a_group_that_fell_clearly_is_said_where_its_gap_did_not_clearly_change() -> None:
    answer = steady(
        made_up.trends({BLACK: "no_clear_change"}),
        group_change=(-0.15, -0.2, -0.1),
        gap_change=(0.02, -0.03, 0.07),
        gap_last=(0.14, 0.1, 0.18),
    )
    sure = trends.how_sure(answer, BLACK)
    assert "We cannot rule out no change in the gap." in sure
    assert "Their own rate fell 15.0 points (95% range 10.0–20.0)." in sure


def test_a_point_without_data_is_not_counted_as_too_few_people_too() -> None:
    answer = made_up.trends()
    rows = answer.rows.copy()
    rows.loc[rows["shown"] == "missing", "reliability"] = "too_few"
    assert rows["shown"].eq("missing").any()
    said = trends.not_known(replace(answer, rows=rows))
    assert any("missing: a break in the line" in s for s in said)
    assert not any("too few people" in s for s in said)


def test_a_gap_of_which_a_part_is_left_has_narrowed_and_not_closed() -> None:
    ends = {"gap_first": (0.20, 0.15, 0.25), "gap_last": (0.05, 0.01, 0.09)}
    answer = steady(made_up.trends(), gap_change=(-0.15, -0.2, -0.1), **ends)
    below = trends.what_it_comes_to(answer, BLACK)
    assert "Of a gap of 20.0 points, 5.0 points are left." in below
    assert "closed" not in " ".join((trends.finding(answer, BLACK), *below))


def test_what_may_never_close_is_not_said_to_never_close_and_a_date_has_its_range() -> None:
    assert pace.finding(crossed.pace("may_never_close")).endswith("may never close.")
    for status in ("closes", "may_never_close"):
        assert "95% range" in pace.closing_range(crossed.pace(status))


def test_a_gap_that_one_site_makes_is_not_said_of_each_site() -> None:
    answer = crossed.gap_sources("", MINUTES)
    strata, parts = answer.strata.copy(), answer.parts.assign(crude=42.0)
    strata["gap"] = np.where(strata["stratum"] == "Harbor Clinic", 4.0, 0.0)
    for name, value in (("gap", 3.6), ("within", 3.5), ("between", 0.1)):
        parts[[name, f"{name}_lower", f"{name}_upper"]] = [value, value - 0.05, value + 0.05]
    said = gap_sources.split_in_words(replace(answer, strata=strata, parts=parts))
    assert said == ("Nearly all of the gap of 3.6 minutes comes at one site, Harbor Clinic.",)


def test_means_have_their_unit_wherever_they_stand() -> None:
    answer = made_up.disparities(MINUTES, made_up.LANGUAGE, made_up.MINUTES_GROUPS)
    for said in (disparities.finding(answer), *disparities.what_it_comes_to(answer), disparities.how_sure(answer)):
        assert "minutes" in said


@pytest.mark.parametrize(("p", "said"), [(0.12, "about 1 time in 10"), (0.2, "about 2 times in 10"), (math.nan, "")])
def test_times_are_counted_in_good_english(p: float, said: str) -> None:
    assert numbers.chance(p) == said


def test_nothing_goes_from_0_to_0() -> None:
    names = ("Commercial", "Medicaid", "Uninsured")
    groups = tuple(Group(name, 1, 2000 + at, verdict="none") for at, name in enumerate(names))
    answer = compared_with("Commercial", *groups, measure=LEFT)
    rows = answer.rows.assign(x=0.0, rate=0.0, gap=0.0, shown="zero")
    finding = disparities.finding(replace(answer, rows=rows))
    assert "from 0" not in finding
    assert "to 0" not in finding


def test_the_finding_of_clinical_areas_compares_areas() -> None:
    answer = made_up.areas()
    finding = areas.finding(answer)
    assert finding != areas.finding(replace(answer, areas=answer.areas[:1]))
    assert any(area.lower() in finding.lower() for area in answer.areas)
