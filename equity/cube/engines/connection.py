"""What intake and the cube ask of a database. DuckDB's own connection gives it; so does one to an engine elsewhere."""

from __future__ import annotations

from typing import Any, Protocol


class Rows(Protocol):
    """The rows that a statement gave."""

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row; None when there is no more."""

    def fetchmany(self, size: int = 1, /) -> list[tuple[Any, ...]]:
        """The next so many rows."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows that are left."""


class Connection(Protocol):
    """A database that takes DuckDB's SQL."""

    def execute(self, query: str, parameters: Any = None, /) -> Rows:
        """Run one statement; ``parameters`` are its values, in order or by name."""

    def executemany(self, query: str, parameters: Any = None, /) -> Rows:
        """Run one statement once for each list of values."""

    def cursor(self) -> Connection:
        """The same database, for a statement whose rows are fetched while others run."""

    def register(self, view_name: str, python_object: object, /) -> object:
        """Let an Arrow table be read under this name."""

    def unregister(self, view_name: str, /) -> object:
        """Forget a registered table."""

    def interrupt(self) -> None:
        """Stop the statement that is running, from another thread."""
