"""Groups drawn at random around known true rates, many settings at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from equity.stats.groups import Groups

SPREAD_OF_A_MEAN = 8.0


def true_groups(kind: str, rates: Sequence[float], n: Sequence[float], polarity: str, **more: Any) -> Groups:
    """The groups as they are: no error of any kind."""
    y, size = np.asarray(rates, dtype=float), np.asarray(n, dtype=float)
    return Groups.from_counts(kind, size, y * size, polarity, xx=(y**2 + SPREAD_OF_A_MEAN**2) * size, **more)


def drawn_groups(
    kind: str, rates: Sequence[float], n: Sequence[float], polarity: str, settings: int, seed: int, **more: Any
) -> Groups:
    """(settings, groups) extracts of those groups."""
    random = np.random.default_rng(seed)
    y, size = np.asarray(rates, dtype=float), np.asarray(n, dtype=float)
    shape = (settings, len(y))
    everyone = np.broadcast_to(size, shape)
    if kind == "proportion":
        return Groups.from_counts(kind, everyone, random.binomial(size.astype(int), y, shape), polarity, **more)
    if kind == "rate":
        return Groups.from_counts(kind, everyone, random.poisson(y * size, shape), polarity, **more)
    mean = random.normal(y, SPREAD_OF_A_MEAN / np.sqrt(size), shape)
    squares = SPREAD_OF_A_MEAN**2 * random.chisquare(size - 1, shape) + mean**2 * size
    return Groups.from_counts(kind, everyone, mean * size, polarity, xx=squares, **more)
