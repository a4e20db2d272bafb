"""The counts that a release must watch: what every measure counts in every cell, and which counts are one and the same.

Two measures of the same patients have the same denominators: whoever sees one sees the other. The same holds where one
measure begins with those whom another ended with (its n is the other's x, or n − x). Equal counts are therefore one
*series*, whatever each measure calls them; it is known in a cell as soon as any of its measures shows that cell. The
measures that share a series make up a *family* and are protected together.

Counts are equal when they are so in every cell of every version that has both, sums and rests included. Where one
measure's n is nowhere larger than a count of another and comes close to it somewhere, it may count some of the same
people: they are a family too, in which the one is at most the other, and the difference is a count too. Counts that are
equal in some groups only, and person-time, are not taken for the same people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.release.few_values import FewValues
from equity.release.linked import KEY, LinkedTables
from equity.release.policy import Policy
from equity.vocabulary import Measure

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class MeasureCounts:
    """One measure over all cells (linked.size long). Where it has no cell, counts are 0 and ``present`` is false.

    value             count (``n``, ``x``, ``others``) → the true values. ``x`` is absent for a mean, ``others`` for a
                      rate.
    people            count → the fewest people who can stand behind it: the count itself where nobody is told apart.
    sensitive         cells with a count that the policy hides. Of the unpublished rests only those whose n and mean
                      tell how few people have one of a few values: whose counts are small, the family sees itself.
    hidden_at_source  cells of which the source itself hid a part.
    published         cells that stand in this release or an earlier one, shown or hidden; the unpublished rests
                      included.
    whole             whether every count is a whole number.
    whole_n           whether n is.
    counts_people     whether n counts people or visits, and no person-time.
    """

    measure: str
    value: dict[str, Floats]
    people: dict[str, Floats]
    present: Flags
    sensitive: Flags
    hidden_at_source: Flags
    published: Flags
    whole: bool
    whole_n: bool
    counts_people: bool


def measure_counts(
    measure: Measure,
    cells: pd.DataFrame,
    linked: LinkedTables,
    policy: Policy,
    published: Flags,
    rows_are_people: bool = False,
    few: FewValues | None = None,
) -> MeasureCounts:
    """Lay a measure's rows of the cube (with ``version``) out over the linked cells.

    ``published`` (len(linked.keys)) marks the cells of this measure that stand in some release. ``rows_are_people``: a
    row is a person or a visit, and nothing tells people apart; a rate's n is then no count of people, but its rows are.
    ``few`` are the values of a mean that has a few of them.
    """
    wide = cells.set_index(["version", *KEY]).reindex(pd.MultiIndex.from_tuples(linked.keys, names=["version", *KEY]))
    present = wide["rows"].notna().to_numpy()
    sums = {name: wide[name].fillna(0.0).to_numpy(dtype=np.float64) for name in _SUMS}
    few = few if few is not None and _decodes(policy) and two_values(sums["n"], sums["x"], sums["xx"]) is None else None
    if few is not None:
        few = few.with_means_of(sums["n"], sums["x"])
    value = _counts(measure, sums, few)
    people = _people(measure, sums, value, rows_are_people)
    rests = {name: linked.rests(each) for name, each in value.items()}
    whole = all(np.allclose(each, np.round(each), atol=1e-6) for each in value.values())
    told = value if few is None else {"n": value["n"]}  # the shares of a few values are no counts of people
    sensitive = _sensitive(sums, told, people, policy)
    if few is not None:
        sensitive |= few.tells_a_count(sums["n"], sums["x"], policy)
    if rows_are_people and measure.kind == "rate":
        sensitive |= small(sums["rows"], policy)
    absent = np.zeros(len(linked.totals), dtype=np.bool_)
    rests_tell = absent if few is None else _tells(few, rests["n"], rests["x"], policy)
    return MeasureCounts(
        measure=measure.name,
        value={name: np.concatenate([each, rests[name]]) for name, each in value.items()},
        people={name: np.concatenate([each, np.abs(rests[name])]) for name, each in people.items()},
        present=np.concatenate([present, absent]),
        sensitive=np.concatenate([sensitive & present, rests_tell]),
        hidden_at_source=np.concatenate([sums["hidden_at_source"] > 0, absent]),
        published=np.concatenate([published & present, ~absent]),
        whole=whole,
        whole_n=whole or (measure.kind != "rate" and np.allclose(value["n"], np.round(value["n"]), atol=1e-6)),
        counts_people=measure.kind != "rate",
    )


_SUMS = ("rows", "n", "x", "xx", "people", "person_xx", "person_xn", "person_nn", "hidden_at_source")


def _tells(few: FewValues, n: Floats, shares: Floats, policy: Policy) -> Flags:
    """Rests that tell a count of people with one value: of those who came, and as well of those who are gone."""
    sign = np.where(n < 0, -1.0, 1.0)
    return few.tells_a_count(sign * n, sign * (shares * few.range + few.low * n), policy)


def _decodes(policy: Policy) -> bool:
    """Whether the rule protects how many people have a value, and not only how many there are."""
    return policy.hides and "x" in policy.counts


def _counts(measure: Measure, sums: dict[str, Floats], few: FewValues | None) -> dict[str, Floats]:
    """The counts that a measure's sums give away.

    A mean of values that are all one of two numbers (0 and 1, 1 and 2, 0 and 100 %) counts people too, whatever it is
    called: with n, its sum tells how many have the greater one. That of a few values is held as if all had the lowest
    or the highest.
    """
    n, x, xx = sums["n"], sums["x"], sums["xx"]
    if measure.kind == "rate":
        return {"n": n, "x": x}
    if measure.kind == "mean":
        values = two_values(n, x, xx)
        if values is None and few is None:
            return {"n": n}
        if values is None and few is not None:
            shared = few.share(n, x)
            return {"n": n, "x": shared, "others": np.round(n - shared, 9)}
        assert values is not None
        x = np.round((x - values[0] * n) / (values[1] - values[0]), 9)
    return {"n": n, "x": x, "others": np.round(n - x, 9)}


KNOWN_CODINGS = ((0.0, 1.0), (1.0, 2.0), (0.0, 100.0), (-1.0, 1.0), (1.0, 0.0), (0.0, 2.0), (1.0, 3.0), (1.0, 5.0))


def two_values(n: Floats, x: Floats, xx: Floats) -> tuple[float, float] | None:
    """The two numbers (smaller first) that all values are, from sums of 1, of values and of their squares; else None.

    If every value v is a or b, then (v − a)(v − b) = 0, so that Σv² − (a + b)·Σv + ab·n = 0 in every cell; the two
    unknowns follow from any two cells. Where all cells have one mean they do not, and usual codings are tried.
    """
    there = n > 0
    if not there.any():
        return None
    n, x, xx = n[there], x[there], xx[there]
    system = np.column_stack([x, n])
    scale = np.maximum(np.abs(system).max(axis=0), 1e-300)
    solved, _, rank, _ = np.linalg.lstsq(system / scale, xx, rcond=1e-9)
    candidates = list(KNOWN_CODINGS)
    if rank == 2:
        total, product = solved[0] / scale[0], -solved[1] / scale[1]
        inside = total**2 - 4 * product
        root = float(np.sqrt(max(inside, 0.0)))
        candidates = [((total - root) / 2, (total + root) / 2)]
    elif np.allclose(xx * n, x * x):
        return None if np.allclose(x, 0.0) else (0.0, float(x[0] / n[0]))
    elif x.sum() > 0:
        candidates.append((0.0, float(xx.sum() / x.sum())))
    for low, high in (sorted(pair) for pair in candidates):
        near = 1e-7 * np.maximum(np.abs(xx) + abs(low * high) * n + abs(low + high) * np.abs(x), 1.0)
        if high - low > 1e-6 * max(abs(high), 1.0) and np.all(np.abs(xx - (low + high) * x + low * high * n) <= near):
            share = (x - low * n) / (high - low)
            if np.all((share >= -1e-6 * n) & (share <= n * (1 + 1e-6))):
                return _tidy(low), _tidy(high)
    return None


def _tidy(value: float) -> float:
    """A value without the trace that working it out left."""
    return float(round(value, 6)) if abs(value - round(value, 6)) < 1e-5 else float(value)


def small(count: Floats, policy: Policy) -> Flags:
    return (count > 1e-9) & (count < policy.threshold)


def _people(
    measure: Measure, sums: dict[str, Floats], value: dict[str, Floats], rows_are_people: bool
) -> dict[str, Floats]:
    """The fewest people behind each count.

    The cube knows how many people are in a cell, not how many of them had an event: it is at least x² / Σxᵢ²
    (Cauchy–Schwarz; equal when each had as many).
    """
    if rows_are_people and measure.kind == "rate":
        return {name: np.minimum(each, sums["rows"]) for name, each in value.items()}
    if not np.any(sums["people"] > 0):
        return value
    xx, xn, nn = sums["person_xx"], sums["person_xn"], sums["person_nn"]
    people = {"n": np.minimum(sums["people"], value["n"])}
    for name, squares in (("x", xx), ("others", nn - 2 * xn + xx)):
        if name in value:
            with np.errstate(divide="ignore", invalid="ignore"):
                fewest = np.where(squares > 1e-9, value[name] ** 2 / squares, 0.0)
            people[name] = np.minimum(np.ceil(fewest - 1e-6), value[name])
    return people


def _sensitive(sums: dict[str, Floats], value: dict[str, Floats], people: dict[str, Floats], policy: Policy) -> Flags:
    """Cells with a small count, of rows or of people."""
    sensitive = small(sums["people"], policy)
    for name in policy.counts:
        if name in value:
            sensitive |= small(value[name], policy) | small(people[name], policy)
    return sensitive
