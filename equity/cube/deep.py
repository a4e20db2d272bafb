"""Questions that the cube has no table for (three stratifiers and more), put to the rows of the version's extract.

The rows are read on a short-lived connection that can reach that one file and nothing else, within limits on time and
memory. Only members of the team may ask these; pages say so by :attr:`Slice.remark`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from contextlib import suppress
from pathlib import Path

import pandas as pd

from equity.cube.cube_query import SLICE_COLUMNS, CubeQuery, Slice, bind
from equity.cube.engine import lock
from equity.cube.facts import LABELS, PERSON
from equity.cube.quoting import followed_by, identifier, shown, statement
from equity.cube.time_limit import interrupted_after
from equity.store.files.checksums import check
from equity.vocabulary import Description, PlainError
from equity.vocabulary.period import grain_of, is_run_of_years

SECONDS = 20.0
MEMORY = "2GB"
REMARK = "Counted from the rows of the extract: the cube holds no table with these groupings together."


def ask_rows(
    extract: Path, description: Description, question: CubeQuery, *, seconds: float = SECONDS, memory: str = MEMORY
) -> Slice:
    """Answer a question from the extract's rows, with the cube's meaning of every number.

    Raises :class:`PlainError` when that takes longer than ``seconds`` or needs more than ``memory``, and when the rows
    are not in the version because an engine elsewhere counted them.
    """
    if description.counted_by:
        raise PlainError(
            f"The rows of “{description.dataset}” stayed on {description.counted_by}, and only their counts by one or "
            "two groupings at a time are here: leave out a grouping or a filter."
        )
    import duckdb  # a question that the cube has a table for needs none

    with suppress(FileNotFoundError):  # said below
        check(extract)
    values: dict[str, object] = {"extract": str(extract)}
    sql = _compose(description, question, values)
    with duckdb.connect() as connection:
        connection.execute("SET temp_directory = ''")
        connection.execute("SET memory_limit = ?", [memory])
        lock(connection, extract)
        try:
            with interrupted_after(seconds, connection):
                table = connection.execute(sql, values).df()
        except (duckdb.InterruptException, duckdb.OutOfMemoryException):
            raise PlainError(
                f"Counting this from the rows of “{description.dataset}” takes longer than {seconds:g} seconds or more "
                "memory than it may use: ask for a shorter period, or leave out a filter."
            ) from None
        except (duckdb.IOException, duckdb.PermissionException):
            raise PlainError(
                f"The rows of this version of “{description.dataset}” are gone: it was deleted while the page was open."
            ) from None
    table["by1"], table["by2"] = (*question.by, "", "")[:2]
    told = shown(sql, values | {"extract": extract.name})
    return Slice.of_table(_in_order(table, description)[list(SLICE_COLUMNS)], question.by, told, REMARK)


def _compose(description: Description, question: CubeQuery, values: dict[str, object]) -> str:
    split = [identifier(name) for name in question.by]
    filters = {identifier(name): wanted for name, wanted in question.where}
    if question.span is None:
        period, span = _label_of_grain(question), "period"
    else:
        span = bind(values, "span", [question.span])
        period = _label_of_span(question, values)
    return statement("deep").format(
        period=period,
        span=span,
        value1=split[0] if split else "''",
        value2=split[1] if len(split) > 1 else "''",
        person=PERSON if description.has_person else "person",
        filters=followed_by((f"{name} AS filter{i}" for i, name in enumerate(filters, start=1)), indent=8),
        filter_names=followed_by((f"filter{i}" for i in range(1, len(filters) + 1)), indent=8),
        measures=bind(values, "measure", question.measures),
        where="".join(
            f"\n      AND {name} IN ({bind(values, f'where{i}_', wanted)})"
            for i, (name, wanted) in enumerate(filters.items(), start=1)
        ),
    )


def _label_of_grain(question: CubeQuery) -> str:
    return LABELS[question.grain]


def _label_of_span(question: CubeQuery, values: dict[str, object]) -> str:
    """The whole stretch for a row that lies in one of its periods, as SQL; null for none. People are one over all."""
    cases = [
        f"WHEN {_is_in(label, f'period{i}', values)} THEN $span" for i, label in enumerate(question.periods, start=1)
    ]
    return f"CASE {' '.join(cases)} END"


def _is_in(label: str, name: str, values: dict[str, object]) -> str:
    """Whether a row lies in a period or run of years of the cube, as SQL."""
    if is_run_of_years(label):
        first, last = label.split("..")
        ends = (bind(values, f"{name}_{end}", [year]) for end, year in (("first", first), ("last", last)))
        return f"{LABELS['year']} BETWEEN {' AND '.join(ends)}"
    return f"{LABELS[grain_of(label)]} = {bind(values, name, [label])}"


def _in_order(table: pd.DataFrame, description: Description) -> pd.DataFrame:
    """Sorted as slices of the cube are: measures and categories in the description's order."""
    places = {(s.name, c.value): place for s in description.stratifiers for place, c in enumerate(s.categories)}
    measures = {m.name: place for place, m in enumerate(description.measures)}

    def place(row: Mapping[Hashable, str]) -> tuple[object, ...]:
        sides = [(places.get((row[f"by{i}"], row[f"value{i}"]), len(places)), row[f"value{i}"]) for i in (1, 2)]
        return (measures[row["measure"]], row["period"], *sides)

    keys = table[["measure", "period", "by1", "value1", "by2", "value2"]].to_dict("records")
    order = sorted(range(len(table)), key=lambda i: place(keys[i]))
    return table.iloc[order].reset_index(drop=True)
