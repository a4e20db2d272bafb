"""The decision room: what is compared, who has weighed, when weights may be seen, and what was chosen.

A room is prepared (areas, criteria, ratings), then everybody weighs in private, then all weights are revealed at once
and talked about, once revised, and then one area is chosen. Nothing here knows a store: values in, values out.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from equity.focus.candidates import MOST, GapCandidate, gap_names
from equity.focus.weighing import DATA_CRITERIA, HIGHEST_RATING, Weighing
from equity.vocabulary import PeriodRange, PlainError
from equity.vocabulary.lenses import TEAM
from equity.vocabulary.written import is_written

Stage = Literal["preparing", "weighing", "revealed", "revising", "settled", "chosen"]
"""``settled``: the revised weights were revealed; only the choice is left."""
POINTS = 100.0
MOST_CRITERIA = 8
SEEN_BY_ALL: frozenset[Stage] = frozenset({"revealed", "settled", "chosen"})
"""The stages in which everybody's weights may be seen."""


@dataclass(frozen=True)
class Criterion:
    """A criterion of the team's own: what 0 and what 10 mean, in a sentence each."""

    name: str
    nothing: str = ""
    everything: str = ""


@dataclass(frozen=True)
class Choice:
    """What was chosen and why. ``look_again`` is a date, YYYY-MM-DD."""

    area: str
    reasons: str
    dissent: str
    decided_by: str
    look_again: str


@dataclass(frozen=True)
class FocusRoom:
    """One decision among clinical ``areas`` and single ``gaps``; with neither, among all areas of the dataset.
    ``period`` empty means all time.

    ``version`` of the data is the one that was looked at; ``said`` is the sentence about stability as it was when the
    choice was made, kept so that then and now can stand side by side. ``revealed`` are everybody's points as they were
    shown: without names, a lens of one as the team.
    """

    title: str
    dataset: str
    version: int
    period: str = ""
    areas: tuple[str, ...] = ()
    gaps: tuple[GapCandidate, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    ratings: dict[str, dict[str, float]] = field(default_factory=dict)
    stage: Stage = "preparing"
    choice: Choice | None = None
    said: str = ""
    revealed: tuple[OwnWeights, ...] = ()


@dataclass(frozen=True)
class OwnWeights:
    """One person's points by criterion, and the lens that they look through. Only they may see it before the reveal.

    ``by_link`` is the hash of the phone's own key, for points that came by a link without a name.
    """

    lens: str
    points: dict[str, float]
    finished: bool = False
    by_link: str = ""


@dataclass(frozen=True)
class WeighingLink:
    """A link by which phones weigh a decision: the hash of its secret, and until when it works (ISO 8601)."""

    secret_hash: str
    expires: str


@dataclass(frozen=True)
class CriterionSpread:
    """How a criterion was weighed: (lens, points) of each person, fewest points first; ``range`` most less fewest."""

    criterion: str
    points: tuple[tuple[str, float], ...]
    range: float


def prepared(room: FocusRoom) -> FocusRoom:
    """The room, when it can be weighed.

    Raises:
        PlainError: a criterion without a name or its two sentences, twice the same name, a name of the data's, more
            than eight criteria, a rating that is missing or out of bounds.
    """
    names = [criterion.name.strip() for criterion in room.criteria]
    if len(names) > MOST_CRITERIA:
        raise PlainError(f"There are {len(names)} criteria of your own: {MOST_CRITERIA} are the most one can weigh.")
    for criterion in room.criteria:
        if not is_written(criterion.name):
            raise PlainError("A criterion has no name: give it one, or take it out.")
        if not (is_written(criterion.nothing) and is_written(criterion.everything)):
            raise PlainError(
                f"Say in a sentence each what 0 and what {HIGHEST_RATING:.0f} mean for “{criterion.name}”."
            )
    twice = [name for name, count in Counter(name.casefold() for name in (*names, *DATA_CRITERIA)).items() if count > 1]
    if twice:
        raise PlainError(f"“{twice[0]}” is a criterion twice: call one of them something else.")
    for area, of_area in room.ratings.items():
        for name, value in of_area.items():
            if not 0 <= value <= HIGHEST_RATING:
                raise PlainError(f"The rating of “{area}” on “{name}” is not from 0 to {HIGHEST_RATING:.0f}.")
    candidates = candidates_of(room)
    if len(candidates) == 1:
        raise PlainError(f"“{candidates[0]}” stands alone: put another area or gap beside it, a choice needs two.")
    for area in candidates:
        for name in names:
            if name not in room.ratings.get(area, {}):
                raise PlainError(f"“{area}” has no rating on “{name}” yet: rate it, or take the criterion out.")
    return room


def candidates_of(room: FocusRoom) -> tuple[str, ...]:
    """The names of what is chosen among, areas first; empty means all areas of the dataset."""
    return (*room.areas, *gap_names(room.gaps, room.areas))


def considering(room: FocusRoom, candidate: str | GapCandidate) -> FocusRoom:
    """The room with one more area, or gap, to choose among.

    Raises:
        PlainError: it is there already, there are as many as can be compared, or weighing has begun.
    """
    if room.stage != "preparing":
        raise PlainError(f"“{room.title}” is being weighed already: go back to preparing it first.")
    if len(candidates_of(room)) >= MOST:
        raise PlainError(f"“{room.title}” compares {MOST} already, the most one can keep apart: take one out first.")
    if isinstance(candidate, str):
        if candidate in room.areas:
            raise PlainError(f"“{candidate}” is in “{room.title}” already.")
        return replace(room, areas=(*room.areas, candidate))
    if candidate in room.gaps:
        raise PlainError(f"“{candidate.measure}, {candidate.group}” is in “{room.title}” already.")
    return replace(room, gaps=(*room.gaps, candidate))


def chosen_gap(room: FocusRoom) -> GapCandidate | None:
    """The single gap that was chosen; None for a whole area, or no choice yet."""
    return None if room.choice is None else gap_names(room.gaps, room.areas).get(room.choice.area)


def criteria_of(room: FocusRoom) -> tuple[str, ...]:
    """What can be given points: the data's criteria, then the team's own."""
    return (*DATA_CRITERIA, *(criterion.name.strip() for criterion in room.criteria))


def finished(room: FocusRoom, own: OwnWeights) -> OwnWeights:
    """One person's weights as finished.

    Raises:
        PlainError: they do not add up to 100 points, one is negative, or one is given to what is no criterion.
    """
    wrong = [name for name in own.points if name not in criteria_of(room)]
    if wrong:
        raise PlainError(f"“{wrong[0]}” is no criterion here any more: give its points to another.")
    if any(points < 0 for points in own.points.values()):
        raise PlainError("Points cannot be below 0.")
    total = sum(own.points.values())
    if abs(total - POINTS) > 1e-6:
        left = POINTS - total
        what = f"give {left:g} more" if left > 0 else f"take {-left:g} away"
        raise PlainError(f"Your points add up to {total:g} of {POINTS:.0f}: {what}.")
    return replace(own, finished=True)


def moved(room: FocusRoom, stage: Stage, weights: Sequence[OwnWeights] = ()) -> FocusRoom:
    """The room in its next stage; back to preparing is allowed until weights were revealed.

    At a reveal the ``weights`` that are finished stay with the room, so that it opens as it was wherever it is read.

    Raises:
        PlainError: the stage does not follow, or nobody has finished weighing yet.
    """
    follows: Mapping[Stage, tuple[Stage, ...]] = {
        "preparing": ("weighing",),
        "weighing": ("preparing", "revealed"),
        "revealed": ("revising", "chosen"),
        "revising": ("settled",),
        "settled": ("chosen",),
        "chosen": (),
    }
    if stage not in follows[room.stage]:
        raise PlainError("This decision has moved on meanwhile: please look at it again.")
    shown = as_revealed(weights) if stage in ("revealed", "settled") else room.revealed
    if stage in ("revealed", "settled") and not shown:
        raise PlainError("Nobody has finished weighing yet: wait for at least one person.")
    if stage == "weighing":
        prepared(room)
    return replace(room, stage=stage, revealed=() if stage == "revising" else shown)


def as_revealed(weights: Sequence[OwnWeights]) -> tuple[OwnWeights, ...]:
    """What everybody may see of the weights that are finished: in no order of people, a lens of one as the team."""
    done = [own for own in weights if own.finished]
    holders = Counter(own.lens for own in done)
    shown = [OwnWeights(own.lens if holders[own.lens] > 1 else TEAM, own.points, finished=True) for own in done]
    return tuple(sorted(shown, key=lambda own: (own.lens, sorted(own.points.items()))))


def chosen(room: FocusRoom, choice: Choice, said: str) -> FocusRoom:
    """The room with its choice.

    Raises:
        PlainError: the area is not among those compared, or reasons, the deciders or the day to look again are missing.
    """
    candidates = candidates_of(room)
    if candidates and choice.area not in candidates:
        raise PlainError(
            f"“{choice.area}” is not among the areas compared here: choose one of {', '.join(candidates)}."
        )
    for text, what in ((choice.reasons, "why"), (choice.decided_by, "who decided"), (choice.look_again, "when")):
        if not is_written(text):
            ask = {
                "why": "Write why this area.",
                "who decided": "Write who decided.",
                "when": "Choose a day to look again.",
            }
            raise PlainError(ask[what])
    return replace(moved(room, "chosen"), choice=choice, said=said)


def in_time(room: FocusRoom) -> None:
    """Raise :class:`PlainError` when the room's stretch of time is none, or the day to look again."""
    PeriodRange.parse(room.period)
    if room.choice is not None:
        try:
            dt.date.fromisoformat(room.choice.look_again)
        except ValueError:
            raise PlainError(f"“{room.choice.look_again[:40]}” is not a day: write it as 2027-03-31.") from None


def weighing_of(room: FocusRoom, weights: Sequence[OwnWeights]) -> Weighing:
    """What the people of the room said, as :func:`equity.focus.decision.choose_focus` takes it."""
    names = tuple(criterion.name.strip() for criterion in room.criteria)
    ratings = {area: dict(room.ratings.get(area, {})) for area in candidates_of(room)} if names else {}
    return Weighing(names, ratings, tuple(own.points for own in weights if own.finished))


def spreads(room: FocusRoom, weights: Sequence[OwnWeights]) -> tuple[CriterionSpread, ...]:
    """How each criterion was weighed, the widest disagreement first; a lens of one person stands as the team."""
    shown = as_revealed(weights)
    by_criterion = []
    for name in criteria_of(room):
        points = sorted(((own.lens, own.points.get(name, 0.0)) for own in shown), key=lambda one: (one[1], one[0]))
        width = points[-1][1] - points[0][1] if points else 0.0
        by_criterion.append(CriterionSpread(name, tuple(points), width))
    return tuple(sorted(by_criterion, key=lambda spread: -spread.range))
