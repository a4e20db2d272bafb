"""The layout of figures with a row a group.

    Black or African American                 14.0 pts worse
      ·  · ──●──                   ┃          55.0%
                                              n 2,200

The label stands above its marks, not beside them, so that the marks keep the whole width on a phone. Row *i* spans
*i* to *i* + 1 on a reversed y axis; text stands in its upper part, marks on `mark_line`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from equity.charts.parts import template
from equity.charts.parts.sketch import Sketch
from equity.stats.estimate import FloatArray
from equity.words import escaping
from equity.words.shortened import shortened

LABEL, ABOVE, BESIDE, ABSENT = "label", "above", "beside", "absent"
"""What a row's texts are called in the figure, for `equity.charts.screens.presented`, which puts them elsewhere."""

ROW_HEIGHT = 56
TOP, BOTTOM, RIGHT = 30, 52, 88
_TEXT_AT, _MARKS_AT = 0.20, 0.66
_TICK = 0.26
_LONGEST_LABEL, _LONGEST_ALONE, _LONGEST_HEADING = 40, 54, 48
_TAG = re.compile(r"</?b>")


@dataclass(frozen=True)
class Line:
    """What a row says: its label, the words at the right above, the two figures at the right below.

    ``absent`` is what stands in place of marks ("No data"); ``hatched`` when it is hidden rather than missing.
    """

    label: str
    above: str = ""
    above_colour: str = template.INK
    figure: str = ""
    below: str = ""
    strong: bool = False
    absent: str = ""
    hatched: bool = False


def mark_line(i: int) -> float:
    """The height, on the y axis, of the marks of row *i*."""
    return i + _MARKS_AT


def plain(text: str) -> str:
    """What a label of a figure says, without its tags."""
    return html.unescape(_TAG.sub("", text))


def rows_figure(lines: Sequence[Line], low: float, high: float, title: str, suffix: str = "", top: int = TOP) -> Sketch:
    """A figure with these rows and an x axis from ``low`` to ``high``, without marks yet.

    ``suffix`` follows the axis's numbers; ``top`` is the room over the rows in pixels, for :func:`heading`.
    """
    count = max(len(lines), 1)
    drawn = Sketch(top + ROW_HEIGHT * count + BOTTOM, {"l": 4, "r": RIGHT, "t": top, "b": BOTTOM})
    drawn.axis(
        "xaxis",
        **template.quiet_axis(
            range=[low, high],
            nticks=5,
            ticksuffix=suffix,
            title={
                "text": escaping.chart(title),
                "font": {"size": template.SMALL, "color": template.MUTED},
                "standoff": 8,
            },
        ),
    )
    drawn.axis("yaxis", **template.hidden_axis(count, 0))
    drawn.tell(rows=count)
    _row_rules(drawn, lines, low, high)
    labels = _labels(lines)
    for i, line in enumerate(lines):
        _write(drawn, i, line, labels[i])
        if line.absent:
            _tile(drawn, i, line, low, high)
    return drawn


def estimates(drawn: Sketch, values: FloatArray, said: Sequence[str]) -> None:
    """A dot with its interval on each row: ``values`` are (rows, 3+) estimate, lower and upper; ``said`` is hovered."""
    drawn.scatter(
        x=values[:, 0],
        y=np.array([mark_line(i) for i in range(len(said))]),
        mode="markers",
        marker={"size": 11, "color": template.FOCUS, "line": {"width": 1, "color": template.PAPER}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": values[:, 2] - values[:, 0],
            "arrayminus": values[:, 0] - values[:, 1],
            "color": template.FOCUS,
            "thickness": 2,
            "width": 0,
        },
        hoverinfo="text",
        hovertext=[escaping.chart(text) for text in said],
    )


def vertical_ticks(
    drawn: Sketch, positions: Sequence[tuple[int, float]], colour: str, width: float = 2, dash: str = "solid"
) -> None:
    """A short upright line in each of these rows; where all stand at one x they read as one broken line."""
    if not positions:
        return
    x = np.array([v for _, at in positions for v in (at, at, np.nan)])
    y = np.array([v for i, _ in positions for v in (mark_line(i) - _TICK, mark_line(i) + _TICK, np.nan)])
    line = {"color": colour, "width": width, "dash": dash}
    drawn.scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip")


def heading(drawn: Sketch, text: str, at: float, low: float, high: float, colour: str = template.INK) -> None:
    """Words over the rows at an x value, turned inward near an edge."""
    share = (at - low) / (high - low)
    anchor = "left" if share < 0.3 else "right" if share > 0.7 else "center"
    drawn.annotate(
        text=escaping.chart(escaping.one_line(text, _LONGEST_HEADING)),
        x=at,
        y=1,
        yref="paper",
        xanchor=anchor,
        yanchor="bottom",
        yshift=4,
        font={"size": template.TEXT, "color": colour},
    )


def padded(values: Sequence[float], floor: float | None = None, ceiling: float | None = None) -> tuple[float, float]:
    """An axis range around the finite values, with a little room, kept within floor and ceiling."""
    finite = [v for v in values if np.isfinite(v)]
    if not finite:
        return 0.0, 1.0
    low, high = min(finite), max(finite)
    room = 0.06 * (high - low) or 0.05 * abs(high) or 1.0
    low, high = low - room, high + room
    return (
        low if floor is None else max(low, floor - 0.3 * room),
        high if ceiling is None else min(high, ceiling + 0.3 * room),
    )


def _row_rules(drawn: Sketch, lines: Sequence[Line], low: float, high: float) -> None:
    marked = [i for i, line in enumerate(lines) if not line.absent]
    x = np.array([v for _ in marked for v in (low, high, np.nan)])
    y = np.array([v for i in marked for v in (mark_line(i), mark_line(i), np.nan)])
    line = {"color": template.HAIR, "width": 1}
    drawn.scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip")


def _labels(lines: Sequence[Line]) -> list[str]:
    """The labels as long as their rows have room, none like another."""
    alone, beside_words = (shortened([line.label for line in lines], most) for most in (_LONGEST_ALONE, _LONGEST_LABEL))
    return [beside_words[i] if line.above else alone[i] for i, line in enumerate(lines)]


def _write(drawn: Sketch, i: int, line: Line, label: str) -> None:
    label = escaping.chart(label)
    drawn.label(
        name=LABEL,
        text=f"<b>{label}</b>" if line.strong else label,
        y=i + _TEXT_AT,
        side="left",
        shift=0,
        font={"size": template.LABEL, "color": template.INK},
    )
    if line.above:
        _at_the_right(drawn, ABOVE, escaping.chart(line.above), i + _TEXT_AT, template.TEXT, line.above_colour)
    beside = [f"<b>{escaping.chart(line.figure)}</b>" if line.figure else "", escaping.chart(line.below)]
    written = "<br>".join(text for text in beside if text)
    if written:
        _at_the_right(drawn, BESIDE, written, mark_line(i), template.SMALL, template.INK)


def _at_the_right(drawn: Sketch, name: str, text: str, y: float, size: int, colour: str) -> None:
    drawn.label(name=name, text=text, y=y, side="right", shift=RIGHT - 4, font={"size": size, "color": colour})


def _tile(drawn: Sketch, i: int, line: Line, low: float, high: float) -> None:
    """In place of marks: hatched where hidden, outlined where there are no data, each with its words."""
    drawn.bar(
        x=np.array([high - low]),
        base=np.array([low]),
        y=np.array([mark_line(i)]),
        width=0.46,
        orientation="h",
        marker=template.HATCHED if line.hatched else template.OUTLINED,
        hoverinfo="text",
        hovertext=escaping.chart(f"{line.label}: {line.absent}"),
    )
    drawn.annotate(
        name=ABSENT,
        text=escaping.chart(line.absent),
        x=0,
        xref="paper",
        y=mark_line(i),
        xanchor="left",
        yanchor="middle",
        xshift=8,
        bgcolor=template.PAPER if line.hatched else template.NOTHING,
        borderpad=2,
        font={"size": template.SMALL, "color": template.INK},
    )
