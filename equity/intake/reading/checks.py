"""Checks of what was loaded: not wrong enough to set a row aside, but worth a person's eye."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from equity.cube.engines.connection import Connection
from equity.cube.quoting import identifier
from equity.intake.columns.categories import is_total
from equity.intake.reading.fact_query import FactQuery
from equity.intake.reading.form import FORM_CODES
from equity.intake.spellings.amounts import amount
from equity.vocabulary import Description, Measure, Problem, Stratifier

NEARLY_ALL = 0.8
JUMP = 2.0
COMPARISONS = ("new_stratifier", "new_categories", "vanished_categories", "volume_changed", *FORM_CODES)


def check_facts(
    connection: Connection,
    rows: str,
    query: FactQuery,
    measures: Sequence[Measure],
    stratifiers: Sequence[Stratifier],
    staged: Sequence[str],
) -> list[Problem]:
    """Findings about the fact table, which ``rows`` says as SQL to select from."""
    problems = [*_hidden(connection, rows), *_unknown(connection, rows, query, stratifiers), *_totals(stratifiers)]
    problems += _future(connection, rows)
    if query.shape == "counts":
        problems += _duplicates(connection, staged)
    if query.shape == "rows" and "person" in staged:
        problems += _nobody(connection, rows)
        problems += _repeats(connection, staged)
    if query.grain != "all":
        problems += _jumps(connection, rows, query)
    return problems


def _hidden(connection: Connection, rows: str) -> list[Problem]:
    count, first = connection.execute(f"SELECT count(*), min(source_row) FROM {rows} WHERE hidden").fetchall()[0]
    if not count:
        return []
    return [
        Problem(
            "note",
            "hidden_at_source",
            f"{amount(count, 'value is', 'values are')} hidden at the source: sums over them are lower bounds, and "
            "say so.",
            "Nothing to do: a hidden value is neither missing nor zero.",
            row=first,
            count=count,
        )
    ]


def _unknown(connection: Connection, rows: str, query: FactQuery, stratifiers: Sequence[Stratifier]) -> list[Problem]:
    problems = []
    weight = "count(*)" if query.estimates or query.shape == "rows" else "coalesce(sum(n), 0)"
    for s in stratifiers:
        unknown = {c.value for c in s.categories if c.kind in ("unknown", "declined", "not_asked")}
        if not unknown:
            continue
        column = identifier(s.name)
        counts = dict(
            connection.execute(
                f"SELECT {column}, {weight} FROM {rows} WHERE {column} IS NOT NULL GROUP BY {column}"
            ).fetchall()
        )
        all_rows, without = sum(counts.values()), sum(counts[value] for value in unknown & counts.keys())
        if all_rows and without / all_rows >= NEARLY_ALL:
            problems.append(
                Problem(
                    "warning",
                    "nearly_all_unknown",
                    f"“{s.label}” is unknown for {without / all_rows:.0%} of the extract.",
                    "Check that the right column is mapped, and whether it is collected.",
                    s.name,
                )
            )
    return problems


def _totals(stratifiers: Sequence[Stratifier]) -> list[Problem]:
    return [
        Problem(
            "warning",
            "possible_total",
            f"“{c.value}” in “{s.label}” reads like a total beside its parts.",
            f'If it is one, add drop = ["{c.value}"] to [stratifiers.{s.name}].',
            s.name,
        )
        for s in stratifiers
        for c in s.categories
        if is_total(c.value) and len(s.groups) > 1
    ]


def _future(connection: Connection, rows: str) -> list[Problem]:
    today = dt.date.today()
    count, first = connection.execute(
        f"SELECT count(*), min(source_row) FROM {rows} WHERE period > ?", [today]
    ).fetchall()[0]
    if not count:
        return []
    return [
        Problem(
            "warning",
            "future",
            f"{amount(count, 'row lies', 'rows lie')} in the future.",
            "Check the dates at the source.",
            row=first,
            count=count,
        )
    ]


def _duplicates(connection: Connection, staged: Sequence[str]) -> list[Problem]:
    """Used rows that stand under the same measure, period and groups as the file spells them."""
    keys = ", ".join(
        c for c in staged if c in ("measure", "period", "dimension", "group_name") or c.startswith("stratum_")
    )
    groups, count, first = connection.execute(
        "SELECT count(*), sum(c), min(r) FROM (SELECT count(*) AS c, max(source_row) AS r FROM staged "
        "WHERE NOT EXISTS (SELECT 1 FROM faulty WHERE faulty.file = staged.file AND faulty.source_row = "
        f"staged.source_row) GROUP BY {keys} HAVING count(*) > 1)"
    ).fetchall()[0]
    if not groups:
        return []
    return [
        Problem(
            "warning",
            "same_cell_twice",
            f"{amount(groups, 'group and period stands', 'groups and periods stand')} in the file more than once, "
            "and the counts are added up.",
            "If the rows differ in a column that is not mapped, map it; if they are repeats, remove them.",
            row=first,
            count=int(count),
        )
    ]


def _nobody(connection: Connection, rows: str) -> list[Problem]:
    count, first = connection.execute(f"SELECT count(*), min(source_row) FROM {rows} WHERE person IS NULL").fetchall()[
        0
    ]
    if not count:
        return []
    return [
        Problem(
            "note",
            "no_person",
            f"{amount(count, 'row has', 'rows have')} no person id; each counts as a person of its own.",
            "Fill the id where it is known.",
            row=first,
            count=count,
        )
    ]


def _repeats(connection: Connection, staged: Sequence[str]) -> list[Problem]:
    """Lines that are the same in every mapped column, for a person who is known: an extract joined once too often."""
    keys = ", ".join(identifier(c) for c in staged)
    count, different = connection.execute(
        f"SELECT count(*), count(DISTINCT hash({keys})) FROM staged WHERE person IS NOT NULL"
        + (" AND NOT again" if "again" in staged else "")
    ).fetchall()[0]
    if count == different:
        return []
    return [
        Problem(
            "warning",
            "same_row_twice",
            f"{amount(count - different, 'row repeats', 'rows repeat')} another row of the same person in every "
            "mapped column.",
            "If they are repeats and not visits of one day, remove them before loading.",
            count=count - different,
        )
    ]


def _jumps(connection: Connection, rows: str, query: FactQuery) -> list[Problem]:
    """A period with twice or half the rows of the one before it, in an extract of at least four periods."""
    counts = connection.execute(
        f"SELECT period, count(*) FROM {rows} WHERE period IS NOT NULL GROUP BY period ORDER BY period"
    ).fetchall()
    if len(counts) < 4:
        return []
    problems = []
    for (_, before), (period, now) in itertools.pairwise(counts):
        if min(before, now) >= 20 and not 1 / JUMP < now / before < JUMP:
            problems.append(
                Problem(
                    "warning",
                    "volume_jump",
                    f"The period that begins on {period} has {now:,} rows, the one before it {before:,}.",
                    "Check that the extract is whole on both sides.",
                    count=now,
                )
            )
    return problems


def compare_with_earlier(
    facts_periods: Sequence[str], stratifiers: Sequence[Stratifier], rows_used: int, earlier: Description
) -> list[Problem]:
    """Findings against an earlier version of the dataset: categories that are new or gone, and a jump in volume.

    Their codes are COMPARISONS.
    """
    problems: list[Problem] = []
    before = {s.name: s for s in earlier.stratifiers}
    for s in stratifiers:
        if s.name not in before:
            problems.append(
                Problem("note", "new_stratifier", f"“{s.label}” is new.", "Nothing to do, if that is meant.", s.name)
            )
            continue
        old, new = {c.value for c in before[s.name].categories}, {c.value for c in s.categories}
        if new - old:
            problems.append(
                Problem(
                    "warning",
                    "new_categories",
                    f"“{s.label}” has new categories: {_listed(new - old)}.",
                    "If they are new spellings, add them to recode in the mapping.",
                    s.name,
                    count=len(new - old),
                )
            )
        if old - new:
            problems.append(
                Problem(
                    "warning",
                    "vanished_categories",
                    f"“{s.label}” no longer has: {_listed(old - new)}.",
                    "Check whether the source now spells them otherwise.",
                    s.name,
                    count=len(old - new),
                )
            )
    per_period, earlier_per_period = (
        rows_used / max(1, len(facts_periods)),
        earlier.rows_used / max(1, len(earlier.periods)),
    )
    if min(per_period, earlier_per_period) > 0 and not 1 / JUMP < per_period / earlier_per_period < JUMP:
        problems.append(
            Problem(
                "warning",
                "volume_changed",
                f"A period now has about {per_period:,.0f} rows; it had about {earlier_per_period:,.0f}.",
                "Check that the extract covers the same people as before.",
                count=rows_used,
            )
        )
    return problems


def _listed(values: set[str]) -> str:
    shown = sorted(values)
    return ", ".join(f"“{v}”" for v in shown[:8]) + ("…" if len(shown) > 8 else "")
