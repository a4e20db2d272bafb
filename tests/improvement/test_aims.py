"""Aims: what one lacks, what it may not say, and what the data make of it, against plain recounting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.improvement import aims as rules
from equity.improvement.aims import Aim
from equity.improvement.effort import effort
from equity.improvement.progress import baseline_of, latest_period, progress
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.store.files.versions import current_version
from equity.vocabulary import PeriodRange, PlainError
from equity.words.work import aims as words

AIM = Aim(
    dataset="Sample",
    measure="Postpartum visit",
    by="race",
    group="Black or African American",
    target=0.85,
    by_when="2027-Q4",
    where="at all five sites",
    with_whom="the patient council",
    benefits="Patients after a birth",
    burdened="Midwives, at first",
    floor=0.02,
)


@pytest.fixture(scope="module")
def whole(sample_cube: Cube) -> Aim:
    return replace(AIM, baseline=baseline_of(sample_cube, AIM, "2022"))


def rates(cube: Cube, period: str) -> dict[str, tuple[float, float, float]]:
    rows = disparities(cube, Choices("Sample", 1, AIM.measure, "race", period=PeriodRange.parse(period))).rows
    return {
        g: (r, lo, hi) for g, r, lo, hi in zip(rows["group"], rows["rate"], rows["lower"], rows["upper"], strict=True)
    }


def test_the_baseline_comes_from_the_data(whole: Aim, sample_cube: Cube) -> None:
    assert whole.baseline is not None
    assert whole.baseline.value == pytest.approx(rates(sample_cube, "2022")[AIM.group][0])
    assert rules.missing(whole) == ()
    assert rules.missing(AIM) == ("baseline",)
    assert rules.missing(Aim())[:3] == ("measure", "group", "baseline")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"where": " "}, "1 parts are open"),
        ({"target": 0.1}, "no better than the baseline"),
        ({"target": 85.0}, "between 0 and 100"),
        ({"stretch": 0.80}, "stretch goal is less"),
        ({"by_when": "2022-Q1"}, "not after the baseline"),
        ({"floor": -0.1}, "0 or more"),
    ],
)
def test_an_aim_that_cannot_be_set_says_why(
    whole: Aim, sample_cube: Cube, change: dict[str, object], named: str
) -> None:
    measure = sample_cube.description.measure(AIM.measure)
    assert rules.as_set(whole, measure).status == "set"
    with pytest.raises(PlainError, match=named):
        rules.as_set(replace(whole, **change), measure)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["by hiring two midwives", "through a new clinic", "launch an app", "using texts, train staff"]
)
def test_a_solution_inside_an_aim_is_pointed_out(text: str) -> None:
    assert rules.solutions_in(replace(AIM, with_whom=text))


@pytest.mark.parametrize(
    "text", ["with the patient council", "at all five sites", "our doulas and midwives", "Newtown clinic"]
)
def test_where_and_with_whom_alone_are_no_solution(text: str) -> None:
    assert rules.solutions_in(replace(AIM, with_whom=text)) == ()


def test_the_share_reached_is_that_of_the_rates(whole: Aim, sample_cube: Cube) -> None:
    found = progress(sample_cube, whole)
    period = latest_period(sample_cube, "2022")
    now, lower, upper = rates(sample_cube, period)[AIM.group]
    start = rates(sample_cube, "2022")[AIM.group][0]
    assert found.period == period
    shares = [(side - start) / (0.85 - start) for side in (now, lower, upper)]
    assert [float(found.share.value), float(found.share.lower), float(found.share.upper)] == pytest.approx(shares)
    assert found.verdict == ("on_the_way" if shares[1] > 0 and shares[0] < 1 else found.verdict)
    assert words.finding(found).startswith("Postpartum visit")


def test_too_early_reached_and_moved_away_follow_the_interval(whole: Aim, sample_cube: Cube) -> None:
    now, lower, upper = rates(sample_cube, latest_period(sample_cube, "2022"))[AIM.group]
    assert whole.baseline is not None

    def with_baseline(value: float, target: float) -> str:
        aim = replace(whole, baseline=replace(whole.baseline, value=value), target=target)
        return progress(sample_cube, aim).verdict

    assert with_baseline(now, now + 0.1) == "too_early"
    assert with_baseline((lower + now) / 2, now + 0.1) == "too_early"  # better, and chance could do it
    assert with_baseline((upper + now) / 2, upper + 0.2) == "too_early"
    assert with_baseline(lower - 0.05, now + 0.1) == "on_the_way"
    assert with_baseline(lower - 0.05, now - 0.001) == "reached"
    assert with_baseline(upper + 0.05, upper + 0.2) == "moved_away"
    assert (
        progress(sample_cube, replace(whole, baseline=replace(whole.baseline, period="2024"))).verdict == "no_data_yet"
    )


def test_nobody_else_may_lose_more_than_the_floor(whole: Aim, sample_cube: Cube) -> None:
    found = progress(sample_cube, replace(whole, measure="Colorectal cancer screening", group="Asian", floor=0.0))
    then, now = rates_of(sample_cube, "2022"), rates_of(sample_cube, found.period)
    assert {w.group for w in found.watched} <= set(now) - {"Asian"}
    for each in found.watched:
        if each.state == "not_known":
            continue
        change = now[each.group] - then[each.group]
        assert float(each.change.value) == pytest.approx(change)
        assert each.state == ("broken" if each.change.upper < 0 else "held" if each.change.lower >= 0 else "not_sure")
    assert "broken" in {w.state for w in found.watched}  # everybody else lost: planted in the sample
    generous = progress(sample_cube, replace(whole, measure="Colorectal cancer screening", group="Asian", floor=0.5))
    assert {w.state for w in generous.watched} <= {"held", "not_known"}


def test_a_floor_is_kept_only_where_chance_is_ruled_out(whole: Aim, sample_cube: Cube) -> None:
    found = progress(sample_cube, replace(whole, floor=0.02))
    known = [w for w in found.watched if w.state != "not_known"]
    for each in known:
        assert (each.state == "held") == (each.change.lower > -0.02)
    assert any(each.change.value > -0.02 > each.change.lower for each in known), "some may have lost by chance alone"


def rates_of(cube: Cube, period: str) -> dict[str, float]:
    choices = Choices("Sample", 1, "Colorectal cancer screening", "race", period=PeriodRange.parse(period))
    rows = disparities(cube, choices).rows
    return dict(zip(rows["group"], rows["rate"], strict=True))


def test_what_an_aim_asks_for(whole: Aim, sample_cube: Cube) -> None:
    found = effort(sample_cube, whole)
    assert whole.baseline is not None
    assert found.change == pytest.approx(0.85 - whole.baseline.value)
    assert found.more_at_the_end == pytest.approx(found.change * found.n_a_period)
    assert found.periods_left >= 1
    assert whole.baseline.reference_value is not None
    assert found.gap_left == pytest.approx(whole.baseline.reference_value - 0.85)
    for site in found.sites:
        assert site.more == pytest.approx(max(0.0, 0.85 - site.rate) * site.n)
    assert not found.within_noise
    assert effort(sample_cube, replace(whole, target=whole.baseline.value + 0.001)).within_noise
    said = words.asks_for(
        whole, sample_cube.description.measure(AIM.measure), sample_cube.description.stratifier(AIM.by), found
    )
    assert found.people > 0
    assert any("If the rate for " in text and " patients stays where it is" in text for text in said)


@pytest.mark.parametrize(
    ("measure", "group", "better"),
    [
        ("HbA1c above 9 percent", AIM.group, 0.9),
        ("Breast cancer screening", "American Indian or Alaska Native", 1.1),  # in some months nobody
        ("Minutes from arrival to clinician", AIM.group, 0.9),
    ],
)
def test_what_an_aim_asks_for_is_recounted(
    sample_home: Path, sample_cube: Cube, measure: str, group: str, better: float
) -> None:
    aim = replace(AIM, measure=measure, group=group, reference="average")
    aim = replace(aim, baseline=baseline_of(sample_cube, aim, "2022"))
    assert aim.baseline is not None
    aim = replace(aim, target=aim.baseline.value * better)
    found = effort(sample_cube, aim)
    counts = pd.read_parquet(current_version(sample_home, "Sample").folder / "cube.parquet")
    counts = counts[(counts["measure"] == measure) & (counts["by1"] == "race") & (counts["value1"] == group)]
    months = counts[(counts["by2"] == "") & (counts["grain"] == "month") & (counts["n"] > 0)].sort_values("period")
    assert found.n_a_period == pytest.approx(months["n"].tail(12).mean())
    assert found.change == pytest.approx(aim.baseline.value * 0.1)
    assert found.periods_left == 36  # from December 2024 to the end of Q4 2027
    if sample_cube.description.measure(measure).kind == "mean":
        assert np.isnan(found.more_at_the_end)
        assert found.sites == ()
        return
    there = counts[(counts["by2"] == "site") & (counts["grain"] == "year") & (counts["period"] == "2022")]
    far = (there["x"] / there["n"] - aim.target) * (1 if better < 1 else -1)
    need = dict(zip(there["value2"], np.maximum(far, 0) * there["n"], strict=True))
    assert {site.site for site in found.sites} <= set(need)
    assert [site.more for site in found.sites] == pytest.approx([need[site.site] for site in found.sites])
    assert [site.more for site in found.sites] == sorted((site.more for site in found.sites), reverse=True)


def test_chance_is_half_the_range_of_the_baseline(whole: Aim, sample_cube: Cube) -> None:
    assert whole.baseline is not None
    _, lower, upper = rates(sample_cube, "2022")[AIM.group]
    told = [
        effort(sample_cube, replace(whole, target=whole.baseline.value + part * (upper - lower))).within_noise
        for part in (0.45, 0.55)
    ]
    assert told == [True, False]


def test_rates_without_counts_have_no_arithmetic(whole: Aim, sample_cube: Cube) -> None:
    estimates = replace(sample_cube, description=replace(sample_cube.description, values="estimates"))
    with pytest.raises(PlainError, match="needs counts"):
        effort(estimates, whole)


def test_a_larger_change_is_told_no_later(whole: Aim, sample_cube: Cube) -> None:
    assert whole.baseline is not None
    told = [
        effort(sample_cube, replace(whole, target=whole.baseline.value + step)).periods_to_tell or np.inf
        for step in (0.02, 0.08, 0.2)
    ]
    assert told == sorted(told, reverse=True)


def test_the_sentence_builds_itself(whole: Aim, sample_cube: Cube) -> None:
    measure = sample_cube.description.measure(AIM.measure)
    race = sample_cube.description.stratifier("race")
    assert words.BLANK in words.sentence(AIM, measure, race)
    said = words.sentence(whole, measure, race)
    assert said == (
        "Postpartum visit: from 57.1% to 85.0% for Black or African American patients at all five sites by Q4 2027, "
        "with the patient council."
    )
    assert words.open_parts(("target", "by_when")) == "Still open: how much, by when."


def test_an_unfinished_year_is_told_as_so_far(whole: Aim, sample_cube: Cube) -> None:
    found = progress(sample_cube, whole)
    assert found.whole
    assert "so far" not in words.finding(found)
    held = sample_cube.description
    cut = replace(sample_cube, description=replace(held, periods=held.periods[:-1]))
    found = progress(cut, whole)
    assert not found.whole
    assert f"{found.period} so far: " in words.finding(found)
