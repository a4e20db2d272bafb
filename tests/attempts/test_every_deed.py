"""Every deed in a workspace by every role, and every kind of record of another workspace.

`DEEDS` says what each function of `equity/actions` that is handed a place asks for; one that is not in it fails. Kinds
of record are walked over as they are registered, so a new one falls under the same.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from equity import actions
from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.access.roles import MAY, Action
from equity.actions.nouns import every_noun
from equity.store.records import shelf
from equity.store.records.exchange import export_records
from equity.store.records.shelf import RecordConflict
from equity.store.workspace.database import Database, workspace_database
from equity.store.workspace.people import remember_person
from equity.store.workspace.person import LOCAL_OWNER, ROLES, Person
from equity.store.workspace.tables import RecordRow, RecordVersionRow
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PlainError
from tests.pages.people import ISSUER, join

DEEDS: Mapping[str, Action] = {
    "aims.aims": "see_workspace",
    "aims.begin_aim": "decide",
    "aims.change_aim": "decide",
    "aims.close_aim": "decide",
    "aims.history": "see_workspace",
    "aims.progress_of": "see_workspace",
    "aims.save_draft": "decide",
    "aims.set_aim": "decide",
    "call_opening.lead_key": "lead_call",
    "call_opening.open_again": "lead_call",
    "call_opening.open_call": "lead_call",
    "focus.begin_again": "decide",
    "focus.choose": "decide",
    "focus.compared": "see_workspace",
    "focus.current_focus": "see_workspace",
    "focus.decisions": "see_workspace",
    "focus.move_decision": "decide",
    "focus.open_decision": "decide",
    "focus.save_decision": "decide",
    "focus.save_weights": "decide",
    "focus.weighed": "see_workspace",
    "live_calls.own_call": "see_workspace",
    "practice_call.open_practice": "lead_call",
}
"""What each deed asks for."""
SECRET = "Only they may read this"


def deeds() -> dict[str, Callable[..., object]]:
    """The functions of `equity/actions` that are handed a place first, by module and name."""
    found: dict[str, Callable[..., object]] = {}
    for module in pkgutil.iter_modules(actions.__path__):
        there = importlib.import_module(f"equity.actions.{module.name}")
        for name, function in inspect.getmembers(there, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters.values()), None)
            own = function.__module__ == there.__name__ and not name.startswith("_")
            if own and first is not None and first.annotation == "Here":
                found[f"{module.name}.{name}"] = function
    return found


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Person]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(tmp_path_factory.mktemp("deeds")))
        database = workspace_database()
        found = {role: join(database, role) for role in ROLES}
        found["rival"] = remember_person(database, ISSUER, "rival", name="rival", email="rival@example.org")
        make_workspace(database, "Across the street", by=found["rival"])
        yield found


def test_every_deed_says_what_it_asks_for() -> None:
    assert set(deeds()) == set(DEEDS)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_is_refused_to_every_role_that_may_not(people: Mapping[str, Person], deed: str) -> None:
    """Handed nothing that it could do it with: who may hears about that, who may not hears that first."""
    database, refused = workspace_database(), set()
    for who, person in people.items():
        place, words = Here(database, HOME_WORKSPACE, person), inspect.signature(deeds()[deed]).parameters
        handed = list(words.values())[1:]
        arguments: list[Any] = ["never was" if each.annotation == "str" else MagicMock() for each in handed]
        try:
            deeds()[deed](place, *arguments)
        except NotAllowed:
            refused.add(who)
        except Exception:
            continue
    if deed == "live_calls.own_call":  # no such call, for anybody
        assert refused == set(people)
        return
    assert refused == {who for who in people if who == "rival" or who not in MAY[DEEDS[deed]]}


@pytest.fixture(scope="module")
def theirs(people: Mapping[str, Person]) -> tuple[Database, str]:
    """A record of every kind in another workspace, with what it was before."""
    database = workspace_database()
    across = make_workspace(database, "Next door", by=people["rival"]).id
    moment, more = dt.datetime.now(dt.UTC), {"author": "rival", "author_id": people["rival"].id}
    with database.writing() as session:
        for noun in every_noun():
            row = RecordRow(
                id=f"theirs-{noun.name}",
                workspace_id=across,
                noun=noun.name,
                parent="theirs",
                content=f'"{SECRET}"',
                readers="network",
                version=1,
                created=moment,
                edited=moment,
                edited_by="rival",
                edited_by_id=people["rival"].id,
                **more,
            )
            session.add(row)
            session.flush()
            session.add(
                RecordVersionRow(record_id=row.id, version=1, content=row.content, edited_by="rival", edited=moment)
            )
    return database, across


@pytest.mark.parametrize("name", [noun.name for noun in every_noun()])
def test_a_record_of_another_workspace_is_not_there(theirs: tuple[Database, str], name: str) -> None:
    """Its content is of no kind, so that reading it at all would be another sentence."""
    database, across = theirs
    noun, record, by = every_noun().named(name), f"theirs-{name}", LOCAL_OWNER
    assert shelf.listed(database, HOME_WORKSPACE, noun) == ()
    assert shelf.listed(database, HOME_WORKSPACE, noun, parent="theirs") == ()
    assert shelf.earlier(database, HOME_WORKSPACE, noun, record) == ()
    tries: tuple[Callable[[], object], ...] = (
        lambda: shelf.one(database, HOME_WORKSPACE, noun, record),
        lambda: shelf.bring_back(database, HOME_WORKSPACE, noun, record, by=by),
        lambda: shelf.withdraw(database, HOME_WORKSPACE, noun, record, seen_version=1, by=by),
        lambda: shelf.edit(database, HOME_WORKSPACE, noun, record, "ours now", seen_version=1, by=by),
    )
    for number, attempt in enumerate(tries):
        with pytest.raises(PlainError) as refused:
            attempt()
        assert "another form" not in str(refused.value), number
        assert SECRET not in str(refused.value)
        if isinstance(refused.value, RecordConflict):
            assert refused.value.theirs_kept is None
    with database.reading() as session:
        row = session.get_one(RecordRow, record)
        assert (row.workspace_id, row.version, row.withdrawn, row.content) == (across, 1, None, f'"{SECRET}"')


def test_what_one_workspace_takes_away_holds_nothing_of_another(theirs: tuple[Database, str], tmp_path: Path) -> None:
    database, _across = theirs
    export_records(database, HOME_WORKSPACE, tmp_path / "ours", by=LOCAL_OWNER)
    files = list((tmp_path / "ours").iterdir())
    assert len(files) >= len(list(every_noun()))
    assert not [
        file.name for file in files if SECRET in file.read_text("utf-8") or "theirs-" in file.read_text("utf-8")
    ]
