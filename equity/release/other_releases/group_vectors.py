"""Groups as vectors of their counts: how much two have in common, and which are others together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import pandas as pd

COUNTS = ("n", "x", "others")
MOST_PARTS = 3
MOST_SEARCHED = 14
UNCHANGED = 0.5
"""A group of whose counts so many stand where they stood is itself, and not a part or a sum of others."""

Side = tuple[str, str]
Place = tuple[str, str, str]  # measure as it is called now, grain, period
Vector = dict[Place, float]


def one_way_counts(cells: pd.DataFrame, counts: dict[str, str]) -> Iterator[tuple[Side, Vector]]:
    """Every group with one count of these measures in each period."""
    mine = cells[cells["by1"] != ""]
    vectors: dict[Side, Vector] = {side: {} for side in zip(mine["by1"], mine["value1"], strict=True)}
    columns = ["by1", "value1", "measure", "grain", "period", *COUNTS]
    for by, value, measure, grain, period, *three in mine[columns].itertuples(index=False, name=None):
        if measure in counts and (count := three[COUNTS.index(counts[measure])]) > 0:
            vectors[by, value][measure, grain, period] = round(float(count), 6)
    yield from vectors.items()


def share_in_common(own: Vector, other: Vector) -> float:
    """The share of a group's counts that another one has in the same places."""
    return sum(other.get(at) == n for at, n in own.items()) / len(own) if own else 0.0


def made_of(wholes: dict[str, Vector], parts: dict[str, Vector]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each group that is two or three others together, in every place."""
    few = sorted(parts, key=lambda g: -sum(parts[g].values()))[:MOST_SEARCHED]
    for name, whole in wholes.items():
        for many in range(2, MOST_PARTS + 1):
            alike = (some for some in combinations(few, many) if _is_sum(whole, [parts[g] for g in some]))
            if (parts_of := next(alike, None)) is not None:
                yield name, parts_of
                break


def _is_sum(whole: Vector, parts: Sequence[Vector]) -> bool:
    """Whether a group is others together in most of the places in which all of them are."""
    common = [at for at in whole if all(at in part for part in parts)]
    agreeing = sum(abs(whole[at] - sum(part[at] for part in parts)) < 1e-6 for at in common)
    return agreeing > 0 and agreeing >= UNCHANGED * len(common)
