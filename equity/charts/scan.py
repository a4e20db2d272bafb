"""The scan: measures × groupings as a map, the ranked list with how sure each place is, and one group's measures."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from equity.charts import areas as area_charts
from equity.charts.parts import asking, labelled_rows, template
from equity.charts.parts.dots import dots
from equity.charts.parts.labelled_rows import Line
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import Areas, OneGroup
from equity.words import comparisons, escaping, judgements, measures, numbers
from equity.words.answers import areas as area_words
from equity.words.answers import one_group as group_words
from equity.words.answers import scan as words
from equity.words.answers.areas import Placed
from equity.words.cached_per_answer import cached_per_answer
from equity.words.comparisons import Comparison


@cached_per_answer
def heat_map(answer: Areas) -> go.Figure:
    """Measures as rows, groupings as columns; each cell the clear gap that touches most people, and how many."""
    return area_charts.mapped([m.name for m in answer.measures], answer.stratifiers, words.cells(answer))


@cached_per_answer
def ranked(answer: Areas, most: int = 12) -> go.Figure:
    """The clear gaps that touch most people, each a dot with its interval, and the ranks that it could have.

    Hollow dots stand on groupings that are known for less than 95 %. Waiting times are not people: not here.
    """
    gaps = [e for e in area_words.clear(answer) if e.compared.has_excess][:most]
    rows = [e.compared.row for e in gaps]
    low, high = labelled_rows.padded(
        [v for r in rows for v in (0.0, r.excess_lower, r.excess_upper, r.excess)] or [0.0, 1.0], 0.0
    )
    title = "Affected; hollow: group not known for over 5%" if any(words.incomplete(e) for e in gaps) else "Affected"
    drawn = labelled_rows.rows_figure([_line(e, i == 0) for i, e in enumerate(gaps)], low, high, title, top=8)
    if gaps:
        _dots(drawn, gaps)
    return drawn.figure()


def _line(placed: Placed, first: bool) -> Line:
    c = placed.compared
    return Line(
        f"{measures.heading(c.measure)}: {c.row.group}",
        figure=numbers.whole(c.row.excess),
        below=words.short_place(placed),
        strong=first,
    )


def _dots(drawn: Sketch, gaps: list[Placed]) -> None:
    rows = [e.compared.row for e in gaps]
    middle = np.array([r.excess for r in rows])
    drawn.scatter(
        x=middle,
        y=np.array([labelled_rows.mark_line(i) for i in range(len(gaps))]),
        mode="markers",
        marker={
            "size": 11,
            "color": [template.PAPER if words.incomplete(e) else template.WORSE for e in gaps],
            "line": {"width": 2, "color": template.WORSE},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": np.nan_to_num(np.array([r.excess_upper for r in rows]) - middle),
            "arrayminus": np.nan_to_num(middle - np.array([r.excess_lower for r in rows])),
            "color": template.WORSE,
            "thickness": 2.5,
            "width": 0,
        },
        hoverinfo="text",
        hovertext=[escaping.chart(words.in_words(e)) for e in gaps],
        customdata=[
            asking.compared(c.measure.name, c.stratifier.name, c.row.group) for c in (e.compared for e in gaps)
        ],
    )


@cached_per_answer
def one_group(answer: OneGroup) -> go.Figure:
    """Every measure of one group: its gap as a share of the reference's rate, on an axis whose right side is harm.

    So measures of any unit stand on one scale. An interval wider than all the rest runs out at the edge.
    """
    placed = group_words.every(answer)[: group_words.DRAWN]
    marked = [(i, each) for i, each in enumerate(placed) if is_marked(each)]
    reached = [
        share
        for _, each in marked
        for share in (shares_of_the_rate(each) if _is_clear(each) else shares_of_the_rate(each)[:1])
    ]
    low, high = labelled_rows.padded([0.0, 10.0, -10.0, *(v for v in reached if np.isfinite(v))])
    lines = [_measure_line(each) for each in placed]
    drawn = labelled_rows.rows_figure(lines, low, high, "Gap, % of the rate compared with", "%")
    labelled_rows.vertical_ticks(drawn, [(i, 0.0) for i, _ in marked], template.INK)
    labelled_rows.heading(drawn, "worse →", high, low, high, template.MUTED)
    if -low > 0.2 * (high - low):
        labelled_rows.heading(drawn, "← better", low, low, high, template.MUTED)
    for colour in (template.WORSE, template.BETTER, template.OTHERS):
        chosen = [(i, each) for i, each in marked if _role_colour(each) == colour]
        dots(
            drawn,
            [labelled_rows.mark_line(i) for i, _ in chosen],
            [shares_of_the_rate(each) for _, each in chosen],
            [group_words.in_words(each) for _, each in chosen],
            [asking.compared(each.compared.measure.name, answer.stratifier.name, answer.group) for _, each in chosen],
            colour,
            "circle",
            hollow=colour == template.OTHERS,
        )
    return drawn.figure()


def is_marked(placed: Placed) -> bool:
    """Whether the group's gap on this measure is drawn: compared, of enough people, its share of a rate known."""
    row = placed.compared.row
    return row.compared and np.isfinite(row.relative_gap)


def _is_clear(placed: Placed) -> bool:
    return placed.compared.row.verdict in ("disparity", "small_certain")


def shares_of_the_rate(placed: Placed) -> tuple[float, float, float]:
    """The gap in per cent of the reference's rate, toward harm, and its limits: of the ratio, as the interval is."""
    row, sign = placed.compared.row, placed.compared.measure.harm_sign
    lower, upper = sorted((sign * (row.ratio_lower - 1) * 100, sign * (row.ratio_upper - 1) * 100))
    return row.relative_gap * 100, lower, upper


def _role_colour(placed: Placed) -> str:
    if not _is_clear(placed):
        return template.OTHERS
    return template.WORSE if placed.compared.row.gap > 0 else template.BETTER


def _measure_line(placed: Placed) -> Line:
    c, name = placed.compared, measures.heading(placed.compared.measure)
    if absent := comparisons.absence(c):
        return Line(name, absent=absent, hatched=c.row.shown == "hidden")
    if c.row.verdict == "reference":
        return Line(name, absent="The others are compared with this group")
    if not c.row.visible or not numbers.known(c.row.gap):
        return Line(name, absent="Not compared")
    few, verdict = c.row.reliability == "too_few", judgements.VERDICTS[c.row.verdict]
    affected = numbers.known(placed.rank) and c.has_excess
    return Line(
        name,
        above="too few to read" if few else f"{verdict.mark} {verdict.word}",
        above_colour=template.MUTED if few else template.INK,
        figure="" if few else _size(c),
        below=f"{numbers.whole(c.row.excess)} affected" if affected else "",
        strong=placed.rank == 1,
    )


def _size(c: Comparison) -> str:
    """How far apart, in the measure's own unit: "13.5 pts", "20 min"; of a rate how many times."""
    if c.is_even:
        return numbers.NO_DIFFERENCE
    times = comparisons.ratio(c) if c.measure.kind == "rate" else ""
    return times or comparisons.gap_in_short(c).rpartition(" ")[0]
