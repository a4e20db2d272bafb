"""Which values of a grouping are totals: the numbers say so, and a word is one only where they do not say otherwise.

In every context (measure, period and the other groupings) a total is the sum of the other values, or of some of them,
in events and in everyone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt

from equity.intake.columns.bands import span_of
from equity.intake.columns.categories import is_total, kind_of
from equity.intake.proposal.evidence import Evidence, Numbers
from equity.vocabulary import Decision

MOST_VALUES = 400
MOST_CELLS = 4_000_000
FEW_VALUES = 12
AGREES = 0.95
TELLING = 10.0  # events that a sum must hold before one context alone can prove it


@dataclass(frozen=True)
class FoundTotals:
    """Of one column: values that are totals, words that read like totals and are none, and how it is known."""

    totals: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    by_word: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Sums:
    """Sums by context and value: ``layers`` holds x and n, each (contexts, values); ``here`` where there are rows."""

    values: tuple[str, ...]
    layers: tuple[Numbers, ...]
    here: npt.NDArray[np.bool_]
    told: npt.NDArray[np.bool_]

    def adds_up(self, value: int, parts: Sequence[int]) -> tuple[int, int]:
        """(contexts in which the value is the sum of the parts, contexts in which both are there and are known)."""
        rows = self.told[:, value] & self.here[:, value] & self.told[:, parts].all(axis=1)
        rows &= self.here[:, parts].sum(axis=1) >= 2
        good = np.ones(int(rows.sum()), dtype=np.bool_)
        for layer in self.layers:
            whole, sums = layer[rows, value], layer[rows][:, parts].sum(axis=1)
            good &= np.abs(whole - sums) <= 1e-6 * np.abs(whole) + 0.51 * (whole != np.round(whole))
        return int(good.sum()), int(rows.sum())

    def size(self, value: int) -> float:
        """How many events there are at that value."""
        return float(np.nansum(self.layers[0][:, value]))


def find_totals(
    evidence: Evidence, column: str, others: Sequence[str], counts: Sequence[Numbers], known: npt.NDArray[np.bool_]
) -> FoundTotals:
    """The totals of a column; ``others`` are the columns that tell contexts apart, ``counts`` x and n of each row.

    ``known`` is false where a count is hidden or missing.
    """
    values = tuple(dict.fromkeys(evidence.columns[column].cells))
    if not 2 <= len(values) <= MOST_VALUES:
        return FoundTotals()
    sums = _sums(evidence, column, others, counts, known)
    if sums is None:
        return FoundTotals()
    places = range(len(sums.values))
    words = [p for p in places if sums.values[p] and is_total(sums.values[p])]
    totals: dict[int, tuple[tuple[int, ...], str]] = {}
    kept: list[int] = []
    candidates = [p for p in places if p not in words]
    for place in words:
        if _is_part(sums, place, [p for p in candidates if kind_of(sums.values[p]) == "group"]):
            kept.append(place)
        else:
            totals[place] = (tuple(candidates), "its name says so and its numbers do not say otherwise")
    rest = [*candidates, *kept]
    for place in sorted(rest, key=lambda p: -sums.size(p)):
        parts = _parts(sums, place, [p for p in rest if p != place and p not in totals])
        if parts:
            totals[place] = (parts, "it is the sum of " + _named([sums.values[p] for p in parts]))
            kept = [p for p in kept if p != place]
    return FoundTotals(
        tuple(sums.values[p] for p in totals),
        tuple(sums.values[p] for p in kept),
        tuple(sums.values[p] for p in words if p in totals),
        tuple(Decision("total", sums.values[p], why, 0.95) for p, (_, why) in totals.items())
        + tuple(Decision("no total", sums.values[p], "it is smaller than a group beside it", 0.9) for p in kept),
        {sums.values[p]: tuple(sums.values[q] for q in parts) for p, (parts, _) in totals.items()},
    )


def _sums(
    evidence: Evidence, column: str, others: Sequence[str], counts: Sequence[Numbers], known: npt.NDArray[np.bool_]
) -> _Sums | None:
    cells = evidence.columns[column].cells
    folded: dict[str, int] = {}
    names: list[str] = []
    places = np.empty(len(cells), dtype=np.int64)
    for row, text in enumerate(cells):
        key = text.casefold()
        if key not in folded:
            folded[key] = len(names)
            names.append(text)
        places[row] = folded[key]
    context = evidence.together(others)
    height = int(context.max(initial=0)) + 1
    if height * len(names) > MOST_CELLS:
        return None
    flat = context * len(names) + places
    shape = (height, len(names))
    here = np.bincount(flat, minlength=height * len(names)).reshape(shape) > 0
    untold = np.bincount(flat[~known], minlength=height * len(names)).reshape(shape) > 0
    layers = tuple(
        np.bincount(flat[known], weights=count[known], minlength=height * len(names)).reshape(shape).astype(np.float64)
        for count in counts
    )
    return _Sums(tuple(names), layers, here, ~untold)


def _is_part(sums: _Sums, place: int, others: Sequence[int]) -> bool:
    """Whether a value that a word calls a total is smaller than a group beside it, so that it cannot be one."""
    if not others:
        return False
    rows = sums.here[:, place] & sums.told[:, place]
    largest = np.where(sums.told, sums.layers[-1], 0)[rows][:, others].max(axis=1, initial=0)
    return bool(rows.any()) and float((sums.layers[-1][rows, place] < largest * (1 - 1e-9)).mean()) > 0.5


def _parts(sums: _Sums, place: int, others: Sequence[int]) -> tuple[int, ...]:
    """The values of which this one is the sum, or none."""
    if len(others) < 2:
        return ()
    for parts in _likely_parts(sums, place, others):
        if len(parts) < 2:
            continue
        good, all_rows = sums.adds_up(place, parts)
        if not all_rows or good < AGREES * all_rows:
            continue
        if good > 1 or sums.size(place) >= TELLING:
            return tuple(parts)
    return ()


def _likely_parts(sums: _Sums, place: int, others: Sequence[int]) -> list[tuple[int, ...]]:
    """All the others; those whose band lies within this one's; and of few values any that add up in one context."""
    answered = tuple(p for p in others if sums.values[p] and kind_of(sums.values[p]) in ("group", "other"))
    likely = [tuple(others), answered]
    span = span_of(sums.values[place])
    if span is not None:
        spans = [(p, s) for p in others if (s := span_of(sums.values[p])) is not None and s != span]
        likely.append(tuple(p for p, s in spans if span[0] <= s[0] and s[1] <= span[1]))
    if len(others) <= FEW_VALUES:
        rows = np.flatnonzero(sums.told[:, place] & sums.here[:, place] & sums.told[:, list(others)].all(axis=1))
        if len(rows):
            likely += _subsets(sums, place, others, int(rows[np.argmax(sums.layers[0][rows, place])]))
    return list(dict.fromkeys(likely))


def _subsets(sums: _Sums, place: int, others: Sequence[int], row: int) -> list[tuple[int, ...]]:
    """Sets of values that add up to this one in one context, in events and in everyone."""
    present = [p for p in others if sums.here[row, p]]
    whole = np.array([layer[row, place] for layer in sums.layers])
    if not (whole > 0).all():
        return []
    smaller = [p for p in present if all(layer[row, p] <= layer[row, place] for layer in sums.layers)]
    subsets = []
    for size in range(2, len(smaller) + 1):
        for parts in combinations(smaller, size):
            total = np.array([layer[row, list(parts)].sum() for layer in sums.layers])
            if np.allclose(total, whole, rtol=1e-9, atol=1e-6):
                subsets.append(parts)
        if len(subsets) > FEW_VALUES:
            break
    return subsets


def _named(values: Sequence[str]) -> str:
    shown = ", ".join(f"“{v}”" if v else "the rows without a name" for v in values[:6])
    return shown + (f" and {len(values) - 6} more" if len(values) > 6 else "")
