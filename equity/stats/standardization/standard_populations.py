"""Standard populations by age, and their weights for the age bands of a data file.

A standard is given by the age at which each of its bands begins and how many of it are in that band; its last band has
no end. A file's band that begins or ends inside a standard's band takes its part of it by years of age, which is exact
at 18 for the United States (the standard's own count of ages 18 and 19) and says that people are spread evenly over
five years elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from equity.stats.estimate import FloatArray

Band = tuple[float, float]
"""The first age in a band and the first age beyond it, in years; infinite for a band without an end."""


@dataclass(frozen=True)
class StandardPopulation:
    """A named standard.

    Attributes:
        key: what it is called in links and on the command line.
        starts: the first age of each band, youngest first.
        sizes: how many of the standard are in each band.
        source: where it is published.
    """

    key: str
    starts: tuple[int, ...]
    sizes: tuple[float, ...]
    source: str

    @property
    def total(self) -> float:
        """Everyone in the standard."""
        return float(sum(self.sizes))


_FIVES: Final = tuple(range(5, 86, 5))

US_2000: Final = StandardPopulation(
    "us2000",
    (0, 1, 5, 10, 15, 18, *_FIVES[3:]),
    (
        *(13_818, 55_317, 72_533, 73_032, 43_036, 29_133, 66_478, 64_529, 71_044, 80_762, 81_851),
        *(72_118, 62_716, 48_454, 38_793, 34_264, 31_773, 26_999, 17_842, 15_508),
    ),
    "2000 US standard million: Anderson & Rosenberg 1998 (NVSR 47:3); ages 18 and 19: Klein & Schoenborn 2001",
)
EUROPE_2013: Final = StandardPopulation(
    "europe2013",
    (0, 1, *range(5, 96, 5)),
    (
        *(1_000, 4_000, 5_500, 5_500, 5_500, 6_000, 6_000, 6_500, 7_000, 7_000, 7_000, 7_000),
        *(6_500, 6_000, 5_500, 5_000, 4_000, 2_500, 1_500, 800, 200),
    ),
    "European standard population 2013: Eurostat, Revision of the European Standard Population, 2013",
)
WHO_2000: Final = StandardPopulation(
    "who2000",
    tuple(range(0, 101, 5)),
    (
        *(8_860, 8_690, 8_600, 8_470, 8_220, 7_930, 7_610, 7_150, 6_590, 6_040, 5_370, 4_550),
        *(3_720, 2_960, 2_210, 1_520, 910, 440, 150, 40, 5),
    ),
    "WHO world standard population 2000–2025: Ahmad et al. 2001 (GPE discussion paper 31), per cent times 1,000",
)
STANDARDS: Final = {each.key: each for each in (US_2000, EUROPE_2013, WHO_2000)}


OWN: Final = "own"
"""The standard that is everyone in the question."""
STANDARD_KEYS: Final = (*STANDARDS, OWN)


def band_weights(standard: StandardPopulation, bands: Sequence[Band]) -> FloatArray:
    """(bands,) how many of the standard are in each band, NaN where the standard does not say.

    A band that begins inside the standard's last, open band cannot be told from it. Whether the bands cover the whole
    standard is for the caller to say (:func:`share_covered`).
    """
    ends = (*standard.starts[1:], math.inf)
    edges = list(zip(standard.starts, ends, standard.sizes, strict=True))
    return np.array([sum(_part(band, edge) for edge in edges) for band in bands], dtype=np.float64)


def share_covered(standard: StandardPopulation, weights: FloatArray) -> float:
    """The share of the standard that the bands cover: below 1 the weights are of a part of it, such as adults."""
    return float(weights.sum() / standard.total)


def overlap(bands: Sequence[Band]) -> bool:
    """Whether two of the bands hold the same age."""
    ordered = sorted(bands)
    return any(later[0] < earlier[1] for earlier, later in pairwise(ordered))


def _part(band: Band, edge: tuple[int, float, float]) -> float:
    """How many of one of the standard's bands are in a band."""
    start, end, size = edge
    low, high = max(band[0], start), min(band[1], end)
    if low >= high:
        return 0.0
    if math.isinf(end):
        return size if low == start and math.isinf(high) else math.nan
    return size * (high - low) / (end - start)
