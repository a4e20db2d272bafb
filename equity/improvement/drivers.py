"""A driver diagram: what an aim depends on (primary drivers), on what those depend (secondary), and ideas for a change.

It is a graph, not a tree: a secondary driver may serve several primary ones, an idea several secondary ones, strongly
or weakly. Source: IHI, QI Essentials Toolkit: Driver Diagram.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from equity.vocabulary import PlainError

Level = Literal["primary", "secondary", "idea"]
LEVELS: tuple[Level, ...] = get_args(Level)
FEWEST_PRIMARY, MOST_PRIMARY, MOST_OF_A_LEVEL = 2, 5, 20
SWEEPS = 4
"""How often the columns are put in order by the middle of what they are linked to."""


@dataclass(frozen=True)
class Driver:
    """A driver or a change idea. ``measure`` is a measure of the aim's dataset that tells of it; empty for none."""

    id: str
    level: Level
    words: str
    measure: str = ""


@dataclass(frozen=True)
class Link:
    """That a driver or idea serves one of the level above it, strongly or weakly."""

    serves: str
    served_by: str
    strong: bool = True


@dataclass(frozen=True)
class DriverDiagram:
    """The drivers of one aim, in the order in which they were written, and their links.

    ``origin`` says whose diagram it began as a copy of; empty for one of the team's own.
    """

    drivers: tuple[Driver, ...] = ()
    links: tuple[Link, ...] = ()
    origin: str = ""


@dataclass(frozen=True)
class Placed:
    """Where a driver stands: column 0 holds the primary drivers, 1 the secondary, 2 the ideas; row 0 is on top."""

    driver: Driver
    column: int
    row: int


def above(level: Level) -> Level | None:
    """The level that one of this level serves; None for the primary drivers, which serve the aim."""
    place = LEVELS.index(level)
    return LEVELS[place - 1] if place else None


def put(diagram: DriverDiagram, driver: Driver, strong: Collection[str], weak: Collection[str]) -> DriverDiagram:
    """The diagram with a driver added or, where its id is there, changed; it serves exactly these others.

    Raises:
        PlainError: it has no words or those of another, a level is full, or it serves what is not a level above it.
    """
    words = " ".join(driver.words.split())
    if not words:
        raise PlainError("Write in a few words what this driver or idea is.")
    others = [other for other in diagram.drivers if other.id != driver.id]
    if any(other.words.casefold() == words.casefold() for other in others):
        raise PlainError(f"“{words[:60]}” is in the diagram already: link that one instead.")
    most = MOST_PRIMARY if driver.level == "primary" else MOST_OF_A_LEVEL
    if sum(other.level == driver.level for other in others) >= most:
        raise PlainError(f"There are {most} of this kind, which are the most: put two that belong together into one.")
    served = {other.id for other in others if other.level == above(driver.level)}
    if not {*strong, *weak} <= served:
        raise PlainError("A secondary driver serves primary drivers, and an idea serves secondary drivers.")
    kept = replace(driver, words=words)
    there = any(other.id == driver.id for other in diagram.drivers)
    drivers = (
        tuple(kept if other.id == driver.id else other for other in diagram.drivers)
        if there
        else (*diagram.drivers, kept)
    )
    links = [link for link in diagram.links if link.served_by != driver.id and _still(link, kept, others)]
    links += [Link(each, driver.id, each in strong) for each in served if each in strong or each in weak]
    order = {each.id: place for place, each in enumerate(drivers)}
    in_order = sorted(links, key=lambda link: (order[link.serves], order[link.served_by]))
    return replace(diagram, drivers=drivers, links=tuple(in_order))


def _still(link: Link, kept: Driver, others: Sequence[Driver]) -> bool:
    """Whether a link to the changed driver still leads one level up."""
    if link.serves != kept.id:
        return True
    by = next(other for other in others if other.id == link.served_by)
    return above(by.level) == kept.level


def without(diagram: DriverDiagram, driver: str) -> DriverDiagram:
    """The diagram without a driver and its links."""
    return replace(
        diagram,
        drivers=tuple(each for each in diagram.drivers if each.id != driver),
        links=tuple(link for link in diagram.links if driver not in (link.serves, link.served_by)),
    )


def served_by_nothing(diagram: DriverDiagram, tried: Collection[str]) -> tuple[Driver, ...]:
    """The drivers and ideas that no project works on, neither on them nor on anything that serves them.

    ``tried`` are the ids that projects name.
    """
    reached = set(tried)
    for _ in LEVELS:
        reached |= {link.serves for link in diagram.links if link.served_by in reached}
    return tuple(driver for driver in diagram.drivers if driver.id not in reached)


def placed(diagram: DriverDiagram) -> tuple[Placed, ...]:
    """Every driver at its place, so that few links cross: each column in the order of the middle of its neighbours."""
    columns = {level: [d.id for d in diagram.drivers if d.level == level] for level in LEVELS}
    for sweep in range(SWEEPS):
        for level in LEVELS[1:] if sweep % 2 == 0 else LEVELS[1::-1]:
            columns[level] = _by_middle(columns[level], _neighbours(diagram, columns, level, up=sweep % 2 == 0))
    by_id = {driver.id: driver for driver in diagram.drivers}
    return tuple(
        Placed(by_id[name], column, row)
        for column, level in enumerate(LEVELS)
        for row, name in enumerate(columns[level])
    )


def _neighbours(
    diagram: DriverDiagram, columns: Mapping[Level, list[str]], level: Level, *, up: bool
) -> dict[str, list[float]]:
    """For each of a level, the places of those it is linked to in the column above it, or below."""
    places = {name: row / max(len(names) - 1, 1) for names in columns.values() for row, name in enumerate(names)}
    neighbours: dict[str, list[float]] = {name: [] for name in columns[level]}
    for link in diagram.links:
        own, other = (link.served_by, link.serves) if up else (link.serves, link.served_by)
        if own in neighbours:
            neighbours[own].append(places[other])
    return neighbours


def _by_middle(names: Sequence[str], neighbours: Mapping[str, list[float]]) -> list[str]:
    """Names in the order of the middle of their neighbours; one without any keeps its place."""
    own = {name: row / max(len(names) - 1, 1) for row, name in enumerate(names)}
    middle = {name: sum(n) / len(n) if (n := neighbours[name]) else own[name] for name in names}
    return sorted(names, key=lambda name: (middle[name], own[name]))


def remarks(diagram: DriverDiagram) -> tuple[Literal["few_primary", "unlinked"], ...]:
    """What is still to be thought of: under two primary drivers; a driver or idea that serves nothing."""
    levels = Counter(driver.level for driver in diagram.drivers)
    linked = {link.served_by for link in diagram.links}
    left_open: list[Literal["few_primary", "unlinked"]] = []
    if levels["primary"] < FEWEST_PRIMARY:
        left_open.append("few_primary")
    if any(driver.level != "primary" and driver.id not in linked for driver in diagram.drivers):
        left_open.append("unlinked")
    return tuple(left_open)
