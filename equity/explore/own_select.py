"""What a SELECT that somebody wrote may say.

DuckDB's own parser turns the text into a tree, so nothing can be hidden from this check that the database would read
otherwise. Every table, function and kind of query in the tree must be in a list here; what is in none is refused. That
is the first lock; the second is the database itself, which has no files, settings and people (written.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import duckdb

from equity.vocabulary import PlainError

TABLES: Final = ("facts", "cube")
"""The tables that can be asked: the rows without their people, and the cells that the pages are made from."""
LONGEST: Final = 20_000
DEEPEST: Final = 200
QUERIES: Final = frozenset({"SELECT_NODE", "SET_OPERATION_NODE"})
SOURCES: Final = frozenset({"BASE_TABLE", "JOIN", "SUBQUERY", "EMPTY", "EXPRESSION_LIST"})
FUNCTIONS: Final = frozenset((Path(__file__).parent / "functions.txt").read_text(encoding="utf-8").split())
"""Functions of one row or one group, none of which can reach outside or make much out of little."""
EXAMPLE: Final = """-- Rates by year and {by}, from the rows. One row of facts is one row of your file.
SELECT
    year(period) AS year,
    {by} AS "group",
    sum(n) AS n,
    sum(x) / sum(n) AS rate
FROM facts
WHERE measure = {measure} AND NOT hidden
GROUP BY ALL
ORDER BY ALL"""


def checked_select(sql: str) -> str:
    """The text, when it is one SELECT over the version's tables that asks for nothing else.

    Raises :class:`PlainError` that says what is not allowed.
    """
    text = sql.strip().rstrip(";").rstrip()
    if not text:
        raise PlainError("Write a SELECT first, or begin with the example.")
    if len(text) > LONGEST or "\0" in text:
        raise PlainError(f"A query can be {LONGEST:,} characters long at most, and must be plain text.")
    tree = _tree(text)
    statements = tree.get("statements", [])
    if len(statements) != 1:
        raise PlainError("Write one SELECT, without a second statement after it.")
    named = {entry["key"].casefold() for part in _parts(statements) for entry in part.get("cte_map", {}).get("map", [])}
    for part in _parts(statements):
        _check(part, named)
    return text


def _tree(text: str) -> dict[str, Any]:
    with duckdb.connect() as connection:
        try:
            serialized = connection.execute("SELECT json_serialize_sql(?)", [text]).fetchall()[0][0]
            tree: dict[str, Any] = json.loads(serialized)
        except (duckdb.Error, ValueError, RecursionError):
            raise PlainError("This query cannot be read: write it more simply.") from None
    if tree.get("error"):
        if tree.get("error_type") == "parser":
            where = _line_of(text, str(tree.get("position", "")))
            raise PlainError(f"This is not SQL that can be read{where}: check the spelling and the commas there.")
        raise PlainError("Only a SELECT can be run here: nothing that changes, loads, writes or sets something.")
    return tree


def _line_of(text: str, position: str) -> str:
    return f", in line {text[: int(position)].count(chr(10)) + 1}" if position.isdigit() else ""


def _parts(tree: Any) -> Iterator[dict[str, Any]]:
    """Every part of the tree that is named by its type, and every other mapping in it."""
    waiting: list[tuple[Any, int]] = [(tree, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEEPEST:
            raise PlainError("This query is nested too deeply: write it more simply.")
        if isinstance(part, dict):
            yield part
            waiting.extend((inside, depth + 1) for inside in part.values())
        elif isinstance(part, list):
            waiting.extend((inside, depth + 1) for inside in part)


def _check(part: dict[str, Any], named: set[str]) -> None:
    kind = part.get("type")
    if "cte_map" in part and kind not in QUERIES:
        raise PlainError("A query may not call itself or change anything: write it as a plain SELECT.")
    if part.get("from_table") is not None:
        _check_source(part["from_table"])
    for side in ("left", "right"):
        if kind == "JOIN" and isinstance(part.get(side), dict):
            _check_source(part[side])
    if kind == "BASE_TABLE":
        _check_table(part, named)
    if "function_name" in part:
        _check_function(part)


def _check_source(source: dict[str, Any]) -> None:
    if source.get("type") not in SOURCES:
        raise PlainError(f"A query can read {' and '.join(TABLES)} and what it makes of them itself, nothing else.")


def _check_table(table: dict[str, Any], named: set[str]) -> None:
    name = str(table.get("table_name", ""))
    elsewhere = table.get("schema_name") or table.get("catalog_name") or len(_path(table)) > 1
    if elsewhere or (name.casefold() not in named and name.casefold() not in TABLES):
        raise PlainError(f"There is no table “{name[:80]}” here: the tables are {' and '.join(TABLES)}.")


def _check_function(call: dict[str, Any]) -> None:
    name = str(call["function_name"]).casefold()
    if call.get("schema") or call.get("catalog") or len(_path(call)) > 1 or name not in FUNCTIONS:
        raise PlainError(f"The function “{name[:80]}” cannot be used here: docs/analysts.md lists those that can.")


def _path(part: dict[str, Any]) -> list[Any]:
    name = part.get("qualified_name")
    path = name.get("path", []) if isinstance(name, dict) else []
    return path if isinstance(path, list) else [path]
