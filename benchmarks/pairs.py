"""Ours and a peer's, run in turn, so that a machine that slows down slows both; the ratio is taken pair by pair."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Paired:
    """Seconds of processor time of each, medians over the rounds, and the median of the ratios peer ÷ ours."""

    what: str
    ours: float
    peer: float
    ratio: float

    def __str__(self) -> str:
        return f"{self.what:<58} ours {self.ours:9.4f} s   peer {self.peer:9.4f} s   peer ÷ ours {self.ratio:8.1f}"


def paired(what: str, ours: Callable[[], object], peer: Callable[[], object], rounds: int = 5) -> Paired:
    """One uncounted round, then ``rounds`` of ours and the peer's in turn."""
    ours()
    peer()
    times = [(seconds(ours), seconds(peer)) for _ in range(rounds)]
    mine, other = zip(*times, strict=True)
    ratio = statistics.median(b / a for a, b in times)
    return Paired(what, statistics.median(mine), statistics.median(other), ratio)


def seconds(run: Callable[[], object]) -> float:
    """Elapsed seconds of one run."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
