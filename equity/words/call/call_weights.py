"""Weighing in a call: what the page, the minutes and refusals say of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from equity.calls.weighing import CriterionPoints, Weighed
from equity.focus.room import CriterionSpread, FocusRoom
from equity.words import numbers
from equity.words.call import weighing_page
from equity.words.work import focus

NONE_TO_WEIGH: Final = (
    "There is no decision with this id that people weigh now: open weighing for one on the page Focus, then open the "
    "call."
)
NOTHING_TO_WEIGH: Final = "This call has nothing to weigh: it was opened without a decision."
REVEALED: Final = "All points were revealed, so yours were not changed."
TITLE: Final = "Weights"
NOT_REVEALED: Final = "The weights were not revealed: {n} had finished."


def as_spreads(points: Sequence[CriterionPoints]) -> tuple[CriterionSpread, ...]:
    """What a call keeps of the points, as charts and words of a decision take it."""
    return tuple(CriterionSpread(s.criterion, s.points, s.points[-1][1] - s.points[0][1]) for s in points if s.points)


def minutes(weighed: Weighed) -> list[str]:
    """What the minutes say of weights: nothing where nothing was weighed."""
    if not weighed.decision:
        return []
    spreads = as_spreads(weighed.spreads)
    if not spreads:
        return [NOT_REVEALED.format(n=numbers.count(weighed.finished))]
    return [describe_spreads(spreads), *lines(spreads)]


def named(name: str) -> str:
    """A criterion by the name that people read."""
    return focus.criterion_name(name)


def criterion(room: FocusRoom, name: str) -> dict[str, str]:
    """A criterion as the page asks for its points: what 0 and what 10 mean."""
    own = next((c for c in room.criteria if c.name.strip() == name), None)
    texts = weighing_page.PAGE
    ends = "" if own is None else texts["ends"].format(nothing=own.nothing, everything=own.everything)
    means = ends or texts[f"from.{name}"]
    return {"name": name, "label": named(name), "means": means}


def describe_spreads(spreads: Sequence[CriterionSpread]) -> str:
    """Where people differ most; empty before the reveal."""
    return focus.weights_title(spreads) if spreads else ""


def prompt(spreads: Sequence[CriterionSpread]) -> str:
    """What to talk about first; empty before the reveal, and where people agree."""
    return focus.disagreement_prompt(spreads) if spreads else ""


def lines(spreads: Sequence[CriterionSpread]) -> list[str]:
    """A line a criterion, the widest disagreement first: each person's points with their view."""
    return [
        f"{named(spread.criterion)}: {', '.join(f'{points:g} ({lens})' for lens, points in spread.points)}"
        for spread in spreads
    ]
