"""A figure for the wall of a room: the same marks and numbers, its type half as large again, its rows side by side.

On a page, which may be a phone, the words of a row stand over its marks. On a wall there is width and no height to
spare: they move to the left and the right of the marks, and a chart of nine groups fits under its title.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from equity.charts.over_time import control, trends
from equity.charts.parts import labelled_rows, line_ends, map_cells, template
from equity.charts.parts.sketch import Drawn

LARGER: Final = 1.5
HEIGHT: Final = 416
"""The height that a title of two lines, a caption of three and the buttons leave on a screen of 720 pixels."""

LEFT, RIGHT, ROWS_AT_LEAST = 350, 330, 38
SMALLEST: Final = 1.0
"""Type is never smaller than on a page: a figure of more rows than then fit is scrolled."""

BOTTOM: Final = 64
"""The room for the axis under rows."""

NAMES_RIGHT, NAME_LETTERS = 310, 32
RATES_FROM, GAP_TO = 0.49, 0.25
PANELS_IN_A_ROW, PANEL_AT_LEAST, PANEL_TOP, PANEL_BELOW, BETWEEN_PANELS = 4, 210, 72, 16, 0.035
LETTER, LINE = 0.5, 1.2
"""How wide a letter, and how high a line, is on average, in sizes of its type."""

_TALL = 0.9
_LABEL_WIDTH = 36


@dataclass(frozen=True)
class Cells:
    """The room for a map whose rows are named left of their cells, in pixels; ``letters`` are those of a name's line.

    ``row`` is the least height of a row, ``deep_row`` where its cells hold three lines. In a map of more rows than
    ``joined_above`` the first two lines of a cell stand on one.
    """

    left: int
    height: int
    row: int
    deep_row: int
    letters: int
    joined_above: int


WALL: Final = Cells(left=300, height=HEIGHT, row=40, deep_row=48, letters=_LABEL_WIDTH, joined_above=5)


def presented(figure: go.Figure, wall: float = 1.0) -> go.Figure:
    """The figure, large. What it shows is not changed; the one that is given stays as it is.

    ``wall`` is the size of the screen in screens of 1280 by 720 pixels.
    """
    drawn = copied(figure.to_dict())
    layout = drawn["layout"]
    names = {part.get("name") for kind in ("annotations", "shapes") for part in layout.get(kind, ())}
    larger = _larger(layout, names)
    _enlarge(drawn, larger)
    layout["height"] = max(HEIGHT, layout["height"])
    if labelled_rows.LABEL in names:
        _beside_the_marks(drawn, larger / LARGER)
    elif map_cells.ROW_NAME in names:
        beside_the_cells(drawn, _on_a_wall(larger / LARGER))
    elif line_ends.END in names:
        _beside_the_lines(drawn)
    elif control.PANEL_NAME in names:
        _panels_in_a_row(drawn)
    if wall != 1.0:
        _enlarge(drawn, wall)
        layout["height"] *= wall
    return Drawn(drawn, _validate=False)


def _larger(layout: dict[str, Any], names: set[Any]) -> float:
    """How much larger the type is: less where many rows would not fit under each other, never smaller than a page's."""
    if labelled_rows.LABEL in names:
        count, row = float(layout["yaxis"]["range"][0]), float(ROWS_AT_LEAST)
    elif map_cells.ROW_NAME in names:
        count, row = float(layout["yaxis"]["range"][0]) + 0.5, float(WALL.row)
    else:
        return LARGER
    margin = layout["margin"]
    around = LARGER * margin["t"] + min(BOTTOM, LARGER * margin["b"])
    return float(np.clip(LARGER * (HEIGHT - around) / (count * row), SMALLEST, LARGER))


def _on_a_wall(share: float) -> Cells:
    """The room of a map whose type is this share of the largest."""
    row, deep = int(WALL.row * share), int(WALL.deep_row * share)
    return replace(WALL, row=row, deep_row=deep)


def copied(part: Any) -> Any:
    """A copy in which nothing is shared: one look can stand in many marks of a figure."""
    if isinstance(part, dict):
        return {name: copied(value) for name, value in part.items()}
    return [copied(value) for value in part] if isinstance(part, list | tuple) else part


def _enlarge(drawn: dict[str, Any], by: float) -> None:
    """Type, marks, lines, margins and distances so many times as large; not the height of the figure."""
    layout = drawn["layout"]
    layout["margin"] = {side: size * by for side, size in layout["margin"].items()}
    _scale(layout["font"], by, "size")
    _scale(layout["hoverlabel"]["font"], by, "size")
    for name in [name for name in layout if name.startswith(("xaxis", "yaxis"))]:
        axis = layout[name]
        _scale(axis.get("tickfont", {}), by, "size")
        title = axis.get("title", {})
        _scale(title, by, "standoff")
        _scale(title.get("font", {}), by, "size")
    for note in layout.get("annotations", ()):
        _scale(note, by, "xshift", "yshift", "borderpad")
        _scale(note.get("font", {}), by, "size")
    for shape in layout.get("shapes", ()):
        if shape.get("xsizemode") == "pixel":
            _scale(shape, by, "x0", "x1")
        _scale(shape.get("label", {}), by, "padding")
        _scale(shape.get("label", {}).get("font", {}), by, "size")
    for trace in drawn["data"]:
        marker = trace.get("marker", {})
        if trace["type"] == "scatter":
            _scale(marker, by, "size")
        _scale(marker.get("line", {}), by, "width")
        _scale(trace.get("line", {}), by, "width")
        for bars in ("error_x", "error_y"):
            _scale(trace.get(bars, {}), by, "thickness")


def _scale(part: dict[str, Any], by: float, *names: str) -> None:
    for name in names:
        if name in part:
            size = part[name]
            part[name] = [each * by for each in size] if isinstance(size, list) else size * by


def _beside_the_marks(drawn: dict[str, Any], share: float) -> None:
    """Labels left of the marks, figures and words right of them; rows of this share of the usual height."""
    layout = drawn["layout"]
    count = int(layout["yaxis"]["range"][0])
    layout["margin"] |= {"l": LEFT, "r": RIGHT, "b": min(BOTTOM, layout["margin"]["b"])}
    around = layout["margin"]["t"] + layout["margin"]["b"]
    layout["height"] = max(HEIGHT, around + int(ROWS_AT_LEAST * share) * count)
    rows = (layout["height"] - around) / count
    _wrap_names(layout["shapes"], rows)
    for row in layout["shapes"]:
        name, label = row.get("name"), row.get("label", {})
        if name not in (labelled_rows.LABEL, labelled_rows.ABOVE, labelled_rows.BESIDE):
            continue
        at = line_of(row, rows) if name == labelled_rows.LABEL else labelled_rows.mark_line(int(row["y0"]))
        row["y0"] = row["y1"] = at
        label["padding"] = 0  # flush with the title over it
        if name == labelled_rows.LABEL:
            row["x0"] = row["x1"] = -LEFT
        elif name == labelled_rows.BESIDE:
            row["x0"] = row["x1"] = 16
            label |= {"textposition": "middle left", "text": label["text"].replace("<br>", "  ")}
        else:
            row["x0"] = row["x1"] = RIGHT - 4
    bars_on_their_line(drawn)


def _wrap_names(shapes: Sequence[dict[str, Any]], row: float) -> None:
    """Names on one line each; where one is too long for that, all so large that two lines fit into a row's height."""
    named = [shape["label"] for shape in shapes if shape.get("name") == labelled_rows.LABEL]
    size = max((float(label["font"]["size"]) for label in named), default=1.0)
    longest = max((len(labelled_rows.plain(label["text"])) for label in named), default=0)
    two, lines = row / (2 * LINE), 1
    if longest > int(LEFT / (size * LETTER)) and two >= template.TEXT:
        size, lines = min(size, two), 2
        for label in named:
            label["font"] = {**label["font"], "size": size}
    wrap_labels(shapes, labelled_rows.LABEL, int(LEFT / (size * LETTER)), lines)


def line_of(shape: Mapping[str, Any], row: float) -> float:
    """Where the middle of a row's text stands: on its marks, higher where its last line would leave the row.

    ``row`` is the height of a row in pixels. Plotly cuts off what leaves the last one.
    """
    at, label = int(shape["y0"]), shape["label"]
    half: float = (label["text"].count("<br>") + 1) * LINE * label["font"]["size"] / 2
    return max(at + 0.5, min(labelled_rows.mark_line(at), at + 1 - half / row))


def bars_on_their_line(drawn: dict[str, Any]) -> None:
    """Level bars stand a little over the line of their row, under its label; beside its label they stand on it."""
    for trace in drawn["data"]:
        if trace["type"] == "bar" and trace.get("orientation") == "h":
            trace["y"] = np.floor(np.asarray(trace["y"], dtype=np.float64)) + labelled_rows.mark_line(0)


def wrap_labels(shapes: Sequence[dict[str, Any]], name: str, letters: int, lines: int) -> None:
    """Wrap the texts of the shapes of one name."""
    labels = [shape["label"] for shape in shapes if shape.get("name") == name]
    for label, text in zip(
        labels, line_ends.written_in_lines([label["text"] for label in labels], letters, lines), strict=True
    ):
        label["text"] = text


def beside_the_cells(drawn: dict[str, Any], room: Cells) -> None:
    """Names of rows left of the cells, which then have a row's whole height; many rows have cells of fewer lines."""
    layout = drawn["layout"]
    count = round(layout["yaxis"]["range"][0] + 0.5)
    deepest = max(
        (n["text"].count("<br>") for n in layout["annotations"] if n.get("name") == map_cells.CELL), default=0
    )
    layout["margin"] |= {"l": room.left}
    around = layout["margin"]["t"] + layout["margin"]["b"]
    layout["height"] = max(room.height, around + (room.row if deepest < 2 else room.deep_row) * count)
    names = [note for note in layout["annotations"] if note.get("name") == map_cells.ROW_NAME]
    for note, text in zip(
        names, line_ends.written_in_lines([note["text"] for note in names], room.letters, 2), strict=True
    ):
        note |= {"y": note["y"] + 0.5, "xshift": -room.left, "align": "left", "text": text}
    for note in layout["annotations"]:
        name, joined = note.get("name"), count > room.joined_above
        if name == map_cells.CELL and joined:
            between = " · " if note["text"].startswith(("<b>", "too few<br>n ")) else " "
            note["text"] = note["text"].replace("<br>", between, 1)
        elif name == map_cells.KEY and joined:
            note["text"] = note["text"].replace("Below: the gap", "Beside it: the gap").replace("Middle:", "Beside it:")
    for trace in drawn["data"]:
        if trace["type"] == "heatmap":
            trace["ygap"] = 4
        elif trace["type"] == "bar":
            middle = np.asarray(trace["base"]) + np.asarray(trace["y"]) / 2
            trace |= {"y": np.full(middle.shape, _TALL), "base": np.round(middle) - _TALL / 2}
        elif trace["type"] == "scatter":
            trace["y"] = _framed(np.asarray(trace["y"], dtype=np.float64))


def _framed(heights: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The frame of a cell, around the whole of its row."""
    row = float(np.round(heights.mean()))
    framed: np.ndarray[Any, np.dtype[np.float64]] = row + np.sign(heights - row) * _TALL / 2
    return framed


def _beside_the_lines(drawn: dict[str, Any]) -> None:
    """The names at the ends of lines on one line each: there is width for it, and large type needs its height."""
    layout = drawn["layout"]
    layout["height"] = HEIGHT + max(0, layout["margin"]["t"] - LARGER * trends.TOP)  # what happened is told over it
    layout["margin"] |= {"r": NAMES_RIGHT, "b": min(BOTTOM, layout["margin"]["b"])}
    line_ends.join_names(layout, NAME_LETTERS)
    if list(layout["yaxis"].get("domain", ())) == list(trends.RATES):
        part_panels(layout, RATES_FROM)
    line_ends.apart_again(layout, LARGER)


def part_panels(layout: dict[str, Any], rates_from: float) -> None:
    """More room between groups and their gap, for the words about it: groups from this share of the height on.

    What was wrapped for a phone stands on one line.
    """
    joined = 0
    for note in layout["annotations"]:
        if note.get("name") == trends.SAID_OF_GAP:
            joined = note["text"].count(trends.SOFT_BREAK)
            note["text"] = note["text"].replace(trends.SOFT_BREAK, " ")
    for note in layout["annotations"]:
        if note.get("name") == trends.GAP_TITLE:
            note["yshift"] -= joined * trends.SAID_HEIGHT * note["font"]["size"] / template.SMALL
    layout["yaxis"] |= {"domain": [rates_from, trends.RATES[1]]}
    layout["yaxis2"] |= {"domain": [trends.GAP[0], GAP_TO]}
    for note in layout["annotations"]:
        if note.get("yref") == "paper" and note.get("y") == trends.GAP[1]:
            note["y"] = GAP_TO


def _panels_in_a_row(drawn: dict[str, Any]) -> None:
    """Small panels four in a row instead of two: all groups at a glance."""
    layout = drawn["layout"]
    names = [note for note in layout["annotations"] if note.get("name") == control.PANEL_NAME]
    rows = -(-len(names) // PANELS_IN_A_ROW)
    layout["margin"] |= {"t": 8, "b": BOTTOM}
    layout["height"] = max(HEIGHT, PANEL_AT_LEAST * rows)
    inside = layout["height"] - 8 - BOTTOM
    tall, wide = inside / rows, (1 + BETWEEN_PANELS) / PANELS_IN_A_ROW
    for i, note in enumerate(names):
        row, column = divmod(i, PANELS_IN_A_ROW)
        left, top = column * wide, 1 - (row * tall + PANEL_TOP) / inside
        bottom = max(0.0, 1 - ((row + 1) * tall - PANEL_BELOW) / inside) if row + 1 < rows else 0.0
        number = str(i + 1) if i else ""
        last = i + PANELS_IN_A_ROW >= len(names)
        layout[f"xaxis{number}"] |= {"domain": [left, left + wide - BETWEEN_PANELS], "showticklabels": last}
        layout[f"yaxis{number}"] |= {"domain": [bottom, top], "showticklabels": column == 0}
        note |= {"x": left, "y": top}
