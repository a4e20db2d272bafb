"""The other groups and balancing measures that an aim watches: who lost more than it allows."""

from __future__ import annotations

from collections.abc import Sequence

from equity.improvement.progress import Held, Watched
from equity.vocabulary import Measure, Stratifier
from equity.words import groups, measures

WATCHED = "Did anybody else lose?"

_STATES: dict[Held, str] = {
    "broken": "lost more than allowed",
    "not_sure": "may have lost more, or it may be chance",
    "held": "did not lose more than allowed",
    "not_known": "cannot be told, too few data",
}
"""The worst first."""


def watched(condition: Watched, stratifier: Stratifier) -> str:
    """One condition of no harm, in words; no color stands for it."""
    whom = groups.describe_group(stratifier, condition.group, groups.noun(condition.measure))
    return f"{measures.heading(condition.measure)}, {whom}: {_STATES[condition.state]}."


def watched_by_state(conditions: Sequence[Watched], stratifier: Stratifier) -> list[str]:
    """All conditions of no harm, those of one state in one sentence, the worst first; a balancing measure by its name.

    The first condition is on the aim's own measure, whose name stands above.
    """
    told = []
    for state, said in _STATES.items():
        whom = [_watched_who(each, conditions[0].measure, stratifier) for each in conditions if each.state == state]
        if whom:
            told.append(f"{groups.started(said)}: {', '.join(whom)}.")
    return told


def _watched_who(condition: Watched, measure: Measure, stratifier: Stratifier) -> str:
    whom = groups.describe_group(stratifier, condition.group, groups.noun(condition.measure))
    return whom if condition.measure == measure else f"{whom} on “{measures.heading(condition.measure)}”"
