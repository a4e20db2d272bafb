"""Weighing a decision on a phone: what the page says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TITLE: Final = "Weigh what matters"
WHAT: Final = "Give 100 points to what should matter for this choice. There is no right answer."
AMONG: Final = "What is chosen among"
LENS: Final = "The lens you look through"
FINISHED: Final = "I have finished"
LATER: Final = "Keep for later"
PRIVATE: Final = (
    "Your points are kept without your name. Nobody sees anybody’s points before all are shown at once; until then you "
    "can come back on this phone and change yours."
)
ALL_GIVEN: Final = "All 100 points are given."
LEFT: Final = "{n} points left to give."
OVER: Final = "{n} points too many."
FROM_DATA: Final[Mapping[str, str]] = {
    "burden": "From the data: how many patients or visits the gap affects.",
    "certainty": "From the data: how sure it is that there is a gap.",
    "trend": "From the data: whether the gap gets wider.",
    "completeness": "From the data: for how many people the group is known.",
}


def kept(done: bool) -> str:
    """That the points are kept, as finished or as a draft."""
    return (
        "You have finished. You can still change your points." if done else "Kept. Come back on this phone to finish."
    )
