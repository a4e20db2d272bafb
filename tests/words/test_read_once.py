"""Sentences over which a new reader stumbled: they read at once now, and agree with what stands beside them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equity.access.roles import MAY
from equity.improvement.aims import Aim, Baseline
from equity.improvement.progress import Progress
from equity.lens.answers import ResolvedReference
from equity.stats.estimate import Estimate
from equity.ui.team.role_parts import MEANINGS
from equity.vocabulary import Category, Stratifier
from equity.words import groups
from equity.words.answers import areas, control, disparities, scan, site_funnel, summary, trends
from equity.words.answers.completeness import context
from equity.words.languages import leader_page
from equity.words.languages.spanish import SPANISH
from equity.words.work import aims, evidence, focus
from tests import answers_for_tests as made_up
from tests import crossed_answers_for_tests as crossed
from tests.answers_for_tests import BLOOD_PRESSURE, PAYER, Group

AGE = Stratifier("age_band", "Age band", ordered=True, categories=(Category("18–34"), Category("35–44")))


def test_a_trend_without_any_period_names_no_stretch() -> None:
    answer = made_up.trends()
    rows = answer.rows.assign(shown="missing")
    nothing = replace(answer, rows=rows, windows=answer.changes, baseline_frozen=True, before=("", ""), after=("", ""))
    assert nothing.leading is nothing.windows
    assert "all time (baseline)" not in trends.finding(nothing)
    assert trends.finding(nothing).endswith("nothing to show over time.")


def test_one_group_that_can_be_read_is_not_all_groups() -> None:
    """The group that it is compared with has too few people: its rate may be another one."""
    best = replace(made_up.best(BLOOD_PRESSURE, [Group("Medicare", 63, 100)]), surpassed="no")
    answer = made_up.disparities(
        BLOOD_PRESSURE, PAYER, [Group("Medicaid", 140, 200), Group("Medicare", 12, 19, reliability="too_few")], best
    )
    said = disparities.finding(answer)
    assert "All groups are near" not in said
    assert said.endswith("no clear gap. Only patients with Medicaid can be read: 70%.")
    spanish = leader_page.finding(answer, SPANISH)
    assert spanish.endswith("Solo se puede leer el número de pacientes con Medicaid: 70%.")
    alike = made_up.disparities(stratifier=PAYER, groups=[Group("Commercial", 62, 100), Group("Medicaid", 62, 100)])
    assert disparities.finding(alike).endswith("All groups are near 62%.")


def test_nothing_compared_asks_for_data_and_names_no_harm() -> None:
    answer = made_up.disparities(groups=[Group("Asian", 0, 0)], reference=ResolvedReference("best", ""))
    assert disparities.prompt(answer).startswith("Which data on controlled blood pressure would let us compare groups")
    assert disparities.gap_chart_title(answer).endswith("nothing to compare")
    assert "Ranges" not in disparities.table_caption(answer)
    assert disparities.table_caption(made_up.disparities()).endswith("Ranges are 95% intervals.")


def test_false_alarms_name_the_length_that_they_are_of() -> None:
    """With three points a chart is held against the shortest that was simulated, and says so."""
    short = replace(made_up.control_chart(False), signal={**made_up.control_chart(False).signal, "useful": 3})
    assert "charts this long" not in control.false_alarms(short)
    assert "of charts of 12 points show a signal" in control.false_alarms(short)


def test_most_affected_is_a_number_of_people_and_not_a_change() -> None:
    assert not {"more", "fewer"} & set(areas.finding(made_up.areas()).split())


def test_things_have_their_article() -> None:
    assert [groups.with_article(thing) for thing in ("site", "age band")] == ["a site", "an age band"]
    ages = replace(crossed.site_funnel(), within=AGE)
    assert not any(" a age" in said or said.startswith("A age") for said in site_funnel.caveats(ages))


@pytest.mark.parametrize(
    ("heading", "said"),
    [("Test 1: Do people come?", "come? It was"), ("Test 1: Evening visits", "visits. It was")],
)
def test_a_question_is_not_closed_twice(heading: str, said: str) -> None:
    assert said in evidence.cycle(heading, "adopt")


def test_a_choice_without_a_sentence_of_then_does_not_show_an_empty_one() -> None:
    assert focus.then_and_now("", "Diabetes comes first.")[0] == "Now: Diabetes comes first."
    assert focus.then_and_now("A.", "B.") == ("Then: A.", "Now: B.")


@pytest.mark.parametrize(("upper", "due", "said"), [(0.17, 0.29, "no clear change yet"), (0.4, 0.29, "too early")])
def test_what_is_behind_its_line_is_not_too_early_to_tell(upper: float, due: float, said: str) -> None:
    aim = Aim("D", measure="Controlled blood pressure", baseline=Baseline("2023", 0.55, 3_000, 1), target=0.65)
    share = Estimate(np.float64(0.0), np.float64(-0.17), np.float64(upper))
    now = Estimate(np.float64(0.55), np.float64(0.53), np.float64(0.57))
    found = Progress(aim, BLOOD_PRESSURE, "2024", True, now, share, "too_early", np.nan, (), due)
    assert said in aims.finding(found)
    assert ("behind its line" in aims.beside_line(found)) == (said == "no clear change yet")
    assert "95% range −17% to" in aims.how_sure(
        found
    ) and "A share below zero is away from the target" in aims.how_sure(found)


def test_a_role_is_not_said_to_do_less_than_it_may() -> None:
    assert "leader" in MAY["answer_reflection"] and "nothing else" not in MEANINGS["leader"]
    assert "facilitator" in MAY["lead_network"] and "leads the cohort" in MEANINGS["facilitator"]


def test_extremes_that_may_be_chance_are_told_beside_a_whole_that_is_not() -> None:
    answer = replace(crossed.summary(), omnibus_p=0.0001, best_against_worst_p=0.6)
    said = summary.how_sure(answer)
    assert "less than 1 time in 1,000. Yet the two extremes are not clearly apart" in said
    assert "Yet" not in summary.how_sure(replace(answer, best_against_worst_p=0.0001))


def test_a_funnel_of_age_bands_speaks_of_no_sites() -> None:
    ages = replace(crossed.site_funnel(), within=AGE)
    assert "site" not in " ".join((site_funnel.how_sure(ages), *site_funnel.caveats(ages))).lower()


def test_rates_without_ranges_are_not_too_few_periods() -> None:
    answer = made_up.trends({})
    bare = replace(
        answer,
        rows=answer.rows.assign(lower=np.nan, upper=np.nan),
        changes=answer.changes.assign(verdict="", reason="not_enough_data"),
    )
    assert trends.finding(bare).endswith("no ranges in the source, so no gap can be followed.")
    assert "too few periods" not in trends.how_sure(bare)
    assert "Ranges" not in trends.table_caption(bare)
    assert trends.table_caption(answer).endswith("Ranges are 95% intervals.")


@pytest.mark.parametrize(("end", "said"), [(0.0, "ends at no gap"), (0.133, "ends 13.3 points lower (worse)")])
def test_where_a_line_ends_has_its_side(end: float, said: str) -> None:
    answer = made_up.trends({"Black or African American": "no_clear_change"})
    ends = answer.changes.assign(gap_last=end, gap_last_lower=end - 0.01, gap_last_upper=end + 0.01)
    assert said in trends.which_number(replace(answer, changes=ends), "Black or African American")[0]


def test_nothing_clear_is_not_followed_by_how_many_of_the_clear_may_be_chance() -> None:
    found = crossed.scan()
    nothing = replace(found, rows=found.rows.assign(rank=np.nan, verdict="none"))
    assert "None here is clear" in scan.how_sure(nothing) and "1 in 10" not in scan.how_sure(nothing)
    assert not any("ranks it could have" in said for said in scan.caveats(nothing))
    assert "1 in 10" in scan.how_sure(found)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [("87%", "91%", "87% to 91%"), ("over 99%", "100%", "over 99%"), ("99.6%", "over 99%", "99.6% or more")],
)
def test_a_run_of_shares_reads_as_one(low: str, high: str, said: str) -> None:
    assert context._run(low, high) == said
