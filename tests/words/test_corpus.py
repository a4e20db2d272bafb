"""Two thousand headlines: short, plain, and true of their answers (`corpus.py` makes them, `read_back.py` checks)."""

from __future__ import annotations

import re

import pytest

from equity.cube import Cube
from equity.words.answers.tables import headline
from tests.words.corpus import ENOUGH, HIGHEST_GRADE, MOST_WORDS, Headline, asked_of, made_up_answers, read, report
from tests.words.figures import is_written
from tests.words.read_back import contradictions

MADE_UP, SHARE = 1_650, 0.16


@pytest.fixture(scope="module")
def found(sample_cube: Cube) -> list[Headline]:
    return [*asked_of(sample_cube, SHARE), *map(read, made_up_answers(MADE_UP))]


def test_there_are_two_thousand_of_every_kind(found: list[Headline]) -> None:
    assert len(found) >= 2_000
    kinds = {h.kind for h in found}
    assert kinds >= {"Disparities", "Trends", "Areas", "Scan", "Completeness", "Summary", "GapSources", "Intersections"}
    assert kinds >= {"Pace", "ControlChart", "SiteFunnel", "InequalityOverTime", "AgeStandardized"}


def test_headlines_are_short(found: list[Headline]) -> None:
    assert sum(h.words <= MOST_WORDS for h in found) >= ENOUGH * len(found), report(found)


def test_a_grade_is_counted_by_sentence_ends_and_words_over_the_whole_headline() -> None:
    """A colon, a semicolon and a decimal end no sentence; words are those of both sentences together."""
    one = Headline("", "Cats, 2024: the cat sat on the mat; the dog ran 2.5 feet to it.", (), ())
    two = Headline("", "Cats, 2024: the cat sat on the mat. The dog ran 2.5 feet to it.", (), ())
    assert (one.words, two.words) == (15, 15)
    assert one.grade == pytest.approx(0.39 * 15 + 11.8 * 15 / 15 - 15.59)
    assert two.grade == pytest.approx(one.grade - 0.39 * 7.5)


def test_headlines_are_plain(found: list[Headline]) -> None:
    assert sum(h.grade <= HIGHEST_GRADE for h in found) >= ENOUGH * len(found), report(found)


def test_no_headline_contradicts_its_answer(found: list[Headline]) -> None:
    assert not any(h.contradictions for h in found), report(found)


def test_the_checker_sees_what_is_wrong() -> None:
    """Each of these would mislead: another rate, the sides turned round, another count, another certainty."""
    seen = dict.fromkeys(("rate", "sides", "count", "way", "certainty"), 0)
    for answer in made_up_answers(120, seed=3):
        text, below = headline(answer)
        if not below or not re.search(r": \S+% of .*\. .* \S+%\.$", text):
            continue
        more = " ".join(below)
        own, other = re.findall(r"[\d.]+%", text)[:2]
        turned = text.replace(own, "¤").replace(other, own).replace("¤", other)
        wrong = {
            "rate": (text.replace(own, "1.7%", 1), more),
            "sides": (turned, more),
            "count": (text, re.sub(r"about [\d,]+", "about 7", more)),
            "way": (text, re.sub(r"\b(more|fewer)\b", lambda m: "fewer" if m[1] == "more" else "more", more)),
            "certainty": (text, "The difference could be chance." if "About" in more or "At" in more else ""),
        }
        for what, (said, under) in wrong.items():
            if (said, under) != (text, more):
                assert contradictions(answer, said, (under,)), (what, said, under)
                seen[what] += 1
    assert min(seen.values()) > 5, seen


@pytest.mark.parametrize(
    ("written", "value", "agrees"),
    [
        ("55.0%", 54.96, True),
        ("55.0%", 55.1, False),
        ("2,200", 2200.4, True),
        ("under 1%", 0.4, True),
        ("under 1%", 1.4, False),
        ("nothing", 1.0, False),
    ],
)
def test_a_figure_is_its_value_rounded(written: str, value: float, agrees: bool) -> None:
    assert is_written(written, value) == agrees
