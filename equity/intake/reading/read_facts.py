"""Files and their mapping into one fact table, with an account of every row.

The way: open each file → bind the mapping's columns → stage the mapped texts (people hashed) → read each distinct
spelling once → write the facts and the rows set aside. Rows in = rows used + rows set aside, always. In shape
``wide`` a line holds several values, and each value counts as a row.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from equity.cube.event_days import FILE as EVENT_DAYS
from equity.cube.quoting import literal
from equity.intake.formats.tabular import Table
from equity.intake.layout.open_tidy import open_tidy
from equity.intake.reading.binding import bind, wanted_names
from equity.intake.reading.fact_query import FactQuery
from equity.intake.reading.facts import Facts
from equity.intake.reading.form import form_of
from equity.intake.reading.progress import Watch
from equity.intake.reading.reading import Reading
from equity.intake.reading.refusal import Account
from equity.intake.reading.staging import stage
from equity.vocabulary import (
    Cancelled,
    Mapping,
    PlainError,
    Problem,
    Progress,
    SourceFile,
    StratifierMapping,
)
from equity.vocabulary.form import Form

FEWEST_EVENTS, MOST_EVENTS = 4, 3_000
"""Measures with fewer or more events than these in all have no use for the days between two of them."""
RARE_MEASURES = """
    SELECT f.measure FROM {facts} f JOIN measure_kinds k ON k.name = f.measure
    WHERE k.kind <> 'mean' AND NOT f.hidden
    GROUP BY f.measure HAVING sum(f.x) BETWEEN {least} AND {most} AND 2 * sum(f.x) < sum(f.n)"""


def read_facts(
    files: Sequence[Path],
    mapping: Mapping,
    target: Path,
    set_aside: Path,
    person_key: bytes,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    memory_limit: str | None = None,
    temp_directory: Path | None = None,
) -> Facts:
    """Write the fact table to ``target``, and to ``set_aside`` the other rows (``file, source_row, column, reason``).

    Where the extract gives days, those of the events of rare measures go to ``event_days.parquet`` beside ``target``.

    ``progress(share, words)`` is told the share done; ``cancelled()`` is asked several times a second.
    ``memory_limit`` is text such as ``2GB``. Raises :class:`PlainError` in one sentence for whatever a person can
    mend; then neither file may be used.
    """
    if not files:
        raise PlainError("No file was given: choose at least one.")
    watch = Watch(progress, cancelled)
    with tempfile.TemporaryDirectory(prefix="intake-", dir=temp_directory or target.parent) as folder:
        connection = _connect(Path(folder), memory_limit, [*files, target.parent, set_aside.parent])
        try:
            ground = _Ground(files, Path(folder), person_key, target, set_aside)
            return _FileReading(connection, mapping, watch, ground).facts()
        except duckdb.OutOfMemoryException:
            raise PlainError(
                "The extract needs more memory than the limit allows: raise the limit, or load it in parts."
            ) from None
        except (duckdb.Error, OSError) as error:
            raise _plain(error, files) from None
        finally:
            connection.close()


def _connect(folder: Path, memory_limit: str | None, reachable: Sequence[Path]) -> duckdb.DuckDBPyConnection:
    """A database that reaches nothing but these files and folders, and the folder that it works in."""
    connection = duckdb.connect()
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute(f"SET temp_directory = {literal(str(folder / 'spill'))}")
    if memory_limit is not None:
        connection.execute("SET memory_limit = ?", [memory_limit])
    paths = sorted({str(each) for path in (folder, *reachable) for each in (path, path.absolute(), path.resolve())})
    connection.execute("SET allowed_paths = ?", [paths])
    connection.execute("SET allowed_directories = ?", [[path for path in paths if Path(path).is_dir()]])
    connection.execute("SET enable_external_access = false")  # it cannot be switched on again
    return connection


def _plain(error: Exception, files: Sequence[Path]) -> PlainError:
    """An error of the machine as one sentence; the database's own words may quote rows, so they are not passed on."""
    names = " and ".join(f.name for f in files[:3])
    words = str(error).casefold()
    if getattr(error, "errno", None) == 28 or "no space left" in words or "max_temp_directory_size" in words:
        return PlainError(f"The disk is full, so {names} was not loaded: free some space and try again.")
    return PlainError(f"{names} could not be read to its end: copy it again, or save it again as CSV in UTF-8.")


def fingerprint(path: Path) -> SourceFile:
    """A file's name, size and SHA-256 (of a folder: of its Parquet parts, one after the other)."""
    digest, size = hashlib.sha256(), 0
    for part in [path] if path.is_file() else sorted(path.rglob("*.parquet")):
        with part.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
                size += len(chunk)
    return SourceFile(path.name, size, digest.hexdigest())


@dataclass(frozen=True)
class _Ground:
    """Files that are read, the folder for what is unpacked and staged, the secret of the dataset, and the two files
    that are written."""

    files: Sequence[Path]
    folder: Path
    key: bytes
    target: Path
    set_aside: Path


class _FileReading(Reading):
    """Files of this machine into two Parquet files."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, mapping: Mapping, watch: Watch, ground: _Ground) -> None:
        super().__init__(connection, mapping, watch)
        self.database = connection
        self.ground = ground

    def opened(self) -> list[Table]:
        wanted = wanted_names(self.mapping)
        tables = [open_tidy(f, self.ground.folder, self.mapping, wanted) for f in self.ground.files]
        for table in tables:
            self.problems += [
                Problem("note", "file", f"{table.name}: {note}", "Check names with accents.") for note in table.notes
            ]
        return tables

    def sources(self) -> tuple[SourceFile, ...]:
        return tuple(fingerprint(f) for f in self.ground.files)

    def staged_parts(self, tables: Sequence[Table]) -> list[str]:
        return [
            stage(self.database, table, bind(self.mapping, table), self.ground.key, self.ground.folder, self.watch)
            for table in tables
        ]

    def write(self, query: FactQuery, tables: Sequence[Table]) -> Account:
        self.watch.say(0.6, "Writing the facts")
        # Each row knows its line, so the facts need no order: to write them as they come takes two thirds of the time.
        self.connection.execute("SET preserve_insertion_order = false")
        # Parquet's second version packs line numbers into a tenth of the room.
        to = f"TO {literal(str(self.ground.target))} (FORMAT parquet, PARQUET_VERSION v2)"
        copied = self.watch.run(self.connection, f"COPY ({query.facts()}) {to}")
        if "period" in query.staged and query.grain == "month" and not query.estimates:
            self.write_event_days(query)
        account = self.account(query, tables, int(copied[0][0]))
        account.write_rows(self.connection, self.mapping, self.ground.set_aside)
        return account

    def form(self, rows: str, staged: Sequence[str], estimates: bool) -> Form:
        return form_of(self.connection, rows, staged, self.decimal, self.day_first, estimates)

    def write_event_days(self, query: FactQuery) -> None:
        """Beside the facts, the days of the events of rare measures, where the extract gives days (docs/house.md)."""
        days = "SELECT 1 FROM period_words WHERE grain = 'day' LIMIT 1"
        if not self.connection.execute(days).fetchall():
            return
        facts = self.written(())
        rare = RARE_MEASURES.format(facts=facts, least=FEWEST_EVENTS, most=MOST_EVENTS)
        self.connection.execute(f"CREATE TABLE rare_measures AS {rare}")
        if self.connection.execute("SELECT 1 FROM rare_measures LIMIT 1").fetchall():
            to = literal(str(self.ground.target.with_name(EVENT_DAYS)))
            self.watch.run(self.connection, f"COPY ({query.event_days()}) TO {to} (FORMAT parquet)")

    def written(self, strata: Sequence[StratifierMapping]) -> str:
        return f"read_parquet({literal(str(self.ground.target))})"
