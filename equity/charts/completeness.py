"""Who is known: stacked shares by site, period and outcome; and the bounds that the missing put on each gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import labelled_rows, template
from equity.charts.parts.labelled_rows import Line
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import Completeness
from equity.words import escaping, measures, numbers
from equity.words.answers import completeness as words
from equity.words.answers.completeness import STATUS, Share
from equity.words.cached_per_answer import cached_per_answer
from equity.words.labels.charts import CHART_TEXTS

_BAR = 0.26
_LEGEND = CHART_TEXTS["recorded_then_what_is_not"]


@dataclass(frozen=True)
class _Look:
    """How a part of a bar is filled: a colour, its edge, and a pattern so that colour is not alone in telling."""

    fill: str
    edge: str
    shape: str = ""


@dataclass(frozen=True)
class _Segment:
    """A part of a row's bar, in per cent of it; ``said`` reads the row aloud."""

    height: float
    start: float
    width: float
    look: _Look
    said: str


_LOOKS = {
    "known": _Look(template.OTHERS, template.OTHERS),
    "unknown": _Look(template.FOCUS, template.FOCUS),
    "not_asked": _Look(template.FOCUS, template.FOCUS, "/"),
    "declined": _Look(template.PAPER, template.FOCUS),
}


@cached_per_answer
def by_place(answer: Completeness) -> go.Figure:
    """Everyone, then every site: what is known and, kept apart, the three ways in which it is not."""
    return _stacked(answer, words.shares(answer, "all", "place"))


@cached_per_answer
def over_time(answer: Completeness) -> go.Figure:
    """Every period, then by outcome."""
    return _stacked(answer, words.shares(answer, "period", "outcome"))


@cached_per_answer
def bounds(answer: Completeness) -> go.Figure:
    """Every gap as a dot within the span that it could have, whoever the missing turn out to be. Right is worse."""
    measure, scale = answer.measure, numbers.display_scale(answer.measure)
    rows = answer.bounds.to_dict("records")
    gaps = np.array([[float(row[c]) for c in ("gap", "gap_smallest", "gap_largest")] for row in rows]).reshape(-1, 3)
    lines = [
        Line(
            str(row["group"]),
            figure=words.short_gap(answer, gap),
            below="" if numbers.is_no_gap(measure, gap, words.size(answer)) else numbers.short_side(measure, gap),
        )
        for row, gap in zip(rows, gaps[:, 0], strict=True)
    ]
    low, high = labelled_rows.padded([0.0, *(gaps * scale).ravel()])
    axis = "percentage points" if measure.kind == "proportion" else numbers.unit(measure)
    drawn = labelled_rows.rows_figure(lines, low, high, f"Gap, {axis}; bar: worst and best case")
    labelled_rows.heading(drawn, "worse →", high, low, high, template.MUTED)
    if len(rows):
        labelled_rows.heading(drawn, "← better", low, low, high, template.MUTED)
        _spans(drawn, gaps * scale)
        labelled_rows.vertical_ticks(drawn, [(i, 0.0) for i in range(len(rows))], template.INK)
        _gaps(drawn, gaps[:, 0] * scale, words.bounds_alt_text(answer))
    return drawn.figure()


def _stacked(answer: Completeness, shares: Sequence[Share]) -> go.Figure:
    lines = [_line(share) for share in shares]
    drawn = labelled_rows.rows_figure(
        lines, 0.0, 100.0, f"Share of {measures.describe_measure(answer.measure)}", "%", top=44
    )
    _write_legend(drawn)
    segments = [part for i, share in enumerate(shares) if share.n > 0 for part in _segments(answer, i, share)]
    _bars(drawn, segments)
    return drawn.figure()


def _segments(answer: Completeness, i: int, share: Share) -> list[_Segment]:
    """A row's bar in its parts, from the left: known, then the three kinds of missing that there are."""
    counts = {"known": share.known, **share.kinds}
    said, start, segments = words.share_in_words(answer, share), 0.0, []
    for kind, count in counts.items():
        width = 100 * count / share.n
        if width > 0:
            segments.append(_Segment(labelled_rows.mark_line(i) - _BAR / 2, start, width, _LOOKS[kind], said))
        start += width
    return segments


def _bars(drawn: Sketch, segments: Sequence[_Segment]) -> None:
    """All parts as one trace: bars of several traces would stand side by side."""
    looks = [s.look for s in segments]
    drawn.bar(
        x=np.array([s.width for s in segments]),
        base=np.array([s.start for s in segments]),
        y=np.array([s.height for s in segments]),
        width=_BAR,
        orientation="h",
        marker={
            "color": [look.fill for look in looks],
            "line": {"color": [look.edge for look in looks], "width": 1.5},
            "pattern": {
                "shape": [look.shape for look in looks],
                "fgcolor": template.PAPER,
                "bgcolor": [look.fill for look in looks],
                "size": 6,
                "solidity": 0.45,
            },
        },
        hoverinfo="text",
        hovertext=[escaping.chart(s.said) for s in segments],
    )


def _line(share: Share) -> Line:
    if not share.n > 0:
        return Line(share.name, absent=numbers.MISSING)
    status = STATUS[share.status]
    return Line(
        share.name,
        above=f"{status.mark} {status.word}",
        above_colour=template.MUTED if share.status == "good" else template.INK,
        figure=words.written(share),
        below=f"{numbers.count(share.n)} counted",
        strong=share.status == "fix_first",
    )


def _write_legend(drawn: Sketch) -> None:
    drawn.annotate(
        text=_LEGEND,
        x=0,
        xref="paper",
        y=1,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        yshift=6,
        align="left",
        font={"size": template.SMALL, "color": template.MUTED},
    )


def _spans(drawn: Sketch, gaps: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> None:
    drawn.bar(
        x=gaps[:, 2] - gaps[:, 1],
        base=gaps[:, 1],
        y=np.array([labelled_rows.mark_line(i) for i in range(len(gaps))]),
        width=0.2,
        orientation="h",
        marker={"color": template.BAND, "line": {"color": template.FAINT, "width": 1}},
        hoverinfo="skip",
    )


def _gaps(drawn: Sketch, gaps: np.ndarray[tuple[int], np.dtype[np.float64]], said: str) -> None:
    each = said.split(". ", maxsplit=2)[-1].split("; ")
    drawn.scatter(
        x=gaps,
        y=np.array([labelled_rows.mark_line(i) for i in range(len(gaps))]),
        mode="markers",
        marker={"size": 11, "color": template.FOCUS, "line": {"width": 1, "color": template.PAPER}},
        hoverinfo="text",
        hovertext=[escaping.chart(text) for text in each],
    )
