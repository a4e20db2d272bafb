"""The driver diagram of an aim, action by action: read it, add or change a driver, take one out."""

from __future__ import annotations

from collections.abc import Collection

from equity.access.here import Here
from equity.access.may import require
from equity.improvement import drivers as rules
from equity.improvement.drivers import Driver, DriverDiagram
from equity.improvement.nouns import AIM, DRIVERS, PROJECT
from equity.store.records import shelf
from equity.store.records.kept import Kept


def diagram(here: Here, aim: str) -> Kept[DriverDiagram] | None:
    """The diagram of an aim; None where none was begun."""
    require(here.database, here.person, here.workspace, "see_workspace")
    kept = shelf.listed(here.database, here.workspace, DRIVERS, parent=aim)
    return kept[0] if kept else None


def begin_diagram(here: Here, aim: str) -> Kept[DriverDiagram]:
    """The diagram of an aim, begun where there is none; raises :class:`PlainError` when the aim is gone."""
    require(here.database, here.person, here.workspace, "do_work")
    shelf.one(here.database, here.workspace, AIM, aim)
    there = shelf.listed(here.database, here.workspace, DRIVERS, parent=aim)
    if there:
        return there[0]
    return shelf.add(here.database, here.workspace, DRIVERS, DriverDiagram(), by=here.person, parent=aim)


def put_driver(
    here: Here, kept: Kept[DriverDiagram], driver: Driver, strong: Collection[str], weak: Collection[str]
) -> Kept[DriverDiagram]:
    """Add or change a driver and what it serves. Raises :class:`RecordConflict` when somebody changed the diagram."""
    require(here.database, here.person, here.workspace, "do_work")
    return save_diagram(here, kept, rules.put(kept.content, driver, strong, weak))


def take_out(here: Here, kept: Kept[DriverDiagram], driver: str) -> Kept[DriverDiagram]:
    """Take a driver out with its links; the diagram before it stays in the history."""
    require(here.database, here.person, here.workspace, "do_work")
    return save_diagram(here, kept, rules.without(kept.content, driver))


def save_diagram(here: Here, kept: Kept[DriverDiagram], diagram: DriverDiagram) -> Kept[DriverDiagram]:
    """Save the diagram anew."""
    require(here.database, here.person, here.workspace, "do_work")
    return shelf.edit(
        here.database,
        here.workspace,
        DRIVERS,
        kept.id,
        diagram,
        seen_version=kept.version,
        by=here.person,
        milestone=True,
    )


def tried(here: Here, aim: str) -> frozenset[str]:
    """The ids of the drivers and ideas that a project of the aim works on; a mere idea and a stopped one do not."""
    require(here.database, here.person, here.workspace, "see_workspace")
    kept = shelf.listed(here.database, here.workspace, PROJECT, parent=aim)
    at_work = [each.content for each in kept if each.content.state not in ("idea", "stopped")]
    return frozenset(driver for project in at_work for driver in project.serves)
