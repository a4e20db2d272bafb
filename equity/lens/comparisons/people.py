"""The groups of people in a block, as the statistics that work across groups want them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from equity.lens.answers import ResolvedReference
from equity.lens.comparisons.blocks import Z95, Block
from equity.stats.estimate import FloatArray, ratio_of
from equity.stats.groups import NO_REFERENCE, Groups
from equity.vocabulary import Measure


def groups_of_people(
    block: Block,
    measure: Measure,
    reference: ResolvedReference | None = None,
    ever: npt.NDArray[np.bool_] | None = None,
) -> Groups:
    """One measure's groups in a one-stretch block: (groups,), the unknown and declined left out.

    ``ever`` (categories,) says which groups the measure has at any time: others are not expected to be there.

    Ordered stratifiers keep their order, low to high. ``reference`` names the group that becomes the reference, if any.
    A neutral measure stays neutral: what needs a worse side is then not given.
    """
    groups = _groups_at(np.flatnonzero(block.is_group), block, measure, reference)
    return groups if ever is None else replace(groups, expected=ever[block.is_group] | groups.present)


def groups_of_people_by_period(
    block: Block, measure: Measure, reference: ResolvedReference, ever: npt.NDArray[np.bool_]
) -> Groups:
    """The same in every period of a block over time: (periods, groups)."""
    groups = _groups_at(np.flatnonzero(block.is_group), block, measure, reference, slice(None))
    return replace(groups, expected=ever[block.is_group] | groups.present)


def groups_of_everyone(block: Block, measure: Measure, reference: ResolvedReference | None = None) -> Groups:
    """The same with the unknown and declined, who are part of the average and of everyone else."""
    return _groups_at(np.arange(len(block.groups)), block, measure, reference)


def _groups_at(
    people: npt.NDArray[np.intp],
    block: Block,
    measure: Measure,
    reference: ResolvedReference | None,
    when: int | slice = 0,
) -> Groups:
    """These groups in one period of the block, or, with a slice, in all of those: (periods, groups)."""
    at = [m.name for m in block.measures].index(measure.name)

    def part(array: FloatArray) -> FloatArray:
        return np.asarray(array[at, when][..., people])

    names = [block.groups[i] for i in people]
    order = np.arange(len(people)) if block.stratifier.ordered else None
    group = reference.group if reference is not None else ""
    chosen = names.index(group) if group in names else NO_REFERENCE
    if block.published is not None:
        own = block.published.estimate
        error = part(own.width) / (2 * Z95)
        population = np.nan_to_num(part(block.published.population))
        return Groups.from_estimates(
            measure.kind,
            part(own.value),
            error,
            population,
            measure.polarity,
            order=order,
            reference=chosen,
        )
    sample = block.sample.map(part)
    n, _, _ = sample.effective(measure.kind)
    return Groups.from_counts(
        measure.kind,
        sample.n,
        sample.x,
        measure.polarity,
        xx=sample.xx,
        inflation=np.nan_to_num(ratio_of(sample.n, n), nan=1.0),
        order=order,
        reference=chosen,
    )
