"""What is said on the deeper pages is readable at school grade 9 or below, as `test_reading_grade` measures it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from equity.vocabulary import Measure
from equity.words.answers import completeness, gap_sources, inequality_over_time, intersections, scan, summary
from tests import crossed_answers_for_tests as made_up
from tests.words.test_reading_grade import HIGHEST_GRADE, RACE, VISIT, grade

CARE = Measure("Yearly check", "proportion", "lower_better", "Heart care")


def missing(**more: object) -> list[str]:
    answer = made_up.completeness(measure=VISIT, stratifier=RACE, **more)  # type: ignore[arg-type]
    short = {"Black or African American": "Black", "Hispanic or Latino": "White"}
    answer = replace(answer, bounds=answer.bounds.replace({"group": short}))
    said = [completeness.finding(answer), completeness.how_sure(answer), *completeness.conclusion(answer)]
    said += [*completeness.statuses(answer), *completeness.not_known(answer), *completeness.caveats(answer)]
    return [*said, completeness.prompt(answer)]


def crossed(standing_out: bool) -> list[str]:
    answer = replace(made_up.intersections(measure=VISIT, standing_out=standing_out))
    said = [intersections.finding(answer), intersections.how_sure(answer), *intersections.not_known(answer)]
    return [*said, *intersections.caveats(answer), intersections.prompt(answer)]


def sources(simpson: str) -> list[str]:
    answer = made_up.gap_sources(simpson, CARE)
    short = {"Black or African American": "Black"}
    answer = replace(answer, parts=answer.parts.replace(short), strata=answer.strata.replace(short), stratifier=RACE)
    said = [gap_sources.finding(answer), gap_sources.how_sure(answer), gap_sources.adjusted_in_words(answer)]
    said += [*gap_sources.split_in_words(answer), *gap_sources.caveats(answer), gap_sources.prompt(answer)]
    return said


def in_one_number(told_apart: bool) -> list[str]:
    answer = replace(made_up.summary(told_apart, measure=VISIT), stratifier=RACE, worst="Black")
    return [summary.finding(answer), summary.how_sure(answer), *summary.caveats(answer), summary.prompt(answer)]


def over_time(absolute: str, relative: str) -> list[str]:
    answer = replace(made_up.inequality_over_time(absolute, relative, VISIT), stratifier=RACE)
    said = [inequality_over_time.finding(answer), *inequality_over_time.what_it_comes_to(answer)[2:]]
    return [*said, inequality_over_time.how_sure(answer), *inequality_over_time.caveats(answer)]


def scanned() -> list[str]:
    answer = made_up.scan()
    return [scan.how_sure(answer), *scan.not_known(answer), *scan.caveats(answer), scan.prompt(answer)]


SAID: dict[str, Callable[[], list[str]]] = {
    "the missing matter": missing,
    "the missing fare alike": lambda: missing(rates=(0.69, 0.68, 0.8)),
    "a cell stands out": lambda: crossed(True),
    "no cell stands out": lambda: crossed(False),
    "the whole turns round": lambda: sources("reverses"),
    "the gap halves": lambda: sources("halves"),
    "the gap lies within": lambda: sources(""),
    "the groups differ": lambda: in_one_number(True),
    "the groups cannot be told apart": lambda: in_one_number(False),
    "inequality moves apart": lambda: over_time("narrowed", "widened"),
    "inequality narrows": lambda: over_time("narrowed", "narrowed"),
    "the scan": scanned,
}


@pytest.mark.parametrize("name", SAID)
def test_the_pages(name: str) -> None:
    said = " ".join(s for s in SAID[name]() if s)
    assert grade(said) <= HIGHEST_GRADE, (grade(said), said)


@pytest.mark.parametrize(
    "method",
    [
        scan.PLACES,
        completeness.SHARES,
        completeness.BOUNDS,
        intersections.POOLED,
        gap_sources.SPLIT,
        summary.INTERVALS,
        inequality_over_time.METHOD,
        *summary.GUIDE.values(),
        *summary.REASONS.values(),
        *(status.meaning for status in completeness.STATUS.values()),
    ],
)
def test_how_it_is_found(method: str) -> None:
    assert grade(method) <= 10.0, (grade(method), method)
