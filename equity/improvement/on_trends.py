"""Which tests of change stand on the trends of a measure, and in which month: from the moment Do is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from equity.improvement.cycles import Cycle


@dataclass(frozen=True)
class BeganTest:
    """A test that began in a month ("2027-03"), as it stands on a chart."""

    id: str
    month: str
    objective: str
    number: int


def began_on(cycles: Iterable[tuple[str, Cycle]], dataset: str, measure: str, by: str) -> tuple[BeganTest, ...]:
    """The tests, given with their ids, about this measure by this stratifier, in order of their months."""
    tests = [
        BeganTest(record, cycle.begins[:7], cycle.objective, cycle.number)
        for record, cycle in cycles
        if cycle.opened
        and cycle.begins
        and (cycle.shown.dataset, cycle.shown.measure) == (dataset, measure)
        and cycle.shown.by in ("", by)
    ]
    return tuple(sorted(tests, key=lambda each: (each.month, each.objective, each.number)))
