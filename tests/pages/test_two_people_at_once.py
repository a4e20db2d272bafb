"""Two people write in the same aim, test of change and reflection at once: the second sees both texts, none is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.actions.work import aims, cycles, projects, reflections
from equity.improvement import nouns
from equity.improvement.aims import Aim
from equity.improvement.cycles import Cycle
from equity.improvement.projects import Project
from equity.improvement.team import team_nouns
from equity.server.sample_data import SAMPLE
from equity.store.records import shelf
from equity.store.records.nouns import Noun
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.words.work import records as words
from equity.words.work import reflections as reflection_words
from tests.pages.opened import Open, html_of
from tests.pages.test_focus import press
from tests.pages.test_history import write

OURS = (nouns.AIM, nouns.PROJECT, nouns.CYCLE, team_nouns.REFLECTION, team_nouns.PART)
ONE, OTHER = "at the North clinic", "at the South clinic"


@dataclass(frozen=True)
class Edited:
    """A record that stands open on a page: the page, its address, the field, and what the record says in it."""

    page: str
    address: dict[str, str]
    field: str
    says: Callable[[], str]


@pytest.fixture
def here(home: Path) -> Iterator[Here]:
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    yield place
    for noun in OURS:
        withdraw_all(place, noun)


def withdraw_all(place: Here, noun: Noun[object]) -> None:
    for kept in shelf.listed(place.database, place.workspace, noun):
        shelf.withdraw(place.database, place.workspace, noun, kept.id, seen_version=kept.version, by=place.person)


def an_aim(here: Here) -> Edited:
    aims.begin_aim(here, Aim(dataset=SAMPLE))
    return Edited("aims", {}, "Where", lambda: aims.aims(here)[0].content.where)


def a_test(here: Here) -> Edited:
    aim = aims.begin_aim(here, Aim(dataset=SAMPLE))
    project = projects.begin_project(here, aim.id, Project("Calls"))
    cycles.begin_cycle(here, project.id, Cycle())
    says = lambda: cycles.cycles(here, project.id)[0].content.where  # noqa: E731
    return Edited("projects", {"project": project.id}, "Where it is tried", says)


def a_reflection(here: Here) -> Edited:
    kept = reflections.begin_reflection(here, "2026-Q3")
    reflections.begin_part(here, kept, "history")
    field = reflection_words.PIECE_NAMES["progress"]
    return Edited("reflections", {}, field, lambda: reflections.written(here, kept.id).parts[0].content.progress)


@pytest.mark.parametrize("made", [an_aim, a_test, a_reflection])
def test_the_second_sees_both_texts(open_page: Open, here: Here, made: Callable[[Here], Edited]) -> None:
    edited = made(here)
    first, second = (open_page(edited.page, **edited.address) for _ in range(2))
    write(first, edited.field, ONE)
    assert edited.says() == ONE
    second = write(second, edited.field, OTHER)
    text = html_of(second)
    assert not second.exception
    assert edited.says() == ONE
    assert words.THEIRS in text
    assert words.YOURS in text
    assert ONE in text.partition(words.THEIRS)[2]
    assert OTHER in text.partition(words.YOURS)[2]
    second = press(second, words.MINE_OVER)
    assert edited.says() == OTHER
    assert words.THEIRS not in html_of(second)
