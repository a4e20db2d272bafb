"""What can be chosen among: whole clinical areas, and single gaps (a measure and a group) put in from a card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST, MOST = 2, 20
"""How many can be laid beside each other: a choice needs two, and a team cannot keep more than twenty apart."""


@dataclass(frozen=True)
class GapCandidate:
    """One group on one measure; ``by`` is the stratifier's key."""

    measure: str
    by: str
    group: str


def gap_names(gaps: Sequence[GapCandidate], areas: Sequence[str] = ()) -> dict[str, GapCandidate]:
    """Each gap by its name beside the areas: measure and group, with the grouping where two are alike."""
    plain = [f"{gap.measure}, {gap.group}" for gap in gaps]
    taken = Counter((*plain, *areas))
    return {name if taken[name] == 1 else f"{name} ({gap.by})": gap for name, gap in zip(plain, gaps, strict=True)}
