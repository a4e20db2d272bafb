"""A test of change as others read it: what was tried, expected and decided, and what a release shows around it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from equity.access.here import Here
from equity.access.may import require
from equity.cube import Cube
from equity.improvement.cycles import Cycle
from equity.improvement.dates import day
from equity.lens.choices import Choices
from equity.lens.over_time.trends import trends
from equity.network.pieces import CycleTold, EffectTold, MeasureTold, QuestionTold
from equity.release.shelf import Release
from equity.release.view import as_cube
from equity.sharing import releases_in
from equity.vocabulary import Measure, PlainError, period_start
from equity.vocabulary.period import add_months, grain_of
from equity.words.labels.network import NETWORK_TEXTS

MONTHS_OF: Final = {"month": 1, "quarter": 3, "year": 12}


def measure_told(measure: Measure) -> MeasureTold:
    """A measure as its team defines it."""
    return MeasureTold(
        measure.name, measure.kind, measure.polarity, measure.multiplier, measure.unit, measure.clinical_area
    )


def cycle_told(here: Here, home: Path, cycle: Cycle, predicted: float | None) -> CycleTold:
    """A closed test. Raises :class:`PlainError` for one that is open, or a prediction that is no number."""
    require(here.database, here.person, here.workspace, "share_with_network")
    if cycle.decision is None:
        raise PlainError("This test is not closed yet: say what you decided, then others can learn from it.")
    if predicted is not None and not np.isfinite(predicted):
        raise PlainError("The change that was predicted is no number: leave it out where there was none.")
    effect, why, measure = _effect(here, home, cycle)
    return CycleTold(
        cycle.number,
        measure,
        cycle.shown.group,
        cycle.what or cycle.objective,
        cycle.scale,
        tuple(QuestionTold(q.words, q.prediction, q.result, q.outcome) for q in cycle.questions),
        cycle.decision,
        cycle.why,
        cycle.learned,
        predicted,
        effect,
        why,
    )


def _effect(here: Here, home: Path, cycle: Cycle) -> tuple[EffectTold | None, str, MeasureTold | None]:
    """What the newest release of the test's data shows of its group before and after; else why nothing is told."""
    shown = cycle.shown
    if not (shown.measure and shown.by and shown.group):
        return None, NETWORK_TEXTS["no_group_named"], None
    release = next(
        (r for r in releases_in(here.database, home, here.workspace) if r.dataset == shown.dataset and not r.revoked),
        None,
    )
    if release is None:
        return None, NETWORK_TEXTS["no_release_of_it"], None
    cube = as_cube(release)
    measures = [m for m in cube.description.measures if m.name == shown.measure]
    if not measures or shown.by not in [s.name for s in cube.description.stratifiers]:
        return None, NETWORK_TEXTS["release_holds_it_not"], None
    effect = effect_in(cube, cycle, measures[0], release)
    return effect, "" if effect else NETWORK_TEXTS["no_periods_around"], measure_told(measures[0])


def effect_in(cube: Cube, cycle: Cycle, measure: Measure, release: Release) -> EffectTold | None:
    """The change of the group's rate from the last whole period before the test to the first whole one after it."""
    begins, ends = day(cycle.begins), day(cycle.ends) or day(cycle.begins)
    if begins is None or ends is None or release.plan.grain not in MONTHS_OF:
        return None
    held, grain = cube.description, release.plan.grain
    answer = trends(cube, Choices(held.dataset, held.version, measure.name, cycle.shown.by), grain)
    rows = [row for row in answer.rows.to_dict("records") if row["group"] == cycle.shown.group]
    around = {"before": "", "after": ""}
    for row in rows:
        period = str(row["period"])
        start = period_start(period)
        over = add_months(start, MONTHS_OF[grain_of(period)])
        if over <= begins:
            around["before"] = period
        if start > ends and not around["after"]:
            around["after"] = period
    sides = [next((row for row in rows if row["period"] == around[side]), None) for side in ("before", "after")]
    if None in sides or any(row["shown"] not in ("yes", "zero") for row in sides if row):
        return None
    (before, after) = [(float(row["rate"]), _error(row)) for row in sides if row]
    value, error = -measure.harm_sign * (after[0] - before[0]), float(np.hypot(before[1], after[1]))
    if not np.isfinite(value) or not error > 0:
        return None
    return EffectTold(round(value, 6), round(error, 6), around["before"], around["after"], release.id)


def _error(row: Mapping[Hashable, Any]) -> float:
    """The standard error of a rate from its 95 % interval, which allows for people who come again."""
    return (float(row["upper"]) - float(row["lower"])) / (2 * 1.959964)
