"""Tests of change, action by action: plan, open Do, study, act, begin the next; a call's next test becomes a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from equity.access.here import Here
from equity.access.may import require
from equity.cube import Cube
from equity.improvement import cycles as rules
from equity.improvement.cycle_data import Measured, measured
from equity.improvement.cycles import Cycle, Decision, Shown
from equity.improvement.nouns import AIM, CYCLE, PROJECT
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.clock import now
from equity.vocabulary import PlainError


def cycles(here: Here, project: str) -> tuple[Kept[Cycle], ...]:
    """The cycles of a project, by number."""
    require(here.database, here.person, here.workspace, "see_workspace")
    kept = shelf.listed(here.database, here.workspace, CYCLE, parent=project)
    return tuple(sorted(kept, key=lambda each: each.content.number))


def begin_cycle(here: Here, project: str, cycle: Cycle) -> Kept[Cycle]:
    """Begin a cycle of a project: numbered after those that are there, about what the project's aim is about.

    Raises:
        PlainError: the project is not there any more.
    """
    require(here.database, here.person, here.workspace, "do_work")
    under = shelf.one(here.database, here.workspace, PROJECT, project)
    number = 1 + max((each.content.number for each in cycles(here, project)), default=0)
    shown = cycle.shown if cycle.shown != Shown() else _of_aim(here, under.parent)
    made = rules.checked(replace(cycle, number=number, shown=shown))
    return shelf.add(here.database, here.workspace, CYCLE, made, by=here.person, parent=project)


def _of_aim(here: Here, aim: str) -> Shown:
    """What the aim is about; nothing when it was withdrawn meanwhile."""
    try:
        aim_there = shelf.one(here.database, here.workspace, AIM, aim).content
    except PlainError:
        return Shown()
    return Shown(aim_there.dataset, aim_there.measure, aim_there.by, aim_there.group)


def begin_next(here: Here, kept: Kept[Cycle]) -> Kept[Cycle]:
    """Begin the cycle after a closed one, with what that one decided."""
    require(here.database, here.person, here.workspace, "do_work")
    if kept.content.stage != "closed":
        raise PlainError("This test is not closed yet: say what you decide first.")
    return begin_cycle(here, kept.parent, rules.following(kept.content, kept.content.number + 1))


def save_cycle(here: Here, kept: Kept[Cycle], cycle: Cycle) -> Kept[Cycle]:
    """Save what was typed; stage, decision and fixed predictions stay. Raises :class:`RecordConflict`."""
    require(here.database, here.person, here.workspace, "do_work")
    return _edited(here, kept, rules.saved(kept.content, cycle), milestone=False)


def open_do(here: Here, kept: Kept[Cycle]) -> Kept[Cycle]:
    """Open Do: what is predicted stands from this moment on."""
    return _moved(here, kept, lambda cycle: rules.do_opened(cycle, now()))


def open_study(here: Here, kept: Kept[Cycle]) -> Kept[Cycle]:
    """Open Study: the test was done."""
    return _moved(here, kept, rules.study_opened)


def open_act(here: Here, kept: Kept[Cycle]) -> Kept[Cycle]:
    """Open Act: each question has its result."""
    return _moved(here, kept, rules.act_opened)


def act(here: Here, kept: Kept[Cycle], decision: Decision, why: str, next_plan: str) -> Kept[Cycle]:
    """Close the cycle with what was decided."""
    return _moved(here, kept, lambda cycle: rules.acted(cycle, decision, why, next_plan))


def withdraw_cycle(here: Here, kept: Kept[Cycle]) -> None:
    """Take a cycle out of every list; it can be brought back for 30 days."""
    require(here.database, here.person, here.workspace, "do_work")
    shelf.withdraw(here.database, here.workspace, CYCLE, kept.id, seen_version=kept.version, by=here.person)


def withdrawn_cycles(here: Here, project: str) -> tuple[Kept[Cycle], ...]:
    """The cycles of a project that can still be brought back, the last one withdrawn first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.withdrawn(here.database, here.workspace, CYCLE, parent=project)


def bring_back_cycle(here: Here, record: str) -> Kept[Cycle]:
    """Put a withdrawn cycle back."""
    require(here.database, here.person, here.workspace, "do_work")
    return shelf.bring_back(here.database, here.workspace, CYCLE, record, by=here.person)


def measured_in(here: Here, kept: Kept[Cycle], cube: Cube) -> Measured:
    """What the newest data say of the group that a cycle is about."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return measured(cube, kept.content)


def _moved(here: Here, kept: Kept[Cycle], move: Callable[[Cycle], Cycle]) -> Kept[Cycle]:
    require(here.database, here.person, here.workspace, "do_work")
    return _edited(here, kept, move(kept.content), milestone=True)


def _edited(here: Here, kept: Kept[Cycle], cycle: Cycle, *, milestone: bool) -> Kept[Cycle]:
    return shelf.edit(
        here.database,
        here.workspace,
        CYCLE,
        kept.id,
        cycle,
        seen_version=kept.version,
        by=here.person,
        milestone=milestone,
    )
