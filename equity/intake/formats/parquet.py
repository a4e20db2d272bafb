"""Parquet, one file or a folder of parts, read in place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq

from equity.intake.formats.bounds import bounds, refuse_columns, too_many_cells, too_much_unpacked
from equity.intake.formats.header import unique_names
from equity.intake.formats.tabular import Cells, Heading, NativeParquet, Table
from equity.vocabulary import PlainError

# Names that DuckDB gives to columns of its own when it reads Parquet.
_TAKEN = frozenset({"file_row_number", "filename"})
LARGEST_CHARACTER = 4  # bytes, in UTF-8
SPREAD_PLACES = 40
SPREAD_ROWS = 250
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


def open_parquet(path: Path, name: str) -> Table:
    """A Parquet file, or a folder of Parquet parts with the same columns, as a table.

    Folders named ``column=value`` above the parts give that column to all of their rows (partitions of Hive or Spark).
    """
    parts = _parts(path)
    if not parts:
        raise PlainError(f"The folder {name} holds no Parquet files: choose the folder that holds the parts.")
    names: list[str] = []
    rows = 0
    for part in parts:
        called = name if path.is_file() else f"{name}/{part.name}"
        with _whole(called):
            file = pq.ParquetFile(part)
            rows += file.metadata.num_rows
            columns = list(file.schema_arrow.names)
            _refuse_large(file.metadata, called)
        if names and set(columns) != set(names):
            odd = min(set(columns) ^ set(names))
            raise PlainError(
                f"{called} has other columns than the first part (“{odd}”): put parts of one table in the folder."
            )
        names = names or columns
    if rows == 0:
        raise PlainError(f"{name} holds no rows: export it again.")
    shared = [key for key in _partition(path, parts[0]) if key not in names]

    def walk() -> Iterator[tuple[int, Cells]]:
        for part in parts:
            line = 0
            partition = _partition(path, part)
            more = [partition.get(key, "") for key in shared]
            for batch in _batches(part, name if path.is_file() else f"{name}/{part.name}", names):
                columns = [[_text(v) for v in each] for each in batch]
                for cells in zip(*columns, strict=True):
                    line += 1
                    yield line, [*cells, *more]

    header = unique_names([*names, *shared])
    safe = not {n.casefold() for n in names} & _TAKEN and len({n.casefold() for n in header}) == len(header)
    native = NativeParquet(parts, (*names, *shared), _zones(parts[0])) if safe else None
    return Table(
        name,
        header,
        0,
        walk,
        native=native,
        spread=lambda: _spread(name, path, parts, names, shared),
        heading=Heading(header, tuple((h,) for h in header), 0, 1),
    )


@contextmanager
def _whole(name: str) -> Iterator[None]:
    """Say in a sentence where a file is damaged, in its footer or only in a page of values, or what the system refused.

    No memory is no damage, and goes on.
    """
    try:
        yield
    except (PlainError, MemoryError):
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno:
            raise PlainError(f"{name} cannot be read: {os.strerror(error.errno)}.") from None
        raise PlainError(f"{name} is not a whole Parquet file: write it again or copy it again.") from None


def _batches(part: Path, name: str, columns: list[str]) -> Iterator[list[list[object]]]:
    """The values of each column, some thousand rows at a time."""
    with _whole(name):
        batches = pq.ParquetFile(part).iter_batches(batch_size=4096, columns=columns)
    while True:
        with _whole(name):
            batch = next(batches, None)
            if batch is None:
                return
            values = [column.to_pylist() for column in batch.columns]
        yield values


def _refuse_large(told: pq.FileMetaData, name: str) -> None:
    """Raise :class:`PlainError` for what the file says of itself: too many columns or cells, too large, huge cells."""
    most = bounds()
    refuse_columns(name, told.num_columns, most)
    if told.num_columns * told.num_rows > most.cells:
        raise too_many_cells(name, most)
    unpacked = 0
    for group in range(told.num_row_groups):
        for place in range(told.num_columns):
            column = told.row_group(group).column(place)
            unpacked += column.total_uncompressed_size
            if column.total_uncompressed_size > LARGEST_CHARACTER * most.cell * max(1, column.num_values):
                raise PlainError(
                    f"{name}, column “{column.path_in_schema}”: a cell is longer than {most.cell:,} characters; leave "
                    "that column out."
                )
    if unpacked > most.unpacked:
        raise too_much_unpacked(name, most)


def _zones(part: Path) -> dict[str, str]:
    """The time zone of each column of moments that has one."""
    schema = pq.ParquetFile(part).schema_arrow
    return {f.name: f.type.tz for f in schema if pa.types.is_timestamp(f.type) and f.type.tz}


def _spread(name: str, path: Path, parts: tuple[Path, ...], names: list[str], shared: list[str]) -> Iterator[Cells]:
    """A few hundred rows of every so many row groups."""
    groups = [(part, number) for part in parts for number in range(pq.ParquetFile(part).metadata.num_row_groups)]
    for part, number in groups[:: max(1, len(groups) // SPREAD_PLACES)]:
        partition = _partition(path, part)
        with _whole(name):
            batches = pq.ParquetFile(part).iter_batches(batch_size=SPREAD_ROWS, row_groups=[number], columns=names)
            rows = next(batches).to_pylist()
        for row in rows:
            yield [*(_text(row[name]) for name in names), *(partition.get(key, "") for key in shared)]


def _parts(path: Path) -> tuple[Path, ...]:
    if path.is_file():
        return (path,)
    return tuple(sorted(p for p in path.rglob("*.parquet") if not p.name.startswith((".", "_"))))


def _partition(folder: Path, part: Path) -> dict[str, str]:
    """The columns that the names of the folders above a part give it."""
    if folder.is_file():
        return {}
    pairs = (step.partition("=") for step in part.relative_to(folder).parts[:-1] if "=" in step)
    return {unquote(key): "" if value == _NO_VALUE else unquote(value) for key, _, value in pairs}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else str(value)
