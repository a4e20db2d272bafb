"""Groups and their gap over time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from equity.charts.parts import aim_lines, asking, events, line_ends, template, time_axis
from equity.charts.parts.aim_lines import Way
from equity.charts.parts.labelled_rows import padded
from equity.charts.parts.line_ends import EndLabel
from equity.charts.parts.lines_over_time import TrendSeries, draw_band, draw_line
from equity.charts.parts.sketch import Sketch
from equity.improvement.aim_line import AimLine
from equity.lens.answers import Trends
from equity.lens.drawn_groups import READABLE_SHARE
from equity.words import escaping, measures, numbers, periods, references
from equity.words.answers import trends as words
from equity.words.answers.chart_frames import Event
from equity.words.cached_per_answer import cached_per_answer
from equity.words.labels.charts import CHART_TEXTS

HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 540, 26, 46, 42, 122
RATES, GAP, ALONE = (0.42, 1.0), (0.0, 0.27), (0.0, 1.0)
ALONE_HEIGHT = 340
"""Of a figure without a gap to draw."""

SAID_OF_GAP, GAP_TITLE, SOFT_BREAK, SAID_HEIGHT = "what is said of the gap", "title of the gap", " <br>", 14
"""What the gap's words are called in the figure, for `equity.charts.screens`, where a sentence has room on one line."""

PHONE_LETTERS = 62
"""So many letters of small type stand beside each other on a phone."""

OTHERS_NAMED = 3
"""How many lines besides the focus and the reference have their names at their ends."""


@cached_per_answer
def over_time(
    answer: Trends, group: str = "", happened: tuple[Event, ...] = (), aims: tuple[AimLine, ...] = ()
) -> go.Figure:
    """All groups over time, one in focus, the reference in ink; beneath, the focus group's gap on its own panel.

    ``group`` names the focus; without it the focus is the group that the finding is about. A period without data is a
    hole in the line, and so is one with too few people to read, save in the focus and the reference; other groups that
    can be read in less than half of the periods are left to the small panels. Where there is no gap to follow there is
    no panel for it. On the gap's panel up is worse, and the
    verdict on its change and the change of either side stand in words. ``happened`` are verticals through both panels;
    ``aims`` dashed lines from where a group stood toward where it is meant to be, as far as the chart goes.
    """
    every = _shown(answer)
    focus = group or words.focus(answer)
    gap_of = next((s for s in every if s.group == focus and np.isfinite(s.gap).any()), None)
    ways = aim_lines.on(aims, answer.measure, answer.periods)
    reach = aim_lines.reach(ways, *rate_range(answer, every, focus))
    return _over_time(answer, every, focus, gap_of, reach, happened, ways)


@cached_per_answer
def over_time_as_asked(answer: Trends, group: str = "") -> go.Figure:
    """:func:`over_time` as it was guessed (`predictions.over_time`): groups alone, shares from 0 to 100 %."""
    every, focus = _shown(answer), group or words.focus(answer)
    whole = (0.0, 100.0) if answer.measure.kind == "proportion" else rate_range(answer, every, focus)
    return _over_time(answer, every, focus, None, whole, (), ())


def _shown(answer: Trends) -> list[TrendSeries]:
    return [s for s in series(answer) if s.kind in ("group", "other") and np.isfinite(s.rate).any()]


def _over_time(
    answer: Trends,
    every: list[TrendSeries],
    focus: str,
    gap_of: TrendSeries | None,
    reach: tuple[float, float],
    happened: tuple[Event, ...],
    ways: Sequence[Way],
) -> go.Figure:
    """Groups over time on the axis ``reach``, and the gap of ``gap_of`` beneath, where there is one."""
    above = events.room(happened)
    height = HEIGHT if gap_of else ALONE_HEIGHT
    drawn = Sketch(height + above, {"l": LEFT, "r": RIGHT, "t": TOP + above, "b": BOTTOM})
    panel = _pixels(RATES) if gap_of else ALONE_HEIGHT - TOP - BOTTOM
    _draw_groups(drawn, answer, every, focus, reach, panel, ways)
    _time_axis(drawn, answer, "y2" if gap_of else "y")
    _rates_axis(drawn, answer, reach, RATES if gap_of else ALONE, above)
    if gap_of:
        _draw_gap(drawn, answer, gap_of)
        _gap_axis(drawn, answer, focus)
    drawn.tell(time=asking.over_time(answer.periods))
    events.draw(drawn, happened, answer.periods, [("x", "y"), *([("x", "y2")] if gap_of else [])])
    return drawn.figure()


@cached_per_answer
def series(answer: Trends) -> list[TrendSeries]:
    """The answer's rows as one series a group, in the stratifier's order, every period in its place."""
    scale = numbers.display_scale(answer.measure)
    drawn = []
    for name, rows in words.by_group(answer).items():
        seen = np.array([row["shown"] in ("yes", "zero") for row in rows], dtype=bool)
        columns = {
            c: np.where(seen, np.array([row[c] for row in rows], dtype=np.float64) * scale, np.nan)
            for c in ("rate", "lower", "upper", "gap", "gap_lower", "gap_upper")
        }
        said = [words.point_in_words(answer, row) for row in rows]
        hidden = any(row["shown"] == "hidden" for row in rows) and not seen.any()
        few = np.array([row["reliability"] == "too_few" for row in rows], dtype=bool)
        drawn.append(TrendSeries(name, str(rows[0]["kind"]), **columns, few=few, hidden=hidden, said=said))
    return drawn


def _draw_groups(
    drawn: Sketch,
    answer: Trends,
    every: list[TrendSeries],
    focus: str,
    reach: tuple[float, float],
    panel: float,
    ways: Sequence[Way],
) -> None:
    """The lines with their names; ``reach`` is the axis, ``panel`` how many pixels high it is."""
    reference = answer.reference.group
    rank = {focus: 2, reference: 1}
    labels = []
    for one in sorted(every, key=lambda s: -rank.get(s.group, 0)):
        if one.group in rank:
            draw_band(drawn, one.lower, one.upper, template.BAND if one.group == focus else template.HAIR, "y")
    for one in sorted(every, key=lambda s: rank.get(s.group, 0)):
        colour, width = look_of(one.group, focus, reference)
        rates = one.rate if one.group in rank else one.readable
        if one.group not in rank and np.isfinite(rates).mean() < READABLE_SHARE:
            continue
        draw_line(drawn, rates, one.said, colour, width, "y", asked=asked_of(answer, one.group, focus))
        last = rates[np.isfinite(rates)][-1]
        text_colour = template.MUTED if colour == template.OTHERS else colour
        labels.append(EndLabel(one.group, float(last), text_colour, one.group in rank))
    labels = _named(labels, answer.measure.harm_sign)
    if not reference and numbers.known(answer.reference.rate):
        at = answer.reference.rate * numbers.display_scale(answer.measure)
        level_line(drawn, answer, at, "y")
        labels.append(EndLabel(references.short(answer.reference, answer.measure), at, template.INK, True))
    labels += [aim_lines.draw(drawn, way, "y") for way in ways]
    line_ends.write(drawn, labels, *reach, panel)


def _named(labels: list[EndLabel], harm: int) -> list[EndLabel]:
    """Those in focus and compared with, and of the others the few that end worst: the rest are named when met."""
    others = sorted((label for label in labels if not label.strong), key=lambda label: -label.at * harm)
    return [label for label in labels if label.strong or label in others[:OTHERS_NAMED]]


def _draw_gap(drawn: Sketch, answer: Trends, focus: TrendSeries) -> None:
    low, high = padded([0.0, *focus.gap, *focus.gap_lower, *focus.gap_upper])
    draw_band(drawn, focus.gap_lower, focus.gap_upper, template.BAND, "y2")
    asked = asked_of(answer, focus.group, focus.group)
    draw_line(drawn, focus.gap, focus.said, template.FOCUS, 2.5, "y2", asked=asked)
    last = float(focus.gap[np.isfinite(focus.gap)][-1])
    measure = answer.measure
    size = numbers.short_gap(measure, last / numbers.display_scale(measure))
    at = periods.short([p for p, gap in zip(answer.periods, focus.gap, strict=True) if np.isfinite(gap)][-1])
    label = EndLabel(f"{at}: {size} {numbers.short_side(measure, last)}", last, template.FOCUS, True)
    labels = [label, *_draw_fitted(drawn, answer, focus.group), EndLabel("no gap", 0.0, template.INK)]
    line_ends.write(drawn, labels, low, high, _pixels(GAP), "y2")
    level_line(drawn, answer, 0.0, "y2")
    drawn.axis("yaxis2", range=[low, high])


def _draw_fitted(drawn: Sketch, answer: Trends, group: str) -> list[EndLabel]:
    """The line through every period that the finding is read from, with its end; none where windows lead."""
    change = next((c for c in words.changes(answer) if c.name == group), None)
    if change is None or answer.leading is not answer.changes or not change.verdict:
        return []
    scale = numbers.display_scale(answer.measure)
    ends = np.array([change.gap_first[0], change.gap_last[0]]) * scale
    x = np.array([0.0, len(answer.periods) - 1.0])
    line = {"color": template.FOCUS, "width": 1.5, "dash": "dot"}
    drawn.scatter(x=x, y=ends, yaxis="y2", mode="lines", line=line, hoverinfo="skip")
    size = numbers.short_gap(answer.measure, change.gap_last[0])
    return [EndLabel(CHART_TEXTS["by_the_line"].format(size=size), float(ends[1]), template.FOCUS)]


def _say_change(drawn: Sketch, said: Sequence[Sequence[str]]) -> None:
    """The verdict on the focus group's gap under its panel's title, with the change of the gap and of its two sides.

    Each sentence in the lines that a phone has room for.
    """
    if said:
        drawn.annotate(
            name=SAID_OF_GAP,
            text="<br>".join(SOFT_BREAK.join(map(escaping.chart, lines)) for lines in said),
            x=0,
            xref="paper",
            xshift=4 - LEFT,
            y=GAP[1],
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            yshift=2,
            align="left",
            font={"size": template.SMALL, "color": template.INK},
        )


def _time_axis(drawn: Sketch, answer: Trends, anchor: str) -> None:
    at, text = time_axis.ticks(answer.periods)
    reach = [-0.4, len(answer.periods) - 0.6]
    drawn.axis("xaxis", **template.quiet_axis(range=reach, tickvals=at, ticktext=text, anchor=anchor))


def _rates_axis(
    drawn: Sketch, answer: Trends, rates: tuple[float, float], domain: tuple[float, float], above: int
) -> None:
    suffix = "%" if answer.measure.kind == "proportion" else ""
    lines = {"showgrid": True, "gridcolor": template.HAIR, "nticks": 5}
    drawn.axis("yaxis", **template.quiet_axis(domain=list(domain), range=list(rates), ticksuffix=suffix, **lines))
    unit = numbers.unit(answer.measure)
    panel_title(drawn, f"{measures.heading(answer.measure)}{f', {unit}' if unit else ''}", domain[1], above)


def _gap_axis(drawn: Sketch, answer: Trends, focus: str) -> None:
    lines = {"showgrid": True, "gridcolor": template.HAIR, "nticks": 4}
    drawn.axis("yaxis2", **template.quiet_axis(domain=list(GAP), **lines))
    unit = numbers.unit(answer.measure)
    of = "points" if answer.measure.kind == "proportion" else unit
    up = "" if answer.measure.polarity == "neutral" else "; up is worse"
    said = [line_ends.wrapped(sentence, PHONE_LETTERS, 2) for sentence in words.change_beside_gap(answer, focus)]
    _say_change(drawn, said)
    above = SAID_HEIGHT * sum(map(len, said))
    panel_title(drawn, f"Gap{f', {of}' if of else ''}{up}", GAP[1], above, name=GAP_TITLE)


def asked_of(answer: Trends, group: str, focus: str) -> list[asking.Ask]:
    """What a group's points are asked: to be in focus; those of the group in focus, what their period was like."""
    if group in (focus, answer.reference.group):
        return [asking.in_period(label) for label in answer.periods]
    return [asking.focus(group, already=False)] * len(answer.periods)


def level_line(drawn: Sketch, answer: Trends, at: float, y: str) -> None:
    x = np.array([-0.4, len(answer.periods) - 0.6])
    line = {"color": template.INK, "width": 1.5}
    drawn.scatter(x=x, y=np.array([at, at]), yaxis=y, mode="lines", line=line, hoverinfo="skip")


def panel_title(drawn: Sketch, text: str, at: float, above: int = 0, name: str = "panel title") -> None:
    drawn.annotate(
        name=name,
        text=escaping.chart(escaping.one_line(text, PHONE_LETTERS)),
        x=0,
        xref="paper",
        xshift=4 - LEFT,
        y=at,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        yshift=6 + above,
        font={"size": template.SMALL, "color": template.MUTED},
    )


def look_of(group: str, focus: str, reference: str) -> tuple[str, float]:
    if group == focus:
        return template.FOCUS, 3
    return (template.INK, 2) if group == reference else (template.OTHERS, 1)


def rate_range(answer: Trends, every: list[TrendSeries], focus: str) -> tuple[float, float]:
    values = [v for s in every for v in s.readable]
    strong = (answer.reference.group, focus)
    values += [v for s in every if s.group in strong for v in (*s.rate, *s.lower, *s.upper)]
    values.append(answer.reference.rate * numbers.display_scale(answer.measure))
    if answer.measure.kind == "mean":
        return padded(values)
    return padded(values, 0.0, 100.0 if answer.measure.kind == "proportion" else None)


def _pixels(domain: tuple[float, float]) -> float:
    return (HEIGHT - TOP - BOTTOM) * (domain[1] - domain[0])
