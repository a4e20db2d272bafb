"""What tests of one change idea came to over all teams, in words: expected, found, and how sure that is."""

from __future__ import annotations

import math
from typing import Final

from equity.network.learning import IdeaLearned, TeamEffect
from equity.words.cohort import pieces
from equity.words.escaping import one_line
from equity.words.numbers import count
from equity.words.work import cycles as cycle_words

PURPOSE: Final = (
    "Who else tried this, and what happened? Every change idea that teams shared a test of: what they expected, and "
    "how the rate of the test’s group changed from the period before to the one after, by their releases."
)
NOT_PROVED: Final = (
    "Nobody was drawn by lot, and other things changed too. A rate that was unusually bad before a test often gets "
    "better by itself. Read it as a hint for your own prediction."
)
NOTHING_YET: Final = "No team has shared a test of change yet."
EXPECTED: Final = "What the team expected"
TOGETHER: Final = "All together"
COLUMNS: Final = ("Team", "Expected", "Found", "95% range", "Tests")


def heading(idea: IdeaLearned) -> str:
    """The idea, and how many tried it."""
    return f"{one_line(idea.idea)}: {_teams(len(idea.teams))} with a number, {_tests(idea.tests)} shared"


def together(idea: IdeaLearned) -> str:
    """What all teams found together, with a range, and how far few numbers carry."""
    pooled = idea.together
    if not pooled.count:
        return "No test of this idea tells a change of a rate yet."
    value = pieces.change(pooled.value, idea.kind, idea.unit)
    expected = "" if idea.predicted is None else f" Expected on average: {_change(idea, idea.predicted)}."
    if pooled.count == 1:
        return f"One team found {value}.{expected} One team alone says nothing of how it would be elsewhere."
    ranged = _range(idea, pooled.lower, pooled.upper)
    sure = "all of it better" if pooled.lower > 0 else "all of it worse" if pooled.upper < 0 else "it may be no change"
    few = f" {_few(pooled.count)}" if pooled.count < 5 else ""
    return f"{_teams(pooled.count)}, together: {value} (95% range {ranged}; {sure}).{expected}{few}"


def _few(teams: int) -> str:
    return f"Only {teams} teams: the range is wide because so few cannot tell how teams differ."


def differ(idea: IdeaLearned) -> str:
    """How much true effects differ between teams; empty where that cannot be told."""
    if idea.together.count < 3:
        return ""
    spread = math.sqrt(idea.together.tau_squared)
    if spread == 0:
        return "Differences between teams are no larger than chance gives."
    size = pieces.change(spread, idea.kind, idea.unit).removesuffix(" better")
    return f"Between teams, true changes differ by about {size}."


def rows(idea: IdeaLearned) -> list[dict[str, str]]:
    """Each team's expectation and finding."""
    return [dict(zip(COLUMNS, _cells(idea, team), strict=True)) for team in idea.teams]


def _cells(idea: IdeaLearned, team: TeamEffect) -> tuple[str, ...]:
    low, high = team.value - 1.96 * team.error, team.value + 1.96 * team.error
    expected = "not said" if team.predicted is None else _change(idea, team.predicted)
    change = _change(idea, team.value)
    return one_line(team.team), expected, change, _range(idea, low, high), count(team.tests)


def axis(idea: IdeaLearned) -> str:
    """What the picture shows from left to right."""
    what = "points" if idea.kind == "proportion" else one_line(idea.unit)
    return f"Change of the rate, {what}: right of 0 is better; the ring is what was expected"


def more(idea: IdeaLearned) -> list[str]:
    """What was decided, and how many tests tell no number."""
    said = []
    names = {key: told[0] for key, told in cycle_words.DECISIONS.items()}
    decided = [
        f"{next((n for k, n in names.items() if k == what), one_line(what)).lower()} {number}"
        for what, number in idea.decided
    ]
    if decided:
        said.append(f"Decided: {', '.join(decided)}.")
    if idea.without:
        said.append(f"{_tests(idea.without).capitalize()} without a number: no release shows the periods around it.")
    return said


def _change(idea: IdeaLearned, value: float) -> str:
    return pieces.change(value, idea.kind, idea.unit)


def _range(idea: IdeaLearned, low: float, high: float) -> str:
    scale, digits = (100, 1) if idea.kind == "proportion" else (1, 2)
    return f"{scale * low:+.{digits}f} to {scale * high:+.{digits}f}".replace("-", "−")


def _teams(number: int) -> str:
    return f"{count(number)} team{'' if number == 1 else 's'}"


def _tests(number: int) -> str:
    return f"{count(number)} test{'' if number == 1 else 's'}"
