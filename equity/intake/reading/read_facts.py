"""Files and their mapping into one fact table, with an account of every row.

The way: open each file → bind the mapping's columns → stage the mapped texts (people hashed) → read each distinct
spelling once → write the facts and the rows set aside. Rows in = rows used + rows set aside, always. In shape
``wide`` a line holds several values, and each value counts as a row.
"""

from __future__ import annotations

import hashlib
import tempfile
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from equity.cube.engines.connection import Connection
from equity.cube.event_days import FILE as EVENT_DAYS
from equity.cube.quoting import identifier, literal
from equity.intake.columns.categories import arrange
from equity.intake.formats.tabular import Table
from equity.intake.layout.open_tidy import open_tidy
from equity.intake.reading.binding import bind, wanted_names
from equity.intake.reading.checks import check_facts
from equity.intake.reading.cleaning import (
    as_enum,
    day_text,
    decimal_of,
    read_measures,
    read_numbers,
    read_periods,
    read_stratifier,
)
from equity.intake.reading.dimensions import read_dimensions
from equity.intake.reading.fact_query import BOUND_ROLES, FactQuery, Strata, sifted, unpivoted
from equity.intake.reading.form import form_of
from equity.intake.reading.once import counted_once
from equity.intake.reading.period_findings import period_findings
from equity.intake.reading.progress import Watch
from equity.intake.reading.refusal import Account, account_of, refuse_wrong_columns, set_aside_problems
from equity.intake.reading.scale import scales
from equity.intake.reading.staging import short, stage
from equity.intake.reading.unlisted import unlisted_reasons
from equity.intake.spellings.catalogue import measure_for
from equity.intake.spellings.missing import MISSING, squeeze
from equity.intake.spellings.numbers import DecimalMark, Marks, Number, is_code, parse_number
from equity.intake.spellings.standards import spoken
from equity.intake.spellings.yes_no import parse_yes_no
from equity.vocabulary import (
    Cancelled,
    Grain,
    Mapping,
    Measure,
    PlainError,
    Problem,
    Progress,
    SourceFile,
    Stratifier,
    StratifierMapping,
    period_label,
)
from equity.vocabulary.description import Tables, Values
from equity.vocabulary.form import NO_FORM, Form
from equity.vocabulary.mapping import YesNo

MOST_MEASURES = 2_000
MOST_OF_A_KIND = 5
FEWEST_EVENTS, MOST_EVENTS = 4, 3_000
"""Measures with fewer or more events than these in all have no use for the days between two of them."""

RARE_MEASURES = """
    SELECT f.measure FROM {facts} f JOIN measure_kinds k ON k.name = f.measure
    WHERE k.kind <> 'mean' AND NOT f.hidden
    GROUP BY f.measure HAVING sum(f.x) BETWEEN {least} AND {most} AND 2 * sum(f.x) < sum(f.n)"""
MOST_NAMED = 5


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
    form: Form = NO_FORM


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


def few_of_a_kind(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The findings, of one kind at most five and how many more there are; rows that were set aside are all told."""
    seen: Counter[str] = Counter()
    found: list[Problem] = []
    for problem in problems:
        seen[problem.code] += 1
        if problem.severity == "set_aside" or seen[problem.code] <= MOST_OF_A_KIND:
            found.append(problem)
    last = {p.code: p for p in problems if p.severity != "set_aside" and seen[p.code] > MOST_OF_A_KIND}
    for code, problem in last.items():
        more = seen[code] - MOST_OF_A_KIND
        found.append(
            replace(problem, message=f"And {more:,} more findings of this kind.", row=0, count=more, column="")
        )
    return tuple(found)


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


class Reading(ABC):
    """One run of a reading: the database, and what has been found so far.

    What differs by where the rows lie is abstract here: opening, staging, and writing the facts.
    """

    def __init__(self, connection: Connection, mapping: Mapping, watch: Watch) -> None:
        self.connection = connection
        self.mapping = mapping
        self.watch = watch
        self.problems: list[Problem] = []
        self.decimal: DecimalMark = ""
        self.day_first = False
        self.counts_people_twice = mapping.shape != "rows"

    @abstractmethod
    def opened(self) -> list[Table]:
        """The tables that are read, which know their columns."""

    @abstractmethod
    def sources(self) -> tuple[SourceFile, ...]:
        """What is read, for the record of the version."""

    @abstractmethod
    def staged_parts(self, tables: Sequence[Table]) -> list[str]:
        """For each table a SELECT of ``file, source_row, ragged`` and each bound column (text, never null)."""

    @abstractmethod
    def write(self, query: FactQuery, tables: Sequence[Table]) -> Account:
        """Write the facts, and give the account of every row."""

    @abstractmethod
    def written(self, strata: Sequence[StratifierMapping]) -> str:
        """The facts as SQL to select from, each stratifier under its own name."""

    def facts(self) -> Facts:
        """Read everything and write the facts."""
        self.watch.say(0.0, "Opening the extract")
        tables = self.opened()
        with ThreadPoolExecutor(1) as background:
            sources = background.submit(self.sources)
            staged = self.stage(tables)
            self.watch.say(0.5, "Reading every spelling once")
            file = tables[0].name
            texts = self.read_measures(file)
            grain = self.read_periods(staged, file)
            strata = self.read_strata(file)
            self.read_numbers(staged)
            measures = self.describe(texts, staged)
            query = FactQuery(
                self.mapping.shape,
                frozenset(staged),
                strata[0],
                grain,
                bool(self.named("period")),
                self.decimal,
                self.mapping.answers != YesNo(),
                {role: source.times for role, source in self.mapping.columns.items() if source.times != 1},
                sifted(self.mapping),
                self.mapping.repeats == "first" and self.mapping.shape == "counts",
                self.mapping.codes,
            )
            account = self.write(query, tables)
            rows = self.written(strata[1])
            stratifiers = self.stratifiers(strata[1], rows)
            self.watch.say(0.9, "Checking")
            self.problems += check_facts(self.connection, rows, query, measures, stratifiers, staged)
            self.problems += unlisted_reasons(self.connection, self.mapping)
            return Facts(
                shape=self.mapping.shape,
                tables="one_way" if self.mapping.long else "crossed",
                values="estimates" if query.estimates else "counts",
                grain=grain,
                periods=self.periods(rows, grain),
                has_person="person" in self.mapping.columns,
                measures=self.used(measures, rows),
                stratifiers=stratifiers,
                rows_in=account.rows_in,
                rows_used=account.rows_used,
                rows_set_aside=account.rows_in - account.rows_used,
                sources=sources.result(),
                problems=few_of_a_kind(self.problems),
                form=self.form(rows, staged, query.estimates),
            )

    def form(self, rows: str, staged: Sequence[str], estimates: bool) -> Form:
        """How the files were written; nothing of rows that lie in an engine, which have no spelling."""
        return NO_FORM

    def stage(self, tables: Sequence[Table]) -> list[str]:
        """Lay every table's staged rows together as the view ``staged``; gives its columns."""
        rows = " UNION ALL ".join(f"({part})" for part in self.staged_parts(tables))
        columns = [b.raw for b in bind(self.mapping, tables[0])]
        parts = [c for c in columns if c.startswith("period_more_")]
        if parts:
            joined = " || '-' || ".join(f"trim({c})" for c in ["period", *parts])
            kept = ", ".join(["file", "source_row", "ragged", *(c for c in columns if c not in ("period", *parts))])
            rows = f"SELECT {kept}, {joined} AS period FROM ({rows})"
            columns = [c for c in columns if c not in parts]
        if self.mapping.once:
            rows, columns = counted_once(rows, columns)
        if self.mapping.shape == "wide":
            self.connection.execute(f"CREATE VIEW wide_rows AS {rows}")
            rows = unpivoted(self.mapping, columns)
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
        column = read_periods(self.connection, file, name, self.mapping.spellings)
        self.problems += period_findings(column, name)
        self.day_first = column.spelling.day_first
        if len(column.grains) < 2:
            return next(iter(column.grains), "year")
        grain: Grain = self.connection.execute(
            "SELECT held, count(*) AS amount FROM (SELECT CASE WHEN grain IN ('day', 'week') THEN 'month' ELSE grain "
            "END AS held "
            f"FROM staged JOIN period_words ON text = {day_text('period')} WHERE state = 'value') AS rows_held "
            "GROUP BY held ORDER BY amount DESC, CASE held WHEN 'month' THEN 1 WHEN 'quarter' THEN 2 ELSE 3 END"
        ).fetchall()[0][0]
        return grain

    def read_strata(self, file: str) -> tuple[Strata, tuple[StratifierMapping, ...]]:
        if self.mapping.long:
            found = read_dimensions(self.connection, file, self.mapping.shape == "rows")
            return Strata(tuple(s.name for s in found), dimensions=True), found
        for number, s in enumerate(self.mapping.groupings):
            same = read_stratifier(self.connection, number, s, self.counts_people_twice, file)
            if same:
                said = ", ".join(f"“{short(v)}” as “{short(best)}”" for v, best in list(same.items())[:MOST_NAMED])
                more = f" and {len(same) - MOST_NAMED} more" if len(same) > MOST_NAMED else ""
                apart = next(iter(same))
                self.problems.append(
                    Problem(
                        "note",
                        "one_name",
                        f"Names that differ only in case, blanks or a zero in front are read as one: {said}{more}.",
                        f'To keep one apart, write recode = {{ "{short(apart)}" = "{short(apart)}" }} under '
                        f"[stratifiers.{s.name}].",
                        " and ".join(s.columns),
                        count=len(same),
                    )
                )
        names = tuple(s.name for s in self.mapping.groupings)
        return Strata(names, tuple(len(s.columns) for s in self.mapping.groupings)), self.mapping.groupings

    def read_numbers(self, staged: Sequence[str]) -> None:
        roles = [r for r in ("x", "n", "no", "estimate", *BOUND_ROLES, "population") if r in staged]
        roles += sorted(c for c in staged if c.startswith(("n_minus_", "n_plus_")))
        missing, said = self.mapping.missing, self.mapping.answers
        self.decimal = mark = self.mapping.spellings.decimal
        commas = self.read_number_words(roles, mark)
        if not mark and commas.comma:
            marks = decimal_of(self.connection, roles, commas)
            self.decimal = mark = marks.mark
            if mark:
                self.read_number_words(roles, mark)
            else:
                self.problems.append(
                    Problem(
                        "warning",
                        "decimal_mark",
                        "Some numbers are written with a decimal comma and others with a decimal point.",
                        'Write decimal = "," or decimal = "." under [extract]: numbers that do not fit are set aside.',
                    )
                )
        read_numbers(
            self.connection,
            "x_words",
            ["x"] if "x" in roles else [],
            lambda text: parse_yes_no(text, missing, mark, said),
            decimal=mark,
            answers_said=said != YesNo(),
            codes=self.mapping.codes,
        )

    def read_number_words(self, roles: Sequence[str], mark: DecimalMark) -> Marks:
        codes = self.mapping.codes if self.mapping.shape == "counts" else ()

        def read(text: str) -> Number:
            number = parse_number(text, self.mapping.missing, mark)
            if number.state == "missing" and codes and is_code(text, codes):
                return Number(None, "hidden")  # a count that is there, and is not told
            return number

        return read_numbers(self.connection, "number_words", roles, read, decimal=mark, codes=self.mapping.codes)

    def describe(self, texts: dict[str, str], staged: Sequence[str]) -> tuple[Measure, ...]:
        """Each measure of the file with its meaning: the mapping's, else the catalogue's, and that is said."""
        areas = self.areas(staged)
        left_out = self.mapping.leave_out.get(self.named("measure"), ())
        found: dict[str, Measure] = {}
        for name in sorted(set(texts.values()) - {""}):
            measure = self.mapping.measures.get(name)
            if measure is None:
                measure = measure_for(name, self.mapping.shape)
            if name not in self.mapping.measures and name not in left_out:
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
        scale = scales(self.connection, found.values(), self.mapping, self.decimal)
        self.connection.execute("CREATE TABLE measure_kinds (name VARCHAR, kind VARCHAR, scale DOUBLE)")
        rows = [[m.name, m.kind, scale[m.name]] for m in found.values()]
        if rows:
            self.connection.executemany("INSERT INTO measure_kinds VALUES (?, ?, ?)", rows)
        as_enum(self.connection, "measure_kinds", "kind")
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

    def account(self, query: FactQuery, tables: Sequence[Table], used: int) -> Account:
        """The table ``faulty`` of the rows without a place among the facts, counted.

        Raises :class:`PlainError` when they are so many that the mapping must be wrong.
        """
        rows_in = int(self.connection.execute("SELECT count(*) FROM staged").fetchall()[0][0])
        names = ", ".join(t.name for t in tables)
        if rows_in == 0:
            raise PlainError(f"{names} holds no rows below its header: export it again.")
        # Events of rows that lack only their n are counted, so that a person knows what setting them aside costs.
        lost = "NULL" if query.estimates else "CASE WHEN fault = 'n_missing' THEN x END"
        faulty = f"SELECT file, source_row, fault, CAST({lost} AS DOUBLE) AS events FROM ({query.judged()})"
        condition = "fault IS NOT NULL" if used < rows_in else "false"
        self.watch.run(self.connection, f"CREATE TABLE faulty AS {faulty} WHERE {condition}")
        account = account_of(self.connection, rows_in, used)
        refuse_wrong_columns(account, self.mapping, names)
        self.problems += set_aside_problems(account, self.mapping)
        return account

    def stratifiers(self, strata: Sequence[StratifierMapping], rows: str) -> tuple[Stratifier, ...]:
        found = []
        for mapping in strata:
            column = identifier(mapping.name)
            values = self.connection.execute(
                f"SELECT DISTINCT {column} FROM {rows} WHERE {column} IS NOT NULL"
            ).fetchall()
            ordered = mapping.ordered or bool(mapping.order)
            if values:
                found.append(Stratifier(mapping.name, mapping.label, ordered, arrange((v for (v,) in values), mapping)))
        return tuple(found)

    def periods(self, rows: str, grain: Grain) -> tuple[str, ...]:
        days = self.connection.execute(
            f"SELECT DISTINCT period FROM {rows} WHERE period IS NOT NULL ORDER BY period"
        ).fetchall()
        return tuple(period_label(day, grain) for (day,) in days)

    def used(self, measures: Sequence[Measure], rows: str) -> tuple[Measure, ...]:
        names = {name for (name,) in self.connection.execute(f"SELECT DISTINCT measure FROM {rows}").fetchall()}
        order = {name: place for place, name in enumerate(self.mapping.measures)}
        return tuple(
            sorted((m for m in measures if m.name in names), key=lambda m: (order.get(m.name, len(order)), m.name))
        )


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


def _with_area(measure: Measure, area: str) -> Measure:
    return replace(measure, clinical_area=area)


def _without_percent(measure: Measure) -> Measure:
    """A proportion is kept as a fraction, so a multiplier of 100 (percent in the file) has done its work."""
    return measure if measure.kind == "rate" else replace(measure, multiplier=1.0)
