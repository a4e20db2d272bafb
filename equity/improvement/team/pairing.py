"""Relationship practice: who talks with whom this time, drawn so that it is fair, and nothing of what they say.

In pairs nobody meets the same person twice before they have met everybody they may meet; with an odd number one person
keeps the time, and nobody does so twice before all have once. Where leaders and those who report to them are kept
apart, and in small groups, that cannot always be had: then the draw repeats as little as can be.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from equity.vocabulary import PlainError

Pair = frozenset[str]
MOST_PEOPLE: Final = 10
SIZES: Final = (2, 3, 4)
LONGEST_SEARCH: Final = 20_000
"""Steps after which the draw stops looking ahead."""
_REST: Final = ""
"""Stands for the clock: whoever is drawn with it keeps the time."""


@dataclass(frozen=True)
class Draw:
    """Who talks with whom; ``keeps_time`` is whoever is left in pairs of an odd number, empty otherwise."""

    groups: tuple[tuple[str, ...], ...]
    keeps_time: str = ""


@dataclass(frozen=True)
class Round:
    """One round of the practice, by ids of the team's people.

    ``day`` is YYYY-MM-DD, ``minutes`` what each person has, ``prompt`` the number of the prompt from light to deep.
    ``met`` are the groups (by place) all of whose people said that they met. What was said is nowhere.
    """

    day: str
    groups: tuple[tuple[str, ...], ...]
    keeps_time: str
    minutes: int
    prompt: int
    with_reports: bool = False
    met: tuple[int, ...] = ()


@dataclass(frozen=True)
class Tick:
    """That one person says their group met; only they can read it, and it goes when all have said so."""

    person: str
    group: int


def draw(people: Sequence[str], before: Iterable[Draw], apart: Set[Pair], size: int, seed: int) -> Draw:
    """Draw groups of about ``size`` people, or pairs where those kept apart leave no such groups.

    ``before`` are the earlier draws, ``apart`` pairs that are not to meet.

    Raises:
        PlainError: a size that is none of SIZES, too few or too many people, or those who are kept apart leave nobody
            to talk with.
    """
    if size not in SIZES:
        raise PlainError(f"A group of {size} cannot be drawn: choose {', '.join(map(str, SIZES))}.")
    if len(people) < 2:
        raise PlainError("Two people at least are needed: add people to the team, or ask them to take part.")
    if len(people) > MOST_PEOPLE:
        raise PlainError(f"{MOST_PEOPLE} people are the most for one round: let some sit out this time.")
    shuffled = sorted(people)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 — fairness, not secrecy
    met = _counted(before)
    drawn = None if size == 2 else _groups(shuffled, met, apart, size)
    drawn = drawn or _pairs(shuffled, met, apart)
    if drawn is None:
        raise PlainError(
            "Nobody can be drawn without a leader meeting somebody who reports to them: choose to allow it, or ask "
            "more people to take part."
        )
    return drawn


def round_of(drawn: Draw, day: str, minutes: int, prompt: int, *, with_reports: bool) -> Round:
    """A round with what was drawn."""
    return Round(day, drawn.groups, drawn.keeps_time, minutes, prompt, with_reports)


def drawn_in(rounds: Iterable[Round]) -> tuple[Draw, ...]:
    """The draws of earlier rounds."""
    return tuple(Draw(each.groups, each.keeps_time) for each in rounds)


def group_of(held: Round, person: str) -> int | None:
    """The place of somebody's group in a round; None for whoever is not in it."""
    return next((place for place, group in enumerate(held.groups) if person in group), None)


def ticked(held: Round, ticks: Iterable[Tick]) -> Round:
    """The round with every group as met in which all have said so."""
    said = Counter((tick.group, tick.person) for tick in ticks)
    met = {place for place, group in enumerate(held.groups) if all(said[place, person] for person in group)} | set(
        held.met
    )
    return replace(held, met=tuple(sorted(met)))


def _counted(before: Iterable[Draw]) -> Counter[Pair]:
    """How often each pair was drawn; keeping the time counts as a pair with the clock."""
    met: Counter[Pair] = Counter()
    for each in before:
        met.update(frozenset(pair) for group in each.groups for pair in combinations(group, 2))
        if each.keeps_time:
            met[frozenset((each.keeps_time, _REST))] += 1
    return met


def _pairs(people: Sequence[str], met: Mapping[Pair, int], apart: Set[Pair]) -> Draw | None:
    everybody = [*people, _REST] if len(people) % 2 else list(people)
    allowed = [frozenset(pair) for pair in combinations(everybody, 2) if frozenset(pair) not in apart]
    matchings = sorted(_matchings(everybody, set(allowed)), key=lambda pairs: _cost(pairs, met))
    if not matchings:
        return None
    fewest = min(met.get(pair, 0) for pair in allowed)
    fresh = {pair for pair in allowed if met.get(pair, 0) == fewest}
    best, steps = _cost(matchings[0], met), [LONGEST_SEARCH]
    for pairs in matchings:
        if _cost(pairs, met) > best or steps[0] < 0:
            break
        if _can_go_on(everybody, fresh - set(pairs), steps):
            return _as_draw(pairs, people)
    return _as_draw(matchings[0], people)


def _cost(pairs: Iterable[Pair], met: Mapping[Pair, int]) -> tuple[int, int]:
    """How often the most worn pair was drawn, then all of them together."""
    counts = [met.get(pair, 0) for pair in pairs]
    return max(counts), sum(counts)


def _matchings(people: Sequence[str], allowed: Set[Pair]) -> Iterator[tuple[Pair, ...]]:
    """Every way to put all people into allowed pairs."""
    if not people:
        yield ()
        return
    first, rest = people[0], people[1:]
    for place, other in enumerate(rest):
        if frozenset((first, other)) in allowed:
            for more in _matchings([*rest[:place], *rest[place + 1 :]], allowed):
                yield (frozenset((first, other)), *more)


def _can_go_on(people: Sequence[str], fresh: Set[Pair], steps: list[int]) -> bool:
    """Whether what is left can be met in whole rounds, each pair once; says no when the search grows too long."""
    if not fresh:
        return True
    if len({sum(person in pair for pair in fresh) for person in people}) > 1:  # somebody would be left over
        return False
    for pairs in _matchings(people, fresh):
        steps[0] -= 1
        if steps[0] < 0:
            return False
        if _can_go_on(people, fresh - set(pairs), steps):
            return True
    return False


def _as_draw(pairs: Iterable[Pair], order: Sequence[str]) -> Draw:
    groups, rests = [], ""
    for pair in pairs:
        if _REST in pair:
            (rests,) = pair - {_REST}
        else:
            groups.append(tuple(sorted(pair, key=order.index)))
    return Draw(tuple(groups), rests)


def _groups(people: Sequence[str], met: Mapping[Pair, int], apart: Set[Pair], size: int) -> Draw | None:
    count = max(1, round(len(people) / size))
    sizes = [len(people) // count + (place < len(people) % count) for place in range(count)]
    allowed = [
        groups
        for groups in _partitions(list(people), sizes)
        if not any(frozenset(pair) in apart for group in groups for pair in combinations(group, 2))
    ]
    if not allowed:
        return None

    def worn(groups: tuple[tuple[str, ...], ...]) -> tuple[int, int]:
        return _cost([frozenset(pair) for group in groups for pair in combinations(group, 2)], met)

    return Draw(min(allowed, key=worn))


def _partitions(people: list[str], sizes: Sequence[int]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Every way to part people into groups of these sizes; those of one size are in no order."""
    if not sizes:
        yield ()
        return
    first, rest = people[0], people[1:]
    for size in dict.fromkeys(sizes):
        left = list(sizes)
        left.remove(size)
        for others in combinations(rest, size - 1):
            remaining = [person for person in rest if person not in others]
            for more in _partitions(remaining, left):
                yield ((first, *others), *more)
