"""Rates and sizes of organizations as others see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from equity.network.pieces import MeasureTold

FEWEST: Final = 5
"""Organizations in a picture, and in each band of sizes."""


def rounded(measure: MeasureTold, rate: float) -> float:
    """A rate as others see it: whole percents, or two digits."""
    if measure.kind == "proportion":
        return round(rate, 2)
    if rate == 0:
        return 0.0
    return float(f"{rate:.2g}")


def banded(sizes: Sequence[float], bands: int | None = None) -> list[float]:
    """For each organization the size of its band: bands of five or more, each at its middle, rounded to one digit.

    ``bands`` is how many there are; None: as many as can be.
    """
    count = max(1, len(sizes) // FEWEST) if bands is None else bands
    order = sorted(range(len(sizes)), key=lambda place: (sizes[place], place))
    band_sizes = [0.0] * len(sizes)
    for band in np.array_split(np.array(order), count):
        middle = float(f"{float(np.median([sizes[place] for place in band])):.1g}")
        for place in band:
            band_sizes[int(place)] = middle
    return band_sizes
