"""The series of a block drawn as control charts: those that are drawn alike are drawn together.

A screen shows eight groups. Drawn one by one they would take eight times the calls, and the calls are what it costs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from equity.lens.choices import Frame
from equity.lens.comparisons.blocks import Block
from equity.lens.over_time.event_days import periods_of_days
from equity.lens.tables import Columns
from equity.stats.estimate import BoolArray, Polarity
from equity.stats.over_time import chart_limits as charts
from equity.stats.over_time import chart_series, improvement_icons, rare_events, run_rules
from equity.stats.over_time.chart_choice import ChartChoice
from equity.stats.over_time.control_charts import BETWEEN_EVENTS, BY_NAME, fitting
from equity.stats.over_time.run_rules import RunSignals
from equity.vocabulary import Measure, PlainError

MOST_DISTANCES = 500
"""More distances between events than this are not rare events, and no chart that anybody could read."""

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class DrawnSeries:
    """One group's series, the chart it is drawn as, and what people laid over it; ``at`` is its place in the block.

    ``days`` are the days of its events, None where they are not known.
    """

    group: str
    at: int
    kind: str
    proposal: ChartChoice
    frame: Frame
    days: Floats | None = None

    @property
    def is_judged(self) -> bool:
        """Whether rules and limits may speak: not of a rate with too few events a period."""
        return self.kind in BETWEEN_EVENTS or not self.proposal.is_rare


@dataclass(frozen=True)
class Drawn:
    """Charts of the same points and phases, (series, points), in the order of ``series``.

    A point a period, or for t charts a point an event; ``at`` (points,) is the period that each lies in.
    """

    series: tuple[DrawnSeries, ...]
    at: Integers
    charts: charts.ControlChart


@dataclass(frozen=True)
class Marks:
    """What is marked on charts.

    ``columns`` are longest, shift and trend (0 and 1 a point) and special (−1 to 1), (series, points) each;
    ``variation`` (series,) the icons' codes; ``signals`` the Anhøj rules of each phase.
    """

    columns: Columns
    variation: npt.NDArray[np.str_]
    signals: tuple[RunSignals, ...]


def drawn_together(measure: Measure, block: Block, asked: Sequence[DrawnSeries]) -> list[Drawn]:
    """Every series drawn; a t chart without two events whose days are known has no point and is left out.

    Raises:
        PlainError: a chart does not fit the measure or has too many points.
    """
    alike: dict[tuple[str, Frame], list[DrawnSeries]] = {}
    for one in asked:
        if one.kind not in BETWEEN_EVENTS:
            alike.setdefault((one.kind, one.frame), []).append(one)
    by_period: dict[tuple[int, ...], list[Drawn]] = {}
    for (kind, frame), series in alike.items():
        drawn = _by_period(kind, measure, block, series, frame)
        by_period.setdefault(tuple(drawn.charts.phase.tolist()), []).append(drawn)
    of_events = (_between_events(block, one) for one in asked if one.kind in BETWEEN_EVENTS)
    return [*map(_side_by_side, by_period.values()), *(drawn for drawn in of_events if drawn is not None)]


def polarity_of(one: DrawnSeries, measure: Measure) -> Polarity:
    """Which way is better on this chart: a longer way between events is a lower rate of them."""
    turned: dict[Polarity, Polarity] = {"higher_better": "lower_better", "lower_better": "higher_better"}
    if one.kind in BETWEEN_EVENTS:
        return turned.get(measure.polarity, measure.polarity)
    return measure.polarity


def marks_of(drawn: Drawn, measure: Measure) -> Marks:
    """The marks of charts that are drawn together: better is on the same side of all of them."""
    chart = drawn.charts
    counted = replace(chart, value=np.where(chart.excluded, np.nan, chart.value))
    judged = np.array([one.is_judged for one in drawn.series])
    special = np.where(judged[:, np.newaxis], improvement_icons.special_cause_sides(chart), 0)
    columns: Columns = {
        "longest": _by_phase(counted, run_rules.longest_run_points),
        "shift": _by_phase(counted, run_rules.shift_points),
        "trend": _by_phase(counted, lambda values, _: run_rules.trend_points(values)),
        "special": special,
    }
    columns = {name: np.where(judged[:, np.newaxis], marks, 0) for name, marks in columns.items()}
    variation = improvement_icons.variation_of(chart, special, polarity_of(drawn.series[0], measure))
    signals = tuple(_silent(phase, ~judged) for phase in chart_series.signals_of_many(chart))
    return Marks(columns, np.where(judged, variation, ""), signals)


def _silent(signals: RunSignals, silent: BoolArray) -> RunSignals:
    """The rules' figures with none for some of the series: no point is useful to them."""
    figures = {name: getattr(signals, name) for name in RunSignals.__dataclass_fields__}
    return RunSignals(**{name: np.where(silent, np.zeros_like(each), each) for name, each in figures.items()})


def _side_by_side(parts: Sequence[Drawn]) -> Drawn:
    series = tuple(one for part in parts for one in part.series)
    return Drawn(series, parts[0].at, chart_series.side_by_side([part.charts for part in parts]))


def _by_period(kind: str, measure: Measure, block: Block, series: Sequence[DrawnSeries], frame: Frame) -> Drawn:
    """A point a period."""
    periods = len(block.periods)
    places, at, laid = [one.at for one in series], np.arange(periods), _laid(frame, periods)
    n, x = (np.ascontiguousarray(sums[0][:, places].T) for sums in (block.sample.n, block.sample.x))
    chart = BY_NAME[kind]
    if measure.kind == "mean" and measure.kind not in chart.fits:
        charts_of_averages = " or ".join(each.name for each in fitting("mean"))
        raise PlainError(f"“{measure.name}” is an average, not a count: choose the chart {charts_of_averages}.")
    if chart.of_a_share and np.any(x > n):
        raise PlainError(f"“{measure.name}” has more events than its denominator: draw it as a u or up chart.")
    assert chart.draw is not None
    return Drawn(tuple(series), at, chart.draw(x, n, laid))


def _between_events(block: Block, one: DrawnSeries) -> Drawn | None:
    """A point an event: days since the event before; None without any. Frames do not apply to them."""
    if one.days is None or len(one.days) < 2:
        return None
    if len(one.days) > MOST_DISTANCES:
        raise PlainError(
            f"There are {len(one.days):,} events here, and a {one.kind} chart is for rare ones: choose another chart."
        )
    between = rare_events.days_between(one.days)
    return Drawn((one,), periods_of_days(block, one.days)[1:], rare_events.t_chart(between[np.newaxis]))


def _laid(frame: Frame, periods: int) -> charts.ChartFrame:
    baseline = np.array(frame.baseline, dtype=bool) if any(frame.baseline) else None
    excluded = np.array(frame.excluded, dtype=bool) if any(frame.excluded) else None
    starts = tuple(start for start in frame.phase_starts if 0 < start < periods)
    return charts.ChartFrame(baseline, excluded, starts)


def _by_phase(chart: charts.ControlChart, rule: Callable[[Floats, Floats], BoolArray]) -> Integers:
    """1 at the points that a rule marks, phase by phase: runs do not reach across. Charts (series, points)."""
    marked = np.zeros(chart.value.shape, dtype=np.int64)
    for number in range(int(chart.phase[-1]) + 1):
        inside = chart.phase == number
        marked[..., inside] = rule(chart.value[..., inside], chart.centre[..., inside])
    return marked
