"""Calls as lines of an export: a call a line, with the whole log of what happened in it, and back.

What opened it is not written, nor what browsers held: a call that was read in is for reading, and nobody joins it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from equity.store.records.written_lines import refuse_unknown_fields, there_already, written_lines
from equity.store.workspace.tables import CallEventRow, CallRow
from equity.vocabulary import PlainError

NAME: Final = "call"
_OF_BROWSERS: Final = ("key", "client")
"""Parts of an entry that tell a browser again; they are written empty."""


@dataclass(frozen=True)
class Entry:
    """One entry of a log; ``body`` is as `equity/calls/events.py` says for its kind."""

    seq: int
    at: dt.datetime
    kind: str
    body: dict[str, Any]


@dataclass(frozen=True)
class CallLine:
    """One call as a line of the file."""

    id: str
    title: str
    dataset: str
    release_id: str
    opened_by: str
    opened_by_id: str
    opened: dt.datetime
    ended: dt.datetime | None
    log: tuple[Entry, ...]


def schema() -> dict[str, Any]:
    """The form of a line as a JSON Schema."""
    return msgspec.json.schema(CallLine)


def lines(session: Session, workspace: str) -> Iterator[str]:
    """The calls of a workspace as JSON, the oldest first."""
    calls = session.scalars(select(CallRow).where(CallRow.workspace_id == workspace).order_by(CallRow.opened)).all()
    for row in calls:
        entries = session.scalars(select(CallEventRow).where(CallEventRow.call_id == row.id).order_by(CallEventRow.seq))
        log = tuple(Entry(each.seq, each.at, each.kind, _without_keys(json.loads(each.body))) for each in entries)
        line = CallLine(
            row.id, row.title, row.dataset, row.release_id, row.opened_by, row.opened_by_id, row.opened, row.ended, log
        )
        yield msgspec.json.encode(line).decode()


def read(session: Session, workspace: str, file: Path) -> int:
    """Read the lines of a file into the store; how many there were.

    Raises:
        PlainError: a line has another form, or its call is there already; file and line are named.
    """
    count = 0
    for where, text in written_lines(file):
        line = _line(text, where)
        if session.get(CallRow, line.id) is not None:
            raise there_already(where, "call")
        held = {key: getattr(line, key) for key in CallLine.__dataclass_fields__ if key != "log"}
        session.add(CallRow(workspace_id=workspace, **held))
        session.flush()
        session.add_all(
            CallEventRow(call_id=line.id, seq=e.seq, at=e.at, kind=e.kind, body=json.dumps(e.body, ensure_ascii=False))
            for e in line.log
        )
        session.flush()
        count += 1
    return count


def _without_keys(body: dict[str, Any]) -> dict[str, Any]:
    return {name: "" if name in _OF_BROWSERS else value for name, value in body.items()}


def _line(text: bytes, where: str) -> CallLine:
    try:
        line = msgspec.json.decode(text, type=CallLine)
    except (msgspec.ValidationError, msgspec.DecodeError, RecursionError) as error:
        raise PlainError(f"{where} is not a call as an export writes it ({error}): correct it.") from None
    refuse_unknown_fields(where, msgspec.json.decode(text), msgspec.to_builtins(line))
    if len(line.id) != 32 or [entry.seq for entry in line.log] != list(range(1, len(line.log) + 1)):
        raise PlainError(f"{where}: the id or the numbers of the log’s entries are not as an export writes them.")
    return line
