"""Everything that a workspace ever wrote, into a folder of files that other programs read, and back.

One file a noun, ``aim.jsonl``: a record a line, with its history. ``aim.schema.json`` beside it is the form of what a
record holds (JSON Schema). What only its author may read is not written: it is counted.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from equity.store.records import call_logs, older_tables
from equity.store.records.kept import READERS
from equity.store.records.nouns import NOUNS, Noun
from equity.store.records.written_lines import kept_or_said, refuse_unknown_fields, there_already, written_lines
from equity.store.workspace import audit_log
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.store.workspace.tables import RecordRow, RecordVersionRow, WorkspaceRow, new_id
from equity.vocabulary import PlainError

_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class Line:
    """One record as a line of a file; ``content`` and the history's are in the form of the noun."""

    id: str
    parent: str
    readers: str
    version: int
    author: str
    author_id: str
    created: dt.datetime
    edited_by: str
    edited_by_id: str
    edited: dt.datetime
    withdrawn: dt.datetime | None
    content: dict[str, Any]
    history: tuple[Saving, ...]


@dataclass(frozen=True)
class Saving:
    """How the record stood after one saving."""

    version: int
    edited_by: str
    edited: dt.datetime
    content: dict[str, Any]


@dataclass(frozen=True)
class Exchanged:
    """What went out or came in: records by noun, and how many only their author may read (never written)."""

    records: dict[str, int]
    kept_back: int = 0


def export_records(database: Database, workspace: str, folder: Path, *, by: Person) -> Exchanged:
    """Write every record of a workspace; raises :class:`PlainError` when the folder cannot be written."""
    counted, kept_back = {}, 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with database.reading() as session:
            for noun in NOUNS:
                lines = list(_lines(session, workspace, noun))
                open_ones = [line for line in lines if line.readers != "author"]
                counted[noun.name], kept_back = len(open_ones), kept_back + len(lines) - len(open_ones)
                _write(folder, noun.name, [msgspec.json.encode(line).decode() for line in open_ones], noun.schema())
            for name in older_tables.TABLES:
                rows = list(older_tables.lines(session, workspace, name))
                counted[name] = len(rows)
                _write(folder, name, rows, older_tables.schema(name))
            calls = list(call_logs.lines(session, workspace))
            counted[call_logs.NAME] = len(calls)
            _write(folder, call_logs.NAME, calls, call_logs.schema())
    except OSError as error:
        raise PlainError(f"“{folder}” cannot be written ({error.strerror}): choose another folder.") from error
    audit_log.record(database, workspace, by, "exported", "records", {"records": sum(counted.values())})
    return Exchanged(counted, kept_back)


def import_records(database: Database, workspace: str, folder: Path, *, by: Person) -> Exchanged:
    """Read such a folder into a workspace: all of it, or nothing.

    Raises:
        PlainError: there is no such folder, a line has another form (file and line are named), or a record is there.
    """
    if not folder.is_dir():
        raise PlainError(f"There is no folder “{folder}”: name the folder that records export wrote.")
    counted = {}
    with database.writing() as session:
        if session.get(WorkspaceRow, workspace) is None:
            raise PlainError("This workspace is not there any more: please choose another.")
        for noun in NOUNS:
            read = list(_read(folder / f"{noun.name}.jsonl", noun))
            for where, line in read:
                if session.get(RecordRow, line.id) is not None:
                    raise there_already(where, "record")
                with kept_or_said(where):
                    session.add(_row(workspace, noun, line))
                    session.flush()
                    session.add_all(_version(line, saving) for saving in line.history)
                    session.flush()
            counted[noun.name] = len(read)
        for name in older_tables.TABLES:
            counted[name] = older_tables.read(session, workspace, name, folder / f"{name}.jsonl")
        counted[call_logs.NAME] = call_logs.read(session, workspace, folder / f"{call_logs.NAME}.jsonl")
        audit_log.append(session, workspace, by, "restored", "records", {"records": sum(counted.values())})
    return Exchanged(counted)


def put(
    database: Database, workspace: str, written: Sequence[tuple[Noun[Any], Line]], *, by: Person, what: str
) -> None:
    """Keep records under the ids, days and names that they come with: all of them, or none. ``what`` names them."""
    with database.writing() as session:
        if session.get(WorkspaceRow, workspace) is None:
            raise PlainError("This workspace is not there any more: please choose another.")
        _put(session, workspace, written, by, what)


def put_anew(
    database: Database, workspace: str, written: Sequence[tuple[Noun[Any], Line]], author: str, *, by: Person, what: str
) -> bool:
    """Keep records in place of all that one author wrote; whether it was done.

    Nothing is done where nothing of the author's stands, where somebody else changed or withdrew any of it, or where
    what others wrote hangs on it.
    """
    with database.writing() as session:
        here = select(RecordRow).where(RecordRow.workspace_id == workspace)
        theirs = session.scalars(here.where(RecordRow.author_id == author)).all()
        ids = [row.id for row in theirs]
        hanging = session.scalars(here.where(RecordRow.parent.in_(ids), RecordRow.author_id != author)).first()
        if not ids or hanging is not None or any(row.edited_by_id != author for row in theirs):
            return False
        session.execute(delete(RecordVersionRow).where(RecordVersionRow.record_id.in_(ids)))
        session.execute(delete(RecordRow).where(RecordRow.id.in_(ids)))
        _put(session, workspace, written, by, what)
        return True


def _put(session: Session, workspace: str, written: Sequence[tuple[Noun[Any], Line]], by: Person, what: str) -> None:
    for noun, line in written:
        session.add(_row(workspace, noun, line))
        session.flush()
        session.add_all(_version(line, saving) for saving in line.history)
    audit_log.append(session, workspace, by, "restored", what, {"records": len(written)})


def line_of(noun: Noun[Any], content: Any, parent: str, *, by: Person, on: dt.datetime) -> Line:
    """A record that somebody wrote on a day, for :func:`put`."""
    told = json.loads(noun.written(content))
    name = by.shown_name
    saving = Saving(1, name, on, told)
    return Line(new_id(), parent, "team", 1, name, by.id, on, name, by.id, on, None, told, (saving,))


def _write(folder: Path, name: str, lines: Sequence[str], schema: dict[str, Any]) -> None:
    """The lines of one noun, and their form beside them."""
    (folder / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (folder / f"{name}.schema.json").write_text(json.dumps(schema, indent=1), encoding="utf-8")


def _lines(session: Session, workspace: str, noun: Noun[Any]) -> Iterator[Line]:
    rows = session.scalars(
        select(RecordRow)
        .where(RecordRow.workspace_id == workspace, RecordRow.noun == noun.name)
        .order_by(RecordRow.created, RecordRow.id)
    ).all()
    savings: dict[str, list[Saving]] = {}
    versions = select(RecordVersionRow).where(RecordVersionRow.record_id.in_([row.id for row in rows]))
    for saved in session.scalars(versions.order_by(RecordVersionRow.version)):
        one = Saving(saved.version, saved.edited_by, saved.edited, json.loads(saved.content))
        savings.setdefault(saved.record_id, []).append(one)
    for row in rows:
        yield Line(
            id=row.id,
            parent=row.parent,
            readers=row.readers,
            version=row.version,
            author=row.author,
            author_id=row.author_id,
            created=row.created,
            edited_by=row.edited_by,
            edited_by_id=row.edited_by_id,
            edited=row.edited,
            withdrawn=row.withdrawn,
            content=json.loads(row.content),
            history=tuple(savings.get(row.id, ())),
        )


def _read(file: Path, noun: Noun[Any]) -> Iterator[tuple[str, Line]]:
    """The records of a file, each with where it stands; none where the file is missing."""
    for where, text in written_lines(file):
        try:
            line = msgspec.json.decode(text, type=Line)
            content = noun.checked(line.content)
            history = [noun.checked(saving.content) for saving in line.history]
        except (msgspec.ValidationError, msgspec.DecodeError, RecursionError) as error:
            raise PlainError(f"{where} is not a record of this kind ({error}): correct it.") from None
        except PlainError as error:
            raise PlainError(f"{where} cannot be taken: {error}") from None
        if line.readers not in READERS or not _ID.fullmatch(line.id):
            raise PlainError(f"{where} names no reader or no id that there is: correct it.")
        known = msgspec.to_builtins(line)
        known["content"] = msgspec.to_builtins(content)
        known["history"] = [
            {**saving, "content": msgspec.to_builtins(then)}
            for saving, then in zip(known["history"], history, strict=True)
        ]
        refuse_unknown_fields(where, msgspec.json.decode(text), known)
        yield where, line


def _row(workspace: str, noun: Noun[Any], line: Line) -> RecordRow:
    return RecordRow(
        id=line.id,
        workspace_id=workspace,
        noun=noun.name,
        parent=line.parent,
        content=json.dumps(line.content, ensure_ascii=False),
        readers=line.readers,
        version=line.version,
        author=line.author,
        author_id=line.author_id,
        created=line.created,
        edited_by=line.edited_by,
        edited_by_id=line.edited_by_id,
        edited=line.edited,
        withdrawn=line.withdrawn,
    )


def _version(line: Line, saving: Saving) -> RecordVersionRow:
    return RecordVersionRow(
        record_id=line.id,
        version=saving.version,
        content=json.dumps(saving.content, ensure_ascii=False),
        edited_by=saving.edited_by,
        edited=saving.edited,
    )
