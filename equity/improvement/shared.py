"""An aim as leaders may see it: with the numbers of one release, its baseline taken from there too."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from equity.cube import Cube
from equity.improvement.aims import Aim
from equity.improvement.progress import Progress, baseline_of, progress
from equity.vocabulary import Description, Measure, PlainError, Stratifier


@dataclass(frozen=True)
class SharedAim:
    """One aim as its readers may see it.

    ``aim`` has the baseline that the release shows, None where it shows none, or one that its rounding puts at the
    target or beyond; ``progress`` is None then too, and where the release shows nothing after the baseline.
    """

    aim: Aim
    measure: Measure
    stratifier: Stratifier
    progress: Progress | None


def is_in(held: Description, aim: Aim) -> bool:
    """Whether a release holds the aim's measure, grouping and group at all."""
    by = next((s for s in held.stratifiers if s.name == aim.by), None)
    return by is not None and aim.group in by.groups and any(m.name == aim.measure for m in held.measures)


def told_by_release(aim: Aim, cube: Cube) -> SharedAim:
    """The aim with the release's own baseline and progress; a balancing measure that it has not is not watched."""
    held = cube.description
    measure, stratifier = held.measure(aim.measure), held.stratifier(aim.by)
    known = any(m.name == aim.balancing for m in held.measures)
    bare = replace(aim, baseline=None, balancing=aim.balancing if known else "")
    if aim.baseline is None:
        return SharedAim(bare, measure, stratifier, None)
    try:
        whole = replace(bare, baseline=baseline_of(cube, aim, aim.baseline.period))
        reached = progress(cube, whole)
    except PlainError:
        return SharedAim(bare, measure, stratifier, None)
    return SharedAim(whole, measure, stratifier, reached if np.isfinite(reached.now.value) else None)
