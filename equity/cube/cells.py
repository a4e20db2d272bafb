"""The cube's cells in memory, as arrays that any thread may read.

A finished cube is small and its questions are few in kind: pick the cells of one table, some measures and some periods,
and add them up by group. Planning that as SQL takes DuckDB 3 to 6 milliseconds, several times a page and session;
picking ranges from sorted arrays takes a tenth of one, shares nothing that can change between threads, and has no door
to lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from equity.cube.cube_query import INFLATED, NUMBERS, CubeQuery, Slice
from equity.cube.facts import ESTIMATE_COLUMNS
from equity.vocabulary import Description
from equity.vocabulary.period import grain_of, is_run_of_years

_NO_SPREAD = 1e-12

Codes = NDArray[np.int64]
Text = tuple[Codes, tuple[str, ...]]  # a column: each row's place in the list of its values


@dataclass(frozen=True)
class Cells:
    """The cells of a cube, sorted by ``key`` = table, measure, period (each as a code), then by value.

    ``keys``     each key once, ascending; its cells are the rows ``starts[i]`` to ``starts[i + 1]``.
    ``value1, value2``  a row's categories, as places in ``categories[stratifier]`` (0 where the table is not split).
    ``numbers``  a row's NUMBERS (for estimates with ESTIMATE_COLUMNS, in a release with INFLATED), as floats.
                 ``columns`` names them.
    """

    tables: dict[tuple[str, str], int]
    measures: tuple[str, ...]
    periods: dict[str, int]
    categories: dict[str, tuple[str, ...]]
    columns: tuple[str, ...]
    keys: Codes
    starts: Codes
    value1: Codes
    value2: Codes
    numbers: NDArray[np.float64]

    def answer(self, question: CubeQuery, by1: str, by2: str, sql: str) -> Slice:
        """The question's rows out of the table of ``by1`` and ``by2``, added up by measure, period and group."""
        periods = question.periods if question.span is not None else self._periods_of(question.grain)
        rows, measure, period = self._rows((by1, by2), question.measures, periods)
        place_of_period = period
        if question.span is not None:
            period = np.zeros_like(period)
        sides = {by1: self.value1[rows], by2: self.value2[rows]}
        kept = np.ones(len(rows), dtype=bool)
        for name, wanted in question.where:
            kept &= np.isin(sides[name], [self._place(name, value) for value in wanted])
        split = [sides[name][kept] for name in question.by]
        keys = [measure[kept], period[kept], *split]
        order = np.lexsort(keys[::-1])
        keys = [key[order] for key in keys]
        first = _first_of_each(keys)
        parts = self.numbers[rows[kept][order]]
        sums = np.add.reduceat(parts, first) if len(first) else self.numbers[:0]
        self._hide_n_of_wholly_hidden(sums)
        raised: NDArray[np.float64] | None = None
        if question.span is not None and len(periods) > 1 and len(first):
            raised = self._raised(sums, parts, first, place_of_period[kept][order])
            self._raise_inflation(sums, parts, first, place_of_period[kept][order])
        labels = periods if question.span is None else (question.span,)
        groups = [self.categories[name] for name in question.by]
        unsplit = 2 - len(groups)
        places = np.zeros((4, len(first)), dtype=np.int64)
        places[: len(keys)] = [key[first] for key in keys]
        axes = (question.measures, labels, *groups, *[("",)] * unsplit)
        return Slice(question.by, axes, places, self.columns, np.ascontiguousarray(sums.T), sql, people_raised=raised)

    def _hide_n_of_wholly_hidden(self, sums: NDArray[np.float64]) -> None:
        """A cell all of whose rows are hidden holds nothing to divide by its n: hidden, and never 0 of n.

        What a release hides has no n at all, and keeps none.
        """
        rows, n, hidden = (self.columns.index(name) for name in ("rows", "n", "hidden_at_source"))
        wholly = (sums[:, hidden] > 0) & (sums[:, hidden] >= sums[:, rows])
        sums[wholly & np.isfinite(sums[:, n]), n] = 0.0

    def _raised(
        self, sums: NDArray[np.float64], parts: NDArray[np.float64], first: Codes, period: Codes
    ) -> NDArray[np.float64]:
        """(groups,) by how much the sums over people, added over several periods, may be too low at most.

        People who come in more than one of the periods are in no table. With dᵢₜ = xᵢₜ − y·nᵢₜ the design-based
        variance has Σᵢ(Σₜ dᵢₜ)², which is at most (Σₜ √Σᵢ dᵢₜ²)² (Cauchy and Schwarz), against the Σᵢₜ dᵢₜ² that the
        added sums give; 1 where one period holds everybody.
        """
        place = {name: self.columns.index(name) for name in ("n", "x", "person_xx", "person_xn", "person_nn")}
        group = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(parts))))
        pairs, at = np.unique(group * (period.max() + 1) + period, return_inverse=True)
        each = np.zeros((len(pairs), len(self.columns)))
        np.add.at(each, at, parts)
        owner = pairs // (period.max() + 1)
        n, x = sums[:, place["n"]], sums[:, place["x"]]
        y = np.divide(x, n, out=np.zeros(len(n)), where=n > 0)[owner]
        xx, xn, nn = (each[:, place[f"person_{name}"]] for name in ("xx", "xn", "nn"))
        spread = np.maximum(xx - 2.0 * y * xn + y * y * nn, 0.0)

        def over(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.asarray(np.bincount(owner, values, len(first)), dtype=np.float64)

        # Where nothing varies, what stands in is Σn² over people.
        counted = np.where((over(spread) <= _NO_SPREAD * over(nn))[owner], nn, spread)
        whole, most = over(counted), over(np.sqrt(counted)) ** 2
        return np.divide(most, whole, out=np.ones(len(first)), where=whole > 0)

    def _raise_inflation(
        self, sums: NDArray[np.float64], parts: NDArray[np.float64], first: Codes, period: Codes
    ) -> None:
        """In a release, which has no sums over people: φ·n over several periods, as high as it can be.

        With a spread between visits that is much the same in each period, φₜnₜ is each period's share of the variance,
        and that of all is at most (Σₜ √φₜnₜ)², as in :meth:`_raised`.
        """
        group = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(parts))))
        pairs, at = np.unique(group * (period.max() + 1) + period, return_inverse=True)
        for name in INFLATED:
            if name in self.columns:
                column = self.columns.index(name)
                each = np.sqrt(np.bincount(at, parts[:, column], len(pairs)))
                sums[:, column] = np.bincount(pairs // (period.max() + 1), each, len(first)) ** 2

    def _periods_of(self, grain: str) -> tuple[str, ...]:
        return tuple(label for label in self.periods if not is_run_of_years(label) and grain_of(label) == grain)

    def _place(self, name: str, value: str) -> int:
        places = self.categories[name]
        return places.index(value) if value in places else -1

    def _rows(
        self, table: tuple[str, str], measures: Sequence[str], periods: Sequence[str]
    ) -> tuple[Codes, Codes, Codes]:
        """The rows of these measures and periods, and for each row the place of both in the question."""
        measure, period = (a.ravel() for a in np.indices((len(measures), len(periods))))
        measure_codes = np.array([self.measures.index(name) for name in measures], dtype=np.int64)
        period_codes = np.array([self.periods.get(label, -1) for label in periods], dtype=np.int64)
        wanted = (self.tables.get(table, -1) * len(self.measures) + measure_codes[measure]) * len(self.periods)
        wanted = np.where(period_codes[period] < 0, -1, wanted + period_codes[period])
        at = np.searchsorted(self.keys, wanted)
        is_held = (at < len(self.keys)) & (wanted >= 0)
        is_held[is_held] = self.keys[at[is_held]] == wanted[is_held]
        at = at[is_held]
        lengths = self.starts[at + 1] - self.starts[at]
        before = np.cumsum(lengths) - lengths
        rows = np.arange(lengths.sum()) + np.repeat(self.starts[at] - before, lengths)
        return rows, np.repeat(measure[is_held], lengths), np.repeat(period[is_held], lengths)


def read_cells(cube: Path, description: Description) -> Cells:
    """Read ``cube.parquet`` whole into memory. ``description`` gives the order of measures and categories."""
    columns = NUMBERS + (ESTIMATE_COLUMNS if description.values == "estimates" else ())
    columns += tuple(name for name in INFLATED if name in pq.read_schema(cube).names)
    texts = ["measure", "period", "by1", "value1", "by2", "value2"]
    held = pq.read_table(cube, columns=[*texts, *columns], read_dictionary=texts).to_pandas()
    text = {name: (held[name].cat.codes.to_numpy(np.int64), tuple(held[name].cat.categories)) for name in texts}

    measures, measure = _placed(text["measure"], tuple(m.name for m in description.measures))
    periods, period = _placed(text["period"], ())
    tables, table = _tables(text["by1"], text["by2"])
    categories, value1, value2 = _categories(text, description)

    key = (table * len(measures) + measure) * len(periods) + period
    order = np.lexsort((value2, value1, key))
    keys, starts = np.unique(key[order], return_index=True)
    return Cells(
        tables=tables,
        measures=measures,
        periods={label: place for place, label in enumerate(periods)},
        categories=categories,
        columns=columns,
        keys=keys,
        starts=np.append(starts, len(key)),
        value1=value1[order],
        value2=value2[order],
        numbers=held[list(columns)].to_numpy(np.float64)[order],
    )


def _placed(text: Text, known: tuple[str, ...]) -> tuple[tuple[str, ...], Codes]:
    """The known values and after them the others, sorted; and for each row the place of its value among them."""
    codes, values = text
    places = known + tuple(sorted({values[code] for code in np.unique(codes)} - set(known)))
    place_of = {value: place for place, value in enumerate(places)}
    return places, np.array([place_of.get(value, -1) for value in values], dtype=np.int64)[codes]


def _tables(by1: Text, by2: Text) -> tuple[dict[tuple[str, str], int], Codes]:
    """The tables there are, numbered; and for each row the number of its table."""
    pairs, table = np.unique(by1[0] * len(by2[1]) + by2[0], return_inverse=True)
    names = [(by1[1][pair // len(by2[1])], by2[1][pair % len(by2[1])]) for pair in pairs]
    return {name: number for number, name in enumerate(names)}, table


def _categories(text: dict[str, Text], description: Description) -> tuple[dict[str, tuple[str, ...]], Codes, Codes]:
    """Each stratifier's categories, and for each row the places of value1 and value2 among those of by1 and by2."""
    names, labels = _end_to_end(text["by1"], text["by2"])
    values, dictionary = _end_to_end(text["value1"], text["value2"])
    categories: dict[str, tuple[str, ...]] = {}
    places = np.zeros_like(values)
    for stratifier in description.stratifiers:
        here = names == labels.index(stratifier.name) if stratifier.name in labels else np.zeros(len(names), dtype=bool)
        known = tuple(c.value for c in stratifier.categories)
        categories[stratifier.name], places[here] = _placed((values[here], dictionary), known)
    half = len(places) // 2
    return categories, places[:half], places[half:]


def _end_to_end(first: Text, second: Text) -> Text:
    """Two columns of text as one, the second below the first."""
    values = tuple(dict.fromkeys(first[1] + second[1]))
    place_of = {value: place for place, value in enumerate(values)}
    halves = [np.array([place_of[value] for value in own], dtype=np.int64)[codes] for codes, own in (first, second)]
    return np.concatenate(halves), values


def _first_of_each(keys: Sequence[Codes]) -> Codes:
    """Where each run of equal keys begins, in keys that are sorted."""
    if not len(keys[0]):
        return np.zeros(0, dtype=np.int64)
    changes = np.zeros(len(keys[0]), dtype=bool)
    changes[0] = True
    for key in keys:
        changes[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(changes)
