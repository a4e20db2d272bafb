"""Groups and their gap over time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import ResolvedReference, Trends
from equity.lens.blocks import Z95, Block, block_over_time
from equity.lens.choices import Choices
from equity.lens.comparison import compare
from equity.lens.opposites import Opposite, opposite_of
from equity.lens.reference import resolve
from equity.stats.estimate import Estimate
from equity.stats.gap_change import GapTrend, gap_trend
from equity.stats.period_series import PeriodSums, RateSeries, known_series, rate_series
from equity.vocabulary import GRAINS, Description, Grain, Measure, PeriodRange, PlainError
from equity.vocabulary.period import period_label, period_start, periods_between

TREND_COLUMNS = ("group", "kind", "period", "n", "x", "rate", "lower", "upper", "gap", "gap_lower", "gap_upper")


def trends(cube: Cube, choices: Choices, grain: Grain | None = None) -> Trends:
    """Every group in every period, its gap in that period, and whether the gap is closing.

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
    return Trends(
        choices=choices,
        measure=measure,
        stratifier=stratifier,
        reference=reference,
        grain=grain,
        periods=periods,
        rows=rows[columns],
        changes=_changes(block, measure, reference),
        sql=block.sql,
        remarks=_remarks(cube.description, block),
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


def _series(block: Block, measure: Measure) -> RateSeries:
    """(groups, periods) of the block's own rates."""
    if block.published is not None:
        return _published_series(block.published.estimate)
    n, x, xx = block.sample.effective(measure.kind)
    return rate_series(measure.kind, PeriodSums.of(n[0].T, x[0].T, xx[0].T))


def _opposite_series(
    block: Block, measure: Measure, opposite: Opposite, reference: ResolvedReference
) -> RateSeries | None:
    if opposite.kind == "target":
        return known_series(np.full(len(block.groups), reference.rate), len(block.periods))
    if opposite.published is not None:
        return _published_series(opposite.published)
    if opposite.sample is None or (opposite.kind == "group" and not opposite.is_reference.any()):
        return None
    n, x, xx = opposite.sample.effective(measure.kind)
    return rate_series(measure.kind, PeriodSums.of(n[0].T, x[0].T, xx[0].T))


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
