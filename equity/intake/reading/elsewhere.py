"""An extract that lies in an engine elsewhere, read there: into the table ``extract``, from which the cube is counted.

The reading is the same as that of a file: each distinct spelling comes here once, is read, and goes back as a lookup
that the engine joins. Of the rows themselves nothing comes here. A person's id is hashed by the engine at the first
step, as :func:`equity.intake.reading.staging.person_hash` does it; the secret goes there as a table and stands in no
statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from equity.cube.engines.remote_engine import RemoteEngine
from equity.cube.quoting import identifier, literal
from equity.intake.formats.header import unique_names
from equity.intake.formats.tabular import Table
from equity.intake.reading.binding import bind
from equity.intake.reading.fact_query import ESTIMATE_COLUMNS, PLAIN_COLUMNS, FactQuery, Strata
from equity.intake.reading.facts import Facts
from equity.intake.reading.progress import Watch
from equity.intake.reading.reading import Reading
from equity.intake.reading.refusal import Account
from equity.intake.reading.staging import NOBODY
from equity.vocabulary import Cancelled, Mapping, PlainError, Progress, SourceFile, StratifierMapping


def read_facts_elsewhere(
    connection: RemoteEngine[Any],
    sources: Sequence[str],
    mapping: Mapping,
    person_key: bytes,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Facts:
    """Make the table ``extract`` in the engine (columns: :func:`equity.cube.facts.view_facts`) and say what was found.

    ``sources`` are tables of the engine, or paths that it reads. Raises :class:`PlainError` in one sentence for
    whatever a person can mend.
    """
    if not sources:
        raise PlainError("Nothing was named to be read: name at least one table.")
    return _EngineReading(connection, sources, mapping, person_key, Watch(progress, cancelled)).facts()


class _EngineReading(Reading):
    def __init__(
        self, connection: RemoteEngine[Any], sources: Sequence[str], mapping: Mapping, key: bytes, watch: Watch
    ) -> None:
        super().__init__(connection, mapping, watch)
        self.engine = connection
        self.named_sources = sources
        self.key = key

    def facts(self) -> Facts:
        facts = super().facts()
        # The cube numbers the stratifiers that have rows; one without any was numbered too while it was read.
        places = {s.name: place for place, s in enumerate(facts.stratifiers, start=1)}
        strata = [f"{column} AS stratum_{places[name]}" for name, column in self.columns.items() if name in places]
        more = ESTIMATE_COLUMNS if facts.values == "estimates" else ()
        columns = ", ".join(["file", *PLAIN_COLUMNS, *strata, *more])
        self.connection.execute(f"CREATE VIEW extract AS SELECT {columns} FROM read_rows")
        return facts

    def opened(self) -> list[Table]:
        if self.mapping.once:
            raise PlainError(
                "A table in a database counts every line: take “once” out of the mapping, or count visits there."
            )
        if not self.mapping.layout.is_plain:
            raise PlainError("A table in a database is tidy already: take [layout] out of the mapping.")
        return [
            Table(source, unique_names(self.engine.columns_of(source)), 0, lambda: iter(()))
            for source in self.named_sources
        ]

    def sources(self) -> tuple[SourceFile, ...]:
        return tuple(SourceFile(source, 0, "") for source in self.named_sources)

    def staged_parts(self, tables: Sequence[Table]) -> list[str]:
        self.engine.send("person_key", pa.table({"secret": [self.key.hex()]}))
        return [self._staged(table) for table in tables]

    def _staged(self, table: Table) -> str:
        bound = bind(self.mapping, table)
        names = self.engine.columns_of(table.name)
        places = list(dict.fromkeys(b.place for b in bound if b.place is not None))
        opened = self.engine.open_source(table.name, [names[place] for place in places])
        cells = []
        for b in bound:
            text = literal(b.constant) if b.place is None else f"coalesce(c{places.index(b.place)}, '')"
            cells.append(f"{_person(text) if b.raw == 'person' else text} AS {b.raw}")
        return f"SELECT file, source_row, false AS ragged, {', '.join(cells)} FROM {opened}"

    def read_strata(self, file: str) -> tuple[Strata, tuple[StratifierMapping, ...]]:
        """Stratifiers under numbers: an engine may take no name that is as long or as odd as a file's."""
        strata, mappings = super().read_strata(file)
        self.columns = {name: f"stratum_{place}" for place, name in enumerate(strata.names, start=1)}
        return replace(strata, names=tuple(self.columns.values())), mappings

    def write(self, query: FactQuery, tables: Sequence[Table]) -> Account:
        self.watch.say(0.6, "Reading the rows where they lie")
        columns = ["file", *PLAIN_COLUMNS, *self.columns.values(), *(ESTIMATE_COLUMNS if query.estimates else ())]
        facts = f"SELECT {', '.join(columns)} FROM ({query.judged()}) WHERE fault IS NULL"
        self.watch.run(self.connection, f"CREATE TABLE read_rows AS {facts}")
        used = int(self.connection.execute("SELECT count(*) FROM read_rows").fetchall()[0][0])
        return self.account(query, tables, used)

    def written(self, strata: Sequence[StratifierMapping]) -> str:
        named = [f"{column} AS {identifier(name)}" for name, column in self.columns.items()]
        return f"(SELECT {', '.join([*PLAIN_COLUMNS, *named])} FROM read_rows)"


def _person(text: str) -> str:
    """The number that stands for a person, as sixteen hexadecimal digits; null where the cell names nobody."""
    nobody = ", ".join(literal(word) for word in NOBODY)
    digest = f"sha256((SELECT secret FROM person_key) || trim({text}))"
    return f"CASE WHEN lower(trim({text})) IN ({nobody}) THEN NULL ELSE left({digest}, 16) END"
