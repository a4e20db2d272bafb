"""The linked tables: every cell that readers will have seen, and the sums that tie cells together.

A sum says that one cell is the total of others: everyone of the groups of a stratifier, a margin of the cells of a
crossed table, a quarter of its months. Where a total and its parts differ (rows without a period, groups that the
extract leaves out), the rest is a cell of its own, which nobody publishes and anybody can work out. Where two versions
of a dataset hold a cell, the later is the sum of the earlier and what changed between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from equity.vocabulary import GRAINS, Grain, period_label, period_start

KEY = ["grain", "period", "by1", "value1", "by2", "value2"]
Key = tuple[int, str, str, str, str, str, str]


@dataclass(frozen=True)
class LinkedTables:
    """Cells and the sums over them.

    keys      version and KEY of every cell that was or will be published, then (``total``, ``parts``) go on to number
              the unpublished rests: ``len(keys) + j`` is the rest of sum j.
    totals    for each sum, the cell that is the total.
    parts     for each sum, the cells that make it up, without its rest.
    changes   for each sum, whether it compares two versions: its rest is then what changed, and may be below 0.
    """

    keys: tuple[Key, ...]
    totals: npt.NDArray[np.intp]
    parts: tuple[tuple[int, ...], ...]
    changes: npt.NDArray[np.bool_]

    @property
    def size(self) -> int:
        """How many cells there are, the rests included."""
        return len(self.keys) + len(self.totals)

    @property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """For each sum its total, its parts and its rest."""
        return tuple(
            (int(total), *parts, len(self.keys) + j)
            for j, (total, parts) in enumerate(zip(self.totals, self.parts, strict=True))
        )

    def matrix(self) -> sparse.csr_array:
        """Sums × cells: 1 at the total, −1 at parts and rest; times the true values it is 0."""
        members = self.members
        rows = np.repeat(np.arange(len(members)), [len(m) for m in members])
        columns = np.fromiter((c for m in members for c in m), dtype=np.intp)
        signs = np.fromiter((1.0 if i == 0 else -1.0 for m in members for i in range(len(m))), dtype=np.float64)
        return sparse.csr_array((signs, (rows, columns)), shape=(len(members), self.size))

    def rests(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """(…, sums): total less parts, from (…, len(keys)) values."""
        rests = np.zeros((*values.shape[:-1], len(self.totals)))
        for j, (total, parts) in enumerate(zip(self.totals, self.parts, strict=True)):
            rests[..., j] = values[..., total] - values[..., list(parts)].sum(axis=-1)
        return np.asarray(np.round(rests, 6), dtype=np.float64)


Made = tuple[Key, tuple[Key, ...]]


def link(cells: pd.DataFrame, made: Sequence[Made] = ()) -> LinkedTables:
    """Tie cells (columns version and KEY, each once) together by every sum that holds over them.

    ``made`` are cells of one version that several of another are together, each with those that are there: groups that
    were merged or split in between.
    """
    keys: list[Key] = list(cells[["version", *KEY]].itertuples(index=False, name=None))
    place = {key: i for i, key in enumerate(keys)}
    sums: dict[tuple[int, str], list[int]] = {}
    for i, key in enumerate(keys):
        for parent, along in _parents(key):
            if parent in place:
                sums.setdefault((place[parent], along), []).append(i)
    changes: list[tuple[int, tuple[int, ...]]] = [(later, (earlier,)) for later, earlier in _changes(keys, place)]
    changes += [(place[whole], tuple(place[part] for part in parts)) for whole, parts in made]
    totals = [total for total, _ in sums] + [later for later, _ in changes]
    return LinkedTables(
        keys=tuple(keys),
        totals=np.array(totals, dtype=np.intp),
        parts=(*(tuple(parts) for parts in sums.values()), *(parts for _, parts in changes)),
        changes=np.array([False] * len(sums) + [True] * len(changes), dtype=np.bool_),
    )


def _parents(key: Key) -> Iterator[tuple[Key, str]]:
    """The totals that a cell is a part of, and along what."""
    version, grain, period, by1, value1, by2, value2 = key
    if by2:
        yield (version, grain, period, by1, value1, "", ""), f"over {by2}"
        yield (version, grain, period, by2, value2, "", ""), f"over {by1}"
    elif by1:
        yield (version, grain, period, "", "", "", ""), f"over {by1}"
    place = GRAINS.index(grain)
    if place + 1 < len(GRAINS):
        coarser: Grain = GRAINS[place + 1]
        yield (version, coarser, period_label(period_start(period), coarser), *key[3:]), "over time"


def _changes(keys: Sequence[Key], place: dict[Key, int]) -> Iterator[tuple[int, int]]:
    """(later, earlier): the same cell in each version and the one before it, and in the newest and every older one."""
    held: dict[Key, list[int]] = {}
    for key in keys:
        held.setdefault((0, *key[1:]), []).append(key[0])
    newest = max(key[0] for key in keys)
    for (_, *cell), versions in held.items():
        versions.sort()
        pairs = set(pairwise(versions))
        if versions[-1] == newest:
            pairs |= {(older, newest) for older in versions[:-1]}
        for earlier, later in sorted(pairs):
            yield place[(later, *cell)], place[(earlier, *cell)]  # type: ignore[index]
