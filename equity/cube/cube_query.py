"""A question in the cube's own terms, the slice that answers it, and both as SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from equity.cube.quoting import shown, statement
from equity.vocabulary import Grain

NUMBERS = ("rows", "n", "x", "xx", "people", "person_xx", "person_xn", "person_nn", "hidden_at_source")
HIDDEN_BY_POLICY = "hidden_by_policy"
INFLATED = ("inflated", "inflated_others")
"""Only in a release, which tells no sums over people: φ·n of each cell, and of everyone else (release/repeats.py)."""
WHOLE_NUMBERS = ("rows", "people", "hidden_at_source", HIDDEN_BY_POLICY)
SLICE_COLUMNS = ("measure", "period", "by1", "value1", "by2", "value2", *NUMBERS)
_NAMED = ("measure", "period", "value1", "value2")


@dataclass(frozen=True)
class Slice:
    """The answer to a question put to the cube, and how it was computed.

    ``by``       the stratifiers asked for, in the order asked.
    ``axes``     the names that rows go by: of measures, of periods (one label for a whole stretch), and of the groups
                 of the first and of the second stratifier (one empty name where the question is not split by one).
    ``places``   (4, rows) each row's place on each axis; rows are sorted by measure, period and category in the
                 description's order. Groups without rows are absent.
    ``columns``  what the numbers are: NUMBERS (and, for estimates, ``estimate, se, lower, upper, population``).
    ``numbers``  (columns, rows) floats.
    ``sql``      the same question as SQL over the version's ``cube.parquet`` (or ``extract.parquet``), with its values.
    ``people_raised`` (rows,) over several periods, by how much the sums over people may be too low at most; else None.
    ``remark``   a plain sentence when the answer came from the extract's rows and not from the cube; empty otherwise.
    """

    by: tuple[str, ...]
    axes: tuple[tuple[str, ...], ...] = field(repr=False)
    places: NDArray[np.int64] = field(repr=False)
    columns: tuple[str, ...] = field(repr=False)
    numbers: NDArray[np.float64] = field(repr=False)
    sql: str
    remark: str = ""
    people_raised: NDArray[np.float64] | None = field(default=None, repr=False)

    @staticmethod
    def of_table(table: pd.DataFrame, by: tuple[str, ...], sql: str, remark: str = "") -> Slice:
        """The slice that a table with SLICE_COLUMNS is, its rows in the order in which they stand."""
        axes = tuple(tuple(dict.fromkeys(table[name].tolist())) for name in _NAMED)
        place_of = [{name: place for place, name in enumerate(axis)} for axis in axes]
        places = [
            [place[value] for value in table[name].tolist()] for name, place in zip(_NAMED, place_of, strict=True)
        ]
        columns = tuple(str(name) for name in table.columns if name not in (*_NAMED, "by1", "by2"))
        numbers = table[list(columns)].to_numpy(np.float64).T
        return Slice(by, axes, np.array(places, dtype=np.int64), columns, numbers, sql, remark)

    def column(self, name: str) -> NDArray[np.float64]:
        """(rows,) the numbers of one column."""
        values: NDArray[np.float64] = self.numbers[self.columns.index(name)]
        return values

    def sums(self, names: Sequence[str]) -> NDArray[np.float64]:
        """(names, rows) the numbers of several columns; 0 where this slice has no such column."""
        nothing = np.zeros(self.numbers.shape[1])
        return np.array([self.column(name) if name in self.columns else nothing for name in names])

    def with_columns(self, **changed: NDArray[np.float64]) -> Slice:
        """The same rows with some columns changed or added."""
        columns = (*self.columns, *(name for name in changed if name not in self.columns))
        numbers = [changed[name] if name in changed else self.column(name) for name in columns]
        return replace(self, columns=columns, numbers=np.array(numbers, dtype=np.float64).reshape(len(columns), -1))

    @cached_property
    def table(self) -> pd.DataFrame:
        """SLICE_COLUMNS (and what else ``columns`` names), a row a row; counts of rows and people as whole numbers."""
        named = [_texts(axis, at) for axis, at in zip(self.axes, self.places, strict=True)]
        nothing = np.zeros_like(self.places[0])
        by1, by2, *_ = (*self.by, "", "")
        keys = (named[0], named[1], _texts([by1], nothing), named[2], _texts([by2], nothing), named[3])
        table: dict[str, object] = dict(zip(SLICE_COLUMNS, keys, strict=False))
        for name, values in zip(self.columns, self.numbers, strict=True):
            table[name] = values.astype(np.int64) if name in WHOLE_NUMBERS else values
        return pd.DataFrame(table)


def _texts(names: Sequence[str], places: NDArray[np.int64]) -> object:
    """The names at these places, as a column of text."""
    return pd.array(list(names), dtype="str").take(places)


@dataclass(frozen=True)
class CubeQuery:
    """Which measures, split by which stratifiers, in which periods, of whom.

    ``periods`` are labels of the cube; ``span`` is the label that their sum goes by (None: each is a row of its own,
    and all are of ``grain``). ``where`` holds per stratifier the values asked for, any of which will do.
    """

    measures: tuple[str, ...]
    by: tuple[str, ...]
    grain: Grain
    periods: tuple[str, ...]
    span: str | None
    where: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def stratifiers(self) -> tuple[str, ...]:
        """All stratifiers that the question needs, each once."""
        return tuple(dict.fromkeys((*self.by, *(name for name, _ in self.where))))


def as_sql(question: CubeQuery, by1: str, by2: str, template: str) -> str:
    """A question as SQL over the cube's table of ``by1`` and ``by2``, its values listed below it."""
    sides = {name: f"value{place}" for place, name in enumerate((by1, by2), start=1) if name}
    values: dict[str, object] = {"by1": by1, "by2": by2}
    split = [sides[name] for name in question.by] + ["''", "''"]
    together = question.span is not None
    sql = statement(template).format(
        period=bind(values, "span", [question.span]) if together else "period",
        value1=split[0],
        value2=split[1],
        measures=bind(values, "measure", question.measures),
        during=(
            f"period IN ({bind(values, 'period', question.periods)})"
            if together
            else f"grain = {bind(values, 'grain', [question.grain])}"
        ),
        where="".join(
            f"\n  AND {sides[name]} IN ({bind(values, f'{sides[name]}_wanted', wanted)})"
            for name, wanted in question.where
        ),
    )
    return shown(sql, values)


def bind(values: dict[str, object], name: str, wanted: Sequence[object]) -> str:
    """Bind each of the values under a name of its own, and give their places in the statement."""
    names = [f"{name}{i}" for i in range(1, len(wanted) + 1)] if len(wanted) != 1 else [name]
    values.update(zip(names, wanted, strict=True))
    return ", ".join(f"${n}" for n in names)
