"""Everything said is readable at school grade 9 or below, by Flesch and Kincaid's formula.

The grade of a text is 0.39 · words per sentence + 11.8 · syllables per word − 15.59 (Kincaid et al. 1975). The names of
groups and measures are not ours to shorten, so short ones stand in for them here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from equity.lens.answers import Areas, Disparities, ResolvedReference, Trends
from equity.release.other_releases.overlapping_releases import OverlappingReleases
from equity.vocabulary import Category, Measure, Stratifier
from equity.words import glossary, remarks
from equity.words.answers import areas, control, disparities, trends
from equity.words.answers.trends import CHANGES
from equity.words.judgements import RELIABILITY, VERDICTS
from equity.words.sharing import release
from tests import answers_for_tests as made_up
from tests.answers_for_tests import Group

HIGHEST_GRADE = 9.0
RACE = Stratifier("race", "Race", categories=(Category("Black"), Category("White"), Category("Unknown", "unknown")))
VISIT = Measure("Yearly check", "proportion", "higher_better", "Heart care")
GROUPS = (Group("Black", 550, 1000), Group("White", 700, 1000), Group("Unknown", 40, 90, kind="unknown"))


def syllables(word: str) -> int:
    """Vowel groups, less a silent ending, the two vowels of "reliable" apart; a number counts as one."""
    word = word.lower().strip("'’")
    if not re.search("[a-z]", word):
        return 1
    groups = re.findall(r"[aeiouy]+", re.sub(r"(?:[^laeiouy]es|[^aeiouydt]ed|[^laeiouy]e)$", "", word))
    return max(1, len(groups) + len(re.findall(r"(?<![tcs])i[ao](?!u)", word)))


def grade(text: str) -> float:
    words = re.findall(r"[A-Za-z0-9'’]+", text)
    sentences = max(1, len(re.findall(r"[.?!](?:\s|$)", text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_what_whoever_attests_must_judge_is_plain() -> None:
    said = release.overlapping_releases_sentence(
        [OverlappingReleases("Visits", ("Yearly check",), True), OverlappingReleases("Calls", ("Seen", "Told"), False)]
    )
    assert "those of “Visits” (the same file and Yearly check) and “Calls” (Seen and Told): do they count" in said
    assert grade(said) <= HIGHEST_GRADE


def test_the_measure_itself() -> None:
    assert [syllables(w) for w in ("cat", "rate", "people", "measure", "chance", "reliable", "visited")] == [
        1, 1, 2, 2, 1, 4, 3,
    ]  # fmt: skip
    assert grade("The cat sat on the mat.") < 1
    assert grade("Multidimensional epidemiological heterogeneity necessitates methodological sophistication.") > 20


def compared(groups: tuple[Group, ...] = GROUPS, measure: Measure = VISIT) -> Disparities:
    return made_up.disparities(measure, RACE, groups)


def over_time(verdict: str) -> Trends:
    answer = made_up.trends({"White": verdict})
    short = {g: g.split(" ")[0] for g in answer.rows["group"].unique()}
    return replace(answer, measure=VISIT, stratifier=RACE, rows=answer.rows.replace({"group": short}))


ANSWERS: dict[str, Disparities] = {
    "a large clear gap": compared(),
    "one that may be chance": compared((Group("Black", 60, 100), Group("White", 140, 200))),
    "a small clear one": compared((Group("Black", 54_800, 80_000), Group("White", 56_000, 80_000))),
    "none": compared((Group("Black", 690, 1000), Group("White", 700, 1000))),
    "visits": compared((Group("Black", 550, 1000, people=600), Group("White", 700, 1000, people=600))),
    "a wait": made_up.disparities(replace(made_up.MINUTES, name="Minutes in line"), RACE, made_up.MINUTES_GROUPS),
    "a neutral measure": compared(measure=replace(VISIT, polarity="neutral")),
    "everything hidden": made_up.disparities(
        VISIT, RACE, [Group("Black", 0, 0, shown="hidden")], ResolvedReference("best", "")
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_groups_compared(name: str) -> None:
    answer = ANSWERS[name]
    said = [disparities.finding(answer), disparities.how_sure(answer), disparities.in_all(answer)]
    said += [*disparities.not_known(answer), *disparities.caveats(answer), disparities.prompt(answer)]
    assert grade(" ".join(said)) <= HIGHEST_GRADE, (grade(" ".join(said)), said)


@pytest.mark.parametrize("verdict", ["closing_by_lifting", "levelling_down", "widening", "no_clear_change", ""])
def test_over_time(verdict: str) -> None:
    answer = over_time(verdict)
    said = [trends.finding(answer), trends.how_sure(answer), trends.prompt(answer)]
    said += [*trends.not_known(answer), *trends.caveats(answer)]
    assert grade(" ".join(said)) <= HIGHEST_GRADE, (grade(" ".join(said)), said)


@pytest.mark.parametrize("signal", [True, False])
def test_control_charts(signal: bool) -> None:
    answer = replace(made_up.control_chart(signal), measure=VISIT, group="Black")
    said = [control.finding(answer), control.how_sure(answer), control.prompt(answer), *control.caveats(answer)]
    assert grade(" ".join(said)) <= HIGHEST_GRADE, (grade(" ".join(said)), said)


def test_clinical_areas() -> None:
    answer: Areas = made_up.areas()
    said = [areas.how_sure(answer), areas.prompt(answer), *areas.not_known(answer), *areas.caveats(answer)]
    assert grade(" ".join(said)) <= HIGHEST_GRADE, (grade(" ".join(said)), said)


@pytest.mark.parametrize("term", glossary.TERMS, ids=lambda t: t.word)
def test_definitions(term: glossary.Term) -> None:
    assert grade(term.meaning) <= HIGHEST_GRADE, grade(term.meaning)


MEANINGS: dict[str, Callable[[], list[str]]] = {
    "verdicts": lambda: [j.meaning for j in VERDICTS.values()],
    "reliability": lambda: [j.meaning for j in RELIABILITY.values()],
    "changes": lambda: [j.meaning for j in CHANGES.values()],
    "remarks": lambda: list(remarks.describe_remarks(tuple(remarks._SENTENCES))),
}


@pytest.mark.parametrize("name", MEANINGS)
def test_meanings(name: str) -> None:
    for sentence in MEANINGS[name]():
        assert grade(sentence) <= HIGHEST_GRADE, (grade(sentence), sentence)
