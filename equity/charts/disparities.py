"""Groups compared in one period: their rates as dots with intervals, and their gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import asking, labelled_rows, template
from equity.charts.parts.dots import dots
from equity.charts.parts.labelled_rows import Line
from equity.charts.parts.sketch import Sketch
from equity.lens.answers import Disparities
from equity.stats.gap import RELATIVE_THRESHOLD
from equity.words import comparisons, escaping, judgements, measures, numbers, references
from equity.words.answers.disparities import column_n, compared
from equity.words.cached_per_answer import cached_per_answer
from equity.words.groups import how_many
from equity.words.rows import GroupRow, can_be_picked, focus_name, group_rows

Order = Literal["rate", "listed"]
_SPREAD_BELOW = 0.16
_ASIDE = ("unknown", "declined", "not_asked")


@cached_per_answer
def groups(answer: Disparities, order: Order = "rate") -> go.Figure:
    """Every group's rate: a dot with its interval, the reference as a line, the spread behind, n and gap at the right.

    ``order`` is ``rate`` (worst first; ordered stratifiers keep their own order) or ``listed`` (as the stratifier has
    them). Hidden groups, groups without data and people in no group always come last, in the stratifier's order.
    """
    rows = ordered(answer, order)
    return _rates(answer, rows, _rate_range(answer, rows, numbers.display_scale(answer.measure)))


@cached_per_answer
def groups_as_asked(answer: Disparities) -> go.Figure:
    """:func:`groups` where they stood when they were guessed (`predictions.groups_compared`): as listed, 0 to 100 %."""
    rows = ordered(answer, "listed")
    own = _rate_range(answer, rows, numbers.display_scale(answer.measure))
    return _rates(answer, rows, (0.0, 100.0) if answer.measure.kind == "proportion" else own)


def _rates(answer: Disparities, rows: Sequence[GroupRow], span: tuple[float, float]) -> go.Figure:
    strong, scale = focus_name(answer), numbers.display_scale(answer.measure)
    lines = [_rate_line(answer, row, strong) for row in rows]
    low, high = span
    suffix = "%" if answer.measure.kind == "proportion" else ""
    drawn = labelled_rows.rows_figure(lines, low, high, _rate_axis(answer), suffix)
    _draw_reference(drawn, answer, rows, scale, low, high)
    _draw_spread(drawn, answer, rows, scale)
    _draw_dots(drawn, answer, rows, scale, strong)
    return drawn.figure()


@cached_per_answer
def gaps(answer: Disparities, order: Order = "rate") -> go.Figure:
    """Every compared group's gap with its interval, on an axis whose right side is harm.

    Zero is marked, and the faint lines stand where the gap is 10 % of the reference's rate (or of its complement, where
    that is nearer).
    """
    rows = _with_a_gap(ordered(answer, order))
    return _gaps(answer, rows, _gap_range(answer, rows))


@cached_per_answer
def gaps_as_asked(answer: Disparities) -> go.Figure:
    """:func:`gaps` where they stood when they were guessed (`predictions.gaps`): as listed, no gap in the middle."""
    rows = _with_a_gap(ordered(answer, "listed"))
    furthest = max(map(abs, _gap_range(answer, rows)))
    return _gaps(answer, rows, (-furthest, furthest))


def _with_a_gap(rows: Sequence[GroupRow]) -> list[GroupRow]:
    return [row for row in rows if row.kind not in _ASIDE and row.verdict != "reference"]


def _gap_range(answer: Disparities, rows: Sequence[GroupRow]) -> tuple[float, float]:
    scale = numbers.display_scale(answer.measure)
    near = _ten_per_cent(answer) * scale
    marked = [r for r in rows if r.visible and numbers.known(r.gap)]
    reached = [v * scale for r in marked for v in _reach(r, r.gap, r.gap_lower, r.gap_upper)]
    return labelled_rows.padded([0.0, near, -near, *reached])


def _gaps(answer: Disparities, rows: Sequence[GroupRow], span: tuple[float, float]) -> go.Figure:
    measure, scale = answer.measure, numbers.display_scale(answer.measure)
    strong = focus_name(answer)
    lines = [_gap_line(answer, row, strong) for row in rows]
    marked = [(i, r) for i, r in enumerate(rows) if r.visible and numbers.known(r.gap)]
    near = _ten_per_cent(answer) * scale
    low, high = span
    drawn = labelled_rows.rows_figure(lines, low, high, _gap_axis(answer))
    drawable = [i for i, line in enumerate(lines) if not line.absent]
    for side in (-near, near) if near else ():
        labelled_rows.vertical_ticks(drawn, [(i, side) for i in drawable], template.FAINT, 1, "dot")
    labelled_rows.vertical_ticks(drawn, [(i, 0.0) for i in drawable], template.INK)
    _head_gaps(drawn, answer, low, high)
    for colour in (template.WORSE, template.BETTER, template.OTHERS):
        chosen = [(i, r) for i, r in marked if _gap_colour(measure.polarity, r) == colour]
        dots(
            drawn,
            [labelled_rows.mark_line(i) for i, _ in chosen],
            [(r.gap * scale, r.gap_lower * scale, r.gap_upper * scale) for _, r in chosen],
            [comparisons.described(compared(answer, r)) for _, r in chosen],
            [_ask(answer, r) for _, r in chosen],
            colour,
            "circle",
            hollow=colour == template.OTHERS,
        )
    return drawn.figure()


def ordered(answer: Disparities, order: Order = "rate") -> list[GroupRow]:
    """The rows as the charts have them, from the top: see :func:`groups`."""
    rows = group_rows(answer.rows)
    ranked = [r for r in rows if r.visible and r.kind not in _ASIDE]
    aside = [r for r in rows if r.visible and r.kind in _ASIDE]
    absent = [r for r in rows if not r.visible]
    if order == "rate" and not answer.stratifier.ordered:
        ranked.sort(key=lambda r: -r.rate * answer.measure.harm_sign)
    return [*ranked, *aside, *absent]


def _rate_line(answer: Disparities, row: GroupRow, strong: str) -> Line:
    absent = comparisons.absence(compared(answer, row))
    if absent:
        return Line(row.group, absent=absent, hatched=row.shown == "hidden")
    if not row.visible:
        return Line(row.group, absent=numbers.MISSING)
    return Line(
        row.group,
        above=comparisons.gap_in_short(compared(answer, row)),
        above_colour=template.INK if row.compared else template.MUTED,
        figure=numbers.bare_rate(answer.measure, row.rate, column_n(answer)),
        below=how_many(compared(answer, row).counted, row.n) if numbers.known(row.n) else "",
        strong=row.group == strong,
    )


def _gap_line(answer: Disparities, row: GroupRow, strong: str) -> Line:
    absent = comparisons.absence(compared(answer, row))
    if absent:
        return Line(row.group, absent=absent, hatched=row.shown == "hidden")
    if not row.visible or not numbers.known(row.gap):
        return Line(row.group, absent="Not compared")
    verdict = judgements.VERDICTS[row.verdict]
    few = row.reliability == "too_few"
    about = compared(answer, row)
    size = comparisons.gap_in_short(about._replace(row=row._replace(reliability="")))
    return Line(
        row.group,
        above="too few to read" if few else f"{verdict.mark} {verdict.word}",
        above_colour=template.MUTED if few else template.INK,
        figure=size.rpartition(" ")[0] if not about.is_even else "no difference",
        below="" if about.is_even else numbers.short_side(answer.measure, row.gap),
        strong=row.group == strong,
    )


def _rate_range(answer: Disparities, rows: Sequence[GroupRow], scale: float) -> tuple[float, float]:
    seen = [v for r in rows if r.visible for v in _reach(r, r.rate, r.lower, r.upper)]
    behind = answer.spread["rate"].astype(float).tolist() if len(answer.spread) else []
    values = [v * scale for v in (*seen, *behind, answer.reference.rate)]
    if answer.measure.kind == "mean":
        return labelled_rows.padded(values)
    return labelled_rows.padded(values, 0.0, 100.0 if answer.measure.kind == "proportion" else None)


def _reach(row: GroupRow, value: float, lower: float, upper: float) -> tuple[float, ...]:
    """How far a row stretches the axis: an interval too wide to be read runs out at the edge instead."""
    return (value,) if row.reliability == "too_few" else (value, lower, upper)


def _rate_axis(answer: Disparities) -> str:
    unit = numbers.unit(answer.measure)
    return f"{measures.heading(answer.measure)}{f', {unit}' if unit else ''}"


def _gap_axis(answer: Disparities) -> str:
    unit = "percentage points" if answer.measure.kind == "proportion" else numbers.unit(answer.measure)
    dotted = "; dotted: 10% of the reference" if _ten_per_cent(answer) else ""
    return f"Gap{f', {unit}' if unit else ''}{dotted}"


def _ten_per_cent(answer: Disparities) -> float:
    """The smallest gap that is 10 % of the reference in either framing; 0 where the reference has no one rate."""
    rate = answer.reference.rate
    if not numbers.known(rate) or answer.measure.polarity == "neutral":
        return 0.0
    return RELATIVE_THRESHOLD * (min(rate, 1 - rate) if answer.measure.kind == "proportion" else abs(rate))


def _head_gaps(drawn: Sketch, answer: Disparities, low: float, high: float) -> None:
    if answer.measure.polarity == "neutral":
        labelled_rows.heading(drawn, "above the reference →", high, low, high, template.MUTED)
        return
    labelled_rows.heading(drawn, "worse →", high, low, high, template.MUTED)
    if (0.0 - low) / (high - low) > 0.2:
        labelled_rows.heading(drawn, "← better", low, low, high, template.MUTED)


def _gap_colour(polarity: str, row: GroupRow) -> str:
    if polarity == "neutral" or row.reliability == "too_few" or row.verdict not in ("disparity", "small_certain"):
        return template.OTHERS
    return template.WORSE if row.gap > 0 else template.BETTER


def _draw_reference(
    drawn: Sketch, answer: Disparities, rows: Sequence[GroupRow], scale: float, low: float, high: float
) -> None:
    """The reference as a broken line down the rows, named at its top; everyone else differs from row to row."""
    if numbers.known(answer.reference.rate):
        at = answer.reference.rate * scale
        labelled_rows.vertical_ticks(drawn, [(i, at) for i, r in enumerate(rows) if r.visible], template.INK, 1.5)
        labelled_rows.heading(
            drawn, references.short(answer.reference, answer.measure, column_n(answer)), at, low, high
        )
        return
    sign = answer.measure.harm_sign
    own = [(i, (r.rate - sign * r.gap) * scale) for i, r in enumerate(rows) if r.visible and numbers.known(r.gap)]
    labelled_rows.vertical_ticks(drawn, own, template.INK, 1.5)
    if own:
        labelled_rows.heading(drawn, "┃ all others", high, low, high)


def _draw_spread(drawn: Sketch, answer: Disparities, rows: Sequence[GroupRow], scale: float) -> None:
    place = {r.group: labelled_rows.mark_line(i) + _SPREAD_BELOW for i, r in enumerate(rows) if r.visible}
    behind = answer.spread[answer.spread["group"].isin(list(place))]
    if not len(behind):
        return
    rates = behind["rate"].to_numpy(dtype=float)
    said = [
        f"{group}, {value}: {numbers.rate(answer.measure, rate, n)}, {numbers.count(n)} counted"
        for group, value, rate, n in zip(behind["group"], behind["value"], rates, behind["n"], strict=True)
    ]
    drawn.scatter(
        x=rates * scale,
        y=np.array([place[g] for g in behind["group"]]),
        mode="markers",
        marker={"size": 5, "color": template.FAINT, "symbol": "circle"},
        hoverinfo="text",
        hovertext=[escaping.chart(s) for s in said],
        customdata=[asking.alone(w, v) for w, v in zip(behind["within"], behind["value"], strict=True)],
    )


def _draw_dots(drawn: Sketch, answer: Disparities, rows: Sequence[GroupRow], scale: float, strong: str) -> None:
    looks = {
        "others": (template.OTHERS, "circle", False),
        "aside": (template.OTHERS, "square", True),
        "few": (template.OTHERS, "circle", True),
        "reference": (template.INK, "diamond", False),
        "focus": (template.FOCUS, "circle", False),
    }
    for role, (colour, symbol, hollow) in looks.items():
        chosen = [(i, r) for i, r in enumerate(rows) if r.visible and _role(r, strong) == role]
        dots(
            drawn,
            [labelled_rows.mark_line(i) for i, _ in chosen],
            [(r.rate * scale, r.lower * scale, r.upper * scale) for _, r in chosen],
            [comparisons.described(compared(answer, r)) for _, r in chosen],
            [_ask(answer, r) for _, r in chosen],
            colour,
            symbol,
            hollow,
        )


def _ask(answer: Disparities, row: GroupRow) -> asking.Ask:
    return asking.focus(row.group, row.group == answer.choices.focus) if can_be_picked(row) else None


def _role(row: GroupRow, strong: str) -> str:
    if row.verdict == "reference":
        return "reference"
    if row.group == strong:
        return "focus"
    if row.kind in _ASIDE:
        return "aside"
    return "few" if row.reliability == "too_few" else "others"
