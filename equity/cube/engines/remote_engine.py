"""One DuckDB here and one database elsewhere behind a single connection that takes DuckDB's SQL.

What stays where follows from how a table comes to be:

- a table made of a query over what lies elsewhere is made there, and stays there (``CREATE TABLE … AS``);
- a table whose columns are declared lives here (``CREATE TABLE name (…)``): the lookups that intake writes and the
  cells of the cube. One that a statement elsewhere names is sent there first.

So the rows of an extract never leave the engine. What comes back is what is read on purpose: distinct spellings,
counts, and the cells that are inserted into the cube's tables.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

import duckdb
import pyarrow as pa
from sqlglot import exp

from equity.cube.engines.connection import Rows
from equity.cube.engines.translation import Respelling, parsed, tables_of, translated, with_values
from equity.vocabulary import PlainError

Asked = TypeVar("Asked")  # a query that an engine has been given: what it will answer, or has answered already

PREFIX = "equity_lens_"
MOST_WAITING = 24  # queries that an engine may answer together, in one job


class RemoteEngine(ABC, Generic[Asked]):
    """The connection to one engine, for one extract. Use it as a context: at its end all that was made there is gone.

    An adapter gives ``name``, ``dialect`` (SQLGlot's name for it), ``respellings`` and the
    methods that are abstract here.
    """

    name: str
    dialect: str
    respellings: dict[type[exp.Expr], Respelling]

    def __init__(self) -> None:
        self._home = duckdb.connect()
        self._home.execute("SET autoinstall_known_extensions = false")
        self._there: dict[str, str] = {}  # tables and views that were made elsewhere
        self._sent: dict[str, str] = {}  # tables of here, as they were sent
        self._waiting: list[tuple[str, Asked]] = []
        self._made = 0

    # What an adapter gives.

    @abstractmethod
    def columns_of(self, source: str) -> tuple[str, ...]:
        """The columns of a table (or folder) of the engine; raises :class:`PlainError` when it is not there."""

    @abstractmethod
    def _open(self, name: str, source: str, columns: Sequence[str]) -> None:
        """Make ``name`` out of a source: ``file, source_row``, and these columns as text under the names c0, c1 …"""

    @abstractmethod
    def _ask(self, sql: str) -> Asked:
        """Give the engine a query; it may answer when it likes."""

    @abstractmethod
    def _answers(self, asked: Sequence[Asked]) -> pa.Table:
        """The rows of queries that give the same columns, one below the other."""

    @abstractmethod
    def _keep(self, name: str, sql: str) -> None:
        """Make a table of a query's rows."""

    @abstractmethod
    def _view(self, name: str, sql: str) -> None:
        """Give a query a name."""

    @abstractmethod
    def _send(self, name: str, table: pa.Table) -> None:
        """Make a table of a small table of here."""

    @abstractmethod
    def _drop(self, name: str) -> None:
        """Forget a table or a view."""

    @abstractmethod
    def _close(self) -> None:
        """Leave, with nothing left behind."""

    # What the rooms ask (:class:`equity.cube.engines.connection.Connection`).

    def execute(self, query: str, parameters: Any = None, /) -> Rows:
        """Run one statement of DuckDB's SQL where its tables lie."""
        if query.lstrip().upper().startswith("CREATE TYPE"):
            return self._home.execute(query)  # ENUMs are DuckDB's own
        trees = parsed(query)
        touched = {name for tree in trees for name in tables_of(tree)}
        if len(trees) == 1 and touched & self._there.keys():
            return self._elsewhere(trees[0], touched, parameters)
        self._fetch_for(touched)
        for tree in trees:
            if not isinstance(tree, exp.Query):
                self._outdated(tables_of(tree))
        return self._home.execute(query, parameters)

    def executemany(self, query: str, parameters: Any = None, /) -> Rows:
        """Fill a table of here."""
        for tree in parsed(query):
            self._outdated(tables_of(tree))
        return self._home.executemany(query, parameters)

    def cursor(self) -> RemoteEngine[Asked]:
        """This connection itself: the rows that a statement gave are its own."""
        return self

    def register(self, view_name: str, python_object: object, /) -> None:
        """Let an Arrow table be read here under this name."""
        self._home.register(view_name, python_object)

    def unregister(self, view_name: str, /) -> None:
        """Forget a registered table."""
        self._home.unregister(view_name)

    def interrupt(self) -> None:
        """Stop what is running here; adapters stop the engine too."""
        self._home.interrupt()

    def open_source(self, source: str, columns: Sequence[str]) -> str:
        """Make these columns of a source readable as text; gives the name to read them under.

        Beside c0, c1 … stand ``file`` (what people call the part that a row is in) and ``source_row`` (its number).
        """
        name = f"source_{self._made}"
        self._open(self._new(name), source, columns)
        return name

    def send(self, name: str, table: pa.Table) -> None:
        """Make a table elsewhere of one of here, for the statements that follow."""
        self._send(self._new(name), table)

    def __enter__(self) -> RemoteEngine[Asked]:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._close()
        finally:
            self._home.close()

    # Which statement runs where.

    def _elsewhere(self, tree: exp.Expr, touched: Iterable[str], values: Any) -> Rows:
        if isinstance(tree, exp.Drop):
            for name in touched:
                self._drop(self._there.pop(name))
            return Fetched([])
        if isinstance(tree, exp.Describe):
            columns = self._answers([self._ask(f"SELECT * FROM {self._there[tree.this.name]} LIMIT 0")]).column_names
            return Fetched([(column,) for column in columns])
        tree = with_values(tree, values)
        if isinstance(tree, exp.Create):
            made, sql = tree.this.name, self._translated(tree.expression)
            earlier = self._there.pop(made, None)
            make = self._view if tree.kind == "VIEW" else self._keep
            make(self._new(made), sql)
            if earlier is not None:
                self._drop(earlier)
            return Fetched([])
        if isinstance(tree, exp.Insert):
            query = tree.expression
            if tree.args.get("with_"):
                query = query.copy()
                query.set("with_", tree.args["with_"])
            self._waiting.append((tree.this.name, self._ask(self._translated(query))))
            if len(self._waiting) >= MOST_WAITING:
                self._fetch_for({target for target, _ in self._waiting})
            return Fetched([])
        if not isinstance(tree, exp.Query):
            raise PlainError(f"{self.name} cannot run this kind of statement: {type(tree).__name__.upper()}.")
        return Fetched(rows_of(self._answers([self._ask(self._translated(tree))])))

    def _translated(self, query: exp.Expr) -> str:
        for name in tables_of(query) - self._there.keys() - self._sent.keys():
            sent = self._home.sql(f'SELECT * FROM "{name}"').to_arrow_table()
            self._sent[name] = self._fresh(name)
            self._send(self._sent[name], _with_plain_text(sent))
        return translated(query, self.dialect, self._sent | self._there, self.respellings)

    def _fetch_for(self, touched: Iterable[str]) -> None:
        """Bring home what was asked for the tables that a statement is about to read."""
        for target in dict.fromkeys(target for target, _ in self._waiting):
            if target in touched:
                table = self._answers([asked for waiting, asked in self._waiting if waiting == target])
                self._home.register("brought_home", table)
                self._home.execute(f'INSERT INTO "{target}" BY NAME SELECT * FROM brought_home')
                self._home.unregister("brought_home")
        self._waiting = [(target, asked) for target, asked in self._waiting if target not in touched]

    def _outdated(self, names: Iterable[str]) -> None:
        """Tables of here that change: what was sent of them is no longer true."""
        for name in set(names) & self._sent.keys():
            self._drop(self._sent.pop(name))

    def _new(self, name: str) -> str:
        self._there[name] = self._fresh(name)
        return self._there[name]

    def _fresh(self, name: str) -> str:
        """A name that nothing else in the engine has."""
        self._made += 1
        return f"{PREFIX}{self._made}_{name}"


class Fetched:
    """Rows that are here already."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self._rows = rows

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row; None when there is no more."""
        return next(iter(self.fetchmany()), None)

    def fetchmany(self, size: int = 1, /) -> list[tuple[Any, ...]]:
        """The next so many rows."""
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows that are left."""
        return self.fetchmany(len(self._rows))


def rows_of(table: pa.Table) -> list[tuple[Any, ...]]:
    """An Arrow table as rows of Python's own values."""
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def _with_plain_text(table: pa.Table) -> pa.Table:
    """ENUMs arrive as dictionaries; elsewhere they are text."""
    kinds = [pa.string() if pa.types.is_dictionary(field.type) else field.type for field in table.schema]
    return table.cast(pa.schema(list(zip(table.column_names, kinds, strict=True))))
