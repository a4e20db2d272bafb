"""What is kept in a table of its own, as lines of an export: annotations, chart frames and replies.

These were there before records of any noun; each row is written as it stands, a column a key.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Integer, inspect, select
from sqlalchemy.orm import Session

from equity.store.records.written_lines import kept_or_said, there_already, written_lines
from equity.store.workspace.clock import UtcTime
from equity.store.workspace.tables import AnnotationRow, Base, ChartFrameRow, ReplyRow
from equity.vocabulary import PlainError

TABLES: dict[str, type[Base]] = {
    "annotation": AnnotationRow,
    "chart_frame": ChartFrameRow,
    "reply": ReplyRow,
}
_OWN = "workspace_id"


def lines(session: Session, workspace: str, name: str) -> Iterator[str]:
    """The rows of a workspace as JSON, the oldest first by id."""
    table = TABLES[name]
    rows = session.scalars(select(table).where(getattr(table, _OWN) == workspace).order_by(table.__table__.c.id))
    for row in rows:
        yield json.dumps({column: _out(getattr(row, column)) for column in columns(name)}, ensure_ascii=False)


def columns(name: str) -> tuple[str, ...]:
    """The columns that are written: all but the workspace, which is whoever reads them in."""
    return tuple(c.key for c in inspect(TABLES[name]).column_attrs if c.key != _OWN)


def schema(name: str) -> dict[str, Any]:
    """The form of a line as a JSON Schema."""
    forms: dict[type, dict[str, Any]] = {
        int: {"type": "integer"},
        dt.datetime: {"type": "string", "format": "date-time"},
        str: {"type": "string"},
    }
    properties = {key: forms[_kind(name, key)] for key in columns(name)}
    return {"type": "object", "properties": properties, "required": list(columns(name)), "additionalProperties": False}


def _kind(name: str, column: str) -> type:
    """What a column holds: a text, a whole number or a moment."""
    held = TABLES[name].__table__.c[column].type
    return dt.datetime if isinstance(held, UtcTime) else int if isinstance(held, Integer) else str


def read(session: Session, workspace: str, name: str, file: Path) -> int:
    """Read the lines of a file into the table; how many there were.

    Raises:
        PlainError: a line has another form, or its row is there already; file and line are named.
    """
    count = 0
    for where, text in written_lines(file):
        row = _row(workspace, name, text, where)
        if session.get(TABLES[name], row.id) is not None:  # type: ignore[attr-defined]
            raise there_already(where, name.replace("_", " "))
        with kept_or_said(where):
            session.add(row)
            session.flush()
        count += 1
    return count


def _row(workspace: str, name: str, text: bytes, where: str) -> Base:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict) or set(held) != set(columns(name)):
        raise PlainError(f"{where} is not a {name.replace('_', ' ')} as an export writes it: correct it.")
    values = {}
    for key, value in held.items():
        kind = _kind(name, key)
        try:
            values[key] = dt.datetime.fromisoformat(value) if kind is dt.datetime else value
        except (TypeError, ValueError):
            raise PlainError(f"{where}: “{key}” is no moment in time: correct it.") from None
        if not isinstance(values[key], kind):
            raise PlainError(f"{where}: “{key}” is not of the kind that it should be: correct it.")
    return TABLES[name](**{_OWN: workspace, **values})


def _out(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.datetime) else value
