"""The counts that a release must watch: what every measure counts in every cell, and which counts are one and the same.

Two measures of the same patients have the same denominators: whoever sees one sees the other. Equal counts are
therefore one *series*, which is known in a cell as soon as any of its measures shows that cell; the measures that
share a series make up a *family* and are protected together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.release.linked import KEY, LinkedTables
from equity.release.policy import Policy
from equity.vocabulary import Measure

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

COUNTS = ("n", "x", "others")


@dataclass(frozen=True)
class MeasureCounts:
    """One measure over all cells (linked.size long). Where it has no cell, counts are 0 and ``present`` is false.

    value             count (``n``, ``x``, ``others``) → the true values. ``x`` is absent for a mean, ``others`` for a
                      rate.
    sensitive         cells with a count that the policy hides, the unpublished rests included.
    hidden_at_source  cells of which the source itself hid a part.
    published         cells that stand in this release or an earlier one, shown or hidden; the unpublished rests
                      included.
    whole             whether every count is a whole number.
    """

    measure: str
    value: dict[str, Floats]
    present: Flags
    sensitive: Flags
    hidden_at_source: Flags
    published: Flags
    whole: bool


@dataclass(frozen=True)
class Family:
    """Measures that share counts, and the series that they share.

    value    series × cells: true values.
    holders  for each series, the measures (by position) whose cells give it away.
    triples  for each measure the positions of its series: n, x, others (those it has).
    certain  series × cells: values that an attacker is taken to know though nobody publishes them (a rest of 0, no
             cell).
    guarded  series × cells: counts of the policy's kinds that must not be worked out when they are not shown.
    zero     series × cells: counts of 0, which may be known to be 0 but must not be squeezed into a short range.
    least    series × cells: what is known from a cell being there at all.
    whole    for each series, whether it holds whole numbers.
    """

    measures: tuple[MeasureCounts, ...]
    value: Floats
    holders: tuple[tuple[int, ...], ...]
    triples: tuple[dict[str, int], ...]
    certain: Flags
    guarded: Flags
    zero: Flags
    least: Floats
    whole: Flags

    def unknown(self, hidden: Flags) -> Flags:
        """Series × cells: values that no measure of the family shows, given measures × cells hidden."""
        found = np.stack([hidden[list(holders)].all(axis=0) for holders in self.holders])
        return found & ~self.certain


def measure_counts(
    measure: Measure, cells: pd.DataFrame, linked: LinkedTables, policy: Policy, published: Flags
) -> MeasureCounts:
    """Lay a measure's rows of the cube (with ``version``) out over the linked cells.

    ``published`` (len(linked.keys)) marks the cells of this measure that stand in some release.
    """
    wide = cells.set_index(["version", *KEY]).reindex(pd.MultiIndex.from_tuples(linked.keys, names=["version", *KEY]))
    present = wide["rows"].notna().to_numpy()
    sums = {name: wide[name].fillna(0.0).to_numpy(dtype=np.float64) for name in _SUMS}
    value = _counts(measure, sums)
    rests = {name: linked.rests(each) for name, each in value.items()}
    whole = all(np.allclose(each, np.round(each), atol=1e-6) for each in value.values())
    sensitive = _sensitive(sums, value, policy)
    rest_sensitive = np.any([_small(np.abs(r) if whole else r, policy) for r in rests.values()], axis=0)
    absent = np.zeros(len(linked.totals), dtype=np.bool_)
    return MeasureCounts(
        measure=measure.name,
        value={name: np.concatenate([each, rests[name]]) for name, each in value.items()},
        present=np.concatenate([present, absent]),
        sensitive=np.concatenate([sensitive & present, rest_sensitive]),
        hidden_at_source=np.concatenate([sums["hidden_at_source"] > 0, absent]),
        published=np.concatenate([published & present, ~absent]),
        whole=whole,
    )


_SUMS = ("rows", "n", "x", "xx", "people", "person_xx", "person_xn", "person_nn", "hidden_at_source")


def _counts(measure: Measure, sums: dict[str, Floats]) -> dict[str, Floats]:
    """The counts that a measure's sums give away.

    A mean of values that are all 0 or one same number (1, or 100 %) counts people too, whatever it is called.
    """
    n, x, xx = sums["n"], sums["x"], sums["xx"]
    if measure.kind == "rate":
        return {"n": n, "x": x}
    if measure.kind == "mean":
        one = float(xx.sum() / x.sum()) if x.sum() > 0 else 1.0
        x = x / one
        if not (np.allclose(xx, x * one**2) and np.all((x >= 0) & (x <= n + 1e-9))):
            return {"n": n}
    return {"n": n, "x": x, "others": np.round(n - x, 9)}


def _small(count: Floats, policy: Policy) -> Flags:
    return (count > 1e-9) & (count < policy.threshold)


def _sensitive(sums: dict[str, Floats], value: dict[str, Floats], policy: Policy) -> Flags:
    """Cells with a small count, of rows or of people.

    The cube knows how many people are in a cell, not how many of them had an event: it is at least x² / Σxᵢ²
    (Cauchy–Schwarz; equal when each had as many), and that smallest possible number is what is judged.
    """
    found = np.zeros(len(sums["n"]), dtype=np.bool_)
    for name in policy.counts:
        if name in value:
            found |= _small(value[name], policy)
    if not np.any(sums["people"] > 0):
        return found
    xx, xn, nn = sums["person_xx"], sums["person_xn"], sums["person_nn"]
    found |= _small(sums["people"], policy)
    squares = {"x": xx, "others": nn - 2 * xn + xx}
    for name in policy.counts:
        if name in squares and name in value:
            with np.errstate(divide="ignore", invalid="ignore"):
                people = np.where(squares[name] > 1e-9, value[name] ** 2 / squares[name], 0.0)
            found |= _small(np.ceil(people - 1e-6), policy)
    return found


def families(measures: Sequence[MeasureCounts], linked: LinkedTables, policy: Policy) -> tuple[Family, ...]:
    """Measures grouped by the counts that they share."""
    group = list(range(len(measures)))
    owner: dict[bytes, int] = {}
    for i, counts in enumerate(measures):
        for each in counts.value.values():
            if each.any():
                first = owner.setdefault(_fingerprint(each), i)
                group = [group[first] if g == group[i] else g for g in group]
    return tuple(
        _family([measures[i] for i, g in enumerate(group) if g == leader], linked, policy)
        for leader in dict.fromkeys(group)
    )


def _fingerprint(values: Floats) -> bytes:
    return (np.round(values, 6) + 0.0).tobytes()


def _family(measures: Sequence[MeasureCounts], linked: LinkedTables, policy: Policy) -> Family:
    series: dict[bytes, int] = {}
    values: list[Floats] = []
    holders: list[list[int]] = []
    wholes: list[bool] = []
    triples: list[dict[str, int]] = []
    for i, counts in enumerate(measures):
        triple = {}
        for name, each in counts.value.items():
            at = series.setdefault(_fingerprint(each), len(values))
            if at == len(values):
                values.append(each)
                holders.append([])
                wholes.append(counts.whole)
            holders[at].append(i)
            triple[name] = at
        triples.append(triple)
    value = np.stack(values)
    present = np.any([m.present for m in measures], axis=0)
    at_source = np.any([m.hidden_at_source for m in measures], axis=0)
    is_rest = np.arange(linked.size) >= len(linked.keys)
    is_change = np.concatenate([np.zeros(len(linked.keys), dtype=np.bool_), linked.changes])
    small_rest = _small(np.abs(value), policy)
    certain = np.where(is_rest, np.abs(value) < 1e-9, ~present)
    certain |= is_rest & ~is_change & ~small_rest
    published = np.stack([np.any([measures[i].published for i in held], axis=0) for held in holders])
    ruled = {triple[name] for triple in triples for name in policy.counts if name in triple}
    published &= np.isin(np.arange(len(value)), sorted(ruled))[:, np.newaxis]
    guarded = np.where(is_change, small_rest, np.abs(value) > 1e-9) & published
    least = np.zeros_like(value)
    for triple, counts in zip(triples, measures, strict=True):
        if counts.whole:
            least[triple["n"]] = np.where(counts.present & ~at_source, 1.0, 0.0)
    least[:, is_rest] = np.minimum(0.0, np.where(is_change[is_rest] & _shrinks(value, is_change), -np.inf, 0.0))
    least[:, is_rest & ~is_change] = np.where(value[:, is_rest & ~is_change] < 0, -np.inf, 0.0)
    return Family(
        measures=tuple(measures),
        value=value,
        holders=tuple(tuple(h) for h in holders),
        triples=tuple(triples),
        certain=certain,
        guarded=guarded,
        zero=~is_rest & published & (np.abs(value) <= 1e-9),
        least=least,
        whole=np.array(wholes),
    )


def _shrinks(value: Floats, is_change: Flags) -> bool:
    """Whether any count became smaller between versions: only then may an attacker not take growth for granted."""
    return bool((value[:, is_change] < 0).any())
