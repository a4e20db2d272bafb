"""Queries that a team keeps: who may write, run and change them, and on whose data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions import explore
from equity.actions.nouns import every_noun
from equity.explore.nouns import KEPT_SELECT
from equity.store.records.kept import RecordConflict
from equity.store.workspace.database import Database, workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PlainError
from tests.pages.people import join

SQL = "SELECT count(*) AS n FROM facts"


@pytest.fixture
def database(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    return workspace_database()


@pytest.fixture
def owner(database: Database) -> Here:
    return Here(database, HOME_WORKSPACE, LOCAL_OWNER)


def test_a_query_is_kept_changed_and_taken_away(owner: Here) -> None:
    kept = explore.keep_select(owner, "  How   many ", SQL + ";", "Sample")
    assert (kept.content.name, kept.content.sql) == ("How many", SQL)
    changed = explore.change_select(owner, kept, SQL + " WHERE not hidden")
    with pytest.raises(RecordConflict):
        explore.change_select(owner, kept, SQL)
    assert [each.content.sql for each in explore.kept_selects(owner)] == [changed.content.sql]
    explore.withdraw_select(owner, changed)
    assert explore.kept_selects(owner) == ()


def test_what_cannot_be_run_is_not_kept_and_a_name_stands_once(owner: Here) -> None:
    explore.keep_select(owner, "Rates", SQL, "Sample")
    for name, sql in (("RATES", SQL), ("", SQL), ("x" * 81, SQL), ("Other", "DROP TABLE facts"), ("Other", "")):
        with pytest.raises(PlainError):
            explore.keep_select(owner, name, sql, "Sample")
    assert len(explore.kept_selects(owner)) == 1
    assert KEPT_SELECT in list(every_noun())


def test_it_runs_on_the_workspaces_own_data_and_on_no_others(owner: Here, sample_home: Path) -> None:
    given = explore.run_own_select(owner, sample_home, "Sample", 1, SQL)
    assert given.rows["n"].iloc[0] > 0
    other = make_workspace(owner.database, "Next door", by=LOCAL_OWNER).id
    with pytest.raises(NotAllowed):
        explore.run_own_select(Here(owner.database, other, LOCAL_OWNER), sample_home, "Sample", 1, SQL)


@pytest.mark.parametrize("role", ["member", "leader", "facilitator"])
def test_only_those_who_work_with_the_data_write_sql(owner: Here, sample_home: Path, role: Any) -> None:
    kept = explore.keep_select(owner, "Rates", SQL, "Sample")
    place = Here(owner.database, HOME_WORKSPACE, join(owner.database, role))
    actions: tuple[Callable[[], object], ...] = (
        lambda: explore.run_own_select(place, sample_home, "Sample", 1, SQL),
        lambda: explore.kept_selects(place),
        lambda: explore.keep_select(place, "Mine", SQL, "Sample"),
        lambda: explore.change_select(place, kept, SQL),
        lambda: explore.withdraw_select(place, kept),
    )
    for action in actions:
        with pytest.raises(NotAllowed):
            action()
