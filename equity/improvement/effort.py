"""What an aim asks for: how many more a period, what each site would have to change, when a chart could tell.

Arithmetic on the past, not a forecast: the group's size a period stays as it is, and the rate moves in even steps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity.cube import Cube
from equity.improvement.aim_line import line_of, until
from equity.improvement.aims import Aim
from equity.lens.answers import Disparities, ResolvedReference
from equity.lens.choices import Choices
from equity.lens.comparisons.blocks import block_over_time
from equity.lens.disparities import disparities, site_of
from equity.lens.over_time.pace import USUAL, chart_power
from equity.lens.over_time.trends import periods_of
from equity.stats.over_time.period_series import PeriodSums
from equity.vocabulary import Description, Grain, PeriodRange, PlainError, Reference


@dataclass(frozen=True)
class SiteNeed:
    """One site: the group's n and rate there in the baseline, and how many more a baseline's time it would take."""

    site: str
    n: float
    rate: float
    more: float


@dataclass(frozen=True)
class Effort:
    """What the aim asks for.

    change            the favourable change of the group's rate, in the unit of the rate
    n_a_period        the group's denominator in a usual period of the data's grain
    more_at_the_end   how many more a period than now, once the target is reached (NaN for a mean)
    periods_left      periods of the data's grain from the last data to the end of the date's own period
    periods_to_tell   the first period after the start at which a chart shows the change in 80 of 100 simulations; None
                      within the 36 periods that are simulated; nan where nothing can be simulated
    within_noise      whether the change is smaller than the baseline's own half-width: chance alone could show it
    gap_left          the gap that stays if the reference stays where it was; NaN without a reference; below 0: passed
    sites             by site, the most needed first; empty without sites
    people            how many distinct people the group's denominator in the baseline holds; 0 where they are not told
                      apart
    compared_with     what the gap was measured from in the baseline
    """

    change: float
    grain: Grain
    n_a_period: float
    more_at_the_end: float
    periods_left: int
    periods_to_tell: int | None
    can_simulate: bool
    within_noise: bool
    gap_left: float
    sites: tuple[SiteNeed, ...]
    people: float = 0.0
    compared_with: ResolvedReference | None = None


def effort(cube: Cube, aim: Aim) -> Effort:
    """The arithmetic beside an aim that has a baseline, a target and a date.

    Raises:
        PlainError: a part is missing, or the data hold rates without counts.
    """
    line = line_of(aim)
    if line is None or aim.baseline is None or aim.target is None:
        raise PlainError("The arithmetic needs a baseline, a target and a date: complete the aim first.")
    description = cube.description
    if description.values == "estimates":
        raise PlainError(f"“{description.dataset}” holds rates without counts: what an aim asks for needs counts.")
    measure, stratifier = description.measure(aim.measure), description.stratifier(aim.by)
    periods = periods_of(description, description.grain, PeriodRange())
    block = block_over_time(cube, measure, stratifier, description.grain, periods, ())
    if aim.group not in block.groups:
        raise PlainError(f"“{aim.group}” is not in the data any more: choose another group.")
    at = block.groups.index(aim.group)
    sums = PeriodSums.of(*(each[0, :, at] for each in (block.sample.n, block.sample.x, block.sample.xx)))
    n = block.sample.n[0, :, at]
    usual = float(np.mean(n[n > 0][-USUAL[description.grain] :]))
    left = max(len(until(line, periods[-1:])) - 1, 1)
    change = -measure.harm_sign * (aim.target - aim.baseline.value)
    then = disparities(cube, _choices(cube, aim))
    power = chart_power(measure, sums, aim.target, left, usual)
    return Effort(
        change=change,
        grain=description.grain,
        n_a_period=usual,
        more_at_the_end=np.nan if measure.kind == "mean" else change * usual,
        periods_left=left,
        periods_to_tell=None if power is None else power.periods_needed,
        can_simulate=power is not None,
        within_noise=_within_noise(then, aim, change),
        gap_left=_gap_left(aim, measure.harm_sign),
        sites=_sites(then, description, aim),
        people=float(then.rows.loc[then.rows["group"] == aim.group, "people"].sum()),
        compared_with=then.reference,
    )


def _gap_left(aim: Aim, harm_sign: int) -> float:
    assert aim.baseline is not None
    assert aim.target is not None
    reference = aim.baseline.reference_value
    return np.nan if reference is None else harm_sign * (aim.target - reference)


def _within_noise(then: Disparities, aim: Aim, change: float) -> bool:
    rows = then.rows
    row = rows[rows["group"] == aim.group]
    return bool(len(row)) and change < (float(row["upper"].iloc[0]) - float(row["lower"].iloc[0])) / 2


def _sites(then: Disparities, description: Description, aim: Aim) -> tuple[SiteNeed, ...]:
    """What would bring the group at each site to the target; those that are there already need nothing."""
    place = site_of(description.stratifiers, aim.by)
    assert aim.target is not None
    measure = then.measure
    if place is None or measure.kind == "mean":
        return ()
    spread = then.spread
    own = spread[spread["group"] == aim.group] if len(spread) else spread
    needs = [_need(measure.harm_sign, aim.target, str(r["value"]), r["n"], r["rate"]) for r in own.to_dict("records")]
    return tuple(sorted(needs, key=lambda site: -site.more))


def _need(harm_sign: int, target: float, site: str, n: float, rate: float) -> SiteNeed:
    return SiteNeed(site, float(n), float(rate), max(0.0, -harm_sign * (target - rate)) * n)


def _choices(cube: Cube, aim: Aim) -> Choices:
    assert aim.baseline is not None
    return Choices(
        dataset=cube.description.dataset,
        version=cube.description.version,
        measure=aim.measure,
        by=aim.by,
        reference=Reference.parse(aim.reference),
        period=PeriodRange.parse(aim.baseline.period),
    )
