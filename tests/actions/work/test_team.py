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
from equity.actions.work import history
from equity.actions.work import team as actions
from equity.improvement.team.team import TeamPerson
from equity.improvement.team.team_nouns import LETTER, PERSON, ROUND, TICK
from equity.store.records import calls as call_log
from equity.store.records import kept, shelf
from equity.store.records.calls import NewEntry
from equity.store.records.exchange import export_records, import_records
from equity.store.records.kept import RecordConflict
from equity.store.workspace.database import Database
from equity.store.workspace.tables import RecordRow
from equity.store.workspace.workspaces import make_workspace
from equity.vocabulary import PlainError
from tests.actions.work.test_focus import at
from tests.improvement.team.test_history import OWN
from tests.improvement.team.test_team import LETTER as WORDS
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]


@pytest.fixture
def ada(database: Database) -> Here:
    return at(database, "Ada")


def test_who_leaves_keeps_what_they_wrote_under_the_name_they_chose(ada: Here, database: Database) -> None:
    kept = actions.this_is_me(ada, actions.add_person(ada, TeamPerson("Ada A.", ("data",))))
    assert kept.content.account == ada.person.id
    event = history.begin_event(ada, OWN)
    with pytest.raises(PlainError, match="already"):
        actions.add_person(ada, TeamPerson("ada a."))
    kept = actions.save_person(ada, kept, replace(kept.content, name="Ada Achebe", account="forged"))
    assert (kept.content.name, kept.content.account) == ("Ada Achebe", ada.person.id)
    kept = actions.leave(ada, kept)
    assert kept.content.left
    assert (actions.people(ada), history.events(ada)[0].author) == ((kept,), event.author)
    assert actions.come_back(ada, kept).content.left == ""
    with pytest.raises(PlainError, match="Somebody else"):
        actions.this_is_me(at(database, "Ben"), actions.people(ada)[0])


def test_a_letter_is_signed_kept_and_renewed(ada: Here) -> None:
    kept = actions.save_letter(ada, actions.begin_letter(ada), WORDS)
    signed = actions.sign_letter(ada, kept, WORDS, dt.date(2026, 3, 1))
    with pytest.raises(PlainError, match="nobody changes it"):
        actions.save_letter(ada, signed, WORDS)
    again = actions.begin_letter(ada, signed)
    assert (again.content.renews, again.content.promises, again.content.signed) == (signed.id, WORDS.promises, "")
    assert [k.id for k in actions.letters(ada)] == [signed.id, again.id]


@pytest.mark.parametrize(("named", "there"), [(True, 1), (False, 0)])
def test_attendance_comes_from_the_calls(ada: Here, named: bool, there: int) -> None:
    kept = actions.add_person(ada, TeamPerson("Ada Achebe"))
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
    [found] = actions.attendance(ada)
    assert (found.title, found.participants, found.named) == ("July call", 2, named)
    assert (found.there, found.unknown) == (({kept.id} if there else set()), 1 if named else 0)


def team_of(ada: Here, *names: str) -> list[kept.Kept[TeamPerson]]:
    return [actions.add_person(ada, TeamPerson(name, reports_to="")) for name in names]


def test_a_round_is_drawn_and_says_that_they_met_when_all_say_so(ada: Here, database: Database, tmp_path: Path) -> None:
    people = {kept.id: kept for kept in team_of(ada, "Ada", "Ben", "Cem", "Dee")}
    held = actions.draw_round(ada, 2, 5)
    first = [people[key] for key in held.content.groups[0]]
    ben = at(database, "Ben")
    actions.say_met(ada, held, first[0])
    actions.say_met(ada, held, first[0])
    assert (actions.said_met(ada, held), actions.said_met(ben, held)) == (frozenset({first[0].id}), frozenset())
    assert actions.rounds(ada)[0].content.met == ()
    export_records(database, ada.workspace, tmp_path, by=ada.person)
    assert (tmp_path / "met_tick.jsonl").read_text() == ""
    actions.say_met(ben, held, first[1])
    assert actions.rounds(ada)[0].content.met == (0,)
    assert shelf.listed(database, ada.workspace, TICK) == ()


def test_only_oneself_says_that_one_met(ada: Here, database: Database) -> None:
    first, _ = team_of(ada, "Ada", "Ben")
    first = actions.this_is_me(ada, first)
    held = actions.draw_round(ada, 2, 5)
    with pytest.raises(PlainError, match="Only Ada"):
        actions.say_met(at(database, "Mallory"), held, first)
    stranger = actions.add_person(ada, TeamPerson("Late"))
    with pytest.raises(PlainError, match="not drawn"):
        actions.say_met(ada, held, stranger)


def test_a_leader_is_not_drawn_with_a_report_unless_chosen(ada: Here) -> None:
    actions.add_person(ada, TeamPerson("Eve", place="senior leader"))
    actions.add_person(ada, TeamPerson("Ada"))
    with pytest.raises(PlainError, match="reports to them"):
        actions.draw_round(ada, 2, 5)
    assert actions.draw_round(ada, 2, 5, with_reports=True).content.with_reports


def test_all_who_say_so_at_the_same_moment_are_heard(ada: Here) -> None:
    people = team_of(ada, "Ada", "Ben", "Cem", "Dee")
    held = actions.draw_round(ada, 2, 5)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda person: actions.say_met(ada, held, person), people))
    assert actions.rounds(ada)[0].content.met == (0, 1)


def test_two_who_write_at_once_are_both_kept(ada: Here, database: Database) -> None:
    ben, letter, person = at(database, "Ben"), actions.begin_letter(ada), actions.add_person(ada, TeamPerson("Ada"))
    actions.save_letter(ada, letter, replace(WORDS, text="One"))
    with pytest.raises(RecordConflict) as told:
        actions.save_letter(ben, letter, replace(WORDS, text="Two"))
    assert told.value.yours_content == replace(WORDS, text="Two")
    actions.save_person(ada, person, replace(person.content, commitment="One"))
    with pytest.raises(RecordConflict):
        actions.save_person(ben, person, replace(person.content, commitment="Two"))


def test_who_is_not_of_the_team_sees_and_writes_nothing(ada: Here, database: Database) -> None:
    people = team_of(ada, "Ada", "Ben")
    person, letter, held, outside = (
        people[0],
        actions.begin_letter(ada),
        actions.draw_round(ada, 2, 5),
        at(database, "Out", "leader"),
    )
    tried: tuple[Callable[[], object], ...] = (
        lambda: actions.people(outside),
        lambda: actions.add_person(outside, TeamPerson("X")),
        lambda: actions.save_person(outside, person, person.content),
        lambda: actions.leave(outside, person),
        lambda: actions.come_back(outside, person),
        lambda: actions.this_is_me(outside, person),
        lambda: actions.letters(outside),
        lambda: actions.begin_letter(outside),
        lambda: actions.save_letter(outside, letter, WORDS),
        lambda: actions.sign_letter(outside, letter, WORDS, dt.date(2026, 1, 1)),
        lambda: actions.attendance(outside),
        lambda: actions.rounds(outside),
        lambda: actions.draw_round(outside, 2, 5),
        lambda: actions.say_met(outside, held, person),
        lambda: actions.said_met(outside, held),
    )
    for action in tried:
        with pytest.raises(NotAllowed):
            action()


def test_the_team_goes_out_and_comes_back(ada: Here, database: Database, tmp_path: Path) -> None:
    team_of(ada, "Ada", "Ben")
    actions.begin_letter(ada)
    actions.draw_round(ada, 2, 5)
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
