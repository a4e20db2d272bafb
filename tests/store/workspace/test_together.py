"""Several actions as a whole: all of them are kept, or none; nobody else sees half of it; a part can be undone."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from equity.focus.nouns import DECISION
from equity.focus.room import FocusRoom
from equity.store.records import kept, shelf
from equity.store.workspace import audit_log
from equity.store.workspace.database import Database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace, workspaces_of
from equity.vocabulary import PlainError


def put(database: Database, title: str) -> kept.Kept[FocusRoom]:
    return shelf.add(database, HOME_WORKSPACE, DECISION, FocusRoom(title, "D", 1), by=LOCAL_OWNER)


def titles(database: Database) -> list[str]:
    return [kept.content.title for kept in shelf.listed(database, HOME_WORKSPACE, DECISION)]


def in_another_thread(look: Callable[[], list[str]]) -> list[str]:
    seen: list[list[str]] = []
    other = threading.Thread(target=lambda: seen.append(look()))
    other.start()
    other.join()
    return seen[0]


def test_all_is_kept_when_it_ends_and_seen_inside_before(database: Database) -> None:
    with database.together():
        first = put(database, "First")
        shelf.edit(database, HOME_WORKSPACE, DECISION, first.id, FocusRoom("Changed", "D", 1), seen_version=1, by=None)
        make_workspace(database, "Next door", by=LOCAL_OWNER)
        assert titles(database) == ["Changed"]
        assert len(workspaces_of(database, LOCAL_OWNER.id)) == 2
        assert in_another_thread(lambda: titles(database)) == []
    assert in_another_thread(lambda: titles(database)) == ["Changed"]
    assert audit_log.held_against_chain(database).broken is None


def test_nothing_is_kept_when_it_raises(database: Database) -> None:
    kept = put(database, "Before")
    entries = len(audit_log.entries(database, HOME_WORKSPACE))
    with pytest.raises(ValueError, match="in the middle"), database.together():
        put(database, "Half")
        shelf.withdraw(database, HOME_WORKSPACE, DECISION, kept.id, seen_version=1, by=LOCAL_OWNER)
        with database.together():
            make_workspace(database, "Next door", by=LOCAL_OWNER)
        raise ValueError("in the middle")
    assert titles(database) == ["Before"]
    assert len(workspaces_of(database, LOCAL_OWNER.id)) == 1
    assert len(audit_log.entries(database, HOME_WORKSPACE)) == entries
    put(database, "After")
    assert audit_log.held_against_chain(database).broken is None


def test_a_part_that_fails_and_is_met_is_undone_alone(database: Database) -> None:
    with database.together():
        put(database, "Kept")
        with pytest.raises(PlainError, match="too long"):
            put(database, "x" * 200_001)
        with pytest.raises(KeyError), database.writing() as session:
            audit_log.append(session, HOME_WORKSPACE, LOCAL_OWNER, "exported", "never happened")
            raise KeyError
        put(database, "Too")
    assert titles(database) == ["Kept", "Too"]
    assert "never happened" not in [entry.subject for entry in audit_log.entries(database, HOME_WORKSPACE)]
    assert audit_log.held_against_chain(database).broken is None
