"""The scale of progress: set with evidence, team and advisor apart, its age told."""

from __future__ import annotations

import datetime as dt

import pytest

from equity.improvement import progress_scale as rules
from equity.improvement.progress_scale import VALUES, ProgressScore
from equity.vocabulary import PlainError
from equity.words.work import progress_scale as words
from tests.improvement.made_up import kept

TODAY = dt.date(2027, 3, 16)


def test_each_step_has_its_name_and_meaning() -> None:
    assert tuple(words.STEPS) == VALUES
    assert words.with_meaning(3.0).startswith("3.0 Modest improvement: ")


@pytest.mark.parametrize(
    ("score", "named"),
    [
        (ProgressScore(3.2, "team", "x"), "in halves from 0.5 to 5.0"),
        (ProgressScore(0.0, "team", "x"), "in halves"),
        (ProgressScore(3.0, "team", " "), "what shows it"),
        (ProgressScore(3.0, "advisor", "x"), "which advisor"),
        (ProgressScore(3.0, "leader", "x"), "team’s or an advisor’s"),  # type: ignore[arg-type]
    ],
)
def test_a_score_needs_its_step_its_side_and_its_evidence(score: ProgressScore, named: str) -> None:
    with pytest.raises(PlainError, match=named):
        rules.checked(score)


def test_the_latest_of_each_side_stands_with_its_age() -> None:
    scores = [
        kept(ProgressScore(3.0, "team", "Two wards"), created=dt.date(2027, 1, 1)),
        kept(ProgressScore(2.0, "team", "Baseline"), created=dt.date(2026, 11, 1)),
        kept(ProgressScore(2.5, "advisor", "No number moved", "Dr. Lee"), created=dt.date(2027, 3, 15)),
    ]
    found = rules.standing(scores, TODAY)
    assert (found.team_days, found.advisor_days, found.differ) == (74, 1, True)
    assert words.standing(found) == [
        "Team: 3.0 Modest improvement, set 74 days ago. “Two wards” It may be out of date.",
        "Advisor (Dr. Lee): 2.5 Changes tested, but no improvement, set yesterday. “No number moved”",
        "Team and advisor see it differently: what does each see that the other does not?",
    ]
    nothing = rules.standing([], TODAY)
    assert not nothing.differ
    assert words.standing(nothing) == ["Nobody has said yet how far this project is."]
