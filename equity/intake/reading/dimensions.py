"""Long extracts: one column names the stratifier, another the group. Each dimension becomes a stratifier of its own."""

from __future__ import annotations

import re
from collections import defaultdict

import pyarrow as pa

from equity.cube.engines.connection import Connection
from equity.intake.columns.categories import MOST_CATEGORIES, SILENT, has_parts, is_total, kind_of, without_mark
from equity.intake.columns.column_names import place_in_field
from equity.intake.reading.cleaning import as_enum
from equity.intake.spellings.missing import squeeze
from equity.intake.spellings.numbers import parse_number
from equity.intake.spellings.standards import spoken
from equity.intake.spellings.yes_no import parse_yes_no
from equity.vocabulary import PlainError, StratifierMapping

MOST_DIMENSIONS = 200
EVERYONE = -1
_ORDERED = re.compile(
    r"\b(?:age|income|wealth|quintile|fifth|quartile|decile|deprivation|education\w*|severity|poverty|adi|svi)\b",
    re.IGNORECASE,
)
_RESERVED = frozenset(
    [
        "measure",
        "period",
        "x",
        "n",
        "person",
        "hidden",
        "source_row",
        "file_row_number",
        "file",
        "estimate",
        "se",
        "lower",
        "upper",
        "population",
    ]
)


def key_of(label: str, taken: set[str]) -> str:
    """A stratifier's key made of a dimension's name: small letters, digits and underscores, unlike the keys taken."""
    base = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")[:60] or "dimension"
    base = f"{base}_group" if base in _RESERVED else base
    key, count = base, 1
    while key in taken:
        count += 1
        key = f"{base}_{count}"
    taken.add(key)
    return key


def read_dimensions(connection: Connection, file: str, people_once: bool) -> tuple[StratifierMapping, ...]:
    """A table ``dimension_words(dimension, category, place, value, left_out)``; gives one stratifier a dimension.

    Rows for everyone (the dimension is ``Overall``, or the group is ``Total``) belong to no stratifier: they keep the
    place −1, which is no column.
    """
    pairs = connection.execute("SELECT DISTINCT dimension, group_name FROM staged").fetchmany(MOST_CATEGORIES * 10)
    groups: dict[str, set[str]] = defaultdict(set)
    for dimension, group in pairs:
        groups[spoken(dimension)].add(group)
    names: dict[str, str] = {}
    for dimension, _ in sorted(pairs, key=lambda pair: (place_in_field(pair[0]), pair)):
        if not _silent(dimension) and not is_total(dimension):
            names.setdefault(spoken(dimension), without_mark(dimension))
    if len(names) > MOST_DIMENSIONS:
        raise PlainError(
            f"{file}: more than {MOST_DIMENSIONS} different dimensions; map the column that names the way of grouping, "
            "such as race or age, under [long]."
        )
    places = {heard: place for place, heard in enumerate(names)}
    rows: list[dict[str, object]] = []
    for dimension, group in pairs:
        heard = spoken(dimension)
        parts = not people_once and has_parts(groups[heard])
        place: int | None = places.get(heard)
        if is_total(dimension) or (place is not None and parts and is_total(group)):
            place = EVERYONE
        value = "Unknown" if _silent(group) else without_mark(group)
        rows.append({"dimension": dimension, "category": group, "place": place, "value": value, "left_out": ""})
    schema = pa.schema(
        {
            "dimension": pa.string(),
            "category": pa.string(),
            "place": pa.int64(),
            "value": pa.string(),
            "left_out": pa.string(),
        }
    )
    words = pa.Table.from_pylist(rows, schema=schema)
    connection.register("arriving", words)
    connection.execute("CREATE TABLE dimension_words AS SELECT * FROM arriving")
    connection.unregister("arriving")
    as_enum(connection, "dimension_words", "value")
    taken: set[str] = set()
    order, ordered = _said_order(connection), _said_ordered(connection)
    return tuple(
        _stratifier(label, taken, groups[heard], order.get(heard, ()), ordered.get(heard))
        for heard, label in names.items()
    )


def _silent(text: str) -> bool:
    return squeeze(text).casefold() in SILENT


def _has_column(connection: Connection, name: str) -> bool:
    columns = connection.execute("DESCRIBE staged").fetchall()
    return any(column[0] == name for column in columns)


def _said_order(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Each dimension's groups in the order that the file gives them, where it gives one."""
    if not _has_column(connection, "group_order"):
        return {}
    places: dict[str, dict[str, float]] = defaultdict(dict)
    for dimension, group, text in connection.execute(
        "SELECT DISTINCT dimension, group_name, group_order FROM staged"
    ).fetchall():
        place = parse_number(text).value
        if place:
            groups = places[spoken(dimension)]
            groups[without_mark(group)] = min(place, groups.get(without_mark(group), place))
    return {
        d: tuple(sorted(g, key=lambda name: (g[name], name))) for d, g in places.items() if len(set(g.values())) > 1
    }


def _said_ordered(connection: Connection) -> dict[str, bool]:
    """Whether each dimension is ordered, where the file says so."""
    if not _has_column(connection, "dimension_ordered"):
        return {}
    pairs = connection.execute("SELECT DISTINCT dimension, dimension_ordered FROM staged").fetchall()
    ordered: dict[str, bool] = {}
    for dimension, text in pairs:
        said = parse_yes_no(text).value
        if said is not None:
            ordered[spoken(dimension)] = said == 1 or ordered.get(spoken(dimension), False)
    return ordered


def _stratifier(
    label: str, taken: set[str], groups: set[str], order: tuple[str, ...], said: bool | None
) -> StratifierMapping:
    guessed = bool(_ORDERED.search(label)) and sum(kind_of(g) == "group" for g in groups) > 1
    ordered = guessed if said is None else said
    return StratifierMapping(key_of(label, taken), (label,), label, ordered, order=order if ordered else ())
