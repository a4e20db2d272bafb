"""The numbers of a chart, as an office program draws them itself: labels, values, intervals; scaled as on the axis.

Three kinds, each with what stands where there is no number: dots with intervals (groups, or a gap over time), lines
(groups over time) and bars (people affected, where length is the message).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from equity.charts import disparities as group_charts
from equity.charts.over_time.trends import series
from equity.charts.parts.lines_over_time import TrendSeries
from equity.improvement.aim_line import AimLine, placed
from equity.lens.answers import Areas, Disparities, Trends
from equity.vocabulary import Measure
from equity.words import comparisons, groups, measures, numbers, periods, references
from equity.words.answers import areas as area_words
from equity.words.answers import trends as trend_words
from equity.words.answers.chart_frames import Event
from equity.words.answers.disparities import compared
from equity.words.escaping import one_line
from equity.words.rows import GroupRow, focus
from equity.words.work.aims import line_label

FEW = 1000
_PER_CENT = '"%"'


@dataclass(frozen=True)
class Point:
    """A value and its interval, scaled as on the axis; NaN where there is none.

    ``strong`` is the one in focus; ``form`` formats this number where it is rounded otherwise than the others.
    """

    label: str
    value: float
    lower: float = math.nan
    upper: float = math.nan
    strong: bool = False
    form: str = ""

    @property
    def below(self) -> float:
        """How far the interval reaches down; 0 without one."""
        return max(0.0, self.value - self.lower) if self.value == self.value and self.lower == self.lower else 0.0

    @property
    def above(self) -> float:
        """How far the interval reaches up; 0 without one."""
        return max(0.0, self.upper - self.value) if self.value == self.value and self.upper == self.upper else 0.0


@dataclass(frozen=True)
class Dots:
    """Points with intervals; ``reference`` is a level line with its name, NaN for none; ``form`` formats a number."""

    name: str
    points: tuple[Point, ...]
    axis: str
    form: str
    reference: float = math.nan
    reference_name: str = ""


@dataclass(frozen=True)
class Line:
    """One group over time, NaN in a hole; ``role`` is focus, reference, others, or aim for the way to an aim."""

    name: str
    values: tuple[float, ...]
    role: str


@dataclass(frozen=True)
class Lines:
    """Groups over time; ``gap`` is the panel under them, where there is one."""

    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    axis: str
    form: str
    gap: Dots | None = None


@dataclass(frozen=True)
class Rest:
    """What a bar leaves: a part's name, its length a point, and its look (``blue``, ``striped``, ``outlined``)."""

    name: str
    values: tuple[float, ...]
    look: str


@dataclass(frozen=True)
class Bars:
    """Counts with intervals, the most first; or, with ``rest``, grey shares with what each leaves beside them."""

    name: str
    points: tuple[Point, ...]
    axis: str
    form: str
    rest: tuple[Rest, ...] = ()


NativeChart = Dots | Lines | Bars


def rates(answer: Disparities) -> Dots:
    """Every group's rate, in the page's order; a group without a number keeps its place and says why."""
    scale, strong = numbers.display_scale(answer.measure), focus(answer)
    rows = group_charts.ordered(answer)
    return Dots(
        name=measures.heading(answer.measure),
        points=tuple(_rate(answer, row, scale, strong is not None and row.group == strong.group) for row in rows),
        axis=_unit(answer, measures.heading(answer.measure)),
        form=form_of(answer.measure, math.inf),
        reference=answer.reference.rate * scale,
        reference_name=references.short(answer.reference, answer.measure),
    )


def gaps(answer: Disparities) -> Dots:
    """Every compared group's gap toward harm, zero the reference."""
    scale, strong = numbers.display_scale(answer.measure), focus(answer)
    rows = [row for row in group_charts.ordered(answer) if row.visible and numbers.known(row.gap)]
    return Dots(
        name="Gap",
        points=tuple(
            Point(
                one_line(row.group),
                row.gap * scale,
                row.gap_lower * scale,
                row.gap_upper * scale,
                strong is not None and row.group == strong.group,
                form_of(None, row.n) if answer.measure.kind == "proportion" else "",
            )
            for row in rows
            if row.verdict != "reference"
        ),
        axis=_gap_axis(answer),
        form="0.0",
        reference=0.0,
        reference_name="No gap",
    )


def over_time(answer: Trends, group: str = "", happened: Sequence[Event] = (), aims: Sequence[AimLine] = ()) -> Lines:
    """Every group's rate over time; points with too few people to read alone are holes, save in the group in focus.

    What happened stands as its number in brackets beside its first period.
    """
    strong = group or trend_words.focus(answer)
    every = [one for one in series(answer) if one.kind in ("group", "other")]
    gap = gap_over_time(answer, group)
    return Lines(
        periods=tuple(_marked(period, happened) for period in answer.periods),
        lines=(*(_line(answer, one, strong) for one in every), *_aims(answer, aims)),
        axis=_unit(answer, measures.heading(answer.measure)),
        form="0.0",
        gap=gap if any(point.value == point.value for point in gap.points) else None,
    )


def gap_over_time(answer: Trends, group: str = "") -> Dots:
    """The gap of the group in focus, period by period, toward harm, with its intervals."""
    strong = group or trend_words.focus(answer)
    one = next((one for one in series(answer) if one.group == strong), None)
    points: list[Point] = []
    if one is not None:
        triples = zip(answer.periods, one.gap, one.gap_lower, one.gap_upper, strict=True)
        points = [Point(periods.short(at), float(gap), float(low), float(high)) for at, gap, low, high in triples]
    return Dots(f"Gap: {one_line(strong)}", tuple(points), _gap_axis(answer), "0.0", 0.0, "No gap")


def people_affected(answer: Areas) -> Bars:
    """The clear gaps that touch most people."""
    countable = area_words.countable(answer)
    return Bars(
        name="People, visits or events affected",
        points=tuple(
            Point(
                f"{measures.heading(gap.measure)}: {groups.started(gap.who)}",
                gap.row.excess,
                gap.row.excess_lower,
                gap.row.excess_upper,
            )
            for gap in countable
        ),
        axis="People, visits or events affected",
        form="#,##0",
    )


def _rate(answer: Disparities, row: GroupRow, scale: float, strong: bool) -> Point:
    if not row.visible:
        why = comparisons.absence(compared(answer, row)) or numbers.MISSING
        return Point(f"{one_line(row.group)} ({why[:1].lower()}{why[1:]})", math.nan)
    form = form_of(answer.measure, row.n)
    return Point(one_line(row.group), row.rate * scale, row.lower * scale, row.upper * scale, strong, form)


def _line(answer: Trends, one: TrendSeries, strong: str) -> Line:
    role = "focus" if one.group == strong else "reference" if one.group == answer.reference.group else "others"
    values = one.readable if role == "others" else one.rate
    return Line(one_line(one.group), tuple(float(value) for value in values), role)


def _marked(period: str, happened: Sequence[Event]) -> str:
    said = ", ".join(str(event.number) for event in happened if event.first == period)
    return f"{periods.short(period)} ({said})" if said else periods.short(period)


def _aims(answer: Trends, aims: Sequence[AimLine]) -> Iterator[Line]:
    """The way to each aim, in the periods that it crosses here; one that crosses fewer than two is left out."""
    scale, every = numbers.display_scale(answer.measure), range(len(answer.periods))
    for aim in aims:
        way = placed(aim, answer.periods)
        (begins, ends), (low, high) = way.x, way.y
        heights = {at: low + (high - low) * (at - begins) / (ends - begins) for at in every if begins <= at <= ends}
        if len(heights) > 1:
            values = tuple(scale * heights.get(at, math.nan) for at in every)
            yield Line(line_label(answer.measure, aim), values, "aim")


def _unit(answer: Disparities | Trends, name: str) -> str:
    unit = numbers.unit(answer.measure)
    return f"{name}, {unit}" if unit else name


def _gap_axis(answer: Disparities | Trends) -> str:
    unit = "percentage points" if answer.measure.kind == "proportion" else numbers.unit(answer.measure)
    side = "" if answer.measure.polarity == "neutral" else "; higher is worse"
    return f"Gap{f', {unit}' if unit else ''}{side}"


def form_of(measure: Measure | None, n: float) -> str:
    """How a number is rounded, as on the page: a share to a whole per cent below 1,000 people, else one decimal.

    ``measure`` None is for gaps and their parts, which carry no unit of their own.
    """
    if measure is None or measure.kind == "proportion":
        whole = numbers.known(n) and n < FEW
        return f"{'0' if whole else '0.0'}{'' if measure is None else _PER_CENT}"
    return "0.0"
