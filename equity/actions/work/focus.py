"""Choosing a focus, action by action: each asks whether it may be done; a person's weights are theirs until revealed.

Weights are kept as a record that only their author may read. What everybody may see before the reveal is a count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from equity.access.here import Here
from equity.access.may import require
from equity.cube import Cube
from equity.focus import room as rules
from equity.focus.candidates import GapCandidate, gap_names
from equity.focus.decision import Focus, choose_focus
from equity.focus.nouns import DECISION, WEIGHTS
from equity.focus.room import Choice, FocusRoom, OwnWeights, Stage
from equity.lens.choices import Choices
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.vocabulary import PeriodRange, PlainError


@dataclass(frozen=True)
class Weighed:
    """Who has weighed, as far as whoever looks may know.

    ``own`` are one's own weights, None when one has none; ``finished`` counts everybody's; ``all`` are everybody's once
    they were revealed, empty before.
    """

    own: Kept[OwnWeights] | None
    finished: int
    all: tuple[OwnWeights, ...]


def decisions(here: Here) -> tuple[Kept[FocusRoom], ...]:
    """The decisions of the workspace, the newest first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.listed(here.database, here.workspace, DECISION)[::-1]


def current_focus(here: Here) -> Kept[FocusRoom] | None:
    """The decision that holds now: the one that was chosen last."""
    chosen = [room for room in decisions(here) if room.content.stage == "chosen"]
    return max(chosen, key=lambda room: room.edited, default=None)


def open_decision(here: Here, room: FocusRoom) -> Kept[FocusRoom]:
    """Begin a decision."""
    require(here.database, here.person, here.workspace, "decide")
    return shelf.add(here.database, here.workspace, DECISION, room, by=here.person)


def save_decision(here: Here, kept: Kept[FocusRoom], room: FocusRoom) -> Kept[FocusRoom]:
    """Save the room as it is being prepared. Raises :class:`RecordConflict` when somebody saved it meanwhile."""
    require(here.database, here.person, here.workspace, "decide")
    return shelf.edit(here.database, here.workspace, DECISION, kept.id, room, seen_version=kept.version, by=here.person)


def consider(here: Here, dataset: str, version: int, period: str, candidate: str | GapCandidate) -> Kept[FocusRoom]:
    """Put an area or a gap into the decision that is being prepared on this dataset; begin one where there is none.

    Raises:
        PlainError: it is in there already, or people are weighing.
    """
    require(here.database, here.person, here.workspace, "decide")
    open_ones = [room for room in decisions(here) if room.content.dataset == dataset and room.content.stage != "chosen"]
    if open_ones:
        return save_decision(here, open_ones[0], rules.considering(open_ones[0].content, candidate))
    begun = FocusRoom("What to work on", dataset, version, period)
    return open_decision(here, rules.considering(begun, candidate))


def move_decision(here: Here, kept: Kept[FocusRoom], stage: Stage) -> Kept[FocusRoom]:
    """Go on to a stage (or back to preparing); at a reveal everybody's finished weights can be read from then on."""
    given = [one.content for one in _given(here, kept)]
    return save_decision(here, kept, rules.moved(kept.content, stage, given))


def weighed(here: Here, kept: Kept[FocusRoom]) -> Weighed:
    """One's own weights, the count, and everybody's where they were revealed."""
    every = _given(here, kept)
    own = next((one for one in every if one.author_id == here.person.id), None)
    finished = tuple(one.content for one in every if one.content.finished)
    if kept.content.stage not in rules.SEEN_BY_ALL:
        return Weighed(own, len(finished), ())
    shown = kept.content.revealed or rules.as_revealed(finished)  # the latter: revealed before the room kept them
    return Weighed(own, len(shown), shown)


def _given(here: Here, kept: Kept[FocusRoom]) -> tuple[Kept[OwnWeights], ...]:
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.listed(here.database, here.workspace, WEIGHTS, parent=kept.id)


def save_weights(here: Here, kept: Kept[FocusRoom], weights: OwnWeights) -> Kept[OwnWeights]:
    """Keep one's own weights, as a draft or finished.

    Raises:
        PlainError: weighing is over, or what is called finished does not add up.
    """
    require(here.database, here.person, here.workspace, "decide")
    now = shelf.one(here.database, here.workspace, DECISION, kept.id)
    if now.content.stage not in ("weighing", "revising"):
        raise PlainError("Weighing is over for this decision: your points were not changed.")
    weights = rules.finished(now.content, weights) if weights.finished else weights
    own = weighed(here, now).own
    if own is None:
        return shelf.add(
            here.database, here.workspace, WEIGHTS, weights, by=here.person, parent=kept.id, readers="author"
        )
    return shelf.edit(here.database, here.workspace, WEIGHTS, own.id, weights, seen_version=own.version, by=here.person)


def compared(here: Here, kept: Kept[FocusRoom], cube: Cube) -> Focus:
    """The areas compared on a version of the data, with everybody's weights where they were revealed."""
    require(here.database, here.person, here.workspace, "see_workspace")
    room = kept.content
    weighing = rules.weighing_of(room, weighed(here, kept).all)
    choices = Choices(
        dataset=cube.description.dataset,
        version=cube.description.version,
        measure="",
        by="",
        period=PeriodRange.parse(room.period),
    )
    return choose_focus(cube, choices, weighing, areas=room.areas, gaps=gap_names(room.gaps, room.areas))


def choose(here: Here, kept: Kept[FocusRoom], choice: Choice, said: str) -> Kept[FocusRoom]:
    """Write down what was chosen and why; it is the workspace's focus from now on."""
    require(here.database, here.person, here.workspace, "decide")
    return save_decision(here, kept, rules.chosen(kept.content, choice, said))


def begin_again(here: Here, kept: Kept[FocusRoom], version: int) -> Kept[FocusRoom]:
    """A new decision that starts where this one did, on newer data; the old one stays as it was."""
    require(here.database, here.person, here.workspace, "decide")
    again = replace(kept.content, version=version, stage="preparing", choice=None, said="", revealed=())
    return open_decision(here, again)
