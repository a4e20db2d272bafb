"""Where a gap lives: each gap split in two, and what happens at every site, the whole first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import labelled_rows, template
from equity.charts.parts.labelled_rows import Line
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import GapSources
from equity.words import escaping, groups, measures, numbers
from equity.words.answers import gap_sources as words
from equity.words.answers.gap_sources import Part, Stratum, Triple
from equity.words.cached_per_answer import cached_per_answer

_APART = 0.13


@cached_per_answer
def sites(answer: GapSources, group: str = "") -> go.Figure:
    """The group in focus beside its reference: overall as it is, then at every site.

    ``group`` names the focus; without it the group that the finding is about.
    """
    focus = group or words.focus(answer)
    part = next((p for p in words.parts(answer) if p.group == focus), None)
    strata = [] if part is None else [_whole(answer, part), *words.strata(answer, focus)]
    lines = [_site_line(answer, s, i == 0) for i, s in enumerate(strata)]
    seen = [(i, s) for i, s in enumerate(strata) if s.compared]
    scale = numbers.display_scale(answer.measure)
    ends = [v * scale for _, s in seen for v in (s.rate, s.reference_rate)]
    bounded = (None, None) if answer.measure.kind == "mean" else (0.0, _ceiling(answer))
    low, high = labelled_rows.padded(ends, *bounded)
    suffix = "%" if answer.measure.kind == "proportion" else ""
    drawn = labelled_rows.rows_figure(lines, low, high, _axis(answer), suffix)
    _legend(drawn, f"● {focus} · ◆ {words.reference_name(answer)}", low, high)
    _joined(drawn, answer, seen, scale)
    for which, colour, symbol in (("reference_rate", template.INK, "diamond"), ("rate", template.FOCUS, "circle")):
        _rates(drawn, answer, seen, which, scale, colour, symbol)
    return drawn.figure()


@cached_per_answer
def split(answer: GapSources) -> go.Figure:
    """Every group's gap in two parts, toward harm: within the sites (solid) and between them (hollow)."""
    parts, scale = words.parts(answer), numbers.display_scale(answer.measure)
    lines = [
        Line(
            p.group,
            figure=words.gap_in_short(answer, p.gap[0], words.gaps_n(answer), p.crude),
            strong=p.group == words.focus(answer),
        )
        for p in parts
    ]
    readable = [p for p in parts if abs(p.gap[2] - p.gap[1]) * scale <= _widest_readable(parts, scale)]
    ends = [v * scale for p in readable for t in (p.within, p.between) for v in t]
    low, high = labelled_rows.padded([0.0, *ends])
    axis = "percentage points" if answer.measure.kind == "proportion" else numbers.unit(answer.measure)
    drawn = labelled_rows.rows_figure(lines, low, high, f"Part of the gap, {axis}; right is {_right(answer)}")
    labelled_rows.heading(drawn, "● within · ○ between", low, low, high, template.MUTED)
    labelled_rows.heading(drawn, f"{_right(answer)} →", high, low, high, template.MUTED)
    labelled_rows.vertical_ticks(drawn, [(i, 0.0) for i in range(len(parts))], template.INK)
    said = [escaping.chart(words.part_in_words(answer, p)) for p in parts]
    _parts(drawn, [p.within for p in parts], scale, -_APART, template.FOCUS, said)
    _parts(drawn, [p.between for p in parts], scale, _APART, template.PAPER, said)
    return drawn.figure()


def _right(answer: GapSources) -> str:
    """What further right is: where neither side is better, only higher."""
    return "higher" if answer.measure.polarity == "neutral" else "worse"


def _whole(answer: GapSources, part: Part) -> Stratum:
    """Everyone, as if it were one more site: its rates are the group's own and its reference's."""
    rows = [s for s in words.strata(answer, part.group) if s.reference_n > 0]
    size = sum(s.reference_n for s in rows)
    rate = sum(s.reference_rate * s.reference_n for s in rows) / size if size else float("nan")
    return Stratum("Overall, as it is", part.n, part.crude, size, rate, part.gap)


def _site_line(answer: GapSources, stratum: Stratum, first: bool) -> Line:
    if not stratum.compared:
        return Line(stratum.name, absent="Only one of the two groups is seen here")
    size = stratum.n if first else words.places_n(answer)  # the whole is rounded as in the headline
    return Line(
        stratum.name,
        above=words.stratum_gap(answer, stratum, size if first else None),
        figure=numbers.bare_rate(answer.measure, stratum.rate, size),
        below=groups.how_many(words.counted(answer), stratum.n),
        strong=first,
    )


def _joined(drawn: Sketch, answer: GapSources, seen: Sequence[tuple[int, Stratum]], scale: float) -> None:
    """The gap at each site as a thin line from the reference to the group: orange where worse, blue where better, and
    of no such color where neither side is."""
    neutral = answer.measure.polarity == "neutral"
    harm, good = (template.OTHERS, template.OTHERS) if neutral else (template.WORSE, template.BETTER)
    for colour, worse in ((harm, True), (good, False)):
        chosen = [(i, s) for i, s in seen if (s.gap[0] > 0) == worse]
        x = np.array([v for _, s in chosen for v in (s.reference_rate * scale, s.rate * scale, np.nan)])
        y = np.array([v for i, _ in chosen for v in (labelled_rows.mark_line(i), labelled_rows.mark_line(i), np.nan)])
        line = {"color": colour, "width": 4}
        drawn.scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip")


def _rates(
    drawn: Sketch,
    answer: GapSources,
    seen: Sequence[tuple[int, Stratum]],
    which: str,
    scale: float,
    colour: str,
    symbol: str,
) -> None:
    drawn.scatter(
        x=np.array([getattr(s, which) * scale for _, s in seen]),
        y=np.array([labelled_rows.mark_line(i) for i, _ in seen]),
        mode="markers",
        marker={"size": 11, "color": colour, "symbol": symbol, "line": {"width": 1, "color": template.PAPER}},
        hoverinfo="text",
        hovertext=[escaping.chart(words.stratum_in_words(answer, s)) for _, s in seen],
    )


def _parts(drawn: Sketch, gaps: Sequence[Triple], scale: float, shift: float, fill: str, said: Sequence[str]) -> None:
    if not gaps:
        return
    middle, lower, upper = np.array(gaps).T * scale
    drawn.scatter(
        x=middle,
        y=np.array([labelled_rows.mark_line(i) + shift for i in range(len(gaps))]),
        mode="markers",
        marker={"size": 9, "color": fill, "line": {"width": 2, "color": template.FOCUS}},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": np.nan_to_num(upper - middle),
            "arrayminus": np.nan_to_num(middle - lower),
            "color": template.FOCUS,
            "thickness": 2,
            "width": 0,
        },
        hoverinfo="text",
        hovertext=said,
    )


def _widest_readable(parts: Sequence[Part], scale: float) -> float:
    """Intervals more than four times as wide as the middle one run out at the edge, so that the others can be read."""
    widths = [abs(p.gap[2] - p.gap[1]) * scale for p in parts]
    return 4 * float(np.median(widths)) if widths else 0.0


def _legend(drawn: Sketch, text: str, low: float, high: float) -> None:
    labelled_rows.heading(drawn, text, low, low, high, template.MUTED)


def _axis(answer: GapSources) -> str:
    unit = numbers.unit(answer.measure)
    return f"{measures.heading(answer.measure)}{f', {unit}' if unit else ''}"


def _ceiling(answer: GapSources) -> float | None:
    return 100.0 if answer.measure.kind == "proportion" else None
