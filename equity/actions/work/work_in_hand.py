"""What the workspace works on now: its focus and its aims, each in a sentence with the page where it is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from equity.access.here import Here
from equity.actions.work import aims as aim_actions
from equity.actions.work import focus as focus_actions
from equity.cube import Cube
from equity.focus import room as rooms
from equity.improvement.aims import Aim
from equity.store.records.kept import Kept
from equity.vocabulary import PlainError
from equity.words.work import aims as aim_words
from equity.words.work import focus_page as focus_words


@dataclass(frozen=True)
class InHand:
    """One thing in hand: what it is, what the newest data say of it (empty: nothing), and where it is looked at.

    ``page`` is a page's name and ``asks`` the parameters that it opens with.
    """

    said: str
    now: str
    page: str
    asks: dict[str, str]


@dataclass(frozen=True)
class WorkInHand:
    """The focus that was chosen last, None before a choice; the aims that are set, the oldest first."""

    focus: InHand | None
    aims: tuple[InHand, ...]


def work_in_hand(here: Here, cube_of: Callable[[str], Cube]) -> WorkInHand:
    """The workspace's focus and its aims. ``cube_of`` opens the newest version of a dataset by its name.

    An aim whose data are gone is told without them.
    """
    chosen = focus_actions.current_focus(here)
    set_aims = (kept for kept in aim_actions.aims(here) if kept.content.status == "set")
    return WorkInHand(None if chosen is None else _focus(chosen), tuple(_aim(here, kept, cube_of) for kept in set_aims))


def _focus(kept: Kept[rooms.FocusRoom]) -> InHand:
    gap, dataset = rooms.chosen_gap(kept.content), {"dataset": kept.content.dataset}
    said, by = focus_words.focus_is(kept.content, dt.date.today()), focus_words.chosen_by(kept.content)
    if gap is None:
        return InHand(said, by, "areas", dataset)
    return InHand(said, by, "disparities", {**dataset, "measure": gap.measure, "by": gap.by})


def _aim(here: Here, kept: Kept[Aim], cube_of: Callable[[str], Cube]) -> InHand:
    aim = kept.content
    asks = {"dataset": aim.dataset, "measure": aim.measure, "by": aim.by, "group": aim.group}
    try:
        cube = cube_of(aim.dataset)
        progress = aim_actions.progress_of(here, kept, cube)
        said = aim_words.sentence(aim, progress.measure, cube.description.stratifier(aim.by))
        return InHand(said, f"{aim_words.finding(progress)} {aim_words.harm(progress)}".strip(), "trends", asks)
    except PlainError:
        return InHand(aim_words.sentence(aim, None, None), "", "trends", asks)
