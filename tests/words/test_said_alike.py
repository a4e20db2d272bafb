"""Numbers that stand beside each other: alike down a column, parts that add up, no range of a handful, named units."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equity.focus.room import CriterionSpread
from equity.stats.over_time.gap_change import WITHIN_CHANCE
from equity.words import comparisons, groups, measures, numbers
from equity.words.answers import computed, control, site_effects, trends, two_scales
from equity.words.answers import disparities as words
from equity.words.answers import gap_sources as gaps
from equity.words.answers import intersections as crossed
from equity.words.answers import summary as overall
from equity.words.answers.disparities.in_table import table
from equity.words.answers.inequality_over_time import _factor
from equity.words.answers.summary_values import spanned, written
from equity.words.languages import call_answers
from equity.words.rows import group_rows
from equity.words.work import focus
from tests import answers_for_tests as made_up
from tests.answers_for_tests import BLOOD_PRESSURE, HIV, MINUTES
from tests.crossed_answers_for_tests import gap_sources, intersections, summary


@pytest.mark.parametrize(
    ("parts", "whole", "told"),
    [
        ([0.046, 0.017, 0.022], "8.5%", ("4.6%", "1.7%", "2.2%")),
        ([0.02, 0.01], "3%", ("2%", "1%")),
        ([0.002, 0.03], "3.2%", ("0.2%", "3.0%")),
    ],
)
def test_parts_add_up_to_their_whole(parts: list[float], whole: str, told: tuple[str, ...]) -> None:
    assert numbers.shares_that_add(parts) == (whole, told)


def test_one_minute_is_no_minutes() -> None:
    assert numbers.gap(MINUTES, 1.1, 200, 38.0) == "1 minute"
    assert numbers.gap(MINUTES, 2.1, 200, 38.0) == "2 minutes"
    assert numbers.gap(replace(MINUTES, unit="mmHg"), 1.1, 200, 138.0) == "1 mmHg"


def test_of_an_average_nobody_is_counted() -> None:
    answer = made_up.disparities(MINUTES, groups=made_up.MINUTES_GROUPS)
    assert not [head for head in table(answer) if head.endswith("at the reference")]


def test_no_range_is_told_of_a_handful() -> None:
    answer = gap_sources()
    handful = replace(answer, strata=answer.strata.assign(n=[1.0, 2.0]))
    assert set(gaps.strata_table(handful)["Gap range"]) == {"too few for a range"}
    assert set(gaps.table(handful)["Within range"]) == {"too few for a range"}
    assert gaps.strata_table(answer)["Gap range"].tolist()[0] == "6 points lower to 2 points higher"


def test_an_interval_that_rounds_to_nothing_says_so() -> None:
    answer = gap_sources()
    even = replace(answer, parts=answer.parts.assign(between=0.0, between_lower=-1e-5, between_upper=1e-5))
    assert gaps.table(even)["Between range"].tolist() == ["no difference"]


def test_a_variance_names_what_is_squared() -> None:
    assert written(MINUTES, "rate_squared", 0.2) == "0.20 squared minutes"
    assert written(HIV, "rate_squared", 1e-9).endswith("(squared, per 100,000)")
    assert written(BLOOD_PRESSURE, "rate_squared", 0.002869) == "28.7 squared points"


def test_cells_are_rounded_alike_down_the_column() -> None:
    answer = intersections()
    mixed = replace(answer, rows=answer.rows.assign(n=answer.rows["n"].where(answer.rows.index % 2 == 0, 12_000.0)))
    rates = [rate for rate in crossed.table(mixed)["Own rate"] if rate.endswith("%")]
    assert len(rates) > 3
    assert len({"." in rate for rate in rates}) == 1


def test_a_range_of_a_few_that_closes_is_not_told() -> None:
    answer = intersections()
    closed = answer.rows["reliability"] == "too_few"
    rows = answer.rows.assign(
        pooled_lower=answer.rows["pooled_lower"].mask(closed, 1.0),
        pooled_upper=answer.rows["pooled_upper"].mask(closed, 1.0),
    )
    assert "too few for a range" in set(crossed.table(replace(answer, rows=rows))["Smoothed range"])
    assert "too few for a range" not in set(crossed.table(answer)["Smoothed range"])


def test_no_gap_of_shares_is_wider_than_all_of_them() -> None:
    assert numbers.gap_range(BLOOD_PRESSURE, -1.21, 1.23, 29) == "between 100 points higher and 100 points lower"


def test_one_of_what_is_counted() -> None:
    assert [groups.counted_as(each, 1) for each in ("visits", "people", "live births")] == [
        "visit",
        "person",
        "live birth",
    ]
    assert groups.counted_as("visits", 2) == "visits"
    assert [groups.how_many("visits", n) for n in (1, 1_650)] == ["1 visit", "1,650 visits"]


def test_time_is_not_below_zero() -> None:
    assert numbers.rate_range(MINUTES, -3.8, 55.0, 4) == "between 0 and 55 minutes"
    assert numbers.rate_range(replace(MINUTES, unit="points of mood"), -3.8, 55.0, 4).startswith("between -4 and 55")


def test_two_names_of_which_one_has_an_and_are_kept_apart() -> None:
    assert groups.listed(["race and ethnicity", "language"]) == "race and ethnicity, and language"
    assert groups.listed(["language", "payer"]) == "language and payer"


def test_a_number_that_is_clear_alone_is_told_apart_from_all_groups_together() -> None:
    alike = summary(told_apart=False)
    ends = alike.rows["measure"] == "difference"
    rows = alike.rows.assign(corrected_leads=alike.rows["corrected_leads"] & ~ends)
    clear = replace(alike, rows=rows.assign(lower=rows["lower"].mask(ends, 0.1)))
    assert any("that number alone is clear" in text for text in overall.caveats(clear))
    assert not any("alone is clear" in text for text in overall.caveats(summary()))


def test_weights_are_told_in_spanish() -> None:
    spread = CriterionSpread("burden", (("data", 5.0), ("equity", 40.0)), 35.0)
    assert call_answers.weights_said([spread])["es"] == (
        "En lo que más difieren es en “Pacientes o visitas que afecta”: de 5 a 40 puntos."
    )
    own = replace(spread, criterion="Reach")
    assert "“Reach”" in call_answers.weights_prompt([own])["es"]
    assert "40 points" in focus.weights_title([spread])
    alike = replace(spread, range=focus.MUCH_THE_SAME)
    assert call_answers.weights_prompt([alike]) == {} == call_answers.weights_said([])
    assert "muy parecidos" in call_answers.weights_said([alike])["es"]


def test_one_that_was_nothing_before_lost_nothing_to_chance() -> None:
    rows = [
        {"measure": "difference", "estimate": 0.14, "corrected": 0.14, "reason": ""},
        {"measure": "ratio", "estimate": 1.001, "corrected": 1.001, "reason": ""},
    ]
    assert two_scales.one_without_the_other(MINUTES, rows) == ()
    rows[1] |= {"estimate": 1.04, "corrected": 1.0}
    assert two_scales.one_without_the_other(MINUTES, rows, "Q4 2024")[0].startswith("In Q4 2024, with chance taken off")


def test_a_range_without_no_change_beside_no_clear_change_says_why() -> None:
    answer = made_up.trends({"White": "no_clear_change", "Hispanic or Latino": "no_clear_change"})
    clear = answer.changes.assign(
        verdict="no_clear_change",
        reason=WITHIN_CHANCE,
        gap_change=-0.17,
        gap_change_lower=-0.33,
        gap_change_upper=-0.01,
    )
    assert "of that gap alone" in trends.how_sure(replace(answer, changes=clear))
    assert "of that gap alone" not in trends.how_sure(replace(answer, changes=clear.assign(gap_change_upper=0.01)))


def test_a_gap_broken_down_does_not_contradict_its_two_rates() -> None:
    answer = gap_sources()
    small = replace(
        answer,
        parts=answer.parts.assign(crude=0.554, gap=0.078, gap_lower=0.01, within=0.078, within_lower=0.01, simpson=""),
        strata=answer.strata.assign(n=[200.0, 62.0], reference_n=[388.0, 100.0], reference_rate=0.476),
    )
    assert "55% of" in gaps.finding(small) and "48%" in gaps.finding(small)
    assert "7.8 points" in " ".join(gaps.split_in_words(small))


def test_a_change_has_no_more_decimals_than_the_rates_beside_it() -> None:
    answer = made_up.trends({"White": "no_clear_change"}, measure=MINUTES)
    rows = answer.rows.assign(rate=38.0)
    tiny = answer.changes.assign(gap_change=0.018, group_change=0.018, reference_change=-0.026)
    told = trends.changes_table(replace(answer, rows=rows, changes=tiny)).iloc[0]
    assert {told["Change in the gap"], told["Group's own change"], told["Reference's change"]} == {"no change"}


def test_rates_without_ranges_are_never_said_to_be_even() -> None:
    """Where everybody else fares better than the group compared with, nothing is behind it, and nothing is judged."""
    answer = made_up.disparities(HIV, groups=made_up.HIV_GROUPS)
    bare = ["p", "p_together", "q", "gap_lower", "gap_upper", "excess", "excess_lower", "excess_upper"]
    rows = answer.rows.assign(**dict.fromkeys(bare, np.nan), gap=-answer.rows["gap"].abs())
    rows["verdict"] = rows["verdict"].where(rows["verdict"] == "reference", "none")
    unjudged = replace(answer, rows=rows)
    said = " ".join((words.finding(unjudged), words.chart_title(unjudged), words.prompt(unjudged)))
    assert "no gap is judged" in said and "tell gaps from chance" in said
    assert "no clear gap" not in said and "keeps results" not in said


def test_a_gap_called_large_is_seen_in_its_rates() -> None:
    """3.7% and 4.1% are both 4%: no difference, and yet large."""
    groups_seen = (made_up.Group("Asian", 22, 601), made_up.Group("White", 20, 482, verdict="large_uncertain"))
    answer = made_up.disparities(made_up.LEFT, groups=groups_seen)
    said = words.finding(answer)
    assert "4.1%" in said and "3.7%" in said
    assert "0.5 points" in table(answer).set_index("Group").loc["White", "Gap"]


def test_the_range_of_a_ratios_change_says_what_it_is_of() -> None:
    """Beside "from 2.5 times to 2.5 times" a bare 0.81–1.28 would be no range of either."""
    assert _factor(1.0, 0.81, 1.28) == "no clear change (95% range 0.81 to 1.28 times what it was)"


def test_a_share_is_between_none_and_all() -> None:
    assert numbers.rate_range(BLOOD_PRESSURE, -0.02, 2.19, 12) == "between 0% and 100%"


def test_a_group_that_is_clearly_ahead_is_no_missing_gap() -> None:
    answer = gap_sources()
    ahead = replace(answer, parts=answer.parts.assign(gap=-0.2, gap_lower=-0.3, gap_upper=-0.1, simpson=""))
    assert "no group is clearly" in gaps.finding(ahead) and "no clear gap" not in gaps.finding(ahead)
    assert gaps.how_sure(ahead) == "No group is clearly behind."


def test_a_count_that_ends_its_range_is_told_by_the_range_alone() -> None:
    assert measures.at_reference(BLOOD_PRESSURE, 140.2, 139.9, 399.0) == ("140 to 399 more", " (95% range)")
    assert measures.at_reference(BLOOD_PRESSURE, 200.0, 139.9, 399.0) == ("about 200 more", " (95% range 140–399)")
    assert measures.at_reference(BLOOD_PRESSURE, 5.0, 5.1, 4.9) == ("about 5 more", " (95% range 5–5)")


def test_times_a_rate_come_after_their_side() -> None:
    answer = made_up.disparities(HIV)
    said = [comparisons.beside(words.compared(answer, row)) for row in group_rows(answer.rows) if row.compared]
    assert any(text.startswith("higher (worse), ") and " times the rate of " in text for text in said)
    assert not any("times (" in text or "1.00 times" in text for text in said)


def test_values_of_a_column_have_the_decimals_of_its_largest() -> None:
    assert [written(HIV, "rate", v / 1e5, 8.1 / 1e5) for v in (0.88, 0.0, 8.1)] == [
        f"{v} per 100,000" for v in ("0.9", "0.0", "8.1")
    ]
    assert [written(HIV, "ratio", v, 3.2) for v in (1.0, 3.2)] == ["1.0 times", "3.2 times"]


@pytest.mark.parametrize(("people", "said"), [(300.0, "patients who met"), (100.0, "visits that met")])
def test_patients_are_who_and_visits_are_that(people: float, said: str) -> None:
    answer = made_up.disparities()
    total = answer.total.assign(n=300.0, people=people)
    assert said in computed.of_disparities(replace(answer, total=total))[0]


@pytest.mark.parametrize("seed", range(40))
def test_gaps_of_one_column_have_the_same_decimals(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    sizes = drawn.integers(120, 900, size=5)
    people = [
        made_up.Group(name, float(drawn.binomial(n, 0.5 + 0.1 * drawn.random())), float(n))
        for name, n in zip(
            ("White", "Black or African American", "Asian", "Hispanic or Latino", "Other"), sizes, strict=True
        )
    ]
    gaps = [gap for gap in table(made_up.disparities(groups=people))["Gap"] if gap[0].isdigit()]
    assert len({"." in gap.split()[0] for gap in gaps}) < 2, gaps


def test_a_gap_that_needs_a_decimal_gives_one_to_all() -> None:
    people = [made_up.Group("White", 276, 500), made_up.Group("Asian", 273, 500), made_up.Group("Other", 240, 500)]
    told = table(made_up.disparities(groups=people))
    assert [gap.split()[0] for gap in told["Gap"] if gap[0].isdigit()] == ["0.6", "7.2"]


def test_gaps_at_sites_have_the_same_decimals() -> None:
    answer = gap_sources()
    gap = answer.strata["gap"].mask(answer.strata["stratum"] == "Hillcrest", -0.0149)  # 12% and 14%, as rounded
    told = gaps.alt_text(replace(answer, strata=answer.strata.assign(gap=gap)))
    assert "30% for White, 2.0 pts lower" in told
    assert "14% for White, 1.5 pts lower" in told
    assert "30% for White, 2 pts lower" in gaps.alt_text(answer)


def test_a_range_of_a_model_has_the_decimals_of_the_gaps_beside_it() -> None:
    unknown = (np.nan, np.nan, np.nan)
    small = site_effects.Modelled(
        "Asian", "Asian patients", 138.0, 0.63, (0.113, 0.02, 0.2), (0.125, 0.02, 0.24), *(unknown,) * 3, 0.0, 0.0, ""
    )
    told = site_effects.modelled_in_words(gap_sources(), small)
    assert told == "Asian: 11.3 pts higher as measured, 12.5 pts higher within (95% range 2.0 to 24.0 points)"


def test_points_middle_and_limits_of_a_control_chart_have_the_same_decimals() -> None:
    answer = made_up.control_chart()
    n = answer.rows["n"].where(answer.rows.index % 3 != 0, 4_000.0)
    table = control.table(replace(answer, rows=answer.rows.assign(n=n)))
    told = [cell for column in ("Value", "Middle", "Lower limit", "Upper limit") for cell in table[column]]
    assert len({"." in cell for cell in told if cell.endswith("%")}) == 1


def test_a_summary_value_and_its_range_have_the_same_decimals() -> None:
    answer = summary(measure=MINUTES)
    small = answer.rows["measure"] == "difference"
    columns = {"estimate": 0.09, "lower": -1.6, "upper": 1.9, "corrected": 0.09}
    rows = answer.rows.assign(**{c: answer.rows[c].mask(small, v) for c, v in columns.items()})
    (told,) = [v for v in overall.values(replace(answer, rows=rows)) if v.known.name == "difference"]
    assert (told.leading, told.interval) == ("0.1 minutes", "−1.6 to 1.9 minutes")


def test_a_ratio_is_not_rounded_as_the_end_of_its_range() -> None:
    answer = summary()
    ratio = answer.rows["measure"] == "ratio"
    columns = {"estimate": 1.344, "lower": 1.17, "upper": 12.3, "corrected": 1.344}
    rows = answer.rows.assign(**{c: answer.rows[c].mask(ratio, v) for c, v in columns.items()})
    (told,) = [v for v in overall.values(replace(answer, rows=rows)) if v.known.name == "ratio"]
    assert (told.leading, told.interval) == ("1.34 times", "1.17 to 12.30 times")


def test_both_ends_of_a_range_of_times_have_the_decimals_of_the_lower() -> None:
    assert spanned(BLOOD_PRESSURE, "ratio", 1.17, 2.3) == "1.17 to 2.30 times"
    assert spanned(BLOOD_PRESSURE, "ratio", 2.17, 12.3) == "2.2 to 12.3 times"


def test_a_range_of_a_rate_has_the_decimals_of_the_rate_beside_it() -> None:
    per_days = replace(HIV, multiplier=1_000.0)
    assert numbers.gap_range(per_days, -0.39e-3, 0.31e-3, 3_000, 5.1e-3) == (
        "between 0.4 lower and 0.3 higher, per 1,000"
    )
    assert numbers.gap_range(per_days, -0.39e-3, 0.31e-3, 3_000, 0.5e-3) == (
        "between 0.39 lower and 0.31 higher, per 1,000"
    )
