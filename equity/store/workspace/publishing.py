"""What changes on the disk in one step, and its entry in the audit log: always there, and once.

A version or a release appears by one rename, and a release is taken back by one file. The entry is on the disk before
that step and is logged right after it. Whoever is killed in between leaves something that is done and not in the log;
:func:`log_what_is_missing` logs it then, with who did it and when. That an entry is in the log is kept in the
transaction that logs it (by its mark; a release's by whose it is), so it is logged once, whoever does so and how often.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from equity.store.files.disk import write_text
from equity.store.files.locks import acquire
from equity.store.files.step_log import Step
from equity.store.files.versions import ENTRY, REVOKED_ENTRY
from equity.store.workspace import audit_log
from equity.store.workspace.clock import now
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.store.workspace.tables import LoggedMarkRow, WorkspaceReleaseRow

STEPS_OF_A_RELEASE = {ENTRY: "release.json", REVOKED_ENTRY: "revoked"}
"""The entry of each step that a release goes through, and the file that is there once the step is taken."""


@dataclass(frozen=True)
class Entry:
    """What the log says of a step. ``mark`` is its own; ``made`` is when the step was about to be taken (UTC)."""

    mark: str
    made: str
    workspace: str
    actor_id: str
    actor: str
    action: Step
    subject: str
    details: dict[str, str | int]

    @property
    def key(self) -> str:
        """What the store keeps when it is logged: the id of a release that is made, else its mark."""
        return self.subject if self.action == "release_created" else self.mark


@dataclass(frozen=True)
class Publisher:
    """Who takes a step, in which workspace, and the store that logs it."""

    database: Database
    workspace: str
    person: Person

    def announce(self, file: Path, action: Step, subject: str, details: Mapping[str, str | int]) -> None:
        """Write down what the log will say, before the step that can be seen."""
        who = {"workspace": self.workspace, "actor_id": self.person.id, "actor": self.person.shown_name}
        what = {"action": action, "subject": subject, "details": dict(details)}
        made = now().isoformat(sep=" ", timespec="seconds")
        write_text(file, json.dumps({"mark": secrets.token_hex(16), "made": made, **who, **what}))

    def log(self, file: Path, more: Mapping[str, str | int] = MappingProxyType({})) -> None:
        """Log what was announced, and ``more`` that is known by now. Raises :class:`PlainError` as the store does."""
        _log(self.database, _read(file), more)


def log_what_is_missing(database: Database, home: Path) -> int:
    """Log what is done and not in the log, because whoever did it was killed before logging it; says how many.

    What somebody is at right now is left to them: they hold its lock until it is logged. What was published without a
    :class:`Publisher` (the sample data) has no entry.
    """
    with database.reading() as session:
        known = set(session.scalars(select(LoggedMarkRow.mark)))
        known |= set(session.scalars(select(WorkspaceReleaseRow.release_id)))  # neither is ever like the other
    return sum(_log_when_free(database, lock, file, known) for lock, file in _announced(home))


def _announced(home: Path) -> Iterator[tuple[Path, Path]]:
    """The entry of every step that has been taken, and the lock of whoever takes such a step."""
    for file in sorted((home / "datasets").glob(f"*/versions/*/{ENTRY}")):
        yield file.parents[2] / "lock", file
    shelf = home / "releases"
    for name, done in STEPS_OF_A_RELEASE.items():
        for file in sorted(shelf.glob(f"*/{name}")):
            if file.with_name(done).exists():
                yield shelf / "lock", file


def _log_when_free(database: Database, lock: Path, file: Path, known: set[str]) -> bool:
    try:
        entry = _read(file)
        held = None if entry.key in known else acquire(lock)
    except (FileNotFoundError, ValueError, TypeError):  # deleted meanwhile, or damaged, which keeps no other out
        return False
    if held is None:
        return False
    try:
        return file.exists() and _log(database, entry, {"made": f"{entry.made}, logged afterwards"})
    finally:
        os.close(held)


def _log(database: Database, entry: Entry, more: Mapping[str, str | int]) -> bool:
    """Log an entry, unless it is in the log; whether it was not."""
    who = Person(entry.actor_id, entry.actor, "", "", "")
    row = (
        WorkspaceReleaseRow(release_id=entry.key, workspace_id=entry.workspace)
        if entry.action == "release_created"
        else LoggedMarkRow(mark=entry.key)
    )
    try:
        with database.writing() as session:
            session.add(row)
            session.flush()
            audit_log.append(session, entry.workspace, who, entry.action, entry.subject, {**entry.details, **more})
    except IntegrityError:
        return False
    return True


def _read(file: Path) -> Entry:
    raw: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return Entry(**raw)
