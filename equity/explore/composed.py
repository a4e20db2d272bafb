"""A question of one's own as one statement: names quoted, values bound, nothing else from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from equity.cube.cube_query import bind
from equity.cube.facts import LABELS, PERSON
from equity.cube.quoting import followed_by, identifier
from equity.explore.asked import Asked, Grouping, Part
from equity.vocabulary import Description, PeriodRange

MOST_CELLS: Final = 2_000
_PARTS: Final[dict[Part, str]] = {
    "year": LABELS["year"],
    "quarter": LABELS["quarter"],
    "month": LABELS["month"],
    "quarter_of_year": "'Q' || CAST(quarter(period) AS VARCHAR)",
    "month_of_year": "lpad(CAST(month(period) AS VARCHAR), 2, '0')",
}
_STATEMENT: Final = """
WITH asked AS (
    SELECT
        CASE WHEN NOT hidden THEN x END AS x,
        n,
        CASE WHEN NOT hidden THEN n END AS n_seen,
        hidden,
        {person} AS person{splits}
    FROM read_parquet($extract, file_row_number = true)
    WHERE measure = $measure{conditions}
),
each_person AS (
    SELECT
        person,
        count(*) AS "rows",
        sum(n) AS n,
        sum(n_seen) AS n_seen,
        sum(x) AS x,
        sum(x * x) AS xx,
        count(*) FILTER (WHERE hidden) AS hidden_at_source,
        person IS NOT NULL AND count(*) FILTER (WHERE NOT hidden) > 0 AS counts{names}
    FROM asked
    GROUP BY person{names}
)
SELECT
    CAST(coalesce(sum("rows"), 0) AS BIGINT) AS "rows",
    CASE WHEN sum(hidden_at_source) < sum("rows") THEN coalesce(sum(n), 0) ELSE 0 END AS n,
    coalesce(sum(x), 0) AS x,
    coalesce(sum(xx), 0) AS xx,
    count(*) FILTER (WHERE counts) AS people,
    coalesce(sum(x * x) FILTER (WHERE counts), 0) AS person_xx,
    coalesce(sum(x * n_seen) FILTER (WHERE counts), 0) AS person_xn,
    coalesce(sum(n_seen * n_seen) FILTER (WHERE counts), 0) AS person_nn,
    CAST(coalesce(sum(hidden_at_source), 0) AS BIGINT) AS hidden_at_source{names}
FROM each_person{grouped}
LIMIT {most}
"""


@dataclass(frozen=True)
class Composed:
    """A statement and the values bound in it; ``$extract`` is bound by whoever runs it."""

    sql: str
    values: dict[str, object]


def composed(description: Description, measure: str, period: PeriodRange, asked: Asked) -> Composed:
    """The statement of a question that was checked (:func:`equity.explore.asked.checked`)."""
    values: dict[str, object] = {"measure": measure}
    splits = [f"{_side(each)} AS split{i}" for i, each in enumerate(asked.groupings, start=1)]
    names = followed_by((f"split{i}" for i in range(1, len(splits) + 1)), indent=8)
    conditions = [*_during(period, values), *_dated(asked), *_filters(asked, values)]
    if description.tables == "one_way":
        conditions += [f"{identifier(each.stratifier)} IS NOT NULL" for each in asked.groupings if each.part is None]
    sql = _STATEMENT.format(
        person=PERSON if description.has_person else "person",
        splits=followed_by(splits, indent=8),
        names=names,
        conditions="".join(f"\n      AND {each}" for each in conditions),
        grouped="\nGROUP BY " + ", ".join(f"split{i}" for i in range(1, len(splits) + 1)) if splits else "",
        most=MOST_CELLS + 1,
    )
    return Composed(sql, values)


def _side(grouping: Grouping) -> str:
    return identifier(grouping.stratifier) if grouping.part is None else _PARTS[grouping.part]


def _dated(asked: Asked) -> list[str]:
    return ["period IS NOT NULL"] if any(each.part is not None for each in asked.groupings) else []


def _filters(asked: Asked, values: dict[str, object]) -> list[str]:
    wanted: dict[str, list[str]] = {}
    for key, value in asked.only:
        wanted.setdefault(key, []).append(value)
    return [
        f"{identifier(key)} IN ({bind(values, f'only{i}_', of)})" for i, (key, of) in enumerate(wanted.items(), start=1)
    ]


def _during(period: PeriodRange, values: dict[str, object]) -> list[str]:
    """Rows from the first day of the stretch to before the day after it; all rows where it is all time."""
    if period.is_all_time:
        return []
    values["from"], values["before"] = period.bounds()
    return ["period >= $from", "period < $before"]
