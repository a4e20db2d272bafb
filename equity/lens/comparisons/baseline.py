"""On which period the best group of a measure is chosen: it is kept from then on, and does not hop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from equity.cube import Cube
from equity.lens.comparisons.blocks import Block, block_in_period
from equity.vocabulary import Description, Measure, PeriodRange, Stratifier
from equity.vocabulary.period import period_start

PERIODS_IN_A_YEAR = {"month": 12, "quarter": 4, "year": 1}


def baseline_period(description: Description) -> PeriodRange:
    """The first whole year of the extract; all of it when no year is whole.

    Estimates cannot be added up to a year: theirs is the first period that there is.
    """
    return next(iter(_possible(description)), PeriodRange())


def baselines(cube: Cube, measures: Sequence[Measure], stratifier: Stratifier) -> dict[str, PeriodRange]:
    """The baseline of each measure: the extract's, or, for a measure that begins later, its own first one.

    What a release hides counts as there, so that a release has the team's baseline.
    """

    def by_measure() -> dict[str, PeriodRange]:
        usual = baseline_period(cube.description)
        there = _there(block_in_period(cube, measures, stratifier, usual))
        late = [measure for measure in measures if measure.name not in there]
        return {m.name: usual for m in measures} | {m.name: _own(cube, m, stratifier, usual) for m in late}

    return cube.keep(("baselines", tuple(m.name for m in measures), stratifier.name), by_measure)


def _own(cube: Cube, measure: Measure, stratifier: Stratifier, usual: PeriodRange) -> PeriodRange:
    """The first possible baseline in which the measure is there; the extract's where it is in none."""
    for period in _possible(cube.description):
        if _there(block_in_period(cube, [measure], stratifier, period)):
            return period
    return usual


def _possible(description: Description) -> Iterable[PeriodRange]:
    """Every period that could be a baseline, the earliest first."""
    if description.grain == "all":
        return ()
    if description.values == "estimates":
        return (PeriodRange.parse(label) for label in description.periods)
    years: dict[int, int] = {}
    for label in description.periods:
        year = period_start(label).year
        years[year] = years.get(year, 0) + 1
    whole = PERIODS_IN_A_YEAR[description.grain]
    return (PeriodRange.parse(f"{year:04d}") for year, count in sorted(years.items()) if count == whole)


def _there(block: Block) -> set[str]:
    """The measures of which some group is told or hidden in a block of one stretch."""
    known = block.sample.shown != "missing"
    if block.published is not None:
        known = ~np.isnan(block.published.estimate.value) | (block.sample.hidden_at_source > 0)
    return {m.name for m, some in zip(block.measures, known.any(axis=(1, 2)).tolist(), strict=True) if some}
