"""What every cell of a block is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from equity.lens.answers import ResolvedReference
from equity.lens.blocks import Block
from equity.lens.samples import Sample
from equity.stats.estimate import Estimate, FloatArray, ratio_of
from equity.vocabulary import ReferenceKind


@dataclass(frozen=True)
class Opposite:
    """The reference of every cell, arrays that broadcast to (measures, periods, groups).

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
    compared: npt.NDArray[np.bool_]
    is_reference: npt.NDArray[np.bool_]

    def map(self, change: Callable[[npt.NDArray[Any]], npt.NDArray[Any]]) -> Opposite:
        """The same opposites, each array changed alike."""
        own = self.published
        return Opposite(
            self.kind,
            None if self.sample is None else self.sample.map(change),
            None if own is None else Estimate(change(own.value), change(own.lower), change(own.upper)),
            *(change(values) for values in (self.target, self.share, self.compared, self.is_reference)),
        )

    @staticmethod
    def joined(parts: Sequence[Opposite]) -> Opposite:
        """Opposites of one kind of cells in rows, (cells,), one after the other."""
        samples = [part.sample for part in parts if part.sample is not None]
        own = [part.published for part in parts if part.published is not None]
        sides = (np.concatenate([getattr(each, side) for each in own]) for side in ("value", "lower", "upper") if own)
        return Opposite(
            parts[0].kind,
            Sample.joined(samples) if samples else None,
            Estimate(*sides) if own else None,
            *(
                np.concatenate([getattr(part, name) for part in parts])
                for name in ("target", "share", "compared", "is_reference")
            ),
        )


def opposite_of(block: Block, references: Mapping[str, ResolvedReference]) -> Opposite:
    """The opposite of every cell of a block whose measures are all compared in one way (``references`` by measure)."""
    shape = block.sample.n.shape
    nothing, nobody = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
    own = [references[m.name] for m in block.measures]
    kind = own[0].kind
    if kind == "target":
        target = np.array([r.rate for r in own], dtype=np.float64)[:, None, None]
        return Opposite("target", None, None, np.broadcast_to(target, shape), nothing, ~nobody, nobody)
    if kind in ("average", "others"):
        word: ReferenceKind = "average" if kind == "average" else "others"
        if block.values == "estimates":
            return Opposite(word, None, None, nothing, nothing, nobody, nobody)
        others = block.population.without(block.sample)
        share = ratio_of(block.sample.n, np.broadcast_to(block.population.n, shape))
        return Opposite(word, others, None, nothing, share, others.n > 0, nobody)
    return _of_a_group(block, [r.group for r in own])


def _of_a_group(block: Block, wanted: list[str]) -> Opposite:
    shape = block.sample.n.shape
    nothing = np.full(shape, np.nan)
    position = {value: i for i, value in enumerate(block.groups)}
    at = np.array([position.get(group, -1) for group in wanted], dtype=np.intp)
    is_reference = np.broadcast_to(np.arange(shape[-1])[None, None, :] == at[:, None, None], shape)
    taken = np.maximum(at, 0)[:, None, None]
    published = None
    if block.published is not None:
        own = block.published.estimate
        published = Estimate(*(np.take_along_axis(each, taken, axis=-1) for each in (own.value, own.lower, own.upper)))
    sample = block.sample.map(lambda sums: np.take_along_axis(sums, taken, axis=-1))
    compared = np.broadcast_to((at >= 0)[:, None, None], shape) & ~is_reference
    return Opposite("group", sample, published, nothing, nothing, compared, is_reference)
