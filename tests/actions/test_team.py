"""The team through the store: joining and leaving, letters, attendance, rounds, who may, and two who write at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions import history
from equity.actions import team as deeds
from equity.improvement.team import TeamPerson
from equity.improvement.team_nouns import LETTER, PERSON, ROUND, TICK
from equity.store.records import calls as call_log
from equity.store.records import shelf
from equity.store.records.calls import NewEntry
from equity.store.records.exchange import export_records, import_records
from equity.store.records.shelf import RecordConflict
from equity.store.workspace.database import Database
from equity.store.workspace.tables import RecordRow
from equity.store.workspace.workspaces import make_workspace
from equity.vocabulary import PlainError
from tests.actions.test_focus import at
from tests.improvement.test_history import OWN
from tests.improvement.test_team import LETTER as WORDS
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]


@pytest.fixture
def ada(database: Database) -> Here:
    return at(database, "Ada")


def test_who_leaves_keeps_what_they_wrote_under_the_name_they_chose(ada: Here, database: Database) -> None:
    kept = deeds.this_is_me(ada, deeds.add_person(ada, TeamPerson("Ada A.", ("data",))))
    assert kept.content.account == ada.person.id
    event = history.begin_event(ada, OWN)
    with pytest.raises(PlainError, match="already"):
        deeds.add_person(ada, TeamPerson("ada a."))
    kept = deeds.save_person(ada, kept, replace(kept.content, name="Ada Achebe", account="forged"))
    assert (kept.content.name, kept.content.account) == ("Ada Achebe", ada.person.id)
    kept = deeds.leave(ada, kept)
    assert kept.content.left
    assert (deeds.people(ada), history.events(ada)[0].author) == ((kept,), event.author)
    assert deeds.come_back(ada, kept).content.left == ""
    with pytest.raises(PlainError, match="Somebody else"):
        deeds.this_is_me(at(database, "Ben"), deeds.people(ada)[0])


def test_a_letter_is_signed_kept_and_renewed(ada: Here) -> None:
    kept = deeds.save_letter(ada, deeds.begin_letter(ada), WORDS)
    signed = deeds.sign_letter(ada, kept, WORDS, dt.date(2026, 3, 1))
    with pytest.raises(PlainError, match="nobody changes it"):
        deeds.save_letter(ada, signed, WORDS)
    again = deeds.begin_letter(ada, signed)
    assert (again.content.renews, again.content.promises, again.content.signed) == (signed.id, WORDS.promises, "")
    assert [k.id for k in deeds.letters(ada)] == [signed.id, again.id]


@pytest.mark.parametrize(("named", "there"), [(True, 1), (False, 0)])
def test_attendance_comes_from_the_calls(ada: Here, named: bool, there: int) -> None:
    kept = deeds.add_person(ada, TeamPerson("Ada Achebe"))
    body = {"title": "July call", "agenda": [], "names": named, "facilitator": "Ada", "cards": []}
    call = call_log.open_call(
        ada.database,
        ada.workspace,
        by=ada.person,
        title="July call",
        dataset="d",
        release_id="",
        opening=NewEntry("opened", body),
    )
    for number, name in enumerate(("Ada", "Zoe")):
        who = {"participant": str(number), "name": name, "lens": "data", "key": str(number)}
        call_log.add_event(ada.database, call.id, number + 1, lambda before, who=who: NewEntry("joined", who))  # type: ignore[misc]
    [found] = deeds.attendance(ada)
    assert (found.title, found.participants, found.named) == ("July call", 2, named)
    assert (found.there, found.unknown) == (({kept.id} if there else set()), 1 if named else 0)


def team_of(ada: Here, *names: str) -> list[shelf.Kept[TeamPerson]]:
    return [deeds.add_person(ada, TeamPerson(name, reports_to="")) for name in names]


def test_a_round_is_drawn_and_says_that_they_met_when_all_say_so(ada: Here, database: Database, tmp_path: Path) -> None:
    people = {kept.id: kept for kept in team_of(ada, "Ada", "Ben", "Cem", "Dee")}
    held = deeds.draw_round(ada, 2, 5)
    first = [people[key] for key in held.content.groups[0]]
    ben = at(database, "Ben")
    deeds.say_met(ada, held, first[0])
    deeds.say_met(ada, held, first[0])
    assert (deeds.said_met(ada, held), deeds.said_met(ben, held)) == (frozenset({first[0].id}), frozenset())
    assert deeds.rounds(ada)[0].content.met == ()
    export_records(database, ada.workspace, tmp_path, by=ada.person)
    assert (tmp_path / "met_tick.jsonl").read_text() == ""
    deeds.say_met(ben, held, first[1])
    assert deeds.rounds(ada)[0].content.met == (0,)
    assert shelf.listed(database, ada.workspace, TICK) == ()


def test_only_oneself_says_that_one_met(ada: Here, database: Database) -> None:
    first, _ = team_of(ada, "Ada", "Ben")
    first = deeds.this_is_me(ada, first)
    held = deeds.draw_round(ada, 2, 5)
    with pytest.raises(PlainError, match="Only Ada"):
        deeds.say_met(at(database, "Mallory"), held, first)
    stranger = deeds.add_person(ada, TeamPerson("Late"))
    with pytest.raises(PlainError, match="not drawn"):
        deeds.say_met(ada, held, stranger)


def test_a_leader_is_not_drawn_with_a_report_unless_chosen(ada: Here) -> None:
    deeds.add_person(ada, TeamPerson("Eve", place="senior leader"))
    deeds.add_person(ada, TeamPerson("Ada"))
    with pytest.raises(PlainError, match="reports to them"):
        deeds.draw_round(ada, 2, 5)
    assert deeds.draw_round(ada, 2, 5, with_reports=True).content.with_reports


def test_all_who_say_so_at_the_same_moment_are_heard(ada: Here) -> None:
    people = team_of(ada, "Ada", "Ben", "Cem", "Dee")
    held = deeds.draw_round(ada, 2, 5)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda person: deeds.say_met(ada, held, person), people))
    assert deeds.rounds(ada)[0].content.met == (0, 1)


def test_two_who_write_at_once_are_both_kept(ada: Here, database: Database) -> None:
    ben, letter, person = at(database, "Ben"), deeds.begin_letter(ada), deeds.add_person(ada, TeamPerson("Ada"))
    deeds.save_letter(ada, letter, replace(WORDS, text="One"))
    with pytest.raises(RecordConflict) as told:
        deeds.save_letter(ben, letter, replace(WORDS, text="Two"))
    assert told.value.yours_content == replace(WORDS, text="Two")
    deeds.save_person(ada, person, replace(person.content, commitment="One"))
    with pytest.raises(RecordConflict):
        deeds.save_person(ben, person, replace(person.content, commitment="Two"))


def test_who_is_not_of_the_team_sees_and_writes_nothing(ada: Here, database: Database) -> None:
    people = team_of(ada, "Ada", "Ben")
    person, letter, held, outside = (
        people[0],
        deeds.begin_letter(ada),
        deeds.draw_round(ada, 2, 5),
        at(database, "Out", "leader"),
    )
    tried: tuple[Callable[[], object], ...] = (
        lambda: deeds.people(outside),
        lambda: deeds.add_person(outside, TeamPerson("X")),
        lambda: deeds.save_person(outside, person, person.content),
        lambda: deeds.leave(outside, person),
        lambda: deeds.come_back(outside, person),
        lambda: deeds.this_is_me(outside, person),
        lambda: deeds.letters(outside),
        lambda: deeds.begin_letter(outside),
        lambda: deeds.save_letter(outside, letter, WORDS),
        lambda: deeds.sign_letter(outside, letter, WORDS, dt.date(2026, 1, 1)),
        lambda: deeds.attendance(outside),
        lambda: deeds.rounds(outside),
        lambda: deeds.draw_round(outside, 2, 5),
        lambda: deeds.say_met(outside, held, person),
        lambda: deeds.said_met(outside, held),
    )
    for deed in tried:
        with pytest.raises(NotAllowed):
            deed()


def test_the_team_goes_out_and_comes_back(ada: Here, database: Database, tmp_path: Path) -> None:
    team_of(ada, "Ada", "Ben")
    deeds.begin_letter(ada)
    deeds.draw_round(ada, 2, 5)
    nouns = (PERSON, LETTER, ROUND)
    before = {noun.name: [k.content for k in shelf.listed(database, ada.workspace, noun)] for noun in nouns}
    export_records(database, ada.workspace, tmp_path, by=ada.person)
    with database.writing() as session:
        for noun in nouns:
            for kept in shelf.listed(database, ada.workspace, noun):
                session.delete(session.get_one(RecordRow, kept.id))
    elsewhere = make_workspace(database, "Elsewhere", by=ada.person).id
    import_records(database, elsewhere, tmp_path, by=ada.person)
    assert {n.name: [k.content for k in shelf.listed(database, elsewhere, n)] for n in nouns} == before
