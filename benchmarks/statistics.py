"""All summary measures with 2,000-draw intervals for 200 settings × 5 groups, beside the same done a setting at a time.

The peer resamples counts 100 times from the binomial in a plain loop and takes percentiles of the closed-form measures,
the way packages for one table at a time do. It leaves the two regression indices out, so it does less.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from benchmarks.pairs import paired
from benchmarks.result import Aim, Result
from equity.stats.groups import Groups
from equity.stats.summary.bootstrap import summary_measures
from equity.stats.summary.registry import NAMES

SETTINGS, GROUPS, DRAWS, PEER_DRAWS = 200, 5, 2000, 100
Floats = npt.NDArray[np.float64]


def run() -> list[Result]:
    """The lines of this part's table."""
    generator = np.random.default_rng(1)
    n = generator.integers(100, 5000, (SETTINGS, GROUPS)).astype(float)
    x = generator.binomial(n.astype(int), generator.uniform(0.2, 0.8, (SETTINGS, GROUPS))).astype(float)
    reference = np.zeros(SETTINGS, dtype=int)
    groups = Groups.from_counts("proportion", n, x, "higher_better", order=np.arange(GROUPS), reference=reference)

    def ours() -> object:
        return summary_measures(groups, draws=DRAWS)

    def peer() -> object:
        return [_one_setting(n[i], x[i], generator) for i in range(SETTINGS)]

    times = paired(ours, peer)
    return [
        Result(
            what=f"{len(NAMES)} summary measures with intervals from {DRAWS:,} draws",
            size=f"{SETTINGS} settings of {GROUPS} groups",
            unit="s",
            ours=times.ours,
            peer=f"a setting at a time, 20 measures, {PEER_DRAWS} draws",
            theirs=times.peer,
            ratio=times.ratio,
            rounds=times.rounds,
            aims=(Aim("ours", "most", 2),),
        )
    ]


def _one_setting(n: Floats, x: Floats, generator: np.random.Generator) -> Floats:
    values = [_measures(n, generator.binomial(n.astype(int), x / n) / n) for _ in range(PEER_DRAWS)]
    return np.asarray(np.percentile(values, [2.5, 97.5], axis=0))


def _measures(n: Floats, y: Floats) -> list[float]:
    p = n / n.sum()
    mean = float((p * y).sum())
    best, apart, relative = float(y.max()), np.abs(y - mean), y / mean
    variance = float((p * (y - mean) ** 2).sum())
    rank = np.cumsum(p) - p / 2
    concentration = float((p * (2 * rank - 1) * y).sum())
    return [
        best - float(y.min()),
        best / float(y.min()),
        float(y[0] - y[1:].min()),
        variance,
        variance**0.5,
        100 * variance**0.5 / mean,
        float(np.abs(y - best).mean()),
        float((p * np.abs(y - best)).sum()),
        float(apart.mean()),
        float((p * apart).sum()),
        float(np.abs(y - y[0]).mean()),
        float((p * np.abs(y - y[0])).sum()),
        100 * float(apart.mean()) / mean,
        100 * float((p * apart).sum()) / mean,
        1000 * float((p * relative * np.log(relative)).sum()),
        1000 * float((p * -np.log(relative)).sum()),
        best - mean,
        100 * (best - mean) / mean,
        concentration,
        concentration / mean,
    ]
