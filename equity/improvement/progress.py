"""How far a group has come on the way to its aim, and whether anybody else lost by it.

The share reached is (now − baseline) ÷ (target − baseline): the aim's own words fix baseline and target, so the share's
interval is that of the rate now. "Too early to tell" is said whenever the interval holds the baseline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from equity.cube import Cube
from equity.improvement.aim_line import due_share
from equity.improvement.aims import Aim, Baseline
from equity.lens.answers import ResolvedReference, Trends
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.lens.over_time.trends import trends
from equity.stats import differences
from equity.stats.estimate import Estimate
from equity.vocabulary import Measure, PeriodRange, PlainError, Reference, period_label, period_start
from equity.vocabulary.period import add_months

Verdict = Literal["reached", "on_the_way", "too_early", "moved_away", "no_data_yet"]
BesideLine = Literal["behind", "not_behind", "not_sure", "no_line"]
Held = Literal["held", "not_sure", "broken", "not_known"]


@dataclass(frozen=True)
class Watched:
    """One condition of no harm: another group on the aim's measure, or the aim's group on the balancing measure.

    ``change`` is the favourable change since the baseline (negative: lost), in the unit of the rate. ``state``:
    ``broken`` when it clearly lost more than the floor, ``held`` when it clearly did not, else ``not_sure``;
    ``not_known`` without enough data.
    """

    measure: Measure
    group: str
    change: Estimate
    state: Held


@dataclass(frozen=True)
class Progress:
    """Where an aim stands in ``period``, the latest after the baseline (empty: there is none yet).

    ``whole`` is whether the data cover that period to its end: of an unfinished year one can say only how it is so far.
    ``now`` is the group's rate with its interval, ``share`` the share of the targeted change with its interval.
    ``gap_now`` is the gap from ``compared_with``, toward harm; NaN without one. ``due`` is the share of the change that
    the aim's straight line has by the middle of what the data cover of the period.
    """

    aim: Aim
    measure: Measure
    period: str
    whole: bool
    now: Estimate
    share: Estimate
    verdict: Verdict
    gap_now: float
    watched: tuple[Watched, ...]
    due: float = np.nan
    compared_with: ResolvedReference | None = None

    @property
    def beside_line(self) -> BesideLine:
        """Whether the share is clearly behind the line, clearly not, or neither."""
        if not np.isfinite(self.due) or self.verdict == "no_data_yet":
            return "no_line"
        if self.share.upper < self.due:
            return "behind"
        return "not_behind" if self.share.lower >= self.due else "not_sure"


def progress(cube: Cube, aim: Aim) -> Progress:
    """What the newest data say of an aim that has a baseline and a target.

    Raises:
        PlainError: the aim has neither yet, its target is no better than its baseline (a release that rounds may show
            one that is there already), or its measure, grouping or group is not in the data any more.
    """
    if aim.baseline is None or aim.target is None:
        raise PlainError("This aim has no baseline or no target yet: complete it first.")
    measure = cube.description.measure(aim.measure)
    if measure.harm_sign * (aim.target - aim.baseline.value) >= 0:
        raise PlainError("The target of this aim is no better than its baseline: there is no way between them to tell.")
    nothing = Estimate(*(np.asarray(np.nan) for _ in range(3)))
    period = latest_period(cube, aim.baseline.period)
    answer = disparities(cube, _choices(cube, aim, aim.measure, period)) if period else None
    row = None if answer is None else _row(answer.rows, aim.group)
    if answer is None or row is None or not np.isfinite(row["rate"]):
        return Progress(aim, measure, "", False, nothing, nothing, "no_data_yet", np.nan, ())
    now = Estimate(*(np.asarray(float(row[name])) for name in ("rate", "lower", "upper")))
    share = _share(now, aim.baseline.value, aim.target)
    return Progress(
        aim=aim,
        measure=measure,
        period=period,
        whole=is_whole(cube, period),
        now=now,
        share=share,
        verdict=_verdict(share),
        gap_now=float(row["gap"]),
        watched=_watched(cube, aim, measure, period),
        due=due_share(aim, period, cube.description.periods[-1]),
        compared_with=answer.reference,
    )


def baseline_of(cube: Cube, aim: Aim, period: str) -> Baseline:
    """Where the aim's group stood in a period, and where what it is compared with did.

    Raises:
        PlainError: the group has no rate then.
    """
    choices = _choices(cube, aim, aim.measure, period)
    answer = disparities(cube, choices)
    row = _row(answer.rows, aim.group)
    if row is None or not np.isfinite(row["rate"]):
        raise PlainError(f"“{aim.group}” has no data in {period}: choose another period for the baseline.")
    reference = float(answer.reference.rate)
    return Baseline(
        float(row["rate"]), float(row["n"]), period, choices.version, reference if np.isfinite(reference) else None
    )


def group_over_time(cube: Cube, aim: Aim) -> Trends | None:
    """The aim's measure over time by its grouping, in the data's own periods; None where the data have too few."""
    choices = replace(_choices(cube, aim, aim.measure, ""), period=PeriodRange())
    try:
        trend = trends(cube, choices, cube.description.grain)
    except PlainError:
        return None
    return trend if aim.group in set(trend.rows["group"]) else None


def latest_period(cube: Cube, baseline: str) -> str:
    """The latest period of the baseline's grain that has data and lies after it; empty when there is none."""
    grain = PeriodRange.parse(baseline).grain
    if grain == "all" or not cube.description.periods:
        return ""
    last = period_label(period_start(cube.description.periods[-1]), grain)
    return last if last > baseline else ""


def is_whole(cube: Cube, period: str) -> bool:
    """Whether the data cover the period to its end."""
    grain = cube.description.grain
    _, after = PeriodRange.parse(period).bounds()
    return period_label(add_months(after, -1), grain) <= cube.description.periods[-1]


def _rows(cube: Cube, aim: Aim, measure: str, period: str) -> pd.DataFrame:
    return disparities(cube, _choices(cube, aim, measure, period)).rows


def _choices(cube: Cube, aim: Aim, measure: str, period: str) -> Choices:
    return Choices(
        dataset=cube.description.dataset,
        version=cube.description.version,
        measure=measure,
        by=aim.by,
        reference=Reference.parse(aim.reference),
        period=PeriodRange.parse(period),
    )


def _row(rows: pd.DataFrame, group: str) -> pd.Series | None:
    of_group = rows[rows["group"] == group]
    return None if of_group.empty else of_group.iloc[0]


def _share(now: Estimate, baseline: float, target: float) -> Estimate:
    ends = sorted((float(side) - baseline) / (target - baseline) for side in (now.lower, now.upper))
    value = (float(now.value) - baseline) / (target - baseline)
    return Estimate(*(np.asarray(each) for each in (value, *ends)))


def _verdict(share: Estimate) -> Verdict:
    if share.lower > 0:
        return "reached" if share.value >= 1 else "on_the_way"
    return "moved_away" if share.upper < 0 else "too_early"


def _watched(cube: Cube, aim: Aim, measure: Measure, period: str) -> tuple[Watched, ...]:
    """The other groups on the aim's measure, then the aim's group on the balancing measure."""
    assert aim.baseline is not None
    before, after = (_rows(cube, aim, aim.measure, p) for p in (aim.baseline.period, period))
    others = [g for g, kind in zip(after["group"], after["kind"], strict=True) if kind == "group" and g != aim.group]
    watched = [_condition(measure, group, before, after, aim.floor or 0.0) for group in others]
    if aim.balancing:
        balancing = cube.description.measure(aim.balancing)
        before, after = (_rows(cube, aim, aim.balancing, p) for p in (aim.baseline.period, period))
        watched.append(_condition(balancing, aim.group, before, after, 0.0))
    return tuple(watched)


def _condition(measure: Measure, group: str, before: pd.DataFrame, after: pd.DataFrame, floor: float) -> Watched:
    rows = [_row(side, group) for side in (before, after)]
    if any(row is None or not np.isfinite(row["rate"]) for row in rows):
        return Watched(measure, group, Estimate(*(np.asarray(np.nan) for _ in range(3))), "not_known")
    change = _favourable_change(measure, [row for row in rows if row is not None])
    state: Held = "not_sure"
    if change.upper < -floor:
        state = "broken"
    elif change.lower > -floor or (floor == 0 and change.lower >= 0):
        state = "held"
    return Watched(measure, group, change, state)


def _favourable_change(measure: Measure, rows: Sequence[pd.Series]) -> Estimate:
    """The change between two periods with its interval (MOVER from the two own intervals), better being positive."""
    sides = [Estimate(*(np.asarray(float(row[c])) for c in ("rate", "lower", "upper"))) for row in rows]
    return differences.mover(sides[1], sides[0]).scaled(-measure.harm_sign)
