"""What several pictures, held beside each other, tell of one organization.

An organization's number is the same dot in every picture that it went into unchanged. Dots that stand in the same
pictures, at the same size in each, can be exchanged without a byte of any picture changing: they hide each other. A
dot is told when too few hide it, one of which may be whoever looks, or when all that hide it stand at one rate.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

FEWEST_CHANGED: Final = 3
"""Dots that hide each other: the one looked for, one's own, and another."""
FEWEST_NAMELESS: Final = 4
"""Dots without a name at one size, beside those whose organization is known."""
FEWEST_OTHERWISE: Final = 2
"""Dots off the commonest rate: so whoever is one of them still sees two rates."""

Dot = tuple[str, str]
"""An organization, and the mark of what it put in."""


@dataclass(frozen=True)
class Sighting:
    """A picture as somebody sees it who knows every organization and its size.

    marks, sizes  by organization: what it put in, and the size at which its dot stands
    rates         by organization, rounded as others see them; empty where the picture was taken down
    """

    marks: Mapping[str, str]
    sizes: Mapping[str, float]
    rates: Mapping[str, float]


@dataclass(frozen=True)
class Told:
    """The dots that pictures tell: each by how many hide it, and those whose like all stand at one rate."""

    hidden_by: Mapping[Dot, int]
    at_one_rate: frozenset[Dot]

    @property
    def dots(self) -> frozenset[Dot]:
        """All of them."""
        return frozenset(self.hidden_by) | self.at_one_rate

    def beyond(self, before: Told) -> Told:
        """Those that were not told before."""
        fewer = {dot: count for dot, count in self.hidden_by.items() if dot not in before.dots}
        return Told(fewer, self.at_one_rate - before.dots)


def told(pictures: Sequence[Sighting], known: Collection[str] = ()) -> Told:
    """What the pictures tell of organizations that are not ``known`` (by name, or from what they show elsewhere)."""
    hidden_by: dict[Dot, int] = {}
    at_one_rate: set[Dot] = set()
    rates = _rates(pictures)
    kinds = (
        (_hiding_each_other(pictures), FEWEST_CHANGED),
        (_at_one_size(pictures), FEWEST_NAMELESS),
    )
    for groups, fewest in kinds:
        for group in groups:
            unknown = [dot for dot in group if dot[0] not in known]
            if len(unknown) < fewest:
                hidden_by.update({dot: min(len(unknown), hidden_by.get(dot, len(unknown))) for dot in unknown})
            elif _stand_at_one_rate([rates[dot] for dot in unknown if dot in rates], len(unknown)):
                at_one_rate.update(unknown)
    return Told(hidden_by, frozenset(at_one_rate))


def _hiding_each_other(pictures: Sequence[Sighting]) -> Iterable[list[Dot]]:
    """Dots that stand in the same pictures, at the same size in each."""
    seen: defaultdict[Dot, list[tuple[int, float]]] = defaultdict(list)
    for place, picture in enumerate(pictures):
        for member, mark in picture.marks.items():
            seen[member, mark].append((place, picture.sizes.get(member, 0.0)))
    groups: defaultdict[tuple[tuple[int, float], ...], list[Dot]] = defaultdict(list)
    for dot, where in seen.items():
        groups[tuple(where)].append(dot)
    return groups.values()


def _at_one_size(pictures: Sequence[Sighting]) -> Iterable[list[Dot]]:
    groups: defaultdict[tuple[int, float], list[Dot]] = defaultdict(list)
    for place, picture in enumerate(pictures):
        for member, mark in picture.marks.items():
            groups[place, picture.sizes.get(member, 0.0)].append((member, mark))
    return groups.values()


def _rates(pictures: Sequence[Sighting]) -> dict[Dot, float]:
    return {
        (member, picture.marks[member]): rate
        for picture in pictures
        for member, rate in picture.rates.items()
        if member in picture.marks
    }


def _stand_at_one_rate(rates: Sequence[float], count: int) -> bool:
    """Whether somebody among these sees one rate alone for all others; not known once their rates are gone."""
    if len(rates) < count:
        return False
    commonest = max(Counter(rates).values(), default=0)
    return count - commonest < FEWEST_OTHERWISE
