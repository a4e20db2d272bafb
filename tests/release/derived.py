"""Counts from numbers that are made of them: what a reader does with a percentage, an interval, a limit or a gap.

Own formulas throughout (Wilson's interval, Shewhart's limits, the gap and excess events as they are defined), written
from the books and not from the program. Each gives every (n, x) that would print as what was read.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

Z = 1.959963984540054
MOST = 60  # the largest n that is tried: hidden cells are small
Pair = tuple[int, int]


def pairs() -> Iterable[Pair]:
    """Every (n, x) that a small cell could have."""
    return ((n, x) for n in range(1, MOST + 1) for x in range(n + 1))


def wilson(n: int, x: int) -> tuple[float, float]:
    """The score interval of a proportion (Wilson 1927)."""
    p, z2 = x / n, Z * Z
    middle, spread = p + z2 / (2 * n), Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return (middle - spread) / (1 + z2 / n), (middle + spread) / (1 + z2 / n)


def near(one: float, other: float, digits: int) -> bool:
    """Whether two numbers print alike with so many decimals."""
    return abs(one - other) <= 0.5 * 10.0**-digits + 1e-9


def from_percentage(rate: float, n: int, digits: int = 3) -> set[Pair]:
    """From a rate, rounded, where n is known from elsewhere."""
    return {(n, x) for x in range(n + 1) if near(x / n, rate, digits)}


def from_interval(lower: float, upper: float, digits: int = 3) -> set[Pair]:
    """From the two ends of an interval, rounded."""
    return {(n, x) for n, x in pairs() if near(wilson(n, x)[0], lower, digits) and near(wilson(n, x)[1], upper, digits)}


def from_limit(centre: float, upper: float, rate: float, digits: int = 4) -> set[Pair]:
    """From a p chart: the width of the limits gives n, and the point on it then gives x."""
    sizes = [n for n in range(1, MOST + 1) if near(centre + 3 * math.sqrt(centre * (1 - centre) / n), upper, digits)]
    return {pair for n in sizes for pair in from_percentage(rate, n)}


def from_gap(gap: float, reference: float, n: int, digits: int = 3) -> set[Pair]:
    """From how far a rate is above a reference that is shown."""
    return {(n, x) for x in range(n + 1) if near(x / n - reference, gap, digits)}


def from_ratio(ratio: float, reference: float, n: int, digits: int = 3) -> set[Pair]:
    """From how many times the reference's rate it is."""
    return {(n, x) for x in range(n + 1) if near(x / n / reference, ratio, digits)}
