"""JSON records as a table: a list of objects, JSON lines, a list of lists under a header; plain or within an answer.

Services answer with their records under a name (``data``, ``results``, ``value``, ``features``) beside what describes
them. An object within a record gives a column for each of its values, ``patient race``; a list of texts is one cell,
parted by semicolons. What is nested deeper is refused, and so is one page of an answer of several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from equity.intake.formats.header import unique_names
from equity.intake.formats.json_text import cell_of, json_values
from equity.intake.formats.tabular import Cells, Heading, Table
from equity.vocabulary import PlainError

WRAPPERS = frozenset({"properties", "attributes", "fields", "_source"})
"""Objects that hold all of a record, beside its id: GeoJSON, ArcGIS, Airtable, Elasticsearch."""
_DESCRIBING = frozenset({"fields", "columns", "meta", "metadata", "links", "schema", "parameters", "facets", "errors"})
_SHAPES = frozenset({"geometry", "shape", "the_geom"})
_SIZES = (
    "total",
    "count",
    "totalcount",
    "total_count",
    "totalrecords",
    "total_records",
    "numbermatched",
    "totalresults",
)
_NEXT = ("next", "nextpage", "next_page", "nextlink", "@odata.nextlink", "nextpagetoken", "next_page_token")
_TITLES = ("title", "name", "measure", "indicator", "dataset", "description")
_DEEPEST = 3


class Records(NamedTuple):
    """The records of a file, each with its line (or its number in the list): objects, or lists under a ``header``.

    ``titles`` are what the file calls them.
    """

    walk: Callable[[], Iterator[tuple[int, Any]]]
    header: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


def open_records(path: Path, name: str, values: Sequence[tuple[int, Any]] | None) -> Table:
    """The records of a file as a table.

    ``values`` is the parsed document, or None for JSON lines, which are read again at each walk. Raises
    :class:`PlainError` where the file holds no records, or several lists of them.
    """
    records = _found(path, name, values)
    names = dict.fromkeys(records.header)
    some = False
    for line, record in records.walk():
        some = True
        names |= dict.fromkeys(_cells(records.header, record, line, name))
    if not some or not names:
        raise PlainError(f"{name} holds no records: export it again, with at least one.")

    def rows() -> Iterator[tuple[int, Cells]]:
        for line, record in records.walk():
            cells = _cells(records.header, record, line, name)
            yield line, [cells.get(key, "") for key in names]

    header = unique_names([cell_of(key) for key in names])
    heading = Heading(header, tuple((h,) for h in header), 0, 1)
    return Table(name, header, 0, rows, titles=records.titles, heading=heading)


def _found(path: Path, name: str, values: Sequence[tuple[int, Any]] | None) -> Records:
    if values is None:
        return Records(lambda: _objects(json_values(path, name), name))
    ((_, whole),) = values
    if isinstance(whole, list):
        return _listed(whole, name)
    described = _under_columns(whole, name)
    if described is not None:
        return described
    lists = dict(_lists_of(whole, "", 0))
    if len(lists) > 1:
        said = ", ".join(f"“{key}”" for key in list(lists)[:4])
        raise PlainError(f"{name} holds several lists of records ({said}): send a file of one of them.")
    if not lists:
        raise PlainError(
            f"{name} is JSON without a list of records or a FHIR MeasureReport: send a list of objects, one a row, or "
            "a table as CSV."
        )
    (records,) = lists.values()
    _refuse_a_page(whole, len(records), name)
    titles = tuple(cell_of(whole[key]) for key in _TITLES if isinstance(whole.get(key), str))
    return _listed(records, name)._replace(titles=titles)


def _listed(records: list[Any], name: str) -> Records:
    """A list of objects; a list of lists of which the first names the columns; a page's description and its records."""
    if len(records) == 2 and isinstance(records[0], dict) and isinstance(records[1], list):
        _refuse_a_page(records[0], len(records[1]), name)
        return _listed(records[1], name)
    if records and all(isinstance(r, list) for r in records):
        header = records[0]
        if len(records) < 2 or not header or not all(isinstance(h, str) and h.strip() for h in header):
            raise PlainError(f"{name} is a list of lists without names for its columns: send a list of objects.")
        return Records(lambda: iter(list(enumerate(records))[1:]), unique_names(header))
    return Records(lambda: _objects(enumerate(records, start=1), name))


def _objects(records: Iterable[tuple[int, Any]], name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, record in records:
        if not isinstance(record, dict):
            raise PlainError(f"{name}, record {line}: it is no object with a name for each value.")
        yield line, record


def _under_columns(whole: dict[str, Any], name: str) -> Records | None:
    """Lists of values beside a list of their columns' names, as open data portals and pandas write them."""
    rows = whole.get("data", whole.get("rows"))
    if not isinstance(rows, list) or not rows or not all(isinstance(r, list) for r in rows):
        return None
    view = whole.get("meta", {}).get("view", {}) if isinstance(whole.get("meta"), dict) else {}
    listed = whole.get("columns") or (view.get("columns") if isinstance(view, dict) else None)
    if not isinstance(listed, list):
        return None
    told = [c.get("name") if isinstance(c, dict) else c for c in listed]
    names = [n for n in told if isinstance(n, str) and n.strip()]
    if len(names) < len(told):
        return None
    _refuse_a_page(whole, len(rows), name)
    return Records(lambda: iter(list(enumerate(rows, start=1))), unique_names(names))


def _lists_of(value: Any, key: str, depth: int) -> Iterator[tuple[str, list[Any]]]:
    """The lists of objects within an object, by their names; those that describe others are none."""
    if isinstance(value, list):
        if value and all(isinstance(v, dict) for v in value):
            yield key, value
    elif isinstance(value, dict) and depth < _DEEPEST:
        for own, part in value.items():
            if own.casefold() not in _DESCRIBING:
                yield from _lists_of(part, own, depth + 1)


def _refuse_a_page(answer: dict[str, Any], count: int, name: str) -> None:
    """Raise :class:`PlainError` where an answer says that it is one page of several: the rest is in no file."""
    told = {key.casefold(): value for key, value in answer.items()}
    for part in answer.values():
        if isinstance(part, dict):
            told = {**{key.casefold(): value for key, value in part.items()}, **told}
    every = [int(v) for key in _SIZES if isinstance(v := told.get(key), str) and v.isascii() and v.isdigit()]
    more = any(told.get(key) for key in _NEXT)
    if more or (every and max(every) > count):
        of = f" of {max(every):,}" if every else ""
        raise PlainError(f"{name} holds {count:,}{of} records, one page of an answer of several: download all of them.")


def _cells(header: Sequence[str], record: Any, line: int, name: str) -> dict[str, str]:
    """A record's cells by their columns; objects within it give a column for each of their values."""
    if header:
        if len(record) != len(header):
            raise PlainError(f"{name}, record {line}: it has {len(record)} values under {len(header)} names.")
        return {key: _cell(value, key, name) for key, value in zip(header, record, strict=True)}
    cells: dict[str, str] = {}
    for column, value in _flat(record):
        if column in cells:
            raise PlainError(f"{name}, record {line}: two of its values are “{cell_of(column)}”; name them apart.")
        cells[column] = _cell(value, column, name)
    return cells


def _flat(record: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        if not isinstance(value, dict):
            yield key, value
        elif key.casefold() not in _SHAPES:  # where it lies on a map is nobody's group or outcome
            wraps = key.casefold() in WRAPPERS
            for inner, part in value.items():
                yield (inner if wraps and inner not in record else f"{key} {inner}"), part


def _cell(value: Any, key: str, name: str) -> str:
    if isinstance(value, list) and not any(isinstance(v, (list, dict)) for v in value):
        return "; ".join(cell_of(v) for v in value)
    if isinstance(value, (list, dict)):
        if not value:
            return ""
        raise PlainError(
            f"{name} holds objects within “{cell_of(key)}”, deeper than a table can: write each of their values under "
            "a name of its own, or send a table as CSV."
        )
    return cell_of(value)
