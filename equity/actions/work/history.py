"""History, action by action: the team's own events, and statements that somebody approved. None goes without trace."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from equity.access.here import Here
from equity.access.may import require
from equity.access.reading import readable
from equity.improvement.team import history as rules
from equity.improvement.team.history import Acknowledgement, HistoryEvent, Moment, Whose
from equity.improvement.team.shipped_history import shipped_events
from equity.improvement.team.team_nouns import ACKNOWLEDGEMENT, EVENT
from equity.store.records import shelf
from equity.store.records.kept import Kept, Readers
from equity.store.workspace.clock import now
from equity.vocabulary import PlainError


def events(here: Here) -> tuple[Kept[HistoryEvent], ...]:
    """The events that the team wrote, the oldest record first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.listed(here.database, here.workspace, EVENT)


def line_of_time(own: tuple[Kept[HistoryEvent], ...], whose: Whose | None = None) -> tuple[Moment, ...]:
    """The team's events and the country's on one line."""
    return rules.timeline(((kept.id, kept.content) for kept in own), shipped_events(), whose)


def begin_event(here: Here, event: HistoryEvent) -> Kept[HistoryEvent]:
    """Keep the draft of an event; it is not on the line yet."""
    require(here.database, here.person, here.workspace, "write_records")
    return shelf.add(here.database, here.workspace, EVENT, replace(event, placed=False), by=here.person)


def save_event(here: Here, kept: Kept[HistoryEvent], event: HistoryEvent) -> Kept[HistoryEvent]:
    """Save an event as it is typed; one that is on the line must stay whole.

    Raises :class:`RecordConflict` when somebody saved it meanwhile.
    """
    require(here.database, here.person, here.workspace, "write_records")
    content = rules.placed(event, _today()) if kept.content.placed else replace(event, placed=False)
    return shelf.edit(here.database, here.workspace, EVENT, kept.id, content, seen_version=kept.version, by=here.person)


def place_event(here: Here, kept: Kept[HistoryEvent], event: HistoryEvent) -> Kept[HistoryEvent]:
    """Put an event on the line of time."""
    require(here.database, here.person, here.workspace, "write_records")
    content = rules.placed(event, _today())
    return shelf.edit(here.database, here.workspace, EVENT, kept.id, content, seen_version=kept.version, by=here.person)


def withdraw_event(here: Here, kept: Kept[HistoryEvent]) -> None:
    """Take an event off the line; it can be brought back for 30 days."""
    require(here.database, here.person, here.workspace, "write_records")
    shelf.withdraw(here.database, here.workspace, EVENT, kept.id, seen_version=kept.version, by=here.person)


def statements(here: Here) -> tuple[Kept[Acknowledgement], ...]:
    """The acknowledgements that whoever is here may read, the oldest first."""
    require(here.database, here.person, here.workspace, "read_shared")
    return readable(here, shelf.listed(here.database, here.workspace, ACKNOWLEDGEMENT))


def begin_statement(here: Here, statement: Acknowledgement, readers: Readers = "team") -> Kept[Acknowledgement]:
    """Keep the draft of a statement."""
    require(here.database, here.person, here.workspace, "write_records")
    draft = rules.reworded(Acknowledgement(), statement)
    return shelf.add(here.database, here.workspace, ACKNOWLEDGEMENT, draft, by=here.person, readers=readers)


def save_statement(here: Here, kept: Kept[Acknowledgement], statement: Acknowledgement) -> Kept[Acknowledgement]:
    """Save a statement as it is typed; with other words an approval is gone."""
    require(here.database, here.person, here.workspace, "write_records")
    return _save(here, kept, rules.reworded(kept.content, statement))


def approve_statement(here: Here, kept: Kept[Acknowledgement], by: str) -> Kept[Acknowledgement]:
    """Write down who approved a statement, today."""
    require(here.database, here.person, here.workspace, "write_records")
    return _save(here, kept, rules.approved(kept.content, by, _today()))


def choose_readers(here: Here, kept: Kept[Acknowledgement], readers: Readers) -> Kept[Acknowledgement]:
    """Say who may read a statement; only whoever wrote it may keep it to themselves."""
    require(here.database, here.person, here.workspace, "write_records")
    if readers == "author" and kept.author_id != here.person.id:
        raise PlainError("Only whoever began this statement can keep it to themselves.")
    return _save(here, kept, kept.content, readers)


def _save(
    here: Here, kept: Kept[Acknowledgement], content: Acknowledgement, readers: Readers | None = None
) -> Kept[Acknowledgement]:
    return shelf.edit(
        here.database,
        here.workspace,
        ACKNOWLEDGEMENT,
        kept.id,
        content,
        seen_version=kept.version,
        by=here.person,
        readers=readers,
        milestone=content.is_approved != kept.content.is_approved,
    )


def _today() -> dt.date:
    return now().date()
