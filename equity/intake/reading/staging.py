"""A file's mapped columns as rows that SQL can read: texts as they stand, the line of each row, people already hashed.

Only mapped columns are staged, so that nothing else of the file touches the disk. A person's id is replaced at this
very step by the first 64 bits of SHA-256(secret key, id): the key is 32 random bytes of the dataset, so that ids
cannot be guessed back without it, and cutting the digest to a quarter closes SHA-256's length extension.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from equity.cube.quoting import identifier, literal
from equity.intake.columns.few_words import few_words
from equity.intake.formats.tabular import Cells, NativeParquet, QuickCsv, Table
from equity.intake.reading.binding import BoundColumn
from equity.intake.reading.progress import Watch
from equity.intake.spellings.missing import squeeze

QUICK_BYTES = 8 << 20
BATCH = 20_000
NOBODY = ("", "na", "n/a", "null", "none", "nan", "unknown", ".")


def person_hash(key: bytes, person: str) -> int | None:
    """The number that stands for a person in this dataset, or None when the cell names nobody."""
    trimmed = person.strip(" ")
    if trimmed.lower() in NOBODY:
        return None
    return int(hashlib.sha256((key.hex() + trimmed).encode()).hexdigest()[:16], 16)


def person_sql(key: bytes, column: str) -> str:
    """:func:`person_hash` as SQL over a column of text.

    Words are looked up by their position: for ``IN`` and its like DuckDB plans a join, behind which rows come in no
    order, and the line of a row is told by its place.
    """
    nobody = ", ".join(literal(n) for n in NOBODY)
    digest = f"sha256({literal(key.hex())} || trim({column}))"
    return (
        f"CASE WHEN list_position([{nobody}], lower(trim({column}))) IS NOT NULL THEN NULL "
        f"ELSE CAST('0x' || left({digest}, 16) AS UBIGINT) END"
    )


def stage(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    bound: Sequence[BoundColumn],
    key: bytes,
    folder: Path,
    watch: Watch,
) -> str:
    """The SELECT that gives a file's rows: ``file, source_row, ragged`` and each bound column (text, never null)."""
    target = folder / f"rows-{len(list(folder.glob('rows-*')))}.parquet"
    if table.native is not None:
        return _native(table, bound, key)
    if table.quick is not None and table.quick.path.stat().st_size >= QUICK_BYTES:
        rows = _quickly(connection, table, table.quick, bound, key, target, watch)
        if rows is not None:
            return rows
    _carefully(table, bound, key, target, watch)
    return f"SELECT {literal(table.name)} AS file, * FROM read_parquet({literal(str(target))})"


def _native(table: Table, bound: Sequence[BoundColumn], key: bytes) -> str:
    assert table.native is not None
    paths = ", ".join(literal(str(p)) for p in table.native.paths)
    cells = [
        _cell(
            b,
            f"coalesce(CAST({_moment(table.native, table.native.columns[b.place])} AS VARCHAR), '')"
            if b.place is not None
            else "",
            key,
        )
        for b in bound
    ]
    file = literal(table.name)
    if len(table.native.paths) > 1:
        file = f"{literal(table.name + '/')} || parse_filename(filename)"
    return (
        f"SELECT {file} AS file, file_row_number + 1 AS source_row, false AS ragged, {', '.join(cells)} "
        f"FROM read_parquet([{paths}], file_row_number = true, filename = true, union_by_name = true, "
        "hive_types_autocast = false)"
    )


def _moment(native: NativeParquet, column: str) -> str:
    """A column as SQL; a moment as its own zone's clock shows it, whatever the zone of the server."""
    zone = native.zones.get(column)
    return identifier(column) if zone is None else f"({identifier(column)} AT TIME ZONE {literal(zone)})"


def _quickly(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    quick: QuickCsv,
    bound: Sequence[BoundColumn],
    key: bytes,
    target: Path,
    watch: Watch,
) -> str | None:
    """Let DuckDB read the file; None when it stumbles or when its rows are not one a line (then the careful way
    decides)."""
    names = [f"'c{place}'" for place in range(len(table.header))]
    columns = ", ".join(f"{name}: 'VARCHAR'" for name in names)
    source = (
        f"read_csv({literal(str(quick.path))}, auto_detect = false, columns = {{{columns}}}, delim = "
        f"{literal(quick.delimiter)}, "
        f"quote = '\"', escape = '\"', header = false, skip = {quick.header_line}, nullstr = '', strict_mode = true, "
        f"force_not_null = [{', '.join(names)}])"
    )
    watch.say(0.05, f"Reading {table.name}")
    numbered = _numbered(connection, table, bound, target.stem)
    with ThreadPoolExecutor(1) as counting:
        lines = counting.submit(counted_lines, quick.path)
        try:
            copied = watch.run(
                connection,
                f"COPY ({_laid_down(bound, numbered, key, source)}) TO {literal(str(target))} (FORMAT parquet)",
            )
        except (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.InternalException):
            return None
        if copied[0][0] != lines.result() - quick.header_line:
            return None
    staged = f"read_parquet({literal(str(target))}, file_row_number = true)"
    return (
        f"SELECT {literal(table.name)} AS file, file_row_number + {quick.header_line + 1} AS source_row, false AS "
        f"ragged, {', '.join(_taken_up(connection, bound, numbered, staged))} FROM {staged}"
    )


def _numbered(
    connection: duckdb.DuckDBPyConnection, table: Table, bound: Sequence[BoundColumn], stem: str
) -> dict[str, str]:
    """For each bound column of few texts an ENUM that holds those which a look at the file has found."""
    texts = {b.raw: b.place for b in bound if b.place is not None and not b.is_secret}
    words = few_words(table, texts.values())
    numbered = {raw: identifier(f"{stem} {raw}") for raw, place in texts.items() if place in words}
    for raw, kind in numbered.items():
        listed = ", ".join(literal(word) for word in words[texts[raw]])
        connection.execute(f"CREATE TYPE {kind} AS ENUM ({listed})")
    return numbered


def _laid_down(bound: Sequence[BoundColumn], numbered: Mapping[str, str], key: bytes, source: str) -> str:
    """SELECT of the bound columns, and in a row that holds a text without a number the list ``odd`` of its texts."""
    cells = [f"c{b.place}" for b in bound if b.place is not None]
    columns, missed, odd = [], ["false"], []
    for b in bound:
        if b.raw in numbered:
            number = identifier(f"number {b.raw}")
            cells.append(f"TRY_CAST(c{b.place} AS {numbered[b.raw]}) AS {number}")
            columns.append(f"{number} AS {identifier(b.raw)}")
            missed.append(f"{number} IS NULL")
            odd.append(f"c{b.place}")
        else:
            columns.append(_cell(b, f"c{b.place}", key))
    columns.append(f"CASE WHEN {' OR '.join(missed)} THEN CAST([{', '.join(odd)}] AS VARCHAR[]) END AS odd")
    return f"SELECT {', '.join(columns)} FROM (SELECT {', '.join(dict.fromkeys(cells))} FROM {source})"


def _taken_up(
    connection: duckdb.DuckDBPyConnection, bound: Sequence[BoundColumn], numbered: Mapping[str, str], staged: str
) -> list[str]:
    """The bound columns as they were laid down, each text without a number back in its place."""
    counts = ", ".join(["count(*)", *(f"count({identifier(raw)})" for raw in numbered)])
    rows, *filled = connection.execute(f"SELECT {counts} FROM {staged}").fetchall()[0]
    columns = {b.raw: identifier(b.raw) for b in bound}
    for place, (raw, count) in enumerate(zip(numbered, filled, strict=True), start=1):
        if count < rows:
            columns[raw] = f"coalesce({columns[raw]}, odd[{place}]) AS {columns[raw]}"
    return list(columns.values())


def _cell(b: BoundColumn, column: str, key: bytes) -> str:
    value = literal(b.constant) if b.place is None else column
    return f"{person_sql(key, value) if b.is_secret else value} AS {identifier(b.raw)}"


def _carefully(table: Table, bound: Sequence[BoundColumn], key: bytes, target: Path, watch: Watch) -> None:
    fields = [pa.field("source_row", pa.int64()), pa.field("ragged", pa.bool_())]
    fields += [pa.field(b.raw, pa.uint64() if b.is_secret else pa.string()) for b in bound]
    schema = pa.schema(fields)
    with pq.ParquetWriter(target, schema) as writer:
        for batch in _batches(table.rows()):
            watch.say(0.1, f"Reading {table.name}, line {batch[-1][0]:,}")
            writer.write_table(pa.table(_columns(batch, bound, len(table.header), key), schema=schema))


def _batches(rows: Iterator[tuple[int, Cells]]) -> Iterator[list[tuple[int, Cells]]]:
    batch: list[tuple[int, Cells]] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _columns(
    batch: list[tuple[int, Cells]], bound: Sequence[BoundColumn], width: int, key: bytes
) -> dict[str, list[object]]:
    out: dict[str, list[object]] = {
        "source_row": [line for line, _ in batch],
        "ragged": [any(c.strip() for c in cells[width:]) for _, cells in batch],
    }
    for b in bound:
        texts = [_text(cells, b) for _, cells in batch]
        out[b.raw] = [person_hash(key, t) for t in texts] if b.is_secret else list(texts)
    return out


def _text(cells: Cells, b: BoundColumn) -> str:
    if b.place is None:
        return b.constant
    return cells[b.place] if b.place < len(cells) else ""


def counted_lines(path: Path) -> int:
    """How many lines a file has: line ends, and one more when the last line has none."""
    lines, last = 0, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(1 << 22):
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return lines + (last != b"\n")


def short(text: str, length: int = 40) -> str:
    """A text cut to a length that fits into a sentence."""
    squeezed = squeeze(text)
    return squeezed if len(squeezed) <= length else squeezed[: length - 1] + "…"
