"""One group's series as a control chart, with what people decided about it laid over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import ControlChart
from equity.lens.blocks import Block, block_over_time
from equity.lens.choices import PLAIN_FRAME, Choices, Frame
from equity.lens.comparison import Columns
from equity.lens.trends import periods_of
from equity.stats import control_charts as charts
from equity.stats import improvement_icons, rare_events, run_rules
from equity.stats.chart_choice import ChartChoice, propose_chart
from equity.stats.estimate import BoolArray, Polarity
from equity.stats.period_series import PeriodSums
from equity.vocabulary import Grain, Measure, PeriodRange, PlainError, Stratifier, period_start
from equity.vocabulary.period import MONTHS_IN, add_months

CHARTS = ("run", "p", "pp", "u", "up", "i", "g", "t")
BETWEEN_EVENTS = ("g", "t")
MOST_DISTANCES = 500
"""More distances between events than this are not rare events, and no chart that anybody could read."""

NO_FRAMES: Mapping[str, Frame] = MappingProxyType({})
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Points:
    """What is drawn: a point a period, or for g and t charts a point an event (``at`` is the period it lies in)."""

    at: npt.NDArray[np.int64]
    chart: charts.ControlChart


def control_chart(
    cube: Cube,
    choices: Choices,
    group: str,
    chart: str | None = None,
    grain: Grain | None = None,
    frame: Frame = PLAIN_FRAME,
) -> ControlChart:
    """One group's series as a chart: run, p, pp (Laney p′), u, up (Laney u′), i (XmR), g or t; proposed when None.

    Raises:
        PlainError: the chart or the group is not one there is, the extract has no periods, or only estimates.
    """
    stratifier = cube.description.stratifier(choices.by)
    named = named_group(stratifier, group)
    return _charts(cube, choices, [named], chart, grain, frame)[0]


def control_charts(
    cube: Cube,
    choices: Choices,
    chart: str | None = None,
    grain: Grain | None = None,
    frame: Frame = PLAIN_FRAME,
    own_frames: Mapping[str, Frame] = NO_FRAMES,
) -> tuple[ControlChart, ...]:
    """The charts of all groups of people that have data, on the same periods and, where none is named, on one scale.

    A group whose events are so rare that a g or t chart is proposed gets a run chart beside groups that have rates.
    ``frame`` is laid over every chart, save over those of groups that have one in ``own_frames``.
    """
    stratifier = cube.description.stratifier(choices.by)
    names = [c.value for c in stratifier.categories if c.kind in ("group", "other")]
    found = _charts(cube, choices, names, chart, grain, frame, own_frames)
    kinds = {each.chart for each in found}
    if chart is None and kinds & set(BETWEEN_EVENTS) and kinds - set(BETWEEN_EVENTS):
        by_run = _charts(cube, choices, names, "run", grain, frame, own_frames)
        found = [run if one.chart in BETWEEN_EVENTS else one for one, run in zip(found, by_run, strict=True)]
    return tuple(each for each in found if each.rows["shown"].isin(["yes", "zero"]).any())


def _charts(
    cube: Cube,
    choices: Choices,
    groups: list[str],
    chart: str | None,
    grain: Grain | None,
    frame: Frame,
    own_frames: Mapping[str, Frame] = NO_FRAMES,
) -> list[ControlChart]:
    description = cube.description
    if description.values == "estimates":
        raise PlainError(f"“{description.dataset}” holds rates without counts: a control chart needs counts.")
    if chart is not None and chart not in CHARTS:
        raise PlainError(f"There is no chart “{chart}”: write one of {', '.join(CHARTS)}.")
    measure, stratifier = description.measure(choices.measure), description.stratifier(choices.by)
    grain = grain or description.grain
    periods = periods_of(description, grain, choices.period)
    block = block_over_time(cube, measure, stratifier, grain, periods, choices.where)
    asked = [_series(measure, block, group, chart, own_frames.get(group, frame)) for group in groups]
    marked = _marks(asked)
    tables = _tables([_columns(one, marks, block) for one, marks in zip(asked, marked, strict=True)])
    return [
        _chart(choices, measure, block, grain, one, marks.variation, rows)
        for one, marks, rows in zip(asked, marked, tables, strict=True)
    ]


@dataclass(frozen=True)
class _Series:
    """One group's series with the chart it is drawn as; ``n`` and ``x`` are those of its points."""

    group: str
    at: int
    kind: str
    proposal: ChartChoice
    points: Points
    n: Floats
    x: Floats
    frame: Frame
    polarity: Polarity


@dataclass(frozen=True)
class _Marks:
    """What is marked on a chart: ``columns`` are 0 and 1 a point (special −1 to 1), ``variation`` the icon's code."""

    columns: Columns
    variation: str


def _series(measure: Measure, block: Block, group: str, chart: str | None, frame: Frame) -> _Series:
    at = block.groups.index(group)
    n, x, xx = (sums[0, :, at] for sums in (block.sample.n, block.sample.x, block.sample.xx))
    proposal = propose_chart(measure.kind, PeriodSums.of(n, x, xx))
    kind = chart or proposal.kind
    points = _points(kind, measure, proposal, x, n, block.periods, frame)
    polarity = _polarity(kind, measure, proposal)
    return _Series(group, at, kind, proposal, points, n[points.at], x[points.at], frame, polarity)


def _marks(asked: Sequence[_Series]) -> list[_Marks]:
    """The marks of every chart; those of the same phases, and better on the same side, are looked at together."""
    alike: dict[tuple[Polarity, tuple[int, ...]], list[int]] = {}
    for place, one in enumerate(asked):
        alike.setdefault((one.polarity, tuple(one.points.chart.phase.tolist())), []).append(place)
    found: dict[int, _Marks] = {}
    for (polarity, _), places in alike.items():
        drawn = [asked[place].points.chart for place in places]
        names = ("value", "centre", "lower", "upper", "sigma", "outside", "excluded")
        stacked: dict[str, Any] = {name: np.stack([getattr(one, name) for one in drawn]) for name in names}
        together = replace(drawn[0], **stacked)
        counted = replace(together, value=np.where(together.excluded, np.nan, together.value))
        columns: Columns = {
            "longest": _by_phase(counted, run_rules.longest_run_points),
            "shift": _by_phase(counted, run_rules.shift_points),
            "trend": _by_phase(counted, lambda values, _: run_rules.trend_points(values)),
            "special": improvement_icons.special_cause_sides(together),
        }
        codes = improvement_icons.variation_code(together, polarity)
        for row, place in enumerate(places):
            found[place] = _Marks({name: values[row] for name, values in columns.items()}, str(codes[row]))
    return [found[place] for place in range(len(asked))]


def _tables(parts: Sequence[Columns]) -> list[pd.DataFrame]:
    """Each chart's columns as a table: made together and cut apart, since a table takes longer to make than to cut."""
    if not parts:
        return []
    lengths = [len(part["period"]) for part in parts]
    together = pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})
    ends = np.cumsum(lengths)
    cut = (together.iloc[end - length : end] for length, end in zip(lengths, ends.tolist(), strict=True))
    return [rows.set_axis(pd.RangeIndex(len(rows))) for rows in cut]


def _chart(
    choices: Choices, measure: Measure, block: Block, grain: Grain, one: _Series, variation: str, rows: pd.DataFrame
) -> ControlChart:
    drawn = one.points.chart
    by_phase = run_rules_by_phase(drawn)
    target = None if one.kind in BETWEEN_EVENTS else one.frame.target
    return ControlChart(
        choices=choices,
        measure=measure,
        group=one.group,
        chart=one.kind,
        grain=grain,
        rows=rows,
        signal=by_phase[-1],
        trial=bool(np.any(drawn.trial)),
        sql=block.sql,
        remarks=("hidden_at_source",) if block.sample.hidden_at_source.any() else (),
        proposed=one.proposal.kind,
        reason=one.proposal.reason,
        phase_signals=tuple(by_phase),
        variation=variation,
        assurance="" if target is None else str(_assurance(drawn, target, measure)),
        target=np.nan if target is None else target,
    )


def _polarity(kind: str, measure: Measure, proposal: ChartChoice) -> Polarity:
    """Which way is better on this chart: a longer way between events is a lower rate of them."""
    turned: dict[Polarity, Polarity] = {"higher_better": "lower_better", "lower_better": "higher_better"}
    if kind in BETWEEN_EVENTS and proposal.counted == "events":
        return turned.get(measure.polarity, measure.polarity)
    return measure.polarity


def run_rules_by_phase(chart: charts.ControlChart) -> list[dict[str, int]]:
    """The Anhøj figures of each phase, the latest last."""
    return [
        {name: int(getattr(signal, name)) for name in signal.__dataclass_fields__}
        for signal in charts.signals_by_phase(chart)
    ]


def _assurance(drawn: charts.ControlChart, target: float, measure: Measure) -> npt.NDArray[np.str_]:
    return improvement_icons.assurance_code(drawn, target, measure.polarity)


def _points(
    kind: str, measure: Measure, proposal: ChartChoice, x: Floats, n: Floats, periods: tuple[str, ...], frame: Frame
) -> Points:
    if kind in BETWEEN_EVENTS:
        return _between_events(kind, proposal, x, n, periods)
    laid = _laid(frame, len(periods))
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(n > 0, x / n, np.nan)
    at = np.arange(len(periods))
    if kind == "run":
        return Points(at, charts.run_chart(value, laid))
    if kind == "i":
        return Points(at, charts.xmr_chart(value, laid))
    if measure.kind == "mean":
        raise PlainError(f"“{measure.name}” is an average, not a count: draw it as a run chart or as an i chart.")
    makers = {"p": charts.p_chart, "pp": charts.laney_p_chart, "u": charts.u_chart, "up": charts.laney_u_chart}
    if kind in ("p", "pp") and np.any(x > n):
        raise PlainError(f"“{measure.name}” has more events than its denominator: draw it as a u or up chart.")
    return Points(at, makers[kind](x, n, laid))


def _between_events(kind: str, proposal: ChartChoice, x: Floats, n: Floats, periods: tuple[str, ...]) -> Points:
    """A point an event: cases (g) or days (t) since the event before. Frames by period do not apply to them."""
    events = n - x if proposal.counted == "non_events" else x
    if events.sum() > MOST_DISTANCES:
        raise PlainError(
            f"There are {events.sum():,.0f} events here, and a {kind} chart is for rare ones: choose another chart."
        )
    measured = n > 0
    if kind == "g":
        found = rare_events.cases_between_events(np.where(measured, np.minimum(events, n), np.nan), n)
        return Points(found.period, rare_events.g_chart(found.distance))
    days = np.array([_days(label) for label in periods], dtype=np.float64)
    found = rare_events.time_between_events(np.where(measured, events, np.nan), days)
    return Points(found.period, rare_events.t_chart(found.distance))


def _days(label: str) -> int:
    start = period_start(label)
    return (add_months(start, MONTHS_IN[PeriodRange(label, label).grain]) - start).days


def _laid(frame: Frame, periods: int) -> charts.ChartFrame:
    baseline = np.array(frame.baseline, dtype=bool) if any(frame.baseline) else None
    excluded = np.array(frame.excluded, dtype=bool) if any(frame.excluded) else None
    starts = tuple(start for start in frame.phase_starts if 0 < start < periods)
    return charts.ChartFrame(baseline, excluded, starts)


def _columns(one: _Series, marks: _Marks, block: Block) -> Columns:
    drawn, at = one.points.chart, one.points.at
    by_period = len(drawn.value) == len(block.periods)
    is_frozen = any(one.frame.baseline) and by_period
    frozen = np.array(one.frame.baseline, dtype=bool) if is_frozen else np.zeros(1, dtype=bool)
    why_not = np.where(block.sample.hidden_at_source[0, at, one.at] > 0, "hidden", "missing")
    return {
        "period": np.array(block.periods, dtype=str)[at],
        "value": drawn.value,
        "n": one.n,
        "x": one.x,
        "centre": drawn.centre,
        "lower": drawn.lower,
        "upper": drawn.upper,
        "outside": drawn.outside.astype(int),
        "phase": drawn.phase,
        "baseline": np.broadcast_to(frozen, drawn.value.shape).astype(int),
        "excluded": drawn.excluded.astype(int),
        **marks.columns,
        "shown": np.where(np.isfinite(drawn.value), np.where(one.x == 0, "zero", "yes"), why_not),
    }


def _by_phase(chart: charts.ControlChart, rule: Callable[[Floats, Floats], BoolArray]) -> npt.NDArray[np.int64]:
    """1 at the points that a rule marks, phase by phase: runs do not reach across. Charts (charts, points)."""
    marked = np.zeros(chart.value.shape, dtype=np.int64)
    for number in np.unique(chart.phase):
        inside = chart.phase == number
        marked[..., inside] = rule(chart.value[..., inside], chart.centre[..., inside])
    return marked


def named_group(stratifier: Stratifier, group: str) -> str:
    """The category that a person named, whatever its capitals; raises :class:`PlainError` that lists them."""
    names = [c.value for c in stratifier.categories]
    found = next((v for v in names if v.casefold() == group.casefold()), None)
    if found is None:
        listed = ", ".join(f"“{v}”" for v in names)
        raise PlainError(f"“{group}” is not a group of {stratifier.label}: choose one of {listed}.")
    return found
