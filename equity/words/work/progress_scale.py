"""The scale of progress, 0.5 to 5, in our words; the names of its steps are IHI's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from equity.improvement.progress_scale import OLD_AFTER, ProgressScore, Standing
from equity.words.escaping import one_line

SOURCE = "Names of the steps: IHI, Assessment Scale for Collaboratives. The meanings are in our words."
NOBODY_SETS_IT = "People set this with a reason. The data stand beside it and never set it."

STEPS: Mapping[float, tuple[str, str]] = MappingProxyType(
    {
        0.5: ("Intent to participate", "The project has a name; nobody is on it yet."),
        1.0: ("Charter and team established", "The charter was read and people are named; work has not begun."),
        1.5: ("Planning has begun", "Time, tools and a first focus are being found."),
        2.0: ("Activity, but no changes", "The team measures and learns how things are; nothing is changed yet."),
        2.5: ("Changes tested, but no improvement", "Tests run and most goals have a measure; nothing moved yet."),
        3.0: ("Modest improvement", "Some tests worked; about a fifth of what was hoped for is there."),
        3.5: ("Improvement", "Tests go on, some changes are in daily use, and measures move on toward the goal."),
        4.0: ("Significant improvement", "Main changes are in daily use; half of the goal or more is reached."),
        4.5: ("Sustainable improvement", "The main measures begin to show that it lasts."),
        5.0: ("Outstanding sustainable results", "All goals are reached, and the way of working changed so it stays."),
    }
)
"""Each step: its name, and what it means."""


def step(value: float) -> str:
    """A step with its number: "3.0 Modest improvement"."""
    return f"{value:.1f} {STEPS[value][0]}"


def with_meaning(value: float) -> str:
    """The same with what it means."""
    return f"{step(value)}: {STEPS[value][1]}"


def short(score: ProgressScore | None) -> str:
    """A score in a table."""
    return "" if score is None else f"{score.value:.1f}"


def standing(reached: Standing) -> list[str]:
    """What each side says, since when; and that they differ, where they do."""
    said = [
        _said("Team", reached.team, reached.team_days),
        _said("Advisor", reached.advisor, reached.advisor_days),
    ]
    if reached.differ:
        said.append("Team and advisor see it differently: what does each see that the other does not?")
    return [line for line in said if line] or ["Nobody has said yet how far this project is."]


def _said(who: str, score: ProgressScore | None, days: int | None) -> str:
    if score is None or days is None:
        return ""
    name = f"{who} ({one_line(score.said_by, 60)})" if score.said_by else who
    old = " It may be out of date." if days > OLD_AFTER.days else ""
    return f"{name}: {step(score.value)}, set {age(days)}. “{one_line(score.evidence, 400)}”{old}"


def age(days: int) -> str:
    """How long ago something was set."""
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def one_view(on: dt.date, score: ProgressScore) -> str:
    """One view of the past: its day, whose it is, the step and what showed it."""
    who = f"{score.side}, {one_line(score.said_by, 60)}" if score.said_by else score.side
    return f"{on}, {who}: {step(score.value)}. “{one_line(score.evidence, 400)}”"
