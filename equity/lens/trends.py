"""Groups and their gap over time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import ResolvedReference, Trends
from equity.lens.blocks import Z95, Block, block_over_time
from equity.lens.choices import PLAIN_FRAME, Choices, Frame
from equity.lens.comparison import compare
from equity.lens.opposites import Opposite, opposite_of
from equity.lens.reference import resolve
from equity.lens.samples import Sample
from equity.stats.estimate import BoolArray, Estimate
from equity.stats.gap_change import GapTrend, first_and_latest, gap_change, gap_change_between, gap_trend
from equity.stats.linear_trend import linear_trend
from equity.stats.period_series import PeriodSums, RateSeries, known_series, rate_series, window_estimates
from equity.vocabulary import GRAINS, Description, Grain, Measure, PeriodRange, PlainError
from equity.vocabulary.period import period_label, period_start, periods_between

YEARLY_COLUMNS = ("group", "points", "slope", "slope_lower", "slope_upper", "yearly_change", "p", "verdict")
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
    reference = resolve(cube, measure, stratifier, choices.reference, choices.where)
    rows = compare(block, {measure.name: reference})
    columns = [*TREND_COLUMNS, "ratio", "ratio_lower", "ratio_upper", "reliability", "shown", "hidden_at_source"]
    before, after = _windows(block, frame)
    return Trends(
        choices=choices,
        measure=measure,
        stratifier=stratifier,
        reference=reference,
        grain=grain,
        periods=periods,
        rows=pd.DataFrame({name: rows[name] for name in columns}),
        changes=_changes(block, measure, reference),
        sql=block.sql,
        remarks=_remarks(cube.description, block),
        windows=_changes_between(block, measure, reference, before, after),
        before=_ends(periods, before),
        after=_ends(periods, after),
        baseline_frozen=any(frame.baseline) and bool(after.any()),
        yearly=_yearly(block, measure) if grain == "year" else pd.DataFrame(columns=list(YEARLY_COLUMNS)),
    )


def periods_of(description: Description, grain: Grain, stretch: PeriodRange) -> tuple[str, ...]:
    """Every period of the grain from the first to the last that has rows, within the stretch asked for.

    Raises:
        PlainError: the extract has no periods of this grain.
    """
    if description.grain == "all" or not description.periods:
        raise PlainError(
            f"The dataset “{description.dataset}” has no periods, so it has no trend: map a period column."
        )
    if grain == "all" or GRAINS.index(grain) < GRAINS.index(description.grain):
        raise PlainError(
            f"The dataset “{description.dataset}” comes by {description.grain}: ask by {description.grain}."
        )
    first, last = (period_label(period_start(p), grain) for p in (description.periods[0], description.periods[-1]))
    everything = periods_between(first, last)
    if stretch.is_all_time:
        return everything
    asked = [label for label in everything if _touches(label, stretch)]
    if not asked:
        raise PlainError(f"There is no data in {stretch}: the dataset runs from {first} to {last}.")
    return tuple(asked)


def _touches(label: str, stretch: PeriodRange) -> bool:
    return period_label(period_start(label), stretch.grain) in periods_between(stretch.first, stretch.last)


def trends_of_gaps(block: Block, measure: Measure, reference: ResolvedReference) -> GapTrend | None:
    """The trend of every group's gap, (groups,); None when there is nothing to compare with."""
    opposite = opposite_of(block, {measure.name: reference})
    other = _opposite_series(block, measure, opposite, reference)
    return None if other is None else gap_trend(_series(block, measure), other, measure.polarity)


def _changes(block: Block, measure: Measure, reference: ResolvedReference) -> pd.DataFrame:
    """The trend of each group's gap, split into its two sides; one row a group that is compared."""
    found = trends_of_gaps(block, measure, reference)
    if found is None:
        return pd.DataFrame(columns=["group", "verdict", "reason"])
    columns: dict[str, npt.NDArray[np.float64] | npt.NDArray[np.str_]] = {
        "group": np.array(block.groups, dtype=str),
        "verdict": found.verdict,
        "reason": found.reason,
    }
    for name in ("gap_first", "gap_last", "gap_change", "group_change", "reference_change", "gap_slope"):
        estimate: Estimate = getattr(found, name)
        columns |= {name: estimate.value, f"{name}_lower": estimate.lower, f"{name}_upper": estimate.upper}
    kept = block.is_group & (np.array(block.groups) != reference.group)
    return pd.DataFrame({name: values[kept] for name, values in columns.items()})


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


def _changes_between(
    block: Block, measure: Measure, reference: ResolvedReference, before: BoolArray, after: BoolArray
) -> pd.DataFrame:
    """The change in each gap from one stretch to another; empty for estimates, which are never pooled."""
    nothing = pd.DataFrame(columns=["group", "verdict", "reason"])
    opposite = opposite_of(block, {measure.name: reference})
    if block.published is not None or not (before.any() and after.any()):
        return nothing
    group = _sums(block.sample, measure)
    if opposite.kind == "target":
        fixed = Estimate(*(np.full(len(block.groups), reference.rate) for _ in range(3)))
        own = window_estimates(measure.kind, group, (before, after))
        found = gap_change(own[0], own[1], fixed, fixed, measure.polarity)
    elif opposite.sample is None or (opposite.kind == "group" and not opposite.is_reference.any()):
        return nothing
    else:
        found = gap_change_between(
            measure.kind, measure.polarity, group, _sums(opposite.sample, measure), before, after
        )
    columns: dict[str, npt.NDArray[np.float64] | npt.NDArray[np.str_]] = {
        "group": np.array(block.groups, dtype=str),
        "verdict": found.verdict,
        "reason": found.reason,
    }
    named = {"gap_first": found.gap_before, "gap_last": found.gap_after, "gap_change": found.gap_change}
    for name, estimate in (
        named | {"group_change": found.group_change, "reference_change": found.reference_change}
    ).items():
        columns |= {name: estimate.value, f"{name}_lower": estimate.lower, f"{name}_upper": estimate.upper}
    kept = block.is_group & (np.array(block.groups) != reference.group)
    return pd.DataFrame({name: np.broadcast_to(values, kept.shape)[kept] for name, values in columns.items()})


def _yearly(block: Block, measure: Measure) -> pd.DataFrame:
    """The NHQDR rule of every group's own yearly rates; estimates count by their population, or each year alike."""
    rates = _series(block, measure).rate
    weight = block.sample.n[0].T
    if block.published is not None:
        weight = np.where(np.isfinite(block.published.population[0].T), block.published.population[0].T, 1.0)
    years = np.array([int(label) for label in block.periods], dtype=np.float64)
    found = linear_trend(years, rates, weight, measure.polarity)
    table = pd.DataFrame(
        {
            "group": np.array(block.groups, dtype=str),
            "points": found.points,
            "slope": found.slope.value,
            "slope_lower": found.slope.lower,
            "slope_upper": found.slope.upper,
            "yearly_change": found.yearly_change,
            "p": found.p,
            "verdict": found.verdict,
        }
    )
    return table[block.is_group].reset_index(drop=True)


def _sums(sample: Sample, measure: Measure) -> PeriodSums:
    """(groups, periods) of effective sums."""
    n, x, xx = sample.effective(measure.kind)
    return PeriodSums.of(n[0].T, x[0].T, xx[0].T)


def _series(block: Block, measure: Measure) -> RateSeries:
    """(groups, periods) of the block's own rates."""
    if block.published is not None:
        return _published_series(block.published.estimate)
    return rate_series(measure.kind, _sums(block.sample, measure))


def _opposite_series(
    block: Block, measure: Measure, opposite: Opposite, reference: ResolvedReference
) -> RateSeries | None:
    if opposite.kind == "target":
        return known_series(np.full(len(block.groups), reference.rate), len(block.periods))
    if opposite.published is not None:
        return _published_series(opposite.published)
    if opposite.sample is None or (opposite.kind == "group" and not opposite.is_reference.any()):
        return None
    return rate_series(measure.kind, _sums(opposite.sample, measure))


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
