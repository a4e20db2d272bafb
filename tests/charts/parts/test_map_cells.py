"""The names over a map's columns never touch, not even on a phone."""

from __future__ import annotations

from equity.charts.parts import map_cells
from equity.charts.parts.sketch import Sketch

CROWDED = ("Arabic", "English", "Haitian Creole", "Spanish", "Vietnamese", "Another language", "Unknown")
ROOMY = ("Commercial", "Medicaid", "Medicare", "Uninsured", "Unknown")


def lifts(labels: tuple[str, ...]) -> list[float]:
    drawn = Sketch(400, {"l": 4, "r": 4, "t": map_cells.room_for_heads(labels), "b": 8})
    map_cells.head_columns(drawn, labels)
    return [annotation.yshift for annotation in drawn.figure().layout.annotations]


def test_crowded_names_stand_on_two_levels_and_the_map_makes_room() -> None:
    up = lifts(CROWDED)
    assert len(set(up[::2])) == len(set(up[1::2])) == 1
    assert up[1] - up[0] == map_cells.room_for_heads(CROWDED) - map_cells.room_for_heads(ROOMY) > 0


def test_names_with_room_stand_in_one_line() -> None:
    assert len(set(lifts(ROOMY))) == 1
