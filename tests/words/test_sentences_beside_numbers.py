"""Sentences reread beside extreme numbers, a test a kind: what was untrue there, and is not said any more."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from equity.improvement.aims import Aim, Baseline
from equity.improvement.effort import Effort
from equity.lens.answers import GapSources
from equity.lens.unknown_groups import assume
from equity.stats.models.strata_model import StrataVariance
from equity.stats.unknown_groups import Known
from equity.ui.layout import marks
from equity.vocabulary import Measure
from equity.words import numbers
from equity.words.answers import (
    areas,
    completeness,
    control,
    disparities,
    gap_sources,
    inequality_over_time,
    intersections,
    pace,
    site_effects,
    site_funnel,
    strata_model,
    trends,
    unknown_groups,
)
from equity.words.work import aims
from tests import answers_for_tests as made_up
from tests import crossed_answers_for_tests as crossed
from tests.answers_for_tests import BLOOD_PRESSURE, INTERPRETER, LEFT, MINUTES, PAYER, Group

BLACK, WHITE = "Black or African American", "White"


# Ranges


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (0.10, 0.15, "between 10.0 and 15.0 points lower"),
        (-0.15, -0.10, "between 10.0 and 15.0 points higher"),
        (-0.02, 0.05, "between 2.0 points higher and 5.0 points lower"),
    ],
)
def test_a_range_that_stands_alone_says_its_side(lower: float, upper: float, said: str) -> None:
    assert numbers.gap_range_with_side(BLOOD_PRESSURE, lower, upper) == said


def test_an_end_that_is_nothing_has_no_side() -> None:
    """ "0.0 points higher" is no side of anything."""
    assert numbers.gap_range(BLOOD_PRESSURE, -0.0001, 0.05) == "between no difference and 5.0 points lower"
    assert numbers.gap_range(BLOOD_PRESSURE, -0.05, 0.0001) == "between 5.0 points higher and no difference"
    assert numbers.gap_range(BLOOD_PRESSURE, -0.0001, 0.0001) == "between no difference and no difference"


# Groups compared


def test_a_group_that_is_ahead_is_not_said_to_have_a_gap() -> None:
    reference = made_up.reference_to("group", BLOOD_PRESSURE, Group("Medicaid", 500, 1000))
    groups = [Group("Commercial", 800, 1000), Group("Medicaid", 500, 1000)]
    answer = made_up.disparities(BLOOD_PRESSURE, PAYER, groups, reference)
    said = disparities.how_sure(answer)
    assert said.startswith("No group is clearly behind. The gap of patients with commercial insurance")
    assert "higher (better)" in said
    assert "points higher (95% range)" in said


def test_averages_are_not_called_rates() -> None:
    groups = [Group("Commercial", 40 * 5000, 5000, spread=20.0), Group("Medicaid", 41 * 5000, 5000, spread=20.0)]
    answer = made_up.disparities(MINUTES, PAYER, groups, made_up.reference_to("group", MINUTES, groups[1]))
    even = replace(answer, rows=answer.rows.assign(verdict=["none", "reference"]))
    assert disparities.finding(even).endswith("no clear gap. Averages run from 40.0 to 41.0 minutes.")


# Change over time


def test_a_picked_group_without_change_speaks_for_itself_alone() -> None:
    answer = made_up.trends({BLACK: "no_clear_change", "Hispanic or Latino": "widening"})
    assert "any gap" not in trends.chart_title(answer, BLACK)
    assert "no clear change in the gap for Black" in trends.chart_title(answer, BLACK)
    quiet = made_up.trends({BLACK: "no_clear_change"})
    assert "no clear change in any gap" in trends.chart_title(quiet, BLACK)


def test_where_there_is_no_gap_nobody_is_asked_why_it_would_close() -> None:
    answer = made_up.trends({BLACK: "no_clear_change"})
    none = replace(answer, changes=answer.changes.assign(gap_last_lower=-0.01))
    assert "why would the gap close" not in trends.prompt(none)
    open_ = replace(answer, changes=answer.changes.assign(gap_last_lower=0.05))
    assert "why would the gap close" in trends.prompt(open_)
    neutral = replace(open_, measure=replace(answer.measure, polarity="neutral"))
    assert "gap" not in trends.prompt(neutral)


def test_what_may_be_no_gap_is_not_worked_out_to_close() -> None:
    answer = replace(crossed.pace(), gap=0.02, gap_lower=-0.01)
    assert "no clear gap to close" in pace.finding(answer)
    assert pace.needed(answer) == ""
    assert pace.when_told(answer) == ""
    assert pace.needed(crossed.pace()).startswith("To close it")


def test_charts_that_cannot_be_judged_are_not_called_calm() -> None:
    calm = made_up.control_chart(signal=False)
    blind = replace(calm, group=WHITE, signal=calm.signal | {"useful": 0, "longest_run": 0, "crossings": 99})
    assert control.every_finding((blind,)).endswith("too little data in this chart to tell a change from chance.")
    assert WHITE not in control.every_finding((calm, blind))
    assert control.every_finding((calm,) * 4 + (blind,)).endswith("in any of the 4 charts that can be judged.")


def test_a_run_chart_too_short_for_any_rule_is_not_called_calm() -> None:
    calm = made_up.control_chart(signal=False)
    few = {"useful": 2, "longest_run": 1, "longest_run_max": 4, "crossings": 1, "crossings_min": 0}
    short = replace(calm, chart="run", signal=calm.signal | few)
    assert control.finding(short).endswith("There are too few points to tell a change from chance.")
    assert control.every_finding((short,)).endswith(
        "There is too little data in this chart to tell a change from chance."
    )
    assert "chance alone would give" not in control.how_sure(short)
    assert "charts of 12" not in control.false_alarms(short)
    long = replace(
        short, signal=short.signal | {"useful": 12, "longest_run_max": 7, "crossings_min": 3, "crossings": 5}
    )
    assert control.finding(long).endswith("There is no sign of a real change.")


@pytest.mark.parametrize("word", ["groups_alike", "too_few_periods"])
def test_no_change_is_told_where_none_can_be(word: str) -> None:
    answer = crossed.inequality_over_time(word, word)
    assert inequality_over_time.what_it_comes_to(answer) == ()
    assert inequality_over_time.what_it_comes_to(crossed.inequality_over_time())


# Places


def split(within: tuple[float, float, float], between: tuple[float, float, float], gap: float = 0.10) -> GapSources:
    answer = crossed.gap_sources("")
    parts = answer.parts.copy()
    for name, three in (("gap", (gap, 0.06, 0.14)), ("within", within), ("between", between)):
        parts[[name, f"{name}_lower", f"{name}_upper"]] = three
    return replace(answer, parts=parts)


@pytest.mark.parametrize(
    ("within", "between", "said"),
    [
        ((0.05, 0.02, 0.08), (0.05, -0.01, 0.11), "5.0 points lies within each site and 5.0 points between sites; the"),
        ((0.05, -0.01, 0.11), (0.05, 0.02, 0.08), "the part within could be chance."),
        ((0.05, -0.01, 0.11), (0.05, -0.02, 0.12), "how it divides is not clear."),
        ((0.0996, 0.06, 0.14), (0.0004, -0.02, 0.02), "All of it is a difference between patients at the same site."),
        ((0.094, 0.06, 0.12), (0.006, -0.02, 0.03), "Nearly all of it is a difference between patients"),
        ((0.006, -0.02, 0.03), (0.094, 0.06, 0.12), "nearly all comes from being seen at different sites."),
        ((0.12, 0.08, 0.16), (-0.02, -0.05, 0.01), "all lies within each site; the part between could be chance."),
    ],
)
def test_a_part_that_is_not_sure_is_not_said_to_be_none(
    within: tuple[float, float, float], between: tuple[float, float, float], said: str
) -> None:
    assert said in gap_sources.what_it_comes_to(split(within, between))[0]


def test_next_to_nothing_is_not_written_as_only_0_points() -> None:
    answer = crossed.gap_sources("halves")
    parts = answer.parts.assign(within=0.0001, within_lower=-0.01, within_upper=0.01)
    said = gap_sources.what_it_comes_to(replace(answer, parts=parts))[0]
    assert said == "Next to nothing of that gap of 6.0 points is left within each site."


def test_a_gap_that_turns_by_chance_alone_is_not_said_to_turn() -> None:
    answer = crossed.gap_sources("reverses")
    unsure = replace(answer, parts=answer.parts.assign(within_lower=-0.05, within_upper=0.01))
    said = "Within each site no such gap is seen: the small difference left there could be chance."
    assert gap_sources.alarm(unsure) == said
    assert "could be chance" not in gap_sources.alarm(answer)


def test_a_wait_that_differs_by_a_blink_is_no_difference() -> None:
    answer = crossed.gap_sources("", MINUTES)
    assert gap_sources.gap_in_short(answer, 0.00061, 5000.0, 42.0) == "no difference"
    assert gap_sources.gap_in_short(answer, 3.6, 5000.0, 42.0) == "3.6 min higher"


def test_a_place_where_the_group_is_ahead_has_no_wider_gap() -> None:
    answer = crossed.site_funnel()
    at = answer.rows["stratum"] == "Lakeshore"
    ahead = replace(answer, centre=-0.08, rows=answer.rows.assign(value=answer.rows["value"].where(~at, -0.02)))
    outside = site_funnel.what_it_comes_to(ahead)[0]
    assert outside == "Outside lies Lakeshore (2.0 points higher, worse for them than on average)."
    assert "gap" not in outside
    row = site_funnel.table(replace(ahead, rows=ahead.rows.assign(lower_95=-0.12, upper_95=-0.04))).loc[2]
    assert row["95% limits"] == "4.0 to 12.0 points higher"


def test_without_a_gap_on_the_whole_nobody_is_asked_what_makes_it() -> None:
    answer = crossed.site_funnel()
    inside = replace(answer, rows=answer.rows.assign(outside=0.0, near=0.0))
    assert "makes this gap" in site_funnel.prompt(inside)
    assert "gap" not in site_funnel.prompt(replace(inside, centre=-0.05))
    assert "gap" not in site_funnel.prompt(replace(inside, of="rate"))


@pytest.mark.parametrize(
    ("ratio", "said"), [(1.4, "1.40"), (0.012, "0.01"), (0.00001, "under 0.01"), (5e6, "over 1,000")]
)
def test_a_ratio_of_the_model_is_never_0_times(ratio: float, said: str) -> None:
    assert site_effects._times(ratio) == said


# Combined groups


@pytest.mark.parametrize("measure", [BLOOD_PRESSURE, LEFT])
def test_a_combination_that_does_better_is_not_passed_over(measure: Measure) -> None:
    answer = crossed.intersections(measure)
    up = 0.2 if measure.polarity == "higher_better" else -0.2
    rows = answer.rows.copy()
    at = rows.index[-1]
    rows.loc[at, ["rate", "pooled", "pooled_lower", "pooled_upper"]] = [
        0.64 + up,
        0.64 + 0.7 * up,
        0.64 + 0.7 * up - 0.05,
        0.64 + 0.7 * up + 0.05,
    ]
    answer = replace(answer, rows=rows)
    assert "stands out" not in intersections.finding(answer)
    assert "(worse) than expected" in intersections.finding(answer)
    assert intersections.what_it_comes_to(answer) == (
        "1 combination is clearly better than each grouping alone would predict.",
    )
    assert intersections.table(answer)["In a word"].iloc[-1] == "better than expected"


@pytest.mark.parametrize(
    ("lowest", "said"), [(1.0, "cannot tell how much"), (1.1, "particular to combinations: look at")]
)
def test_groups_that_may_be_all_alike_are_not_called_particular(lowest: float, said: str) -> None:
    model = StrataVariance(72, (0.003, lowest - 1, 0.01), (0.1, 0.0, 0.4), (1.2, lowest, 1.4))
    answer = replace(crossed.intersections(BLOOD_PRESSURE), model=model)
    assert any(said in sentence for sentence in strata_model.in_words(answer))


# People whose group is not recorded


def test_a_gap_that_is_not_there_cannot_vanish() -> None:
    known = Known(x=600.0, n=1000.0, reference_x=600.0, reference_n=1000.0, others_n=3000.0, unknown_x=100.0,
                  unknown_n=200.0, harm_sign=-1.0)  # fmt: skip
    answer = crossed.completeness()
    answer = replace(
        answer, bounds=answer.bounds.assign(gap=0.0), counts={BLACK: known}, ends=(0.4, 0.7), unknown_n=200.0
    )
    assumed = assume(answer, BLACK)
    assert unknown_groups.tipping(answer, assumed) == "Among those recorded there is no gap that could vanish."
    one = replace(answer, bounds=answer.bounds.assign(gap=0.12))
    assert "no gap that could" not in unknown_groups.tipping(one, assumed)
    few = replace(assumed, share=0.001, unknown_n=200.0)
    assert "theirs, fewer than 1 in all" in unknown_groups.in_words(answer, few)[0]


def test_a_few_are_counted_and_not_at_least_under_1_percent() -> None:
    answer = crossed.completeness()
    few = replace(answer, bounds=answer.bounds.assign(tipping_share=0.003, tipping_people=2.0))
    assert "if at least 2 of the" in completeness.tipping(few, BLACK)


# Areas and aims


def test_of_no_clear_gap_none_in_ten_is_chance() -> None:
    answer = made_up.areas()
    none = replace(answer, rows=answer.rows.assign(rank=math.nan))
    assert areas.how_sure(none).endswith("call none of the gaps clear.")
    assert "1 in 10" in areas.how_sure(answer)


@pytest.mark.parametrize(
    ("left", "said"),
    [(0.0001, "next to nothing of the gap is left."), (0.01, "1.0 point of the gap is left: the aim narrows it and")],
)
def test_what_is_left_of_a_gap_is_not_0_points(left: float, said: str) -> None:
    effort = Effort(
        0.1,
        "quarter",
        2500.0,
        math.nan,
        8,
        None,
        False,
        False,
        left,
        (),
        compared_with=made_up.best(BLOOD_PRESSURE, [Group("Medicare", 63, 100)]),
    )
    aim = Aim(baseline=Baseline(0.5, 2500.0, "2024", 1))
    assert any(said in each for each in aims.asks_for(aim, BLOOD_PRESSURE, PAYER, effort))


def test_a_neutral_measure_has_no_group_ahead() -> None:
    assert intersections.ahead(crossed.intersections(INTERPRETER)) == ()


def test_the_mark_of_values_counts_what_the_sentence_counts() -> None:
    """How many values are too few to read stands twice: beside the answer, and under what it cannot tell."""
    answer = made_up.trends()
    first = answer.rows["group"].iloc[0]
    others = answer.rows["kind"].where(answer.rows["group"] != first, "other")
    few = replace(answer, rows=answer.rows.assign(kind=others, reliability="too_few", shown="yes"))
    told = next(said for said in trends.not_known(few) if "too few people" in said)
    assert f"○ {told.split()[0]} of" in marks.of_trends(few)[0]


def test_a_part_that_is_nothing_is_not_between_nothing_and_nothing() -> None:
    said = gap_sources.how_sure(split((0.09, 0.06, 0.12), (0.0, -1e-6, 1e-6)))
    assert said.endswith("is likely next to nothing.") and "no difference and no" not in said


def test_a_gap_at_a_site_does_not_contradict_its_two_rates() -> None:
    answer = crossed.gap_sources("")
    site = gap_sources.strata(answer, "Black or African American")[0]
    near = replace(site, n=700.0, rate=0.644, reference_rate=0.646, gap=(0.002, -0.05, 0.05))
    assert gap_sources.stratum_gap(replace(answer, measure=BLOOD_PRESSURE), near) == "0.2 pts lower"
    even = replace(near, rate=0.641, reference_rate=0.643)
    assert gap_sources.stratum_gap(replace(answer, measure=BLOOD_PRESSURE), even) == "no difference"
