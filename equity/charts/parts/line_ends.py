"""Labels at the ends of lines, pushed apart so that none covers another."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from equity.charts.parts import labelled_rows, template
from equity.charts.parts.sketch import Sketch
from equity.words import escaping
from equity.words.shortened import shortened

END: Final = "end of a line"
"""What such a label is called in the figure."""

LEADER: Final = "leader to the end of a line"
"""The thin line that leads from a line's end to its label."""

LINE_HEIGHT, BETWEEN = 13, 4
SHIFT, NEAR = 12, 5
"""How far right of the panel a label stands, and how far from its line's end it needs a leader, in pixels."""

_WIDTH = 17
_MOST_LINES = 3


@dataclass(frozen=True)
class EndLabel:
    """A label that wants to stand at a height of the panel."""

    text: str
    at: float
    colour: str
    strong: bool = False


def wrapped(text: str, width: int, most: int) -> list[str]:
    """Text in at most so many lines of so many characters."""
    return textwrap.wrap(escaping.one_line(text), width, max_lines=most, placeholder="…") or [""]


def wrapped_apart(texts: Sequence[str], width: int, most: int) -> list[list[str]]:
    """Each text in at most so many lines; texts that differ are never cut to the same lines."""
    parted = [wrapped(text, width, most) for text in texts]
    same = len({tuple(lines) for lines in parted}) < len({escaping.one_line(text) for text in texts})
    if not same:
        return parted
    return [wrapped(text, width, most) for text in shortened(texts, max(12, int(width * most * 0.8)))]


def written_in_lines(texts: Sequence[str], letters: int, lines: int) -> list[str]:
    """Labels of at most so many lines of so many letters, none like another, bold where they were."""
    parted = wrapped_apart([labelled_rows.plain(text) for text in texts], letters, lines)
    written = ["<br>".join(map(escaping.chart, each)) for each in parted]
    return [f"<b>{new}</b>" if old.startswith("<b>") else new for old, new in zip(texts, written, strict=True)]


def spread_apart(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Heights as near the wanted ones as can be, of labels of these sizes, inside low and high and not overlapping.

    All in one unit. When there is no room for all, they fill the space in order from the top.
    """
    order = sorted(range(len(wanted)), key=lambda i: -wanted[i])
    placed = list(wanted)
    ceiling = high
    for i in order:
        placed[i] = min(wanted[i], ceiling - sizes[i] / 2)
        ceiling = placed[i] - sizes[i] / 2
    floor = low
    for i in reversed(order):
        placed[i] = max(placed[i], floor + sizes[i] / 2)
        floor = placed[i] + sizes[i] / 2
    return placed


def write(drawn: Sketch, labels: Sequence[EndLabel], low: float, high: float, pixels: float, yref: str = "y") -> None:
    """Write the labels right of a panel whose y axis runs from low to high over so many pixels.

    A label that stands away from its line's end is led to it by a thin line.
    """
    unit = (high - low) / pixels
    parted = wrapped_apart([label.text for label in labels], _WIDTH, _MOST_LINES)
    heights = _heights([label.at for label in labels], [len(lines) for lines in parted], low, high, unit)
    for label, lines, height in zip(labels, parted, heights, strict=True):
        text = "<br>".join(escaping.chart(line) for line in lines)
        drawn.annotate(
            name=END,
            text=f"<b>{text}</b>" if label.strong else text,
            x=1,
            xref="paper",
            xanchor="left",
            xshift=SHIFT,
            y=height,
            yref=yref,
            yanchor="middle",
            align="left",
            font={"size": template.SMALL, "color": label.colour},
        )
        if abs(label.at - height) > NEAR * unit:
            drawn.shape(**_leader(label.at, height, yref))


def join_names(layout: dict[str, Any], letters: int) -> None:
    """The labels on one line each, where there is width for it; those of more letters than that on two."""
    for note in layout["annotations"]:
        if note.get("name") == END:
            text = note["text"].replace("<br>", " ")
            long = len(labelled_rows.plain(text)) > letters
            note["text"] = written_in_lines([text], letters, 2)[0] if long else text


def apart_again(layout: dict[str, Any], larger: float = 1.0) -> None:
    """Place the labels anew, each with its leader, in a figure whose height has changed, in type so much larger."""
    notes = [note for note in layout["annotations"] if note.get("name") == END]
    ends = {(s["yref"], s["y1"]): s["y0"] for s in layout["shapes"] if s.get("name") == LEADER}
    layout["shapes"] = [s for s in layout["shapes"] if s.get("name") != LEADER]
    inside = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    for yref in sorted({note["yref"] for note in notes}):
        panel = [note for note in notes if note["yref"] == yref]
        axis = layout[f"yaxis{yref[1:]}"]
        (first, last), (low, high) = axis.get("domain", (0.0, 1.0)), axis["range"]
        unit = larger * (high - low) / (inside * (last - first))
        wanted = [ends.get((yref, note["y"]), note["y"]) for note in panel]
        heights = _heights(wanted, [note["text"].count("<br>") + 1 for note in panel], low, high, unit)
        for note, end, height in zip(panel, wanted, heights, strict=True):
            note["y"] = height
            if abs(end - height) > NEAR * unit:
                layout["shapes"].append(_leader(end, height, yref))


def _heights(wanted: Sequence[float], lines: Sequence[int], low: float, high: float, unit: float) -> list[float]:
    """Where labels of so many lines stand; ``unit`` is a pixel's height on the axis.

    Their middles stay within the axis: Plotly draws no label whose middle is beyond it.
    """
    sizes = [(count * LINE_HEIGHT + BETWEEN) * unit for count in lines]
    room = min(sizes, default=0.0) / 2
    return spread_apart(wanted, sizes, low - room, high + room)


def _leader(end: float, height: float, yref: str) -> dict[str, Any]:
    """A thin line from a line's end to its label."""
    return {
        "type": "line",
        "name": LEADER,
        "xref": "paper",
        "xsizemode": "pixel",
        "xanchor": 1,
        "x0": 1,
        "x1": SHIFT - 2,
        "yref": yref,
        "y0": end,
        "y1": height,
        "line": {"color": template.FAINT, "width": 1},
    }
