"""What every cell of a block is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from equity.lens.answers import ResolvedReference
from equity.lens.comparisons.blocks import Block, Published
from equity.lens.comparisons.samples import Sample
from equity.lens.tables import Columns
from equity.stats.estimate import Estimate, FloatArray, ratio_of
from equity.vocabulary import Kind, Measure, ReferenceKind
from equity.vocabulary.description import Values

KINDS: tuple[Kind, ...] = ("mean", "proportion", "rate")
CHOSEN: tuple[ReferenceKind, ...] = ("average", "best", "group", "others", "target")
"""What a reference can be chosen as; the best group is a named group once it is chosen."""

Places = npt.NDArray[np.intp]
Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Comparator:
    """The reference of every cell, arrays (cells,).

    ``sample`` holds the reference's sums (for ``average``: everyone else's), None for a target and in an extract
    without counts, where ``published`` holds its estimates. ``target`` is NaN where there is none. ``share`` is the
    group's part of the population, used for the average that contains the group. ``compared`` is False where no
    comparison is made: the reference itself, or nothing to compare with. ``is_reference`` marks the reference.
    """

    kind: ReferenceKind
    sample: Sample | None
    published: Estimate | None
    target: FloatArray
    share: FloatArray
    compared: Booleans
    is_reference: Booleans

    def shaped(self, shape: tuple[int, ...]) -> Comparator:
        """The same comparators as arrays of another shape."""

        def change(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
            return values.reshape(*values.shape[:-1], *shape)

        own = self.published
        return Comparator(
            self.kind,
            None if self.sample is None else self.sample.map_all(change),
            None if own is None else Estimate(change(own.value), change(own.lower), change(own.upper)),
            *(change(values) for values in (self.target, self.share, self.compared, self.is_reference)),
        )


@dataclass(frozen=True)
class BlockCells:
    """The cells of one block or several in rows; arrays (cells,).

    ``named`` says which cell each is: measure, period, by, group, kind (of category). ``kind`` is the measure's place
    in KINDS, ``chosen`` its reference's in CHOSEN (−1 where it has none), ``target`` that reference's rate.
    ``reference`` is the cell of the group that a cell is compared with, −1 where there is none; ``neutral`` marks
    measures without a worse side, and ``picked`` that the same data picked the reference. ``setting`` numbers the
    measures and periods of each block: cells with one number are compared beside each other. ``everyone`` has the sums
    of all groups of the cell's measure and period; ``minimum_n`` is what the measure asks of a best group.
    """

    values: Values
    named: Columns
    kind: npt.NDArray[np.int64]
    chosen: npt.NDArray[np.int64]
    is_group: Booleans
    harm_sign: FloatArray
    target: FloatArray
    reference: Places
    neutral: Booleans
    picked: Booleans
    setting: Places
    minimum_n: FloatArray
    sample: Sample
    everyone: Sample
    published: Published | None

    @staticmethod
    def of(block: Block, references: Mapping[str, ResolvedReference]) -> BlockCells:
        """A block's cells: measures, within them periods, within them groups. ``references`` by measure."""
        shape = measures, periods, groups = block.sample.n.shape
        size, kinds = measures * periods * groups, [c.kind for c in block.stratifier.categories]
        own = [references.get(m.name) for m in block.measures]
        position = {value: i for i, value in enumerate(block.groups)}
        wanted = [-1 if r is None else position.get(r.group, -1) for r in own]

        def each(of_measures: Sequence[Any]) -> npt.NDArray[Any]:
            return np.repeat(np.array(of_measures), periods * groups)

        def flat(sums: FloatArray) -> FloatArray:
            return np.broadcast_to(sums, (len(sums), *shape)).reshape(len(sums), size)

        at, first = each(wanted), np.repeat(np.arange(measures * periods) * groups, groups)
        return BlockCells(
            values=block.values,
            named={
                "measure": each([m.name for m in block.measures]),
                "period": np.tile(np.repeat(list(block.periods), groups), measures),
                "by": np.full(size, block.stratifier.name),
                "group": np.tile(np.array(block.groups, dtype=str), measures * periods),
                "kind": np.tile(np.array(kinds, dtype=str), measures * periods),
            },
            kind=each([KINDS.index(m.kind) for m in block.measures]),
            chosen=each([-1 if r is None else CHOSEN.index(r.kind) for r in own]),
            is_group=np.tile(block.is_group, measures * periods),
            harm_sign=each([float(m.harm_sign) for m in block.measures]),
            target=each([np.nan if r is None or r.kind != "target" else r.rate for r in own]),
            reference=np.where(at >= 0, first + at, -1),
            neutral=each([m.polarity == "neutral" for m in block.measures]),
            picked=each([r is not None and r.picked for r in own]),
            setting=np.repeat(np.arange(measures * periods), groups),
            minimum_n=each([float(m.minimum_n) for m in block.measures]),
            sample=block.sample.map_all(flat),
            everyone=block.population.map_all(flat),
            published=None if block.published is None else block.published.map(np.ravel),
        )

    @staticmethod
    def joined(parts: Sequence[BlockCells]) -> BlockCells:
        """The cells of several blocks, one below the other."""
        if len(parts) == 1:
            return parts[0]
        starts = np.cumsum([0, *(len(part.kind) for part in parts)])
        moved = [np.where(p.reference >= 0, p.reference + start, -1) for p, start in zip(parts, starts, strict=False)]
        published = [part.published for part in parts if part.published is not None]
        before = np.cumsum([0, *(int(part.setting.max(initial=-1)) + 1 for part in parts)])
        settings = [part.setting + count for part, count in zip(parts, before, strict=False)]
        alike = ("kind", "chosen", "is_group", "harm_sign", "target", "neutral", "picked", "minimum_n")
        columns: dict[str, Any] = {name: np.concatenate([getattr(part, name) for part in parts]) for name in alike}
        return BlockCells(
            values=parts[0].values,
            named={name: np.concatenate([part.named[name] for part in parts]) for name in parts[0].named},
            reference=np.concatenate(moved),
            setting=np.concatenate(settings),
            sample=Sample.joined([part.sample for part in parts]),
            everyone=Sample.joined([part.everyone for part in parts]),
            published=Published.joined(published) if published else None,
            **columns,
        )

    def sums_of(self, places: Places) -> Sample:
        """The sums of some of the cells."""
        return self.sample.map_all(lambda sums: sums[:, places])


def comparators(cells: BlockCells, places: Places, chosen: ReferenceKind) -> Comparator:
    """The comparator of some of the cells, whose references are all chosen in one way."""
    nothing, nobody = np.full(len(places), np.nan), np.zeros(len(places), dtype=bool)
    if chosen == "target":
        return Comparator("target", None, None, cells.target[places], nothing, ~nobody, nobody)
    if chosen in ("average", "others"):
        if cells.values == "estimates":
            return Comparator(chosen, None, None, nothing, nothing, nobody, nobody)
        own, everyone = cells.sums_of(places), cells.everyone.map_all(lambda sums: sums[:, places])
        others = everyone.without(own)
        return Comparator(chosen, others, None, nothing, ratio_of(own.n, everyone.n), others.n > 0, nobody)
    wanted = cells.reference[places]
    taken, is_reference = np.maximum(wanted, 0), wanted == places
    published = None
    if cells.published is not None:
        each = cells.published.estimate
        published = Estimate(each.value[taken], each.lower[taken], each.upper[taken])
    compared = (wanted >= 0) & ~is_reference
    return Comparator("group", cells.sums_of(taken), published, nothing, nothing, compared, is_reference)


def comparator_of(block: Block, measure: Measure, reference: ResolvedReference) -> Comparator:
    """The comparator of every cell of one measure's block, arrays of the block's shape (1, periods, groups)."""
    cells = BlockCells.of(block, {measure.name: reference})
    chosen = CHOSEN[CHOSEN.index(reference.kind)]
    return comparators(cells, np.arange(len(cells.kind)), chosen).shaped(block.sample.n.shape)
