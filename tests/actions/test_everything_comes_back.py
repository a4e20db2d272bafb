"""What a workspace wrote, of every kind that there is, goes out as files and is the same in an empty home."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equity.access.here import Here
from equity.actions.nouns import every_noun
from equity.actions.sample import sample_team
from equity.actions.work import aims, cycles, focus, projects, reflections
from equity.actions.work.path import our_path
from equity.cube import Cube
from equity.improvement.team.reflections import LeaderReply, OpenPoint
from equity.store.records import shelf
from equity.store.records.exchange import export_records, import_records
from equity.store.records.nouns import Noun
from equity.store.workspace.database import Database, open_database, sqlite_url
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=32)


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[tuple[Here, Here, Path]]:
    """A home, an empty one, and a folder between them."""
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made.append(open_database(sqlite_url(tmp_path / name / "workspace.db"), tmp_path / name))
    yield Here(made[0], HOME_WORKSPACE, LOCAL_OWNER), Here(made[1], HOME_WORKSPACE, LOCAL_OWNER), tmp_path / "out"
    for database in made:
        database.close()


def held(database: Database, noun: Noun[Any]) -> list[object]:
    """The records of a noun with all that is kept of each, and each one's history."""
    return [
        (kept, shelf.earlier(database, HOME_WORKSPACE, noun, kept.id))
        for records_of in (shelf.listed, shelf.withdrawn)
        for kept in records_of(database, HOME_WORKSPACE, noun)
    ]


def sent(one: Here, two: Here, folder: Path) -> None:
    export_records(one.database, one.workspace, folder, by=LOCAL_OWNER)
    import_records(two.database, two.workspace, folder, by=LOCAL_OWNER)


DAYS = {"begins", "ends", "day", "next_date", "closed", "approved", "joined", "left", "signed", "valid_until"}
TIMES = dict.fromkeys(DAYS | {"began", "as_of", "date", "look_again"}, "2026-07-01")
TIMES |= dict.fromkeys(("quarter", "since", "period", "by_when"), "2026-Q3")


def in_time(content: Any) -> Any:
    """The same with days and quarters where a text has to be one."""
    if isinstance(content, tuple | list):
        return type(content)(in_time(each) for each in content)
    if not dataclasses.is_dataclass(content) or isinstance(content, type):
        return content
    held = {field.name: getattr(content, field.name) for field in dataclasses.fields(content)}
    times = {name: TIMES[name] for name, value in held.items() if name in TIMES and isinstance(value, str)}
    if isinstance(content, LeaderReply | OpenPoint):
        times["by_when"] = TIMES["day"]  # there a day, elsewhere a period
    return dataclasses.replace(content, **{name: in_time(value) for name, value in held.items()} | times)


def content_of(noun: Noun[Any]) -> st.SearchStrategy[Any]:
    """Any content of a noun that can be written as JSON and read back, and that a page could show."""

    def kept(content: Any) -> bool:
        return bool(noun.read(noun.written(content)) == content)

    return st.from_type(noun.holds).map(in_time).filter(kept)


@pytest.fixture(scope="module", autouse=True)
def plain_texts() -> Iterator[None]:
    """Texts and numbers as people write them: no half characters, no number that JSON has no word for."""
    st.register_type_strategy(str, TEXTS)
    st.register_type_strategy(float, NUMBERS)
    yield
    st.register_type_strategy(str, st.text())
    st.register_type_strategy(float, st.floats())


def test_every_kind_of_record_comes_back_with_its_history(homes: tuple[Here, Here, Path]) -> None:
    one, two, folder = homes

    @given(st.data())
    @settings(max_examples=1, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    def written(data: st.DataObject) -> None:
        for noun in every_noun():
            place = (one.database, one.workspace, noun)
            first, second = data.draw(content_of(noun)), data.draw(content_of(noun))
            kept = shelf.add(*place, first, by=LOCAL_OWNER, parent="p" * 32, readers="leaders")
            shelf.edit(*place, kept.id, second, seen_version=1, by=None)
            gone = shelf.add(*place, first, by=None)
            shelf.withdraw(*place, gone.id, seen_version=1, by=LOCAL_OWNER)

    written()
    sent(one, two, folder)
    for noun in every_noun():
        assert len(held(one.database, noun)) == 2, noun.name
        assert held(two.database, noun) == held(one.database, noun), noun.name


def test_a_teams_pages_read_the_same_afterwards(homes: tuple[Here, Here, Path], sample_cube: Cube) -> None:
    """What the pages Our path, Focus, Aims, Projects and Reflections are drawn from."""
    one, two, folder = homes
    sample_team.put_at_first(one.database, one.workspace, sample_cube)
    sent(one, two, folder)
    assert our_path(two, folder) == our_path(one, folder)
    [decision] = focus.decisions(one)
    assert focus.decisions(two) == (decision,)
    assert focus.weighed(two, decision) == focus.weighed(one, decision)
    assert aims.aims(two) == aims.aims(one)
    portfolio = projects.all_projects(one)
    assert projects.all_projects(two) == portfolio
    for row in portfolio.rows:
        assert cycles.cycles(two, row.id) == cycles.cycles(one, row.id)
    for kept in reflections.reflections(one):
        assert dataclasses.asdict(reflections.written(two, kept.id)) == dataclasses.asdict(
            reflections.written(one, kept.id)
        )
    assert reflections.points(two) == reflections.points(one)
