"""What stands beside an aim, read aloud: both polarities, proportions, rates and means, few and many visits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from equity.improvement.aims import Aim, Baseline
from equity.improvement.effort import Effort, SiteNeed
from equity.improvement.progress import Progress, Watched
from equity.lens.answers import ResolvedReference
from equity.stats.estimate import Estimate
from equity.vocabulary import Measure, Stratifier
from equity.words.work import aims as words
from equity.words.work import watched_groups

CONTROL = Measure("Controlled blood pressure", polarity="higher_better")
LEFT = Measure("Left without being seen", polarity="lower_better")
FALLS = Measure("Falls", "rate", "lower_better", multiplier=1000.0, unit="patient days")
WAIT = Measure("Minutes from arrival to clinician", "mean", "lower_better", unit="minutes")
AIM = Aim(by="race", group="Black", baseline=Baseline(0.55, 3_700.0, "2023", 1), target=0.65, by_when="2026-Q4")
RACE = Stratifier("race", "race")
BEST = ResolvedReference("best", "the best group", "White", 0.69, 7_000.0)
EFFORT = Effort(
    *(0.1, "month", 410.0, 41.0, 24, 7, True, False, 0.035),  # type: ignore[arg-type]
    (SiteNeed("Northgate", 700.0, 0.5, 105.0),),
    people=1_900.0,
    compared_with=BEST,
)


def asked(measure: Measure, baseline: float, **change: object) -> tuple[str, ...]:
    aim = replace(AIM, measure=measure.name, baseline=Baseline(baseline, 3_700.0, "2023", 1))
    return words.asks_for(aim, measure, RACE, replace(EFFORT, **change))  # type: ignore[arg-type]


def test_more_people_are_to_meet_a_measure_that_should_rise() -> None:
    assert asked(CONTROL, 0.55) == (
        "At the end, about 41 more visits than now must meet the measure each month, of about 410.",
        "If the change comes in even steps, a chart would likely show it after 7 months.",
        "If the rate for White patients stays where it is, 3.5 points of the gap are left: the aim narrows it and does "
        "not close it.",
        "Northgate, 2023: 50%. At the target, about 105 more visits would have met the measure.",
    )


def test_fewer_people_are_to_have_what_should_fall() -> None:
    sites = (SiteNeed("Northgate", 700.0, 0.12, 42.0),)
    said = asked(LEFT, 0.12, change=0.06, more_at_the_end=12.0, n_a_period=200.0, gap_left=-0.01, sites=sites)
    assert said[0] == "At the end, about 12 fewer visits than now can have this outcome each month, of about 200."
    assert said[2] == "If the rate for White patients stays where it is, the gap closes."
    assert said[3] == "Northgate, 2023: 12%. At the target, about 42 fewer visits would have had this outcome."


def test_a_rate_counts_its_events_and_not_the_days_that_they_fall_on() -> None:
    sites = (SiteNeed("Northgate", 9_000.0, 0.0051, 14.0),)
    said = asked(FALLS, 0.005, more_at_the_end=6.2, n_a_period=3_000.0, gap_left=np.nan, sites=sites)
    assert said[0] == "At the end, about 6 fewer falls each month than now."
    assert said[-1] == "Northgate, 2023: 5.1 per 1,000 patient days. At the target, about 14 fewer falls."


def test_a_mean_has_no_people_to_count() -> None:
    said = asked(WAIT, 48.0, more_at_the_end=np.nan, gap_left=np.nan, sites=(), periods_to_tell=1)
    assert said == ("If the change comes in even steps, a chart would likely show it after 1 month.",)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (0.3, "At the end, about 4 more visits than now must meet the measure each year, of about 48."),
        (0.02, "At the end, less than one more visit than now must meet the measure each year, of about 48."),
    ],
)
def test_few_visits_are_told_by_the_year(more: float, said: str) -> None:
    told = asked(CONTROL, 0.55, more_at_the_end=more, n_a_period=4.0, periods_to_tell=None, within_noise=True, sites=())
    assert told[0] == said
    assert told[1] == "Even after 36 months a chart would likely not tell this change from chance."
    assert told[-1].startswith("The change is smaller than what chance alone can do")


@pytest.mark.parametrize(
    ("reference", "level", "start"),
    [
        (BEST, "the rate for White patients", "White patients (highest rate)"),
        (replace(BEST, told_apart=False), "the highest rate", "the highest rate"),
        (ResolvedReference("average", "everyone", rate=0.6), "the overall rate", "the overall rate"),
        (ResolvedReference("others", "everyone else"), "the rate for all other patients", "all other patients"),
        (ResolvedReference("group", "Asian", "Asian", 0.6), "the rate for Asian patients", "Asian patients"),
        (ResolvedReference("target", "the target", rate=0.7), "the target", "the target"),
    ],
)
def test_a_gap_says_what_it_is_measured_from(reference: ResolvedReference, level: str, start: str) -> None:
    effort = replace(EFFORT, gap_left=-0.01, compared_with=reference)
    assert words.asks_for(AIM, CONTROL, RACE, effort)[2] == f"If {level} stays where it is, the gap closes."
    now = Estimate(*(np.asarray(side) for side in (0.6, 0.58, 0.62)))
    found = Progress(AIM, CONTROL, "2024", True, now, now, "on_the_way", 0.09, (), compared_with=reference)
    assert words.gap_now(found, RACE) == f"The gap from {start} is 9.0 points."
    assert words.gap_now(replace(found, gap_now=-0.01), RACE) == f"There is no gap from {start} any more."


def test_people_are_called_so_where_nobody_comes_twice() -> None:
    assert "about 41 more patients than now" in asked(CONTROL, 0.55, people=0.0)[0]
    assert asked(CONTROL, 0.55, sites=(SiteNeed("Mill", 60.0, 0.63, 1.2),))[-1].endswith(
        "about 1 more visit would have met the measure."
    )


def test_an_aim_for_a_population_is_for_people() -> None:
    hiv = Measure("HIV diagnoses", "rate", "lower_better", multiplier=100_000.0)
    race = Stratifier("race", "Race")
    aim = replace(AIM, measure=hiv.name, baseline=Baseline(0.000_41, 900_000.0, "2023", 1), target=0.000_3)
    assert "per 100,000 for Black people ____ by" in words.sentence(aim, hiv, race)
    assert "for Black patients ____ by" in words.sentence(AIM, CONTROL, race)
    assert "for Black patients ____ by" in words.sentence(AIM, None, race)
    lost = Watched(hiv, "Asian", Estimate(np.nan, np.nan, np.nan), "not_known")
    assert watched_groups.watched(lost, race).startswith("HIV diagnoses, Asian people: ")
