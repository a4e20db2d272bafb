"""Projects, action by action: begin one under an aim, change, move or withdraw it; all of them beside each other."""

from __future__ import annotations

import datetime as dt

from equity.access.here import Here
from equity.access.may import require
from equity.improvement import progress_scale
from equity.improvement import projects as rules
from equity.improvement.dates import day
from equity.improvement.nouns import AIM, CYCLE, JOURNEY, PROJECT, SCORE
from equity.improvement.portfolio import Portfolio, portfolio
from equity.improvement.progress_scale import ProgressScore
from equity.improvement.projects import Project, State
from equity.store.records import shelf
from equity.store.records.kept import Earlier, Kept
from equity.store.workspace.clock import now


def projects(here: Here) -> tuple[Kept[Project], ...]:
    """The projects of the workspace, the oldest first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.listed(here.database, here.workspace, PROJECT)


def project(here: Here, record: str) -> Kept[Project]:
    """One project; raises :class:`PlainError` when it is not there any more."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.one(here.database, here.workspace, PROJECT, record)


def all_projects(here: Here, today: dt.date | None = None) -> Portfolio:
    """Every project with its cycles, its scores and what is next, as of a day.

    Left out, that is today, or the day that the workspace's journey is fixed to (a made-up one stands still).
    """
    require(here.database, here.person, here.workspace, "see_workspace")
    journeys = shelf.listed(here.database, here.workspace, JOURNEY)
    fixed = day(journeys[0].content.as_of) if journeys else None
    return portfolio(
        shelf.listed(here.database, here.workspace, PROJECT),
        shelf.listed(here.database, here.workspace, CYCLE),
        shelf.listed(here.database, here.workspace, SCORE),
        today or fixed or now().date(),
    )


def begin_project(here: Here, aim: str, project: Project) -> Kept[Project]:
    """Keep a new project under an aim.

    Raises:
        PlainError: it has no title, or the aim is not there any more.
    """
    require(here.database, here.person, here.workspace, "do_work")
    shelf.one(here.database, here.workspace, AIM, aim)
    return shelf.add(here.database, here.workspace, PROJECT, rules.checked(project), by=here.person, parent=aim)


def save_project(here: Here, kept: Kept[Project], project: Project) -> Kept[Project]:
    """Save what was typed; its state stays. Raises :class:`RecordConflict` when somebody saved it meanwhile."""
    require(here.database, here.person, here.workspace, "do_work")
    made = rules.checked(project)
    return shelf.edit(here.database, here.workspace, PROJECT, kept.id, made, seen_version=kept.version, by=here.person)


def move_project(here: Here, kept: Kept[Project], state: State, why: str = "") -> Kept[Project]:
    """Move a project to another state; each move is a version of its history."""
    require(here.database, here.person, here.workspace, "do_work")
    made = rules.moved(kept.content, state, why)
    return shelf.edit(
        here.database,
        here.workspace,
        PROJECT,
        kept.id,
        made,
        seen_version=kept.version,
        by=here.person,
        milestone=True,
    )


def withdraw_project(here: Here, kept: Kept[Project]) -> None:
    """Take a project out of every list; it can be brought back for 30 days."""
    require(here.database, here.person, here.workspace, "do_work")
    shelf.withdraw(here.database, here.workspace, PROJECT, kept.id, seen_version=kept.version, by=here.person)


def bring_back_project(here: Here, record: str) -> Kept[Project]:
    """Put a withdrawn project back."""
    require(here.database, here.person, here.workspace, "do_work")
    return shelf.bring_back(here.database, here.workspace, PROJECT, record, by=here.person)


def withdrawn_projects(here: Here) -> tuple[Kept[Project], ...]:
    """The projects that can still be brought back, the last one withdrawn first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.withdrawn(here.database, here.workspace, PROJECT)


def history(here: Here, kept: Kept[Project]) -> tuple[Earlier[Project], ...]:
    """How the project stood at each saving, the latest first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.earlier(here.database, here.workspace, PROJECT, kept.id)


def scores(here: Here, project: str) -> tuple[Kept[ProgressScore], ...]:
    """What the team and advisors said of a project's progress, the oldest first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.listed(here.database, here.workspace, SCORE, parent=project)


def set_score(here: Here, project: str, score: ProgressScore) -> Kept[ProgressScore]:
    """Keep a score beside the earlier ones; none is ever overwritten.

    Raises:
        PlainError: it has no evidence, or the project is not there any more.
    """
    require(here.database, here.person, here.workspace, "do_work")
    shelf.one(here.database, here.workspace, PROJECT, project)
    made = progress_scale.checked(score)
    return shelf.add(here.database, here.workspace, SCORE, made, by=here.person, parent=project)
