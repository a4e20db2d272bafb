"""Every value of one column, where a look at some rows of a big file may have missed one."""

from __future__ import annotations

from pathlib import Path

import duckdb

from equity.cube.engine import lock
from equity.cube.quoting import identifier, literal
from equity.intake.formats.tabular import Table
from equity.intake.spellings.missing import squeeze

MOST_VALUES = 1_000


def values_of(table: Table, place: int) -> tuple[str, ...]:
    """A column's distinct filled values, at most a thousand; none when only the careful way can read the file."""
    readable: tuple[Path, ...] = ()
    if table.native is not None:
        readable = tuple(table.native.paths)
        paths = ", ".join(literal(str(p)) for p in readable)
        column = f"CAST({identifier(table.native.columns[place])} AS VARCHAR)"
        rows = f"read_parquet([{paths}], union_by_name = true, hive_types_autocast = false)"
    elif table.quick is not None:
        column, readable = f"c{place}", (table.quick.path,)
        columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(table.header)))
        rows = (
            f"read_csv({literal(str(table.quick.path))}, auto_detect = false, columns = {{{columns}}}, "
            f"delim = {literal(table.quick.delimiter)}, quote = '\"', escape = '\"', header = false, "
            f"skip = {table.quick.header_line}, nullstr = '')"
        )
    else:
        return ()
    connection = duckdb.connect()
    try:
        lock(connection, *readable)
        cells = connection.execute(f"SELECT DISTINCT {column} FROM {rows} LIMIT {MOST_VALUES}").fetchall()
    except duckdb.Error:
        return ()
    finally:
        connection.close()
    return tuple(sorted({squeeze(value) for (value,) in cells if value and squeeze(value)}))
