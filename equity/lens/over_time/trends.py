"""Groups and their gap over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import ResolvedReference, Trends
from equity.lens.choices import PLAIN_FRAME, Choices, Frame
from equity.lens.comparisons.blocks import Z95, Block, block_over_time
from equity.lens.comparisons.comparators import Comparator, comparator_of
from equity.lens.comparisons.comparison import compare
from equity.lens.comparisons.reference import resolve
from equity.lens.comparisons.samples import Sample
from equity.lens.tables import Columns, table
from equity.stats.estimate import BoolArray, Estimate, ratio_of
from equity.stats.over_time.gap_change import Together, gap_change, gap_change_between, joint_level, judged_together
from equity.stats.over_time.gap_trend import GapTrend, first_and_latest, gap_trend
from equity.stats.over_time.linear_trend import linear_trend
from equity.stats.over_time.period_series import PeriodSums, RateSeries, known_series, pooled_windows, rate_series
from equity.vocabulary import GRAINS, Description, Grain, Measure, PeriodRange, PlainError
from equity.vocabulary.period import period_label, period_start, periods_between

LEVEL = 0.95
NOT_YEARLY = pd.DataFrame(
    columns=["group", "points", "slope", "slope_lower", "slope_upper", "yearly_change", "p", "verdict"]
)
NOT_COMPARED = pd.DataFrame(columns=["group", "verdict", "reason"])
TREND_COLUMNS = ("group", "kind", "period", "n", "x", "rate", "lower", "upper", "gap", "gap_lower", "gap_upper")


def trends(cube: Cube, choices: Choices, grain: Grain | None = None, frame: Frame = PLAIN_FRAME) -> Trends:
    """Every group in every period, its gap in that period, and whether the gap is closing.

    ``frame`` is what people decided: a baseline frozen there is compared with as many of the latest periods, and
    points left out count in neither.

    Raises:
        PlainError: the extract has no periods, or none finer than the one asked for.
    """
    measure, stratifier = cube.description.measure(choices.measure), cube.description.stratifier(choices.by)
    grain = grain or cube.description.grain
    periods = periods_of(cube.description, grain, choices.period)
    block = block_over_time(cube, measure, stratifier, grain, periods, choices.where)
    reference = resolve(cube, measure, stratifier, choices.reference, choices.where, choices.period)
    # No period by itself picked the reference, so that each keeps its own interval.
    rows = compare(block, {measure.name: replace(reference, picked=False)})
    columns = [*TREND_COLUMNS, "ratio", "ratio_lower", "ratio_upper", "reliability", "shown", "hidden_at_source"]
    before, after = _windows(block, frame)
    sides = _Sides.of(block, measure, reference)
    return Trends(
        choices=choices,
        measure=measure,
        stratifier=stratifier,
        reference=reference,
        grain=grain,
        periods=periods,
        rows=table({name: rows[name] for name in columns}),
        changes=_changes(sides),
        sql=block.sql,
        remarks=_remarks(cube.description, block),
        windows=_changes_between(sides, before, after),
        before=_ends(periods, before),
        after=_ends(periods, after),
        baseline_frozen=any(frame.baseline) and bool(after.any()),
        yearly=_yearly(sides) if grain == "year" else NOT_YEARLY,
    )


def periods_of(description: Description, grain: Grain, stretch: PeriodRange) -> tuple[str, ...]:
    """Every period of the grain from the first to the last that has rows, wholly within the stretch asked for.

    Raises:
        PlainError: the extract has no periods of this grain, or none within the stretch.
    """
    if description.grain == "all" or not description.periods:
        raise PlainError(
            f"The dataset “{description.dataset}” has no periods, so it has no trend: load it with a column that says "
            "when, such as a year."
        )
    if grain == "all" or GRAINS.index(grain) < GRAINS.index(description.grain):
        raise PlainError(
            f"The dataset “{description.dataset}” comes by {description.grain}: ask by {description.grain}."
        )
    first, last = (period_label(period_start(p), grain) for p in (description.periods[0], description.periods[-1]))
    everything = periods_between(first, last)
    if stretch.is_all_time:
        return everything
    asked = [label for label in everything if stretch.contains(label)]
    if not asked:
        raise PlainError(f"No whole {grain} lies in {stretch}: the dataset runs from {first} to {last}.")
    return tuple(asked)


def trends_of_gaps(block: Block, measure: Measure, reference: ResolvedReference) -> GapTrend | None:
    """The trend of every group's gap, (groups,); None when there is nothing to compare with."""
    return _trends_of_gaps(_Sides.of(block, measure, reference))


@dataclass(frozen=True)
class _Sides:
    """The groups of a block over time, (groups, periods), and what they are compared with.

    ``own`` and ``other`` are sums with what repeat visits do to their variance; ``other`` is None in an extract without
    counts, for a target, and where there is nothing to compare with.
    """

    block: Block
    measure: Measure
    reference: ResolvedReference
    comparator: Comparator
    own: PeriodSums
    other: PeriodSums | None

    @staticmethod
    def of(block: Block, measure: Measure, reference: ResolvedReference) -> _Sides:
        comparator = comparator_of(block, measure, reference)
        own, other = _sums(block.sample, measure), None
        if block.published is None and comparator.sample is not None:
            if comparator.kind != "group":
                other = _sums(comparator.sample, measure)
            elif comparator.is_reference.any():
                at = block.groups.index(reference.group)
                other = PeriodSums(own.n[[at]], own.x[[at]], own.xx[[at]], own.inflation[[at]])
        return _Sides(block, measure, reference, comparator, own, other)

    @property
    def compared(self) -> BoolArray:
        """(groups,) the groups of people besides the reference."""
        kept: BoolArray = self.block.is_group & (np.array(self.block.groups) != self.reference.group)
        return kept

    @property
    def spoken_of(self) -> Together:
        """Those of them that have data: the page's words hold for all of these at once.

        A best group that was picked in the first year of the same stretch had some luck in that year, which fades; its
        changes count twice, which keeps the page's false words as rare (tests/lens/over_time/test_null_trends.py).
        """
        groups = self.compared & self.block.sample.rows[0].any(axis=0)
        return Together(groups, int(groups.sum()) * (2 if self.reference.picked else 1))


def _trends_of_gaps(sides: _Sides) -> GapTrend | None:
    other = _opposite_series(sides)
    if other is None:
        return None
    return gap_trend(_series(sides), other, sides.measure.polarity, together=sides.spoken_of)


def _changes(sides: _Sides) -> pd.DataFrame:
    """The trend of each group's gap, split into its two sides; one row a group that is compared."""
    trend = _trends_of_gaps(sides)
    if trend is None:
        return NOT_COMPARED
    names = ("gap_first", "gap_last", "gap_change", "group_change", "reference_change", "gap_slope")
    return _a_row_a_group(sides, trend.verdict, trend.reason, {name: getattr(trend, name) for name in names})


def _windows(block: Block, frame: Frame) -> tuple[BoolArray, BoolArray]:
    """(periods,) each: the frozen baseline and as many of the latest periods, else the first and the latest ones."""
    counted = block.sample.n[0].any(axis=-1)
    if any(frame.excluded):
        counted = counted & ~np.array(frame.excluded, dtype=bool)
    if not any(frame.baseline):
        return first_and_latest(counted)
    frozen = np.array(frame.baseline, dtype=bool)
    later = counted & (np.arange(len(frozen)) > np.flatnonzero(frozen)[-1])
    before = frozen & counted
    from_the_end = np.cumsum(later[::-1])[::-1]
    return before, later & (from_the_end <= before.sum())


def _ends(periods: tuple[str, ...], window: BoolArray) -> tuple[str, str]:
    at = np.flatnonzero(window)
    return (periods[at[0]], periods[at[-1]]) if at.size else ("", "")


def _changes_between(sides: _Sides, before: BoolArray, after: BoolArray) -> pd.DataFrame:
    """The change in each gap from one stretch to another; empty for estimates, which are never pooled."""
    if sides.block.published is not None or not (before.any() and after.any()):
        return NOT_COMPARED
    kind, polarity = sides.measure.kind, sides.measure.polarity
    if sides.comparator.kind == "target":
        fixed = Estimate(*(np.full(len(sides.block.groups), sides.reference.rate) for _ in range(3)))
        spoken, joint = sides.spoken_of, joint_level(LEVEL, sides.spoken_of)
        windows = pooled_windows(kind, sides.own, (before, after), spoken.groups)
        asked = [windows.at(level) for level in (LEVEL, joint)]
        own, wider = (gap_change(first, last, fixed, fixed, polarity) for first, last in asked)
        change = judged_together(own, wider, polarity)
    elif sides.other is None:
        return NOT_COMPARED
    else:
        change = gap_change_between(kind, polarity, sides.own, sides.other, before, after, together=sides.spoken_of)
    named = {"gap_first": change.gap_before, "gap_last": change.gap_after, "gap_change": change.gap_change}
    named |= {"group_change": change.group_change, "reference_change": change.reference_change}
    return _a_row_a_group(sides, change.verdict, change.reason, named)


def _a_row_a_group(
    sides: _Sides,
    verdict: npt.NDArray[np.str_],
    reason: npt.NDArray[np.str_],
    estimates: Mapping[str, Estimate],
) -> pd.DataFrame:
    """A row a group that is compared: its name, the word, why, and each estimate with its limits."""
    columns: Columns = {"group": np.array(sides.block.groups, dtype=str), "verdict": verdict, "reason": reason}
    for name, estimate in estimates.items():
        columns |= {name: estimate.value, f"{name}_lower": estimate.lower, f"{name}_upper": estimate.upper}
    kept = sides.compared
    return table({name: np.broadcast_to(values, kept.shape)[kept] for name, values in columns.items()})


def _yearly(sides: _Sides) -> pd.DataFrame:
    """The NHQDR rule of every group's own yearly rates; estimates count by their population, or each year alike."""
    block, rates = sides.block, _series(sides).rate
    weight = block.sample.n[0].T
    if block.published is not None:
        weight = np.where(np.isfinite(block.published.population[0].T), block.published.population[0].T, 1.0)
    years = np.array([int(label) for label in block.periods], dtype=np.float64)
    trend = linear_trend(years, rates, weight, sides.measure.polarity, together=block.is_group)
    columns: Columns = {
        "group": np.array(block.groups, dtype=str),
        "points": trend.points,
        "slope": trend.slope.value,
        "slope_lower": trend.slope.lower,
        "slope_upper": trend.slope.upper,
        "yearly_change": trend.yearly_change,
        "p": trend.p,
        "verdict": trend.verdict,
    }
    return table({name: values[block.is_group] for name, values in columns.items()})


def _sums(sample: Sample, measure: Measure) -> PeriodSums:
    """(groups, periods) of sums, with what repeat visits do to each period's variance."""
    n, _, _ = sample.effective(measure.kind)
    inflation = np.nan_to_num(ratio_of(sample.n, n), nan=1.0)
    return PeriodSums.of(sample.n[0].T, sample.x[0].T, sample.xx[0].T, inflation[0].T)


def _series(sides: _Sides) -> RateSeries:
    """(groups, periods) of the block's own rates."""
    if sides.block.published is not None:
        return _published_series(sides.block.published.estimate)
    return rate_series(sides.measure.kind, sides.own)


def _opposite_series(sides: _Sides) -> RateSeries | None:
    if sides.comparator.kind == "target":
        return known_series(np.full(len(sides.block.groups), sides.reference.rate), len(sides.block.periods))
    if sides.comparator.published is not None:
        return _published_series(sides.comparator.published)
    return None if sides.other is None else rate_series(sides.measure.kind, sides.other)


def _published_series(estimate: Estimate) -> RateSeries:
    """Published rates with the variance that their interval states."""
    return RateSeries(estimate.value[0].T, (estimate.width[0].T / (2 * Z95)) ** 2)


def _remarks(description: Description, block: Block) -> tuple[str, ...]:
    remarks = []
    if block.sample.hidden_at_source.any():
        remarks.append("hidden_at_source")
    if description.values == "estimates":
        remarks.append("estimates_without_counts")
    return tuple(remarks)
