"""What tests of one change idea came to, over all teams that shared theirs: predicted, found, and both together.

An effect is how much the rate of the test's group changed from the period before it to the one after, as the team's
release shows it; positive is better. It is a difference over time in one place: other things may have changed too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from equity.network.pieces import CycleTold, EffectTold
from equity.stats.models.random_effects import RandomEffects, random_effects


@dataclass(frozen=True)
class TriedCycle:
    """A test as it was shared: by which team, under which idea."""

    member: str
    team: str
    idea: str
    piece: str
    cycle: CycleTold


@dataclass(frozen=True)
class TeamEffect:
    """What a team found of an idea: its tests with an effect put together, what it had predicted on average (None: it
    had not said), and how many tests that are."""

    member: str
    team: str
    value: float
    error: float
    predicted: float | None
    tests: int


@dataclass(frozen=True)
class IdeaLearned:
    """One change idea. ``together`` is over teams; ``without`` how many shared tests tell no effect.

    ``kind`` and ``unit`` are those of the measures; ideas measured in another unit stand apart.
    """

    idea: str
    kind: str
    unit: str
    teams: tuple[TeamEffect, ...]
    together: RandomEffects
    predicted: float | None
    tests: int
    without: int
    decided: tuple[tuple[str, int], ...]


def learned(tried: Iterable[TriedCycle]) -> tuple[IdeaLearned, ...]:
    """By idea and unit, the ones that most teams tried first."""
    groups: dict[tuple[str, str, str], list[TriedCycle]] = {}
    for each in tried:
        measure = each.cycle.measure
        kind, unit = ("", "") if measure is None else (measure.kind, measure.unit.casefold().strip())
        key = (" ".join(each.idea.casefold().split()), kind, unit if kind != "proportion" else "")
        groups.setdefault(key, []).append(each)
    ideas = [_idea(group, kind, unit) for (_, kind, unit), group in groups.items()]
    return tuple(sorted(ideas, key=lambda each: (-len(each.teams), -each.tests, each.idea.casefold())))


def _idea(group: Sequence[TriedCycle], kind: str, unit: str) -> IdeaLearned:
    members = dict.fromkeys(each.member for each in group)
    teams = [team for member in members if (team := _team([each for each in group if each.member == member]))]
    foreseen = [team.predicted for team in teams if team.predicted is not None]
    decisions = [each.cycle.decision for each in group if each.cycle.decision]
    return IdeaLearned(
        group[0].idea,
        kind,
        unit,
        tuple(sorted(teams, key=lambda team: team.value)),
        random_effects([team.value for team in teams], [team.error for team in teams]),
        float(np.mean(foreseen)) if foreseen else None,
        len(group),
        sum(each.cycle.effect is None for each in group),
        tuple((decision, decisions.count(decision)) for decision in dict.fromkeys(decisions)),
    )


def _team(cycles: Sequence[TriedCycle]) -> TeamEffect | None:
    """A team's tests as one effect; tests that look at the same periods of the same release count once."""
    seen: dict[tuple[str, str, str, str, str], tuple[TriedCycle, EffectTold]] = {}
    for each in cycles:
        effect, measure = each.cycle.effect, each.cycle.measure
        if effect is not None and effect.error > 0:
            named = "" if measure is None else measure.name
            seen.setdefault((effect.release, named, each.cycle.group, effect.before, effect.after), (each, effect))
    if not seen:
        return None
    effects = [effect for _, effect in seen.values()]
    weight = np.array([1.0 / effect.error**2 for effect in effects])
    value = float((weight * [effect.value for effect in effects]).sum() / weight.sum())
    foreseen = [each.cycle.predicted for each, _ in seen.values() if each.cycle.predicted is not None]
    return TeamEffect(
        cycles[0].member,
        cycles[0].team,
        value,
        float(1.0 / np.sqrt(weight.sum())),
        float(np.mean(foreseen)) if foreseen else None,
        len(seen),
    )
