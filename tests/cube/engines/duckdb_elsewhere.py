"""The smallest engine elsewhere: a second DuckDB, which shares nothing with the one here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import duckdb
import pyarrow as pa
from sqlglot import exp

from equity.cube.engines.remote_engine import RemoteEngine
from equity.cube.engines.translation import Respelling
from equity.cube.quoting import identifier, literal
from equity.vocabulary import PlainError


class DuckdbElsewhere(RemoteEngine[pa.Table]):
    """An adapter in full, as CONTRIBUTING.md asks for one; ``told`` holds every statement that reached the engine."""

    name = "The other DuckDB"
    dialect = "duckdb"
    respellings: ClassVar[dict[type[exp.Expr], Respelling]] = {}

    def __init__(self) -> None:
        super().__init__()
        self._other = duckdb.connect()
        self.told: list[str] = []

    def columns_of(self, source: str) -> tuple[str, ...]:
        try:
            found = self._other.execute(f"DESCRIBE SELECT * FROM {self._rows(source)}").fetchall()
        except duckdb.Error:
            raise PlainError(f"There is no {source}.") from None
        return tuple(name for name, *_ in found)

    def _rows(self, source: str) -> str:
        return f"read_parquet({literal(source)}, file_row_number = true)"

    def _open(self, name: str, source: str, columns: Sequence[str]) -> None:
        texts = [f"CAST({identifier(column)} AS VARCHAR) AS c{place}" for place, column in enumerate(columns)]
        numbered = ", ".join([f"{literal(source)} AS file", "file_row_number + 1 AS source_row", *texts])
        self._view(name, f"SELECT {numbered} FROM {self._rows(source)}")

    def _ask(self, sql: str) -> pa.Table:
        self.told.append(sql)
        return self._other.sql(sql).to_arrow_table()

    def _answers(self, asked: Sequence[pa.Table]) -> pa.Table:
        return asked[0] if len(asked) == 1 else pa.concat_tables(asked)

    def _keep(self, name: str, sql: str) -> None:
        self.told.append(sql)
        self._other.execute(f'CREATE TABLE "{name}" AS {sql}')

    def _view(self, name: str, sql: str) -> None:
        self.told.append(sql)
        self._other.execute(f'CREATE VIEW "{name}" AS {sql}')

    def _send(self, name: str, table: pa.Table) -> None:
        self._other.register("arrived", table)
        self._other.execute(f'CREATE TABLE "{name}" AS SELECT * FROM arrived')

    def _drop(self, name: str) -> None:
        self._other.execute(f'DROP TABLE "{name}"')

    def _close(self) -> None:
        self._other.close()
