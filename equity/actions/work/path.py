"""The team's path: when it began, what the workspace holds for each milestone, one thing to do this week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from pathlib import Path as Folder
from typing import Any

from equity.access.here import Here
from equity.access.may import require
from equity.actions.work.projects import all_projects
from equity.focus.nouns import DECISION
from equity.improvement import path as rules
from equity.improvement.nouns import AIM, CYCLE, JOURNEY, PROJECT
from equity.improvement.path import Journey, Kind, Path
from equity.notes.nouns import NOTE
from equity.sharing import releases_in
from equity.store.files.versions import Version, datasets
from equity.store.records import shelf
from equity.store.records.annotations import annotations_in
from equity.store.records.calls import calls_in
from equity.store.records.kept import Kept
from equity.store.workspace.clock import now
from equity.store.workspace.ownership import datasets_in
from equity.vocabulary import PlainError

PLAIN: tuple[Kind, ...] = (
    "history_event",
    "acknowledgement",
    "letter",
    "reflection",
    "drivers",
    "project",
    "progress_score",
)
"""Kinds that count as they stand, by the name of their noun."""


def journey(here: Here) -> Kept[Journey] | None:
    """When the team's eighteen months began; None before somebody said it."""
    require(here.database, here.person, here.workspace, "see_workspace")
    kept = shelf.listed(here.database, here.workspace, JOURNEY)
    return kept[0] if kept else None


def begin_journey(here: Here, made: Journey) -> Kept[Journey]:
    """Say when the eighteen months began, or say it anew."""
    require(here.database, here.person, here.workspace, "do_work")
    made = rules.checked(made, now().date())
    kept = journey(here)
    if kept is None:
        return shelf.add(here.database, here.workspace, JOURNEY, made, by=here.person)
    return shelf.edit(here.database, here.workspace, JOURNEY, kept.id, made, seen_version=kept.version, by=here.person)


def our_path(here: Here, home: Folder, made_up: Collection[str] = ()) -> Path:
    """The team's path as of today. ``made_up`` are datasets that came with the program: no evidence of work."""
    require(here.database, here.person, here.workspace, "see_workspace")
    kept = journey(here)
    begun = Journey() if kept is None else kept.content
    if not begun.as_of:
        return rules.path(begun, _held(here, home, made_up), all_projects(here), now().date())
    held = _held(here, home, ())  # a made-up team, whose work is on made-up data
    return rules.path(begun, held | {"dataset": _had_from_the_start(here, begun)}, all_projects(here), now().date())


def _had_from_the_start(here: Here, begun: Journey) -> list[dt.date]:
    """The day from which a made-up team has had the data that its aims are on: the sample was loaded only today."""
    aims = shelf.listed(here.database, here.workspace, AIM)
    return [dt.date.fromisoformat(begun.began)] * len({each.content.dataset for each in aims})


def _held(here: Here, home: Folder, made_up: Collection[str]) -> dict[Kind, list[dt.date]]:
    """The day of everything that stands in the workspace, by kind: what was decided, set or begun, not drafts."""
    place = here.database, here.workspace
    days = shelf.days_written(here.database, here.workspace)
    days_of: dict[Kind, list[dt.date]] = {kind: [when.date() for when in days.get(kind, ())] for kind in PLAIN}
    decisions = [each for each in shelf.listed(*place, DECISION) if each.content.dataset not in made_up]
    days_of["decision"] = _days(each for each in decisions if each.content.stage == "chosen")
    aims = [each for each in shelf.listed(*place, AIM) if each.content.dataset not in made_up]
    days_of["aim"] = _days(each for each in aims if each.content.status != "draft")
    projects = {each.id for each in shelf.listed(*place, PROJECT)}
    begun = [each for each in shelf.listed(*place, CYCLE) if each.content.opened]
    days_of["cycle"] = _days(each for each in begun if each.parent in projects)
    days_of["call"] = [call.opened.date() for call in calls_in(*place) if call.ended is not None]
    days_of["note"] = _days(each for each in shelf.listed(*place, NOTE) if each.readers == "team")
    days_of["annotation"] = [each.created.date() for each in annotations_in(*place)]
    days_of["dataset"] = _loaded(here, home, made_up)
    releases = releases_in(here.database, home, here.workspace)
    days_of["release"] = [dt.datetime.fromisoformat(each.created).date() for each in releases]
    return days_of


def _days(kept: Iterable[Kept[Any]]) -> list[dt.date]:
    return [each.created.date() for each in kept]


def _loaded(here: Here, home: Folder, made_up: Collection[str]) -> list[dt.date]:
    """The day of each version of the workspace's own data; one whose files are damaged counts with none."""
    there = {held.name: held for held in datasets(home) if held.name not in made_up}
    own = datasets_in(here.database, here.workspace, list(there))
    days = (_loaded_on(version) for name in own for version in there[name].versions)
    return [when for when in days if when is not None]


def _loaded_on(version: Version) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(version.description().created).date()
    except PlainError:
        return None
