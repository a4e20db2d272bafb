"""The adapter of PostgreSQL: temporary tables of one session, in the database where the extract lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import psycopg
import pyarrow as pa
from sqlglot import exp

from equity.cube.engines.remote_engine import RemoteEngine
from equity.vocabulary import PlainError

_KINDS = {
    pa.string(): "text",
    pa.float64(): "double precision",
    pa.int64(): "bigint",
    pa.int32(): "integer",
    pa.date32(): "date",
    pa.bool_(): "boolean",
}
_FLOATS = (700, 701)
_SAID = ("08", "28", "3D", "3F", "42", "53", "57")  # classes of errors whose words hold no cell of any row


class PostgresqlConnection(RemoteEngine[pa.Table]):
    """A session of a PostgreSQL server. It needs the right to read the extract and to make temporary tables."""

    name = "PostgreSQL"
    dialect = "postgres"
    respellings = {  # noqa: RUF012 - it says what every such connection spells otherwise
        exp.Quarter: lambda node: exp.cast(exp.Extract(this=exp.var("QUARTER"), expression=node.this), "BIGINT"),
        exp.Contains: lambda node: exp.paren(exp.func("strpos", node.this, node.expression) > 0),
        exp.SHA2: lambda node: _sha256(node.this),
        exp.Anonymous: lambda node: _hash(node) if node.name.lower() == "hash" else node,
    }

    def __init__(self, url: str) -> None:
        super().__init__()
        with _said_plainly():
            self._session: psycopg.Connection[Any] = psycopg.connect(url, autocommit=True, connect_timeout=20)
            for setting in ("TimeZone = 'UTC'", "standard_conforming_strings = on", "extra_float_digits = 1"):
                self._session.execute(f"SET {setting}".encode())

    def columns_of(self, source: str) -> tuple[str, ...]:
        """The columns of a table or view; a schema may stand before its name, with a dot."""
        return tuple(column.name for column in self._head(source))

    def interrupt(self) -> None:
        """Stop what is running, here and there."""
        self._session.cancel_safe()
        super().interrupt()

    def _head(self, source: str) -> list[psycopg.Column]:
        with _said_plainly(source):
            return list(self._session.execute(f"SELECT * FROM {_quoted(source)} LIMIT 0".encode()).description or ())

    def _open(self, name: str, source: str, columns: Sequence[str]) -> None:
        kinds = {column.name: column.type_code for column in self._head(source)}
        texts = [f"{_as_text(column, kinds[column])} AS c{place}" for place, column in enumerate(columns)]
        said = exp.convert(source).sql(dialect=self.dialect)
        numbered = ", ".join([f"{said} AS file", "row_number() OVER () AS source_row", *texts])
        self._keep(name, f"SELECT {numbered} FROM {_quoted(source)}")

    def _ask(self, sql: str) -> pa.Table:
        with _said_plainly():
            cursor = self._session.execute(sql.encode())
            names = [column.name for column in cursor.description or ()]
            columns = list(zip(*cursor.fetchall(), strict=True)) or [()] * len(names)
        return pa.Table.from_arrays([_array(column) for column in columns], names=names)

    def _answers(self, asked: Sequence[pa.Table]) -> pa.Table:
        return asked[0] if len(asked) == 1 else pa.concat_tables(asked, promote_options="permissive")

    def _keep(self, name: str, sql: str) -> None:
        self._run(f'CREATE TEMPORARY TABLE "{name}" AS {sql}')
        self._run(f'ANALYZE "{name}"')  # nobody else does it for temporary tables, and joins are planned by it

    def _view(self, name: str, sql: str) -> None:
        self._run(f'CREATE TEMPORARY VIEW "{name}" AS {sql}')

    def _send(self, name: str, table: pa.Table) -> None:
        columns = ", ".join(f'"{field.name}" {_KINDS[field.type]}' for field in table.schema)
        self._run(f'CREATE TEMPORARY TABLE "{name}" ({columns})')
        with _said_plainly(), self._session.cursor().copy(f'COPY "{name}" FROM STDIN'.encode()) as copying:
            for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                copying.write_row(row)
        self._run(f'ANALYZE "{name}"')

    def _drop(self, name: str) -> None:
        """Tables go; a view would hold what it reads, and goes with the session."""
        self._run(f'DROP TABLE IF EXISTS "{name}"')

    def _close(self) -> None:
        self._session.close()

    def _run(self, sql: str) -> None:
        with _said_plainly():
            self._session.execute(sql.encode())


def _quoted(source: str) -> str:
    return ".".join(exp.to_identifier(part, quoted=True).sql(dialect="postgres") for part in source.split("."))


def _as_text(column: str, kind: int) -> str:
    """A column as text, whole numbers of a floating column with the “.0” that the other engines write."""
    name = exp.to_identifier(column, quoted=True).sql(dialect="postgres")
    if kind not in _FLOATS:
        return f"CAST({name} AS text)"
    whole = f"{name} = trunc({name}) AND abs({name}) < 1e15"
    return f"CASE WHEN {whole} THEN CAST(CAST({name} AS bigint) AS text) || '.0' ELSE CAST({name} AS text) END"


def _array(values: Sequence[Any]) -> pa.Array:
    """A column; sums of whole numbers come as decimals without places."""
    return pa.array(int(value) if isinstance(value, Decimal) else value for value in values)


def _sha256(text: exp.Expr) -> exp.Expr:
    """The digest of a text as hexadecimal digits."""
    digest = exp.func("sha256", exp.func("convert_to", text, exp.convert("UTF8")), dialect="postgres")
    return exp.func("encode", digest, exp.convert("hex"))


def _hash(node: exp.Expr) -> exp.Expr:
    row = exp.cast(exp.func("row", *node.expressions), "VARCHAR")
    return exp.func("hashtextextended", row, exp.convert(0))


@contextmanager
def _said_plainly(source: str = "") -> Iterator[None]:
    """The server's errors as one sentence. Words that may quote a cell are not passed on."""
    try:
        yield
    except psycopg.errors.UndefinedTable:
        raise PlainError(
            f"PostgreSQL has no table {source or 'of that name'} that this user may see: write it as schema.table."
        ) from None
    except psycopg.Error as error:
        said = error.diag.message_primary if (error.sqlstate or "")[:2] in _SAID else ""
        if error.sqlstate is None:
            raise PlainError(
                "The PostgreSQL server does not answer: check the address, the user and the password."
            ) from None
        raise PlainError(
            f"PostgreSQL stopped the counting with the error {error.sqlstate}{f' ({said})' if said else ''}, and "
            "nothing was changed."
        ) from None
