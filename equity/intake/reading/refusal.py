"""The account of the rows: what was set aside and why, and when that is too much to go on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from equity.cube.engines.connection import Connection
from equity.cube.quoting import literal
from equity.intake.reading.facts import Facts
from equity.intake.reading.faults import FAULTS, Fault
from equity.intake.spellings.amounts import amount
from equity.vocabulary import Mapping, PlainError, Problem

EXPECTED = frozenset({"note", "dropped", "sifted", "again", "line_again", "total", "period_total", "period_overlap"})


@dataclass(frozen=True)
class FaultCount:
    """How many rows have a fault, the first of them, and how many events are lost with those that lack only their n."""

    fault: Fault
    count: int
    first_row: int
    events: float = 0.0


@dataclass(frozen=True)
class Account:
    """rows_in = rows_used + the sum of the counts."""

    rows_in: int
    rows_used: int
    faults: tuple[FaultCount, ...]

    def write_rows(self, connection: Connection, mapping: Mapping, target: Path) -> None:
        """Write ``file, source_row, column, reason`` of every row set aside; no cell of any row is copied."""
        reasons = " ".join(f"WHEN {literal(code)} THEN {literal(f.reason)}" for code, f in FAULTS.items())
        columns = " ".join(f"WHEN {literal(code)} THEN {literal(column_of(f, mapping))}" for code, f in FAULTS.items())
        connection.execute(
            f'COPY (SELECT file, source_row, CASE fault {columns} END AS "column", CASE fault {reasons} END AS reason '
            f"FROM faulty ORDER BY file, source_row) TO {literal(str(target))} (FORMAT parquet)"
        )


def account_of(connection: Connection, rows_in: int, rows_used: int) -> Account:
    """Count the table ``faulty``."""
    rows = connection.execute(
        "SELECT fault, count(*), min(source_row), coalesce(sum(events), 0) FROM faulty GROUP BY fault "
        "ORDER BY count(*) DESC, fault"
    ).fetchall()
    return Account(rows_in, rows_used, tuple(FaultCount(FAULTS[code], *counts) for code, *counts in rows))


def column_of(fault: Fault, mapping: Mapping) -> str:
    """The column of the file that a fault concerns, as the mapping names it."""
    if fault.raw == "dimension" and mapping.long:
        return mapping.long.dimension
    source = mapping.columns.get(fault.raw)
    return source.column or "" if source else ""


def refuse_wrong_columns(account: Account, mapping: Mapping, files: str) -> None:
    """Raise :class:`PlainError` when most rows fail for one reason, which means that the mapping is wrong, or none is
    left."""
    judged = account.rows_in - sum(f.count for f in account.faults if f.fault.code in EXPECTED)
    for counted in account.faults:
        if counted.fault.wrong_column and 2 * counted.count > judged:
            raise PlainError(_sentence(counted, mapping, files, judged, counted.fault.remedy))
    if account.rows_used == 0:
        counted = account.faults[0]
        raise PlainError(
            _sentence(counted, mapping, files, account.rows_in, counted.fault.when_all or counted.fault.remedy)
        )


def _sentence(counted: FaultCount, mapping: Mapping, files: str, of: int, remedy: str) -> str:
    column = column_of(counted.fault, mapping)
    where = f"{files}, column “{column}”" if column else files
    return (
        f"{where}: {counted.fault.reason} in {counted.count:,} of {of:,} rows, first in line {counted.first_row:,}; "
        f"{remedy[0].lower()}{remedy[1:]}"
    )


ENOUGH_USED = 0.9
"""A load that uses fewer of its rows than this, those left out on purpose apart, is asked about first."""


NOT_GIVEN = frozenset({"x_missing", "x_neither", "n_missing", "no_missing", "estimate_missing"})
"""A table of counts says that it has no number; in one line a visit a missing outcome is a row that is lost."""


def rows_lost(facts: Facts) -> tuple[Problem, ...]:
    """Why rows that hold data are not used; notes, totals, what the mapping drops and, of a table, rows without a
    number hold none."""
    without = EXPECTED if facts.shape == "rows" else EXPECTED | NOT_GIVEN
    return tuple(p for p in facts.problems if p.severity == "set_aside" and p.code not in without)


def rows_with_data(facts: Facts) -> int:
    """How many rows hold data, used or lost."""
    return facts.rows_used + sum(p.count for p in rows_lost(facts))


def is_enough_used(facts: Facts) -> bool:
    """Whether so many of the rows that hold data are used that nobody needs to be asked."""
    data = rows_with_data(facts)
    return not data or facts.rows_used / data >= ENOUGH_USED


def set_aside_problems(account: Account, mapping: Mapping) -> list[Problem]:
    """One finding for each reason that rows were set aside for."""
    return [
        Problem(
            "set_aside",
            counted.fault.code,
            _counted(counted),
            counted.fault.remedy,
            column_of(counted.fault, mapping),
            counted.first_row,
            counted.count,
        )
        for counted in account.faults
    ]


def _counted(counted: FaultCount) -> str:
    rows = f"{amount(counted.count, 'row was', 'rows were')} set aside"
    events = f" (with {counted.events:,.0f} events)" if counted.events else ""
    return f"{rows}: {counted.fault.reason}{events}."
