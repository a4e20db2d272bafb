"""Reflections through the store: two at once, sign-offs, what a leader reads and not, promises that come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.access.opening import NotOpened, Opening, open_link, reflection_of
from equity.actions.work import reflections as actions
from equity.actions.work.reflections import Written
from equity.improvement.team.reflections import LeaderReply, OpenPoint, PinnedCard, ReflectionPart, carried
from equity.improvement.team.team_nouns import PART, PINNED, POINT, REFLECTION, REPLY
from equity.store.records import shelf
from equity.store.records.exchange import export_records, import_records
from equity.store.records.kept import RecordConflict
from equity.store.workspace.database import Database
from equity.store.workspace.links import make_link, revoke_link
from equity.store.workspace.tables import RecordRow
from equity.store.workspace.workspaces import make_workspace
from equity.vocabulary import PlainError
from tests.actions.work.test_focus import at
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]

SECRET, OPEN = "For the team alone", "An hour of IT"
ANSWER = LeaderReply("Eve", "Two aims, one stuck", "Free an analyst", "2027-01-15")


@pytest.fixture
def ada(database: Database) -> Here:
    return at(database, "Ada", "analyst")


@pytest.fixture
def held(ada: Here) -> Written:
    """A reflection with one milestone, of which help is shared with leaders, signed."""
    kept = actions.begin_reflection(ada, "2026-Q3")
    part = actions.begin_part(ada, kept, "aims")
    actions.save_part(ada, kept, part, ReflectionPart("aims", progress=SECRET, help=OPEN))
    actions.pin(
        ada, kept, PinnedCard("aims", {"card": "disparities.groups"}, "How many?", "7 of 13, hidden in a release")
    )
    actions.share(ada, kept.id, "leaders", ("aims.help",))
    actions.sign_off(ada, kept.id)
    return actions.written(ada, kept.id)


def opened(ada: Here, held: Written) -> Opening:
    _, token = actions.link_for_leader(ada, held.kept.id, "r1", days=30)
    return open_link(ada.database, token)


def test_two_write_on_two_milestones_and_on_one(ada: Here, database: Database) -> None:
    ben, kept = at(database, "Ben"), actions.begin_reflection(ada, "2026-Q3")
    mine, theirs = actions.begin_part(ada, kept, "aims"), actions.begin_part(ben, kept, "history")
    assert actions.begin_part(ben, kept, "aims").id == mine.id
    actions.save_part(ada, kept, mine, ReflectionPart("aims", progress="Ada’s"))
    actions.save_part(ben, kept, theirs, ReflectionPart("history", progress="Ben’s"))
    with pytest.raises(RecordConflict) as told:
        actions.save_part(ben, kept, mine, ReflectionPart("aims", progress="Ben’s too"))
    assert told.value.yours_content == ReflectionPart("aims", progress="Ben’s too")
    assert told.value.theirs_kept is not None
    assert told.value.theirs_kept.content.progress == "Ada’s"
    assert len(actions.written(ada, kept.id).parts) == 2


def test_a_sign_off_goes_when_a_word_changes(ada: Here, held: Written) -> None:
    assert held.is_signed
    actions.save_part(ada, held.kept, held.parts[0], replace(held.parts[0].content, help="More"))
    now = actions.written(ada, held.kept.id)
    assert not now.is_signed
    with pytest.raises(PlainError, match="Sign the reflection off"):
        actions.link_for_leader(ada, held.kept.id, "r1", days=30)


def test_a_leader_reads_what_was_shared_and_nothing_else(ada: Here, held: Written, database: Database) -> None:
    for reader in (opened(ada, held), at(database, "Eve", "leader")):
        shown = actions.for_leaders(database, reader, held.kept.id)
        assert shown.parts == (ReflectionPart("aims", help=OPEN),)
        assert (SECRET in repr(shown), "7 of 13" in repr(shown)) == (False, False)
        assert shown.signed == (ada.person.shown_name,)
    with pytest.raises(PlainError):
        actions.for_leaders(database, at(database, "Fay", "facilitator"), held.kept.id)
    actions.share(ada, held.kept.id, "leaders", ())
    with pytest.raises(PlainError):
        actions.for_leaders(database, at(database, "Eli", "leader"), held.kept.id)


def test_a_link_opens_its_own_reflection_until_it_is_closed(ada: Here, held: Written, database: Database) -> None:
    opening = opened(ada, held)
    other = actions.begin_reflection(ada, "2026-Q2")
    actions.save_part(ada, other, actions.begin_part(ada, other, "aims"), ReflectionPart("aims", help="Other"))
    actions.share(ada, other.id, "leaders", ("aims.help",))
    elsewhere = make_workspace(database, "Elsewhere", by=ada.person)
    foreign = replace(opening, workspace=elsewhere.id)
    forged = replace(opening, choices='{"reflection": "' + other.id + '"}')
    for reader, record in ((opening, other.id), (foreign, held.kept.id), (forged, held.kept.id), (forged, other.id)):
        with pytest.raises(NotOpened):
            actions.for_leaders(database, reader, record)
        with pytest.raises(NotOpened):
            actions.answer(database, reader, record, ANSWER)
    _, token = make_link(database, ada.workspace, "r1", by=ada.person, title="A release alone")
    bare = open_link(database, token)
    assert reflection_of(bare) == ""
    with pytest.raises(NotOpened):
        actions.for_leaders(database, bare, held.kept.id)
    revoke_link(database, ada.workspace, opening.link_id, by=ada.person)
    with pytest.raises(NotOpened, match="closed"):
        actions.for_leaders(database, opening, held.kept.id)
    with pytest.raises(NotOpened, match="closed"):
        actions.answer(database, opening, held.kept.id, ANSWER)


def test_a_promise_comes_back_next_quarter(ada: Here, held: Written, database: Database) -> None:
    opening = opened(ada, held)
    kept = actions.answer(database, opening, held.kept.id, ANSWER)
    assert (kept.author, kept.author_id, kept.content.link_id) == ("", "", opening.link_id)
    assert [r.content.will_do for r in actions.written(ada, held.kept.id).replies] == ["Free an analyst"]
    [point] = carried((k.content for k in actions.points(ada)), "2026-Q4")
    assert (point.promised_by, point.words) == ("Eve", "Free an analyst")
    actions.close_point(ada, actions.points(ada)[0], "Kept in January")
    assert carried((k.content for k in actions.points(ada)), "2026-Q4") == ()
    with pytest.raises(PlainError, match="what you read"):
        actions.answer(database, opening, held.kept.id, replace(ANSWER, read=""))


def test_one_link_does_not_read_what_another_answered(ada: Here, held: Written, database: Database) -> None:
    first, second = opened(ada, held), opened(ada, held)
    actions.answer(database, first, held.kept.id, ANSWER)
    assert len(actions.for_leaders(database, first, held.kept.id).replies) == 1
    assert actions.for_leaders(database, second, held.kept.id).replies == ()


def test_a_program_with_a_link_does_not_flood_the_team(
    ada: Here, held: Written, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from equity.improvement.team import reflections as rules

    monkeypatch.setattr(rules, "MOST_REPLIES", 2)
    opening = opened(ada, held)
    actions.answer(database, opening, held.kept.id, ANSWER)
    actions.answer(database, opening, held.kept.id, ANSWER)
    with pytest.raises(PlainError, match="as many answers"):
        actions.answer(database, opening, held.kept.id, ANSWER)


def test_the_cohort_reads_what_was_chosen_for_it_and_signed(ada: Here, held: Written, database: Database) -> None:
    facilitator = at(database, "Fay", "facilitator")
    assert actions.shared_with_cohort(facilitator) == ()
    actions.share(ada, held.kept.id, "cohort", ("aims.progress",))
    assert actions.shared_with_cohort(facilitator) == (("2026-Q3", (ReflectionPart("aims", progress=SECRET),)),)


def test_who_is_not_of_the_team_writes_nothing(ada: Here, held: Written, database: Database) -> None:
    outside, point = at(database, "Out", "leader"), actions.raise_point(ada, OpenPoint("x"), "2026-Q3")
    tried: tuple[Callable[[], object], ...] = (
        lambda: actions.reflections(outside),
        lambda: actions.begin_reflection(outside, "2026-Q1"),
        lambda: actions.written(outside, held.kept.id),
        lambda: actions.begin_part(outside, held.kept, "focus"),
        lambda: actions.save_part(outside, held.kept, held.parts[0], held.parts[0].content),
        lambda: actions.pin(outside, held.kept, held.pinned[0].content),
        lambda: actions.unpin(outside, held.pinned[0]),
        lambda: actions.sign_off(outside, held.kept.id),
        lambda: actions.share(outside, held.kept.id, "cohort", ()),
        lambda: actions.points(outside),
        lambda: actions.raise_point(outside, OpenPoint("y"), "2026-Q3"),
        lambda: actions.close_point(outside, point, "z"),
        lambda: actions.link_for_leader(outside, held.kept.id, "r1", days=30),
        lambda: actions.open_to_leaders(at(database, "Fay", "facilitator")),
    )
    for action in tried:
        with pytest.raises(NotAllowed):
            action()


def test_reflections_go_out_and_come_back(ada: Here, held: Written, database: Database, tmp_path: Path) -> None:
    actions.answer(database, opened(ada, held), held.kept.id, ANSWER)
    nouns = (REFLECTION, PART, PINNED, POINT, REPLY)
    before = {noun.name: [k.content for k in shelf.listed(database, ada.workspace, noun)] for noun in nouns}
    assert all(before.values())
    export_records(database, ada.workspace, tmp_path, by=ada.person)
    with database.writing() as session:
        for noun in nouns:
            for kept in shelf.listed(database, ada.workspace, noun):
                session.delete(session.get_one(RecordRow, kept.id))
    elsewhere = make_workspace(database, "Elsewhere", by=ada.person).id
    import_records(database, elsewhere, tmp_path, by=ada.person)
    assert {n.name: [k.content for k in shelf.listed(database, elsewhere, n)] for n in nouns} == before
