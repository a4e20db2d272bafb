"""Guesses beside the truth: how far people thought the gap was, and how many thought it smaller."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from equity.calls.state import Contribution

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class GuessStrip:
    """Everybody's guesses of one gap beside it, all in the unit in which people guessed.

    ``truth`` is the widest gap that is shown and ``group`` whose it is; ``right_group`` how many named that group.
    """

    guesses: tuple[float, ...]
    truth: float
    group: str
    unit: str
    right_group: int
    named_group: int

    @property
    def smaller(self) -> int:
        """How many thought the gap smaller than it is."""
        return sum(guess < self.truth for guess in self.guesses)

    @property
    def larger(self) -> int:
        """How many thought it larger."""
        return sum(guess > self.truth for guess in self.guesses)


def strip(contributions: Sequence[Contribution], truth: float, group: str, unit: str) -> GuessStrip | None:
    """The guesses that name a number, in the order of size, beside the truth; None when there is nothing to show."""
    contributions = _one_a_person(contributions)
    guesses = sorted(far for far in (far_of(each) for each in contributions) if far is not None)
    named = [name for name in (group_of(each) for each in contributions) if name]
    if not math.isfinite(truth) or not (guesses or named):
        return None
    return GuessStrip(tuple(guesses), truth, group, unit, named.count(group), len(named))


@dataclass(frozen=True)
class GroupSketch:
    """What people sketched for one group, in the order of size, beside its rate; None where its rate is not shown."""

    group: str
    guesses: tuple[float, ...]
    truth: float | None


def sketches(contributions: Sequence[Contribution], truths: Mapping[str, float]) -> tuple[GroupSketch, ...]:
    """Everybody's sketches by group, in the order of the list of groups; none where nobody sketched."""
    drawn = [sketch_of(each) for each in _one_a_person(contributions)]
    names = dict.fromkeys([*truths, *(name for sketch in drawn for name in sketch)])
    by_group = ((name, tuple(sorted(sketch[name] for sketch in drawn if name in sketch))) for name in names)
    return tuple(GroupSketch(name, guesses, truths.get(name)) for name, guesses in by_group if guesses)


def sketch_of(contribution: Contribution) -> dict[str, float]:
    """The rate that somebody expected of each group; empty where they sketched none."""
    anchor = contribution.anchor
    drawn = anchor.get("sketch") if isinstance(anchor, dict) else None
    return {str(name): float(value) for name, value in drawn.items()} if isinstance(drawn, dict) else {}


def _one_a_person(contributions: Sequence[Contribution]) -> list[Contribution]:
    """Each person's latest guess; an anonymous one is nobody's, so it stands for itself."""
    latest = {each.participant or each.id: each for each in contributions}
    return list(latest.values())


def far_of(contribution: Contribution) -> float | None:
    """How far somebody thought the gap is: as their page sent it, else the first number that they typed."""
    anchor = contribution.anchor
    if isinstance(anchor, dict) and "far" in anchor:
        far = anchor["far"]
        usable = isinstance(far, int | float) and not isinstance(far, bool) and math.isfinite(far)
        return abs(float(far)) if usable else None
    match = _NUMBER.search(contribution.words)
    return abs(float(match[0].replace(",", "."))) if match else None


def group_of(contribution: Contribution) -> str:
    """The group that somebody thought has the widest gap; empty when they named none."""
    anchor = contribution.anchor
    return str(anchor.get("group", "")) if isinstance(anchor, dict) else ""
