"""Choosing a focus through the store: weights stay private until the reveal, in lists, exports and the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions.work import focus as actions
from equity.cube import Cube
from equity.focus.candidates import GapCandidate
from equity.focus.nouns import WEIGHTS
from equity.focus.room import Choice, Criterion, FocusRoom, OwnWeights
from equity.store.records import shelf
from equity.store.records.exchange import export_records, import_records
from equity.store.records.kept import RecordConflict
from equity.store.workspace import audit_log
from equity.store.workspace.database import Database, open_database, sqlite_url
from equity.store.workspace.people import accept_invitation, invite
from equity.store.workspace.person import LOCAL_OWNER, Role
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError
from equity.vocabulary.lenses import TEAM
from tests.workspace_stores import database, postgresql_server, somebody, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]

AREAS = ("Diabetes", "Hypertension", "Maternal health")
ROOM = FocusRoom(
    "What to work on",
    "Sample",
    1,
    "2024",
    areas=AREAS,
    criteria=(Criterion("feasibility", "Out of our hands", "Ours to change"),),
    ratings={area: {"feasibility": 5.0 + place} for place, area in enumerate(AREAS)},
)


def at(database: Database, name: str, role: Role = "member") -> Here:
    person = somebody(database, name)
    _, token = invite(database, HOME_WORKSPACE, person.email, role, by=LOCAL_OWNER)
    accept_invitation(database, token, by=person)
    return Here(database, HOME_WORKSPACE, person)


@pytest.fixture
def people(database: Database) -> Iterator[tuple[Here, ...]]:
    yield tuple(at(database, name) for name in ("Ada", "Ben", "Cem", "Dee", "Eve"))


def points(first: float, lens: str = "data") -> OwnWeights:
    return OwnWeights(lens, {"burden": first, "feasibility": 100.0 - first}, finished=True)


def test_nobody_sees_anothers_weights_before_the_reveal(people: tuple[Here, ...], tmp_path: Path) -> None:
    ada = people[0]
    room = actions.move_decision(ada, actions.open_decision(ada, ROOM), "weighing")
    for place, here in enumerate(people):
        actions.save_weights(here, room, points(11.25 + place))
    for place, here in enumerate(people):
        seen = actions.weighed(here, room)
        assert (seen.finished, seen.all) == (5, ())
        assert seen.own is not None
        assert seen.own.content == points(11.25 + place)
    export_records(ada.database, ada.workspace, tmp_path, by=ada.person)
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.suffix == ".jsonl")
    logged = str([(e.subject, dict(e.details)) for e in audit_log.entries(ada.database, ada.workspace)])
    for place in range(5):
        assert str(11.25 + place) not in written.decode() + logged
    room = actions.move_decision(ada, room, "revealed")
    assert len(actions.weighed(people[3], room).all) == 5
    with pytest.raises(PlainError, match="Weighing is over"):
        actions.save_weights(people[1], room, points(90.0))


def test_weights_can_be_changed_until_the_reveal_and_once_after_it(people: tuple[Here, ...]) -> None:
    ada, ben, *_ = people
    room = actions.move_decision(ada, actions.open_decision(ada, ROOM), "weighing")
    actions.save_weights(ada, room, points(20.0))
    actions.save_weights(ada, room, points(30.0))
    actions.save_weights(ben, room, OwnWeights("care", {"burden": 3.0}))
    assert actions.weighed(ada, room).finished == 1
    room = actions.move_decision(ada, room, "revealed")
    assert actions.weighed(ben, room).all == (points(30.0, TEAM),)
    room = actions.move_decision(ben, room, "revising")
    assert actions.weighed(ben, room).all == ()
    actions.save_weights(ada, room, points(40.0))
    room = actions.move_decision(ben, room, "settled")
    assert actions.weighed(ben, room).all == (points(40.0, TEAM),)


def test_what_was_revealed_opens_as_it_was_in_another_home(people: tuple[Here, ...], tmp_path: Path) -> None:
    """Everybody's points go out with the decision once all may see them: no names, a lens of one as the team."""
    ada = people[0]
    room = actions.move_decision(ada, actions.open_decision(ada, ROOM), "weighing")
    for place, (here, lens) in enumerate(zip(people, ("data", "equity", "care", "care", "data"), strict=True)):
        actions.save_weights(here, room, points(50.5 - place, lens))
    room = actions.move_decision(ada, room, "revealed")
    export_records(ada.database, ada.workspace, tmp_path / "out", by=ada.person)
    (tmp_path / "home").mkdir()
    elsewhere = open_database(sqlite_url(tmp_path / "home" / "workspace.db"), tmp_path / "home")
    there = Here(elsewhere, HOME_WORKSPACE, LOCAL_OWNER)
    import_records(elsewhere, there.workspace, tmp_path / "out", by=LOCAL_OWNER)
    [kept] = actions.decisions(there)
    assert actions.weighed(there, kept).all == actions.weighed(ada, room).all
    assert [(own.lens, own.points["burden"]) for own in actions.weighed(there, kept).all] == [
        ("care", 47.5),
        ("care", 48.5),
        ("data", 46.5),
        ("data", 50.5),
        (TEAM, 49.5),
    ]
    again = actions.begin_again(there, kept, 2)
    assert again.content.revealed == ()
    elsewhere.close()


def test_the_choice_is_the_workspaces_focus_and_the_old_one_stays(people: tuple[Here, ...], sample_cube: Cube) -> None:
    ada = people[0]
    room = actions.move_decision(ada, actions.open_decision(ada, ROOM), "weighing")
    actions.save_weights(ada, room, points(0.0))
    room = actions.move_decision(ada, room, "revealed")
    answer = actions.compared(ada, room, sample_cube)
    assert (answer.people, tuple(answer.rows["area"])) == (1, tuple(g.area for g in answer.gaps))
    assert answer.rows.set_index("area").loc["Maternal health", "first"] == 1.0
    assert actions.current_focus(ada) is None
    room = actions.choose(
        ada, room, Choice("Maternal health", "We can", "Ben: diabetes", "All", "2027-06-01"), "as said"
    )
    held = actions.current_focus(ada)
    assert held is not None
    assert held.content.choice is not None
    assert (held.content.choice.area, held.content.said) == ("Maternal health", "as said")
    again = actions.begin_again(ada, held, 2)
    assert (again.content.stage, again.content.version, again.content.choice) == ("preparing", 2, None)
    assert actions.current_focus(ada) == held
    assert [kept.id for kept in actions.decisions(ada)] == [again.id, held.id]


def test_two_who_prepare_at_once_are_both_kept(people: tuple[Here, ...]) -> None:
    ada, ben, *_ = people
    kept = actions.open_decision(ada, ROOM)
    actions.save_decision(ada, kept, ROOM)
    with pytest.raises(RecordConflict) as told:
        actions.save_decision(ben, kept, FocusRoom("Mine", "Sample", 1))
    assert told.value.yours_content == FocusRoom("Mine", "Sample", 1)


@pytest.mark.parametrize("role", ["leader", "facilitator"])
def test_who_is_not_of_the_team_sees_and_does_nothing(database: Database, people: tuple[Here, ...], role: Role) -> None:
    kept = actions.move_decision(people[0], actions.open_decision(people[0], ROOM), "weighing")
    outside = at(database, "Out", role)
    for action in (
        lambda: actions.decisions(outside),
        lambda: actions.open_decision(outside, ROOM),
        lambda: actions.save_decision(outside, kept, ROOM),
        lambda: actions.weighed(outside, kept),
        lambda: actions.save_weights(outside, kept, points(10.0)),
        lambda: actions.move_decision(outside, kept, "revealed"),
    ):
        with pytest.raises(NotAllowed):
            action()
    assert shelf.listed(database, HOME_WORKSPACE, WEIGHTS) == ()


def test_what_is_considered_goes_into_the_decision_that_is_prepared(people: tuple[Here, ...]) -> None:
    ada, ben, *_ = people
    gap = GapCandidate("Postpartum visit", "race", "Black or African American")
    begun = actions.consider(ada, "Sample", 1, "2024", gap)
    with pytest.raises(PlainError, match="stands alone"):
        actions.move_decision(ada, begun, "weighing")
    with pytest.raises(PlainError, match="already"):
        actions.consider(ben, "Sample", 1, "2024", gap)
    both = actions.consider(ben, "Sample", 1, "2024", "Diabetes")
    assert (both.id, both.content.gaps, both.content.areas) == (begun.id, (gap,), ("Diabetes",))
    assert actions.consider(ben, "Another", 1, "", "Diabetes").id != begun.id
    actions.move_decision(ada, both, "weighing")
    with pytest.raises(PlainError, match="being weighed already"):
        actions.consider(ben, "Sample", 1, "2024", "Hypertension")
