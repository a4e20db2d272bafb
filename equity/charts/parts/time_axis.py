"""Periods as positions 0, 1, 2 … on an axis, and the few that are labelled."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from equity.words import periods as words

Floats = npt.NDArray[np.float64]
_MOST = 6


def ticks(periods: Sequence[str]) -> tuple[list[int], list[str]]:
    """Positions and texts of the labels: the first period of each year; where those are few, some between."""
    starts = [i for i, p in enumerate(periods) if i == 0 or p[:4] != periods[i - 1][:4]]
    if len(starts) < 3 and len(periods) > len(starts):
        step = max(1, -(-len(periods) // 4))
        starts = list(range(0, len(periods), step))
    if len(starts) > _MOST:
        starts = starts[:: -(-len(starts) // _MOST)]
    return starts, [words.short(periods[i]).replace(" ", "<br>") for i in starts]


def runs(values: Floats) -> list[slice]:
    """The stretches without a hole, for areas, which cannot be drawn over one."""
    there = np.isfinite(values)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], there, [False]]).astype(int)))
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def steps(values: Floats) -> tuple[Floats, Floats]:
    """A stepped line: each period's value from half before it to half after it."""
    at = np.arange(values.size, dtype=np.float64)
    return np.column_stack([at - 0.5, at + 0.5]).ravel(), np.repeat(values, 2)
