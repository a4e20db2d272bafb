"""Every action in a workspace by every role, and every kind of record of another workspace.

The actions are the functions of `equity/actions` that are handed a place; what each asks for is read from its code, and
held against what happens when each role tries. Kinds of record are walked over as they are registered. So a new
action or a new kind falls under the same by itself.
"""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from equity import actions
from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.access.roles import MAY, roles_that_may
from equity.actions.nouns import every_noun
from equity.store.records import shelf
from equity.store.records.exchange import export_records
from equity.store.records.kept import RecordConflict
from equity.store.workspace.database import Database, workspace_database
from equity.store.workspace.people import remember_person
from equity.store.workspace.person import LOCAL_OWNER, ROLES, Person
from equity.store.workspace.tables import RecordRow, RecordVersionRow
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PlainError
from tests.pages.people import ISSUER, join

SECRET = "Only they may read this"


Function = Callable[..., Any]
CHANGES = {"add", "add_within", "edit", "withdraw", "bring_back", "open_call", "key_for", "admit"}
"""What changes something, by its name: an action that comes to one of these asks for more than to look."""


@cache
def functions() -> dict[str, Function]:
    """Every function of `equity/actions`, by module and name."""
    found: dict[str, Function] = {}
    for module in pkgutil.walk_packages(actions.__path__, "equity.actions."):
        there = importlib.import_module(module.name)
        room = module.name.removeprefix("equity.actions.")
        for name, function in inspect.getmembers(there, inspect.isfunction):
            if function.__module__ == there.__name__:
                found[f"{room}.{name}"] = function
    return found


@cache
def every_action() -> dict[str, Function]:
    """The functions that are handed a place first."""
    found = {}
    for name, function in functions().items():
        first = next(iter(inspect.signature(function).parameters.values()), None)
        if first is not None and first.annotation == "Here" and not name.rpartition(".")[2].startswith("_"):
            found[name] = function
    return found


@cache
def called_by(name: str) -> tuple[tuple[str, str], ...]:
    """What a function calls, in order: each by its last name, and the last text that it is handed."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(functions()[name])))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    calls.sort(key=lambda call: (call.end_lineno, call.end_col_offset))
    found = []
    for call in calls:
        texts = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        room, _, last = ast.unparse(call.func).rpartition(".")
        is_of_a_list = last in ("add", "append") and room != "shelf"
        found.append((f"{room}.{last}" if is_of_a_list else last, texts[-1] if texts else ""))
    return tuple(found)


def comes_to(name: str, seen: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """What a function calls itself or by another function of its own room, in order."""
    found: list[tuple[str, str]] = []
    for called, text in called_by(name):
        further = [each for each in functions() if each.endswith(f".{called}") and each not in seen]
        own = [each for each in further if each.rpartition(".")[0] == name.rpartition(".")[0]] or further
        if called in ("require", "require_open") or not own:
            found.append((called, text))
        else:
            found += comes_to(own[0], seen | {name})
    return found


def asks(name: str) -> list[str]:
    """What an action asks for, in order."""
    asked = [text if called == "require" else "see_workspace" for called, text in comes_to(name) if "require" in called]
    return [action for action in asked if action]


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Person]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(tmp_path_factory.mktemp("actions")))
        database = workspace_database()
        found = {role: join(database, role) for role in ROLES}
        found["rival"] = remember_person(database, ISSUER, "rival", name="rival", email="rival@example.org")
        make_workspace(database, "Across the street", by=found["rival"])
        yield found


def test_there_are_actions_and_what_they_ask_for_is_found() -> None:
    assert len(every_action()) > 20
    assert asks("work.aims.begin_aim") == ["decide"]
    assert asks("work.focus.move_decision") == ["see_workspace", "decide"]
    assert asks("calls.live_calls.own_call") == ["see_workspace"]


@pytest.mark.parametrize("action", every_action())
def test_an_action_asks_and_one_that_changes_something_asks_for_that(action: str) -> None:
    assert asks(action), "it asks for nothing"
    assert set(asks(action)) <= set(MAY)
    if {called for called, _ in comes_to(action)} & CHANGES:
        assert set(asks(action)) - {"see_workspace"}


@pytest.mark.parametrize("action", every_action())
def test_an_action_is_refused_to_every_role_that_may_not(people: Mapping[str, Person], action: str) -> None:
    """Handed nothing that it could do it with: who may hears about that, who may not hears that first."""
    database, refused = workspace_database(), set()
    for who, person in people.items():
        place, words = Here(database, HOME_WORKSPACE, person), inspect.signature(every_action()[action]).parameters
        handed = list(words.values())[1:]
        arguments: list[Any] = ["never was" if each.annotation == "str" else MagicMock() for each in handed]
        keywords = {each.name: a for each, a in zip(handed, arguments, strict=True) if each.kind == each.KEYWORD_ONLY}
        others = [a for each, a in zip(handed, arguments, strict=True) if each.kind != each.KEYWORD_ONLY]
        try:
            every_action()[action](place, *others, **keywords)
        except NotAllowed:
            refused.add(who)
        except Exception:
            continue
    if action == "calls.live_calls.own_call":  # no such call, for anybody
        assert refused == set(people)
        return
    assert refused == {who for who in people if who == "rival" or who not in roles_that_may(asks(action)[0])}


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
