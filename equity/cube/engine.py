"""How DuckDB is opened: limits on memory and threads, what is locked away, and its faults as plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from equity.vocabulary import PlainError

if TYPE_CHECKING:
    import duckdb


@contextmanager
def open_workshop(
    *, memory_limit: str | None, threads: int | None, temp_directory: Path | None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that spills to ``temp_directory`` when it needs more than ``memory_limit``.

    ``memory_limit`` is text such as ``2GB`` (None: DuckDB's default, 80 % of the machine's memory). Rows have no order
    in it. Raises :class:`PlainError` when the disk is full or the memory does not suffice.
    """
    import duckdb  # a question put to a cube needs none

    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET temp_directory = ?", ["" if temp_directory is None else str(temp_directory)])
        if threads is not None:
            connection.execute("SET threads = ?", [threads])
        if memory_limit is not None:
            connection.execute("SET memory_limit = ?", [memory_limit])
        try:
            yield connection
        except duckdb.OutOfMemoryException:
            raise PlainError(
                "Counting needs more memory or more room on the disk than it may use, and nothing was changed: raise "
                "the memory limit, free some space, or load the file in parts."
            ) from None
        except duckdb.IOException as error:
            if "No space left" not in str(error):
                raise
            raise PlainError(
                "The disk that holds the data folder is full, and nothing was changed: free some space and try again."
            ) from None


def lock(connection: duckdb.DuckDBPyConnection, *readable: Path) -> None:
    """Shut every way out of the database: no file but those named, no network, and no setting can be reached again."""
    if readable:
        connection.execute("SET allowed_paths = ?", [[str(path) for path in readable]])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
