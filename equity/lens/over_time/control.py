"""One group's series as a control chart, with what people decided about it laid over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube import Cube
from equity.cube.event_days import DaysOfGroups
from equity.lens.answers import ControlChart
from equity.lens.choices import PLAIN_FRAME, Choices, Frame
from equity.lens.comparisons.blocks import Block, block_over_time
from equity.lens.over_time.drawn_series import Drawn, DrawnSeries, Marks, drawn_together, marks_of
from equity.lens.over_time.event_days import days_of_events
from equity.lens.over_time.trends import periods_of
from equity.lens.tables import Columns, tables
from equity.stats.over_time import chart_series, improvement_icons
from equity.stats.over_time.chart_choice import RARE_BELOW, ChartChoice, propose_charts
from equity.stats.over_time.control_charts import BETWEEN_EVENTS, BY_NAME
from equity.stats.over_time.period_series import PeriodSums
from equity.stats.over_time.run_rules import RunSignal
from equity.vocabulary import Grain, Measure, PlainError, Stratifier
from equity.vocabulary.period import MONTHS_IN

PERIODS_TO_JUDGE = 8
"""A wider time unit is proposed where it leaves at least so many points."""

NO_FRAMES: Mapping[str, Frame] = MappingProxyType({})


def control_chart(
    cube: Cube,
    choices: Choices,
    group: str,
    chart: str | None = None,
    grain: Grain | None = None,
    frame: Frame = PLAIN_FRAME,
) -> ControlChart:
    """One group's series as a chart: run, p, pp (Laney p′), u, up (Laney u′), i (XmR) or t; proposed when None.

    Raises:
        PlainError: the chart or the group is not one there is or has no point, the extract has no periods, or only
            estimates.
    """
    stratifier = cube.description.stratifier(choices.by)
    named = named_group(stratifier, group)
    charts = _charts(cube, choices, [named], chart, grain, frame)
    if not charts:
        raise PlainError(
            f"A t chart needs the day of each event, and for “{named}” fewer than two are known: choose a run chart, "
            "or ask by quarter or year."
        )
    return charts[0]


def control_charts(
    cube: Cube,
    choices: Choices,
    chart: str | None = None,
    grain: Grain | None = None,
    frame: Frame = PLAIN_FRAME,
    own_frames: Mapping[str, Frame] = NO_FRAMES,
) -> tuple[ControlChart, ...]:
    """The charts of all groups of people that have data, on the same periods and, where none is named, on one scale.

    Groups of which every period is hidden come after them, so that nobody takes them for groups without data.
    A group whose events are so rare that a t chart is proposed gets a run chart beside groups that have rates.
    ``frame`` is laid over every chart, save over those of groups that have one in ``own_frames``.
    """
    stratifier = cube.description.stratifier(choices.by)
    names = [c.value for c in stratifier.categories if c.kind in ("group", "other")]
    charts = _charts(cube, choices, names, chart, grain, frame, own_frames)
    seen = tuple(each for each in charts if each.is_seen)
    return (*seen, *(each for each in charts if seen and each.is_hidden))


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
    if chart is not None and chart not in BY_NAME:
        raise PlainError(f"There is no chart “{chart}”: write one of {', '.join(BY_NAME)}.")
    measure, stratifier = description.measure(choices.measure), description.stratifier(choices.by)
    grain = grain or description.grain
    periods = periods_of(description, grain, choices.period)
    block = block_over_time(cube, measure, stratifier, grain, periods, choices.where)
    days = days_of_events(cube, choices, block)
    asked = _asked(measure, block, groups, chart, frame, own_frames, days)
    made: dict[str, ControlChart] = {}
    drawn = drawn_together(measure, block, asked)
    marked = [marks_of(each, measure) for each in drawn]
    parts = [part for each, marks in zip(drawn, marked, strict=True) for part in _columns(each, marks, block)]
    framed = iter(tables(parts))
    for each, marks in zip(drawn, marked, strict=True):
        for row, one in enumerate(each.series):
            made[one.group] = _chart(choices, measure, block, grain, each, marks, row, next(framed))
    return [made[one.group] for one in asked if one.group in made]


def _asked(
    measure: Measure,
    block: Block,
    groups: Sequence[str],
    chart: str | None,
    frame: Frame,
    own_frames: Mapping[str, Frame],
    days: DaysOfGroups,
) -> list[DrawnSeries]:
    """Every group's series with its chart: the one named, else the one proposed."""
    places = [block.groups.index(group) for group in groups]
    sums = (np.ascontiguousarray(s[0][:, places].T) for s in (block.sample.n, block.sample.x, block.sample.xx))
    proposals = propose_charts(measure.kind, PeriodSums.of(*sums))
    proposals = tuple(_by_days(proposal, group in days) for group, proposal in zip(groups, proposals, strict=True))
    kinds = [chart or proposal.kind for proposal in proposals]
    if chart is None and set(kinds) & set(BETWEEN_EVENTS) and set(kinds) - set(BETWEEN_EVENTS):
        kinds = ["run" if kind in BETWEEN_EVENTS else kind for kind in kinds]
    return [
        DrawnSeries(group, at, kind, proposal, own_frames.get(group, frame), days.get(group))
        for group, at, kind, proposal in zip(groups, places, kinds, proposals, strict=True)
    ]


def _by_days(proposal: ChartChoice, known: bool) -> ChartChoice:
    """The proposal where the days of the events are known: rare events are told by the time between them."""
    rare_events = proposal.reason == "rare_events" and proposal.counted == "events"
    return replace(proposal, kind="t") if known and rare_events else proposal


def _wider(proposal: ChartChoice, grain: Grain, periods: int) -> str:
    """The time unit in which rare events are enough for limits, with points enough to judge; empty without one."""
    months = MONTHS_IN.get(grain, 12)
    for wider in ("quarter", "year"):
        times = MONTHS_IN[wider] // months
        if times > 1 and proposal.expected_events * times >= RARE_BELOW and periods // times >= PERIODS_TO_JUDGE:
            return wider
    return ""


def _chart(
    choices: Choices,
    measure: Measure,
    block: Block,
    grain: Grain,
    drawn: Drawn,
    marks: Marks,
    row: int,
    rows: pd.DataFrame,
) -> ControlChart:
    one = drawn.series[row]
    by_phase = [_figures(signals.of(row)) for signals in marks.signals]
    target = None if one.kind in BETWEEN_EVENTS else one.frame.target
    assurance = ""
    if target is not None:
        alone = chart_series.one_series(drawn.charts, row)
        assurance = str(improvement_icons.assurance_code(alone, target, measure.polarity))
    return ControlChart(
        choices=choices,
        measure=measure,
        group=one.group,
        chart=one.kind,
        grain=grain,
        rows=rows,
        signal=by_phase[-1],
        trial=bool(drawn.charts.trial[row].any()),
        sql=block.sql,
        remarks=_remarks(block, one, grain),
        proposed=one.proposal.kind,
        reason=one.proposal.reason,
        phase_signals=tuple(by_phase),
        variation=str(marks.variation[row]),
        assurance=assurance,
        target=np.nan if target is None else target,
    )


def _figures(signal: RunSignal) -> dict[str, int]:
    """The Anhøj figures of one phase."""
    return {name: int(getattr(signal, name)) for name in RunSignal.__dataclass_fields__}


def _remarks(block: Block, one: DrawnSeries, grain: Grain) -> tuple[str, ...]:
    """Whether the source hid a part of the sums drawn, and what to ask instead where events are too few to judge."""
    remarks = []
    if ((block.sample.n[0, :, one.at] > 0) & (block.sample.hidden_at_source[0, :, one.at] > 0)).any():
        remarks.append("hidden_at_source")
    if not one.is_judged:
        wider = _wider(one.proposal, grain, len(block.periods))
        remarks.append(f"rare_so_by_{wider}" if wider else "too_few_to_chart")
    return tuple(remarks)


def _columns(drawn: Drawn, marks: Marks, block: Block) -> list[Columns]:
    """The columns of each chart's rows. A hidden period holds no number of any kind: 0 would read as nobody."""
    charts, at, sample = drawn.charts, drawn.at, block.sample
    cells = (at[np.newaxis, :], np.array([one.at for one in drawn.series])[:, np.newaxis])
    n, x, hidden_at_source = (sums[0][cells] for sums in (sample.n, sample.x, sample.hidden_at_source))
    without = ~np.isfinite(charts.value)
    hidden = without & (hidden_at_source > 0)
    numbers = {
        "value": charts.value,
        "n": n,
        "x": x,
        "centre": charts.centre,
        "lower": charts.lower,
        "upper": charts.upper,
    }
    of_all: Columns = {"period": np.array(block.periods, dtype=str)[at]}
    of_all |= {name: np.where(hidden, np.nan, values) for name, values in numbers.items()}
    of_all |= {
        "outside": (charts.outside & np.array([[one.is_judged] for one in drawn.series])).astype(int),
        "phase": charts.phase,
        "baseline": np.array([_frozen(one, at.size) for one in drawn.series]),
        "excluded": charts.excluded.astype(int),
        **marks.columns,
        "shown": np.select([hidden, without, x == 0], ["hidden", "missing", "zero"], default="yes"),
    }
    common = ("period", "phase")
    return [
        {name: values if name in common else values[row] for name, values in of_all.items()}
        for row in range(len(drawn.series))
    ]


def _frozen(one: DrawnSeries, points: int) -> npt.NDArray[np.int64]:
    """1 at the points of a frozen baseline; charts of events have none."""
    if one.kind in BETWEEN_EVENTS or not any(one.frame.baseline):
        return np.zeros(points, dtype=np.int64)
    return np.array(one.frame.baseline, dtype=np.int64)


def named_group(stratifier: Stratifier, group: str) -> str:
    """The category that a person named, whatever its capitals; raises :class:`PlainError` that lists them."""
    names = [c.value for c in stratifier.categories]
    matching = next((v for v in names if v.casefold() == group.casefold()), None)
    if matching is None:
        listed = ", ".join(f"“{v}”" for v in names)
        raise PlainError(f"“{group}” is not a group of {stratifier.label}: choose one of {listed}.")
    return matching
