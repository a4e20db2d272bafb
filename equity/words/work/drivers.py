"""Driver diagrams: what the picture shows, the same as a list, and where nothing is tried yet."""

from __future__ import annotations

from collections.abc import Collection

from equity.improvement.drivers import Driver, DriverDiagram, Level, remarks, served_by_nothing
from equity.words import numbers
from equity.words.escaping import one_line

PURPOSE = (
    "What must change for this aim to be reached, and what would change that? Draw it with several people: nobody sees "
    "all of it."
)
EXAMPLE = (
    "Made-up example: “Blood pressure is controlled” depends on “visits that people can come to”. That depends on "
    "“evening hours”, and one idea for it is “two late clinics a week”."
)
SOURCE = "Form of the diagram: IHI, QI Essentials Toolkit: Driver Diagram."
BEGIN = "Begin a driver diagram"
LEVELS: dict[Level, str] = {"primary": "Primary drivers", "secondary": "Secondary drivers", "idea": "Change ideas"}
ONE: dict[Level, str] = {"primary": "Primary driver", "secondary": "Secondary driver", "idea": "Change idea"}
_REMARKS = {
    "few_primary": "Most aims depend on two to five primary drivers: which other is there?",
    "unlinked": "Something here serves nothing yet: say which driver it serves.",
}


def finding(diagram: DriverDiagram, tried: Collection[str]) -> str:
    """What the diagram holds, and how much of it nobody works on."""
    if not diagram.drivers:
        return "This diagram is empty."
    untried = len(served_by_nothing(diagram, tried))
    counted = [sum(d.level == level for d in diagram.drivers) for level in LEVELS]
    held = ", ".join(
        f"{numbers.count(n)} {(LEVELS if n != 1 else ONE)[level].lower()}"
        for n, level in zip(counted, LEVELS, strict=True)
    )
    if not untried:
        return f"{held}. Each is served by a project."
    ideas = "1 idea has" if untried == 1 else f"{numbers.count(untried)} ideas have"
    return f"{held}. {ideas} no project yet."


def open_points(diagram: DriverDiagram) -> list[str]:
    """What is still to be thought of."""
    return [_REMARKS[name] for name in remarks(diagram)]


def listed(diagram: DriverDiagram, tried: Collection[str]) -> list[str]:
    """The diagram as a list: each driver with what it serves, how strongly, its measure, and whether it is tried."""
    by_id = {driver.id: driver for driver in diagram.drivers}
    untried = {driver.id for driver in served_by_nothing(diagram, tried)}
    lines = []
    for level in LEVELS:
        for driver in (d for d in diagram.drivers if d.level == level):
            serves = [
                f"{one_line(by_id[link.serves].words, 80)}{'' if link.strong else ' (weakly)'}"
                for link in diagram.links
                if link.served_by == driver.id
            ]
            lines.append(_line(driver, serves, driver.id in untried))
    return lines


def _line(driver: Driver, serves: list[str], untried: bool) -> str:
    toward = f" Serves: {', '.join(serves)}." if serves else ""
    measure = f" Measure: {one_line(driver.measure, 80)}." if driver.measure else ""
    return (
        f"{ONE[driver.level]}: {one_line(driver.words, 160)}.{toward}{measure}{' No project yet.' if untried else ''}"
    )


def told(diagram: DriverDiagram) -> list[str]:
    """A diagram as lines, to lay two beside each other."""
    return listed(diagram, {driver.id for driver in diagram.drivers})


HOW_TO_READ = "A dotted line: serves it a little. A dashed edge: no project works on it yet."
