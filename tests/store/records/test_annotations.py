"""Annotations: on every chart that shows the period, and nobody's words lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from equity.store.records.annotations import (
    Scope,
    annotate,
    annotations_for,
    annotations_in,
    delete_annotation,
    edit_annotation,
    placed,
)
from equity.store.workspace.conflict import Conflict
from equity.store.workspace.database import Database, open_database
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PlainError, periods_between
from tests.workspace_stores import HOSTILE_TEXTS, somebody

MONTHS = periods_between("2024-01", "2024-12")
QUARTERS = periods_between("2024-Q1", "2024-Q4")


def test_a_month_stands_on_its_month_its_quarter_and_its_year(database: Database) -> None:
    annotate(database, HOME_WORKSPACE, "2024-05", "New interpreter service", by=somebody(database, "Ada"))
    found = annotations_in(database, HOME_WORKSPACE)
    for labels, index in ((MONTHS, 4), (QUARTERS, 1), (("2023", "2024"), 1)):
        [there] = placed(found, labels)
        assert (there.first, there.last, there.annotation.words) == (index, index, "New interpreter service")
    assert placed(found, periods_between("2023-01", "2023-12")) == ()
    assert placed(found, ("",)) == ()


def test_a_quarter_stretches_over_its_months(database: Database) -> None:
    annotate(database, HOME_WORKSPACE, "2024-Q2", "Strike", by=somebody(database, "Ada"))
    [there] = placed(annotations_in(database, HOME_WORKSPACE), MONTHS)
    assert (there.first, there.last) == (3, 5)


def test_a_scope_holds_an_annotation_to_some_charts(database: Database) -> None:
    ada = somebody(database, "Ada")
    for words, scope in (
        ("all", Scope()),
        ("visits", Scope("Visits")),
        ("pressure", Scope("Visits", "Pressure")),
        ("race", Scope("Visits", by="race")),
        ("elsewhere", Scope("Births")),
    ):
        annotate(database, HOME_WORKSPACE, "2024-05", words, by=ada, scope=scope)

    def shown(*chart: str) -> set[str]:
        return {a.words for a in annotations_for(database, HOME_WORKSPACE, *chart)}

    assert shown("Visits", "Pressure", "race") == {"all", "visits", "pressure", "race"}
    assert shown("Visits", "Sugar", "language") == {"all", "visits"}
    assert shown("Births", "Pressure", "race") == {"all", "elsewhere"}


def test_annotations_come_in_order_of_time(database: Database) -> None:
    ada = somebody(database, "Ada")
    for period in ("2024-Q2", "2023", "2024-01", "2024-05"):
        annotate(database, HOME_WORKSPACE, period, period, by=ada)
    assert [a.period for a in annotations_in(database, HOME_WORKSPACE)] == ["2023", "2024-01", "2024-Q2", "2024-05"]


def test_the_second_of_two_who_edit_is_told_and_holds_both_texts(database: Database) -> None:
    ada, ben = somebody(database, "Ada"), somebody(database, "Ben")
    first = annotate(database, HOME_WORKSPACE, "2024-05", "Service", by=ada)
    edit_annotation(
        database, HOME_WORKSPACE, first.id, period="2024-05", words="Interpreter service", seen_version=1, by=ada
    )
    with pytest.raises(Conflict) as told:
        edit_annotation(
            database, HOME_WORKSPACE, first.id, period="2024-06", words="Video service", seen_version=1, by=ben
        )
    assert (told.value.yours, told.value.theirs) == ("2024-06: Video service", "2024-05: Interpreter service")
    assert (told.value.theirs_by, told.value.version) == ("Ada", 2)
    assert "Ada changed this annotation" in str(told.value)
    both = "Interpreter service, by video"
    kept = edit_annotation(database, HOME_WORKSPACE, first.id, period="2024-05", words=both, seen_version=2, by=ben)
    assert (kept.words, kept.version, kept.author, kept.edited_by) == (both, 3, "Ada", "Ben")
    assert annotations_in(database, HOME_WORKSPACE) == (kept,)


def test_editing_what_somebody_deleted_gives_the_words_back(database: Database) -> None:
    ada = somebody(database, "Ada")
    first = annotate(database, HOME_WORKSPACE, "2024-05", "Service", by=ada)
    delete_annotation(database, HOME_WORKSPACE, first.id, seen_version=1)
    with pytest.raises(Conflict, match="deleted this annotation") as told:
        edit_annotation(database, HOME_WORKSPACE, first.id, period="2024-05", words="Mine", seen_version=1, by=ada)
    assert (told.value.yours, told.value.version) == ("2024-05: Mine", 0)


def test_what_somebody_has_changed_is_not_deleted_unseen(database: Database) -> None:
    ada = somebody(database, "Ada")
    first = annotate(database, HOME_WORKSPACE, "2024-05", "Service", by=ada)
    edit_annotation(database, HOME_WORKSPACE, first.id, period="2024-05", words="More", seen_version=1, by=ada)
    with pytest.raises(Conflict):
        delete_annotation(database, HOME_WORKSPACE, first.id, seen_version=1)
    assert len(annotations_in(database, HOME_WORKSPACE)) == 1


def test_no_edit_of_many_at_once_is_overwritten_unseen(database: Database) -> None:
    """Everybody adds a word to what they read and tries again when told: all words are there in the end."""
    ada = somebody(database, "Ada")
    first = annotate(database, HOME_WORKSPACE, "2024-05", "start", by=ada)
    other_connections = open_database(database.engine.url)

    def add(number: int) -> None:
        through = database if number % 2 else other_connections
        seen, words = 1, "start"
        while True:
            try:
                mine = f"{words} word{number}"
                edit_annotation(
                    through, HOME_WORKSPACE, first.id, period="2024-05", words=mine, seen_version=seen, by=ada
                )
            except Conflict as told:
                seen, words = told.version, told.theirs.removeprefix("2024-05: ")
            else:
                return

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(16)))
    [kept] = annotations_in(database, HOME_WORKSPACE)
    assert set(kept.words.split()) == {"start", *(f"word{number}" for number in range(16))}
    assert kept.version == 17
    other_connections.close()


def test_another_workspace_can_neither_see_nor_change_it(database: Database) -> None:
    ada = somebody(database, "Ada")
    other = make_workspace(database, "Other", by=ada)
    first = annotate(database, HOME_WORKSPACE, "2024-05", "Ours", by=ada)
    assert annotations_in(database, other.id) == ()
    with pytest.raises(Conflict) as told:
        edit_annotation(database, other.id, first.id, period="2024-05", words="Theirs", seen_version=1, by=ada)
    assert told.value.theirs == ""
    with pytest.raises(Conflict):
        delete_annotation(database, other.id, first.id, seen_version=1)
    assert annotations_in(database, HOME_WORKSPACE) == (first,)


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_words_are_kept_as_they_are(database: Database, hostile: str) -> None:
    scope = Scope(hostile, hostile, hostile)
    annotate(database, HOME_WORKSPACE, "2024-05", hostile, by=somebody(database, hostile), scope=scope)
    [found] = annotations_for(database, HOME_WORKSPACE, hostile, hostile, hostile)
    assert (found.words, found.scope, found.author) == (hostile, scope, hostile)


@pytest.mark.parametrize("unkeepable", ["", "  \n", "null \x00", "half \ud800", "w" * 20_001])
def test_words_that_cannot_be_kept_are_refused_in_a_sentence(database: Database, unkeepable: str) -> None:
    ada = somebody(database, "Ada")
    with pytest.raises(PlainError, match="this annotation"):
        annotate(database, HOME_WORKSPACE, "2024-05", unkeepable, by=ada)
    with pytest.raises(PlainError, match="not a year"):
        annotate(database, HOME_WORKSPACE, unkeepable or "May", "Words", by=ada)
    with pytest.raises(PlainError, match="not there any more"):
        annotate(database, "gone", "2024-05", "Words", by=ada)
