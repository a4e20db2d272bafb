"""Ours and a peer's, run in turn, so that a machine that slows down slows both; the ratio is taken pair by pair."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

MOST_ROUNDS = 15
QUICK_RUNS, QUICK_SECONDS = 9, 0.1

Work = Callable[[], object]


@dataclass(frozen=True)
class Paired:
    """Elapsed seconds of each, medians over the rounds, the median of the ratios peer ÷ ours, and how many rounds."""

    ours: float
    peer: float
    ratio: float
    rounds: int


def paired(ours: Work, peer: Work, patience: float = 5.0, fewest: int = 3) -> Paired:
    """Ours and the peer's in turn, after one uncounted round: as many rounds as fit into ``patience`` seconds.

    At least ``fewest``, at most fifteen.
    """
    start = time.perf_counter()
    ours()
    peer()
    one_round = time.perf_counter() - start
    rounds = max(fewest, min(MOST_ROUNDS, int(patience / one_round)))
    return of_pairs([(typical(ours), typical(peer)) for _ in range(rounds)])


def of_pairs(times: list[tuple[float, float]]) -> Paired:
    """Medians and the median ratio of pairs (ours, peer)."""
    ours, peer = zip(*times, strict=True)
    ratio = statistics.median(b / a for a, b in times)
    return Paired(statistics.median(ours), statistics.median(peer), ratio, len(times))


def typical(work: Work) -> float:
    """Elapsed seconds of one run: of a quick one the median of up to nine, so that both sides are steady."""
    times = [seconds(work)]
    while sum(times) < QUICK_SECONDS and len(times) < QUICK_RUNS:
        times.append(seconds(work))
    return statistics.median(times)


def seconds(work: Work) -> float:
    """Elapsed seconds of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
