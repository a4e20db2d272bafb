"""What a release holds: which measures, which stratifiers, how fine in time, and whether groups are crossed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

import pandas as pd

from equity.vocabulary import GRAINS, Description, Grain, PlainError, period_label, period_start
from equity.vocabulary.period import grain_of

Pairs = Literal["year", "all", "none"]


@dataclass(frozen=True)
class Plan:
    """A release's contents.

    stratifiers   keys of the dataset's stratifiers, in the dataset's order.
    grain         the finest grain of the tables of everyone and of one stratifier; all coarser grains come with it.
    pairs         whether tables of two stratifiers come by ``year`` (and over all time), over ``all`` time only, or
                  not.
    measures      names of measures; empty means all of them.
    """

    stratifiers: tuple[str, ...]
    grain: Grain = "quarter"
    pairs: Pairs = "year"
    measures: tuple[str, ...] = ()

    @property
    def grains(self) -> tuple[Grain, ...]:
        """The grains of the tables of everyone and of one stratifier."""
        return GRAINS[GRAINS.index(self.grain) :]

    @property
    def pair_grains(self) -> tuple[Grain, ...]:
        """The grains of the tables of two stratifiers."""
        if self.pairs == "none":
            return ()
        return ("all",) if self.pairs == "all" or self.grain == "all" else ("year", "all")

    def covers(self, cells: pd.DataFrame) -> pd.Series[bool]:
        """Which cells (columns measure, grain, by1, by2) belong to the release."""
        known = ["", *self.stratifiers]
        one_way = (cells["by2"] == "") & cells["grain"].isin(list(self.grains))
        two_way = (cells["by2"] != "") & cells["grain"].isin(list(self.pair_grains))
        kept = (one_way | two_way) & cells["by1"].isin(known) & cells["by2"].isin(known)
        return kept & cells["measure"].isin(list(self.measures))


def settled(plan: Plan, description: Description) -> Plan:
    """The plan in the dataset's own words and order: every measure named, stratifiers by key.

    Raises :class:`PlainError` for a measure, stratifier or grain that the dataset does not have.
    """
    if plan.grain not in get_args(Grain) or plan.pairs not in get_args(Pairs):
        raise PlainError("A release is by month, quarter, year or all; its pairs are year, all or none.")
    if GRAINS.index(plan.grain) < GRAINS.index(description.grain):
        raise PlainError(
            f"The dataset “{description.dataset}” holds nothing finer than “{description.grain}”: choose that for the "
            f"release, not “{plan.grain}”."
        )
    measures = plan.measures or tuple(m.name for m in description.measures)
    wanted = {description.measure(name).name for name in measures}
    chosen = {description.stratifier(name).name for name in plan.stratifiers}
    return replace(
        plan,
        measures=tuple(m.name for m in description.measures if m.name in wanted),
        stratifiers=tuple(s.name for s in description.stratifiers if s.name in chosen),
        pairs="none" if description.tables == "one_way" or len(chosen) < 2 else plan.pairs,
    )


def described(plan: Plan, description: Description) -> Description:
    """The dataset's description as readers of the release may see it: no count of rows, no file, no problem.

    Whether people are told apart stays: ranges then allow for repeat visits (repeats.py).
    """
    return replace(
        description,
        grain=plan.grain,
        periods=_periods(plan.grain, description.periods),
        rows_in=0,
        rows_used=0,
        rows_set_aside=0,
        measures=tuple(m for m in description.measures if m.name in plan.measures),
        stratifiers=tuple(s for s in description.stratifiers if s.name in plan.stratifiers),
        sources=(),
        problems=(),
        note="",
    )


def _periods(grain: Grain, periods: tuple[str, ...]) -> tuple[str, ...]:
    if grain == "all":
        return ()
    return tuple(dict.fromkeys(p if grain_of(p) == grain else period_label(period_start(p), grain) for p in periods))
