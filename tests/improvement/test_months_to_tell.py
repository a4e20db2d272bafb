"""Months until a chart could tell, against charts drawn and judged here: within one month in nine of ten settings.

The judge below shares nothing with the program: counts from the process itself, its own limits, its own runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from scipy import stats

from equity.lens.over_time.pace import HORIZON, chart_power
from equity.stats.over_time.period_series import PeriodSums
from equity.vocabulary import Measure

BASELINE, CHARTS, SEED = 24, 3_000, 7


@dataclass(frozen=True)
class Setting:
    """A group's process: its kind, rate now and at the end, n a month, months until the date, spread of a mean."""

    kind: str
    now: float
    target: float
    n: int
    left: int
    spread: float = 0.0


SETTINGS = (
    Setting("proportion", 0.55, 0.65, 400, 24),
    Setting("proportion", 0.55, 0.65, 60, 24),
    Setting("proportion", 0.80, 0.90, 150, 12),
    Setting("proportion", 0.12, 0.06, 200, 18),
    Setting("proportion", 0.30, 0.45, 40, 12),
    Setting("rate", 0.004, 0.002, 3_000, 24),
    Setting("rate", 0.02, 0.012, 1_500, 12),
    Setting("rate", 0.0015, 0.0005, 8_000, 18),
    Setting("mean", 48.0, 38.0, 120, 24, 6.0),
    Setting("mean", 180.0, 150.0, 80, 12, 11.0),
)


def months_told(setting: Setting) -> int | None:
    """What the program says, from a history that stands exactly at the rate now."""
    n = np.full(BASELINE, float(setting.n))
    rate = np.full(BASELINE, setting.now)
    if setting.kind == "mean":  # moving ranges whose mean is that of the spread: an XmR chart finds the spread again
        rate = rate + np.where(np.arange(BASELINE) % 2, 0.5, -0.5) * setting.spread * 1.128
    sums = PeriodSums.of(n, n * rate, n * (rate**2 + 1.0))
    polarity = "lower_better" if setting.target < setting.now else "higher_better"
    measure = Measure(name="M", kind=setting.kind, polarity=polarity, multiplier=1.0)  # type: ignore[arg-type]
    found = chart_power(measure, sums, setting.target, setting.left, float(setting.n))
    assert found is not None
    return found.periods_needed


def months_drawn(setting: Setting, seed: int) -> int | None:
    """The first month by which 80 of 100 charts that were quiet before have shown a change."""
    steps = np.minimum(np.arange(1, HORIZON + 1) / setting.left, 1.0)
    course = np.concatenate([np.full(BASELINE, setting.now), setting.now + (setting.target - setting.now) * steps])
    random = np.random.default_rng(seed)
    shape = (CHARTS, len(course))
    draws: dict[str, Callable[[], np.ndarray]] = {
        "proportion": lambda: random.binomial(setting.n, course, shape) / setting.n,
        "rate": lambda: random.poisson(course * setting.n, shape) / setting.n,
        "mean": lambda: random.normal(course, setting.spread, shape),
    }
    value = draws[setting.kind]()
    centre = value[:, :BASELINE].mean(axis=1, keepdims=True)
    if setting.kind == "proportion":
        sigma = np.sqrt(centre * (1 - centre) / setting.n)
    elif setting.kind == "rate":
        sigma = np.sqrt(centre / setting.n)
    else:
        ranges = np.abs(np.diff(value[:, :BASELINE], axis=1))
        limit = 3.267 * ranges.mean(axis=1, keepdims=True)
        sigma = np.nanmean(np.where(ranges <= limit, ranges, np.nan), axis=1, keepdims=True) / 1.128
    beyond = np.abs(value - centre) > 3 * sigma
    side = np.sign(value - centre)
    useful, run, longest, crossings = (np.zeros(CHARTS, dtype=int) for _ in range(4))
    last, told, quiet, shares = np.zeros(CHARTS), np.zeros(CHARTS, dtype=bool), np.ones(CHARTS, dtype=bool), []
    for month in range(len(course)):
        now = side[:, month]
        there = np.abs(now) > 0
        useful += there
        turned = there & (last != 0) & (now != last)
        crossings += turned
        run = np.where(there, np.where(now == last, run + 1, 1), run)
        longest = np.maximum(longest, run)
        last = np.where(there, now, last)
        most = np.round(np.log2(np.maximum(useful, 1))) + 3
        fewest = stats.binom.ppf(0.05, np.maximum(useful - 1, 1), 0.5)
        signal = (longest > most) | (crossings < fewest)
        if month == BASELINE - 1:
            quiet = ~signal
        if month >= BASELINE:
            told |= signal | beyond[:, month]
            shares.append(told[quiet].mean())
    enough = np.flatnonzero(np.array(shares) >= 0.80)
    return int(enough[0]) + 1 if enough.size else None


def test_it_is_told_within_a_month_in_nine_of_ten_settings() -> None:
    pairs = [(months_told(setting), months_drawn(setting, SEED + place)) for place, setting in enumerate(SETTINGS)]
    near = [told == drawn if told is None or drawn is None else abs(told - drawn) <= 1 for told, drawn in pairs]
    assert sum(near) >= 9, pairs
    assert len({told for told, _ in pairs}) >= 6, "the settings must differ for this to mean anything"


@pytest.mark.parametrize("setting", SETTINGS[:2])
def test_more_people_a_month_tell_it_sooner(setting: Setting) -> None:
    few, many = (
        months_drawn(Setting(setting.kind, setting.now, setting.target, n, setting.left), SEED) for n in (60, 400)
    )
    assert many is not None
    assert few is None or few > many
