"""Driver diagrams: a graph of three levels, where nothing is tried, and few links that cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity.improvement import drivers as rules
from equity.improvement.drivers import LEVELS, Driver, DriverDiagram, Link, Placed
from equity.vocabulary import PlainError
from equity.words.work import drivers as words


def made() -> DriverDiagram:
    diagram = DriverDiagram()
    for driver, strong, weak in (
        (Driver("p1", "primary", "Visits people can come to"), (), ()),
        (Driver("p2", "primary", "Trust"), (), ()),
        (Driver("s1", "secondary", "Evening hours", "Visits kept"), ("p1",), ("p2",)),
        (Driver("s2", "secondary", "Same language"), ("p2",), ()),
        (Driver("i1", "idea", "Two late clinics"), ("s1",), ()),
        (Driver("i2", "idea", "Call back in Spanish"), ("s2",), ("s1",)),
    ):
        diagram = rules.put(diagram, driver, strong, weak)
    return diagram


def test_one_idea_may_serve_several_drivers_strongly_or_weakly() -> None:
    diagram = made()
    assert [(link.serves, link.strong) for link in diagram.links if link.served_by == "i2"] == [
        ("s1", False),
        ("s2", True),
    ]
    assert "Change idea: Call back in Spanish. Serves: Evening hours (weakly), Same language. No project yet." in (
        words.listed(diagram, ())
    )
    assert rules.remarks(diagram) == ()
    assert rules.remarks(rules.without(diagram, "p2")) == ("few_primary", "unlinked")  # s2 served nothing else
    assert rules.remarks(rules.without(diagram, "p1")) == ("few_primary",)
    assert rules.remarks(rules.without(diagram, "s2")) == ()
    assert rules.remarks(rules.put(diagram, Driver("i2", "idea", "x"), (), ())) == ("unlinked",)


def test_what_a_project_works_on_reaches_all_that_it_serves() -> None:
    diagram = made()
    assert [d.id for d in rules.served_by_nothing(diagram, {"i1"})] == ["s2", "i2"]
    assert rules.served_by_nothing(diagram, {"i1", "i2"}) == ()
    assert len(rules.served_by_nothing(diagram, ())) == 6
    assert words.finding(diagram, {"i1"}) == (
        "2 primary drivers, 2 secondary drivers, 2 change ideas. 2 ideas have no project yet."
    )


@pytest.mark.parametrize(
    ("driver", "strong", "named"),
    [
        (Driver("x", "idea", " "), (), "in a few words"),
        (Driver("x", "idea", "TRUST"), (), "in the diagram already"),
        (Driver("x", "idea", "New"), ("p1",), "an idea serves secondary drivers"),
        (Driver("x", "secondary", "New"), ("gone",), "serves primary drivers"),
        (Driver("x", "primary", "New"), ("p1",), "serves primary drivers"),
    ],
)
def test_what_cannot_stand_in_a_diagram_is_said(driver: Driver, strong: tuple[str, ...], named: str) -> None:
    with pytest.raises(PlainError, match=named):
        rules.put(made(), driver, strong, ())


def test_more_than_five_primary_drivers_are_too_many() -> None:
    diagram = made()
    for place in range(3):
        diagram = rules.put(diagram, Driver(f"n{place}", "primary", f"New {place}"), (), ())
    with pytest.raises(PlainError, match="There are 5 of this kind"):
        rules.put(diagram, Driver("n9", "primary", "One more"), (), ())
    assert rules.put(diagram, Driver("n2", "primary", "Renamed"), (), ()).drivers[-1].words == "Renamed"


def test_a_driver_that_changes_its_level_leaves_no_link_that_leads_nowhere() -> None:
    changed = rules.put(made(), Driver("s2", "primary", "Same language"), (), ())
    assert [link for link in changed.links if "s2" in (link.serves, link.served_by)] == []


def test_links_cross_as_seldom_as_can_be() -> None:
    diagram = made()
    twisted = replace(diagram, drivers=(*diagram.drivers[:4], diagram.drivers[5], diagram.drivers[4]))
    assert crossings(twisted, rules.placed(twisted)) == fewest(twisted)


def crossings(diagram: DriverDiagram, places: Sequence[Placed]) -> int:
    """How many pairs of links cross when everything stands where it was placed."""
    row = {each.driver.id: (each.column, each.row) for each in places}
    ends = [(row[link.serves][0], row[link.serves][1], row[link.served_by][1]) for link in diagram.links]
    return sum(a[0] == b[0] and (a[1] - b[1]) * (a[2] - b[2]) < 0 for i, a in enumerate(ends) for b in ends[i + 1 :])


def fewest(diagram: DriverDiagram) -> int:
    """The fewest crossings of all orders, tried one by one."""
    columns = [[d for d in diagram.drivers if d.level == level] for level in LEVELS]
    return min(
        crossings(
            diagram,
            [Placed(d, column, row) for column, order in enumerate((a, b, c)) for row, d in enumerate(order)],
        )
        for a in permutations(columns[0])
        for b in permutations(columns[1])
        for c in permutations(columns[2])
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    counts=st.tuples(st.integers(1, 5), st.integers(1, 8), st.integers(0, 8)),
    pairs=st.sets(st.tuples(st.integers(0, 1), st.integers(0, 7), st.integers(0, 7)), max_size=20),
)
def test_every_driver_has_a_place_of_its_own(counts: tuple[int, int, int], pairs: set[tuple[int, int, int]]) -> None:
    drivers = [
        Driver(f"{level[0]}{n}", level, f"{level} {n}")
        for level, count in zip(LEVELS, counts, strict=True)
        for n in range(count)
    ]
    there = {driver.id for driver in drivers}
    links = [
        Link(f"{LEVELS[column][0]}{above}", f"{LEVELS[column + 1][0]}{below}") for column, above, below in sorted(pairs)
    ]
    diagram = DriverDiagram(tuple(drivers), tuple(x for x in links if {x.serves, x.served_by} <= there))
    places = rules.placed(diagram)
    assert sorted(p.driver.id for p in places) == sorted(there)
    assert len({(p.column, p.row) for p in places}) == len(places)
    plain = [Placed(d, LEVELS.index(d.level), int(d.id[1:])) for d in drivers]
    assert crossings(diagram, places) <= crossings(diagram, plain)
