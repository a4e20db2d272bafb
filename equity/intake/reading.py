"""Files and their mapping into one fact table, with an account of every row.

The way: open each file → bind the mapping's columns → stage the mapped texts (people hashed) → read each distinct
spelling once → write the facts and the rows set aside. Rows in = rows used + rows set aside, always. In shape
``wide`` a line holds several values, and each value counts as a row.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from equity.intake.binding import bind, wanted_names
from equity.intake.catalogue import measure_for
from equity.intake.categories import arrange
from equity.intake.checks import check_facts
from equity.intake.cleaning import read_measures, read_numbers, read_periods, read_stratifier
from equity.intake.dimensions import read_dimensions
from equity.intake.fact_query import BOUND_ROLES, FactQuery, Strata, unpivoted
from equity.intake.formats import open_table
from equity.intake.missing import MISSING, squeeze
from equity.intake.progress import Cancelled, Progress, Watch
from equity.intake.quoting import identifier, literal
from equity.intake.refusal import Account, account_of, refuse_wrong_columns, set_aside_problems
from equity.intake.scale import scales
from equity.intake.staging import stage
from equity.intake.standards import spoken
from equity.intake.tabular import Table
from equity.vocabulary import (
    Grain,
    Mapping,
    Measure,
    PlainError,
    Problem,
    SourceFile,
    Stratifier,
    StratifierMapping,
    period_label,
)
from equity.vocabulary.description import Tables, Values

MOST_MEASURES = 2_000


@dataclass(frozen=True)
class Facts:
    """What a reading found, beside the fact table that it wrote (columns: docs/house.md)."""

    shape: str
    tables: Tables
    values: Values
    grain: Grain
    periods: tuple[str, ...]
    has_person: bool
    measures: tuple[Measure, ...]
    stratifiers: tuple[Stratifier, ...]
    rows_in: int
    rows_used: int
    rows_set_aside: int
    sources: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]


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

    ``progress(share, words)`` is told the share done; ``cancelled()`` is asked several times a second.
    ``memory_limit`` is text such as ``2GB``. Raises :class:`PlainError` in one sentence for whatever a person can
    mend; then neither file may be used.
    """
    if not files:
        raise PlainError("No file was given: choose at least one.")
    watch = Watch(progress, cancelled)
    with tempfile.TemporaryDirectory(prefix="intake-", dir=temp_directory or target.parent) as folder:
        connection = _connect(Path(folder), memory_limit)
        try:
            return _Reading(connection, mapping, Path(folder), person_key, watch).facts(files, target, set_aside)
        except duckdb.OutOfMemoryException:
            raise PlainError(
                "The extract needs more memory than the limit allows: raise the limit, or load it in parts."
            ) from None
        except (duckdb.Error, OSError) as error:
            raise _plain(error, files) from None
        finally:
            connection.close()


def _connect(folder: Path, memory_limit: str | None) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute(f"SET temp_directory = {literal(str(folder / 'spill'))}")
    if memory_limit is not None:
        connection.execute("SET memory_limit = ?", [memory_limit])
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


class _Reading:
    """One run of :func:`read_facts`: the database, and what has been found so far."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, mapping: Mapping, folder: Path, key: bytes, watch: Watch
    ) -> None:
        self.connection = connection
        self.mapping = mapping
        self.folder = folder
        self.key = key
        self.watch = watch
        self.problems: list[Problem] = []
        self.counts_people_twice = mapping.shape != "rows"

    def facts(self, files: Sequence[Path], target: Path, set_aside: Path) -> Facts:
        self.watch.say(0.0, "Opening the file" if len(files) == 1 else "Opening the files")
        tables = self.opened(files)
        with ThreadPoolExecutor(1) as background:
            sources = background.submit(lambda: tuple(fingerprint(f) for f in files))
            staged = self.stage(tables)
            self.watch.say(0.5, "Reading every spelling once")
            file = tables[0].name
            texts = self.read_measures(file)
            grain = self.read_periods(staged, file)
            strata = self.read_strata(file)
            self.read_numbers(staged)
            measures = self.describe(texts, staged)
            query = FactQuery(self.mapping.shape, frozenset(staged), strata[0], grain, bool(self.named("period")))
            account = self.write(query, tables, target, set_aside)
            stratifiers = self.stratifiers(strata, target)
            self.watch.say(0.9, "Checking")
            self.problems += check_facts(self.connection, target, query, measures, stratifiers, staged)
            return Facts(
                shape=self.mapping.shape,
                tables="one_way" if self.mapping.long else "crossed",
                values="estimates" if query.estimates else "counts",
                grain=grain,
                periods=self.periods(target, grain),
                has_person="person" in self.mapping.columns,
                measures=self.used(measures, target),
                stratifiers=stratifiers,
                rows_in=account.rows_in,
                rows_used=account.rows_used,
                rows_set_aside=account.rows_in - account.rows_used,
                sources=sources.result(),
                problems=tuple(self.problems),
            )

    def opened(self, files: Sequence[Path]) -> list[Table]:
        wanted = wanted_names(self.mapping)
        tables = [
            open_table(f, self.folder, header=self.mapping.header, wanted=wanted, sheet=self.mapping.sheet)
            for f in files
        ]
        for table in tables:
            self.problems += [
                Problem("note", "file", f"{table.name}: {note}", "Check names with accents.") for note in table.notes
            ]
        return tables

    def stage(self, tables: Sequence[Table]) -> list[str]:
        """Stage every file and lay them together as the view ``staged``; gives its columns."""
        parts = [
            stage(self.connection, table, bind(self.mapping, table), self.key, self.folder, self.watch)
            for table in tables
        ]
        rows = " UNION ALL BY NAME ".join(f"({part})" for part in parts)
        columns = [b.raw for b in bind(self.mapping, tables[0])]
        if self.mapping.shape == "wide":
            rows = unpivoted(rows, self.mapping, columns)
            columns = [c for c in columns if not c.startswith("wide_")] + ["measure", "x", "n"]
        elif "measure" not in columns:
            name = next(iter(self.mapping.measures))
            rows = f"SELECT *, {literal(name)} AS measure FROM ({rows})"
            columns.append("measure")
        self.connection.execute(f"CREATE VIEW staged AS {rows}")
        return columns

    def read_measures(self, file: str) -> dict[str, str]:
        known = {spoken(name): name for name in self.mapping.measures}

        def tidy(text: str) -> str:
            name = squeeze(text)
            return "" if name.casefold() in MISSING else known.get(spoken(name), name)

        names = read_measures(self.connection, tidy)
        if len(set(names.values())) > MOST_MEASURES:
            raise PlainError(
                f"{file}, column “{self.named('measure')}”: more than {MOST_MEASURES:,} different measures; "
                "map the column that names what is measured."
            )
        return names

    def named(self, role: str) -> str:
        source = self.mapping.columns.get(role)
        return source.column or "" if source else ""

    def read_periods(self, staged: Sequence[str], file: str) -> Grain:
        if "period" not in staged:
            return "all"
        name = self.named("period")
        column = read_periods(self.connection, file, name)
        if column.spelling.ambiguous:
            self.problems.append(
                Problem(
                    "warning",
                    "day_or_month_first",
                    "Dates such as 03/04/2024 were read as month/day/year.",
                    "If the day comes first, write dates as 2024-04-03.",
                    name,
                )
            )
        if column.last_year:
            self.problems.append(
                Problem(
                    "note",
                    "last_year",
                    "Spans of years such as 2018-2022 or 2022/23 stand under their last year.",
                    "Nothing to do, if that is meant.",
                    name,
                    count=column.last_year,
                )
            )
        if column.whole:
            self.problems.append(
                Problem(
                    "note",
                    "whole_periods",
                    f"All dates are the first of a {column.whole}, so each stands for its {column.whole}.",
                    "Nothing to do, if that is meant.",
                    name,
                )
            )
        grains = self.connection.execute(
            "SELECT CASE grain WHEN 'day' THEN 'month' ELSE grain END AS g, count(*) FROM staged "
            "JOIN period_words ON text = CASE WHEN contains(period, ':') "
            r"THEN regexp_replace(period, '[ T]\d{1,2}:\d{2}.*$', '') ELSE period END "
            "WHERE state = 'value' GROUP BY g ORDER BY count(*) DESC, g = 'month' DESC, g = 'quarter' DESC"
        ).fetchall()
        return grains[0][0] if grains else "year"

    def read_strata(self, file: str) -> tuple[Strata, tuple[StratifierMapping, ...]]:
        if self.mapping.long:
            found = read_dimensions(self.connection, file, self.mapping.shape == "rows")
            return Strata(tuple(s.name for s in found), dimensions=True), found
        for number, s in enumerate(self.mapping.stratifiers):
            read_stratifier(self.connection, number, s, self.counts_people_twice, file)
        names = tuple(s.name for s in self.mapping.stratifiers)
        return Strata(names, tuple(len(s.columns) for s in self.mapping.stratifiers)), self.mapping.stratifiers

    def read_numbers(self, staged: Sequence[str]) -> None:
        roles = [r for r in ("x", "n", "no", "estimate", *BOUND_ROLES, "population") if r in staged]
        missing = self.mapping.missing
        read_numbers(self.connection, "number_words", roles, missing, yes_no=False)
        read_numbers(self.connection, "x_words", [r for r in roles if r == "x"], missing, yes_no=True)

    def describe(self, texts: dict[str, str], staged: Sequence[str]) -> tuple[Measure, ...]:
        """Each measure of the file with its meaning: the mapping's, else the catalogue's, and that is said."""
        areas = self.areas(staged)
        found: dict[str, Measure] = {}
        for name in sorted(set(texts.values()) - {""}):
            measure = self.mapping.measures.get(name)
            if measure is None:
                measure = measure_for(name, self.mapping.shape)
                self.problems.append(
                    Problem(
                        "warning",
                        "measure_undescribed",
                        f"The mapping does not describe the measure “{name}”: it is read as a {measure.kind}, "
                        f"{measure.polarity.replace('_', ' ')}.",
                        f'Add [measures."{name}"] with kind and polarity to the mapping.',
                        self.named("measure"),
                    )
                )
            area = measure.clinical_area or areas.get(name, "")
            found[name] = _with_area(measure, area)
        scale = scales(self.connection, found.values(), self.mapping.shape)
        self.connection.execute("CREATE TABLE measure_kinds (name VARCHAR, kind VARCHAR, scale DOUBLE)")
        rows = [[m.name, m.kind, scale[m.name]] for m in found.values()]
        if rows:
            self.connection.executemany("INSERT INTO measure_kinds VALUES (?, ?, ?)", rows)
        return tuple(_without_percent(m) for m in found.values())

    def areas(self, staged: Sequence[str]) -> dict[str, str]:
        if "clinical_area" not in staged:
            return {}
        rows = self.connection.execute(
            "SELECT name, min(trim(clinical_area)), count(DISTINCT trim(clinical_area)) FROM staged JOIN measure_words "
            "ON text = measure WHERE trim(clinical_area) <> '' GROUP BY name"
        ).fetchall()
        for name, area, count in rows:
            if count > 1:
                self.problems.append(
                    Problem(
                        "warning",
                        "several_areas",
                        f"The measure “{name}” stands under {count} clinical areas; “{area}” is used.",
                        f'Write clinical_area under [measures."{name}"].',
                        self.named("clinical_area"),
                    )
                )
        return {name: squeeze(area) for name, area, _ in rows}

    def write(self, query: FactQuery, tables: Sequence[Table], target: Path, set_aside: Path) -> Account:
        self.watch.say(0.6, "Writing the facts")
        rows_in = int(self.connection.execute("SELECT count(*) FROM staged").fetchall()[0][0])
        names = ", ".join(t.name for t in tables)
        if rows_in == 0:
            raise PlainError(f"{names} holds no rows below its header: export it again.")
        # Each row knows its line, so the facts need no order: to write them as they come takes two thirds of the time.
        self.connection.execute("SET preserve_insertion_order = false")
        # Parquet's second version packs line numbers into a tenth of the room.
        to = f"TO {literal(str(target))} (FORMAT parquet, PARQUET_VERSION v2)"
        copied = self.watch.run(self.connection, f"COPY ({query.facts()}) {to}")
        used = int(copied[0][0])
        # Events of rows that lack only their n are counted, so that a person knows what setting them aside costs.
        lost = "NULL" if query.estimates else "CASE WHEN fault = 'n_missing' THEN x END"
        faulty = f"SELECT file, source_row, fault, CAST({lost} AS DOUBLE) AS events FROM ({query.judged()})"
        condition = "fault IS NOT NULL" if used < rows_in else "false"
        self.watch.run(self.connection, f"CREATE TABLE faulty AS {faulty} WHERE {condition}")
        account = account_of(self.connection, rows_in, used)
        refuse_wrong_columns(account, self.mapping, names)
        self.problems += set_aside_problems(account, self.mapping)
        account.write_rows(self.connection, self.mapping, set_aside)
        return account

    def stratifiers(self, strata: tuple[Strata, tuple[StratifierMapping, ...]], target: Path) -> tuple[Stratifier, ...]:
        found = []
        for mapping in strata[1]:
            column = identifier(mapping.name)
            rows = self.connection.execute(
                f"SELECT DISTINCT {column} FROM read_parquet(?) WHERE {column} IS NOT NULL", [str(target)]
            ).fetchall()
            ordered = mapping.ordered or bool(mapping.order)
            if rows:
                found.append(Stratifier(mapping.name, mapping.label, ordered, arrange((v for (v,) in rows), mapping)))
        return tuple(found)

    def periods(self, target: Path, grain: Grain) -> tuple[str, ...]:
        days = self.connection.execute(
            "SELECT DISTINCT period FROM read_parquet(?) WHERE period IS NOT NULL ORDER BY period", [str(target)]
        ).fetchall()
        return tuple(period_label(day, grain) for (day,) in days)

    def used(self, measures: Sequence[Measure], target: Path) -> tuple[Measure, ...]:
        names = {
            n
            for (n,) in self.connection.execute(
                "SELECT DISTINCT measure FROM read_parquet(?)", [str(target)]
            ).fetchall()
        }
        order = {name: place for place, name in enumerate(self.mapping.measures)}
        return tuple(
            sorted((m for m in measures if m.name in names), key=lambda m: (order.get(m.name, len(order)), m.name))
        )


def _with_area(measure: Measure, area: str) -> Measure:
    return replace(measure, clinical_area=area)


def _without_percent(measure: Measure) -> Measure:
    """A proportion is kept as a fraction, so a multiplier of 100 (percent in the file) has done its work."""
    return measure if measure.kind == "rate" else replace(measure, multiplier=1.0)
