"""Weighing a decision on a phone: what the page says, in English. `languages/phone_pages.py` lists the languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from equity.words.work.focus import CRITERIA

PAGE: Final[Mapping[str, str]] = {
    "title": "Weigh what matters",
    "what": "Give 100 points to what should matter for this choice. There is no right answer.",
    "among": "What is chosen among",
    "lens": "The lens you look through",
    "done": "I have finished",
    "later": "Keep for later",
    "private": (
        "Your points are kept without your name. Nobody sees anybody’s points before all are shown at once; until then "
        "you can come back on this phone and change yours."
    ),
    "all": "All 100 points are given.",
    "left": "Points left to give: {n}.",
    "over": "Points too many: {n}.",
    "kept.done": "You have finished. You can still change your points.",
    "kept.draft": "Kept. Come back on this phone to finish.",
    "finished.none": "Nobody has finished weighing yet.",
    "finished.one": "{n} person has finished weighing.",
    "finished.other": "{n} people have finished weighing.",
    "fewer": "five fewer",
    "more": "five more",
    "ends": "0: {nothing} 10: {everything}",
    "from.burden": "From the data: how many patients or visits the gap affects.",
    "from.certainty": "From the data: how sure it is that there is a gap.",
    "from.trend": "From the data: whether the gap gets wider.",
    "from.completeness": "From the data: for how many people the group is known.",
    **{f"criterion.{key}": text for key, text in CRITERIA.items()},
    "languages": "Other languages",
}
"""By key."""
