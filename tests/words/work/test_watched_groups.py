"""Who else an aim watches, read aloud."""

from __future__ import annotations

import numpy as np

from equity.improvement.progress import Watched
from equity.stats.estimate import Estimate
from equity.vocabulary import Measure, Stratifier
from equity.words.work import watched_groups as words

CONTROL = Measure("Controlled blood pressure", polarity="higher_better")
LEFT = Measure("Left without being seen", polarity="lower_better")
RACE = Stratifier("race", "race")


def test_who_else_is_watched_stands_in_one_sentence_a_state_the_worst_first() -> None:
    nothing = Estimate(*(np.asarray(np.nan) for _ in range(3)))
    found = [
        Watched(CONTROL, "Asian", nothing, "held"),
        Watched(CONTROL, "White", nothing, "broken"),
        Watched(LEFT, "Black", nothing, "broken"),
    ]
    assert words.watched_by_state(found, RACE) == [
        "Lost more than allowed: White patients, Black patients on “Left without being seen”.",
        "Did not lose more than allowed: Asian patients.",
    ]
    assert words.watched_by_state([], RACE) == []
