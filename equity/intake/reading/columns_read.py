"""The columns of staged rows, each read once for a whole file: measures, periods, groups, numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from equity.cube.engines.connection import Connection
from equity.cube.quoting import literal
from equity.intake.formats.tabular import Table
from equity.intake.reading.binding import bind
from equity.intake.reading.cleaning import (
    day_text,
    decimal_of,
    read_measures,
    read_numbers,
    read_periods,
    read_stratifier,
)
from equity.intake.reading.dimensions import read_dimensions
from equity.intake.reading.fact_query import BOUND_ROLES, FactQuery, Strata, unpivoted
from equity.intake.reading.once import counted_once
from equity.intake.reading.period_findings import period_findings
from equity.intake.reading.progress import Watch
from equity.intake.reading.refusal import Account
from equity.intake.reading.staging import short
from equity.intake.spellings.missing import MISSING, squeeze
from equity.intake.spellings.numbers import DecimalMark, Marks, Number, is_code, parse_number
from equity.intake.spellings.standards import spoken
from equity.intake.spellings.yes_no import parse_yes_no
from equity.vocabulary import (
    Grain,
    Mapping,
    PlainError,
    Problem,
    SourceFile,
    StratifierMapping,
)
from equity.vocabulary.form import NO_FORM, Form
from equity.vocabulary.mapping import YesNo

MOST_MEASURES = 2_000
MOST_NAMED = 5


class ColumnsRead(ABC):
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
            dimensions = read_dimensions(self.connection, file, self.mapping.shape == "rows")
            return Strata(tuple(s.name for s in dimensions), dimensions=True), dimensions
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
