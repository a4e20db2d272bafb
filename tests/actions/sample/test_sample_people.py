"""The made-up team itself: whole by the rules that a team has, and told as made up wherever it speaks."""

from __future__ import annotations

from itertools import combinations

import pytest

from equity.access.here import Here
from equity.actions.sample import sample_team
from equity.actions.work import history, reflections, team
from equity.cube import Cube
from equity.improvement.team import letters as letter_rules
from equity.improvement.team.history import placed
from equity.improvement.team.reflections import PIECES, OpenPoint, carried
from equity.improvement.team.team import TeamPerson, composition
from equity.improvement.team.team_nouns import PART, POINT, REPLY
from equity.store.records import shelf
from equity.store.workspace.database import Database
from tests.actions.work.test_focus import at
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]


@pytest.fixture
def ada(database: Database, sample_cube: Cube) -> Here:
    here = at(database, "Ada")
    sample_team.fill(here, sample_cube)
    return here


def test_it_stands_by_the_rules_that_a_team_has(ada: Here) -> None:
    found = composition(kept.content for kept in team.people(ada))
    assert (found.counted, found.missing_lenses, found.missing_places) == (
        5,
        ("data",),
        (),
    )  # since Priya left; it is asked for
    first, second = (kept.content for kept in team.letters(ada))
    assert letter_rules.not_promised(first) == ("naming",)
    assert letter_rules.not_promised(second) == ()
    for kept in history.events(ada):
        assert placed(kept.content, kept.created.date()) == kept.content
    assert all(kept.content.is_approved for kept in history.statements(ada))
    groups = [group for kept in team.rounds(ada) for group in kept.content.groups]
    drawn = [frozenset(pair) for group in groups for pair in combinations(group, 2)]
    assert len(drawn) == len(set(drawn)) == 10  # five people: everybody has met everybody, and nobody twice


def test_its_promises_came_back_and_its_reflections_are_signed(ada: Here) -> None:
    held = [reflections.written(ada, kept.id) for kept in reflections.reflections(ada)]
    assert [each.kept.content.quarter for each in held] == ["2024-Q3", "2024-Q2", "2024-Q1", "2023-Q4"]
    assert all(each.is_signed and each.replies for each in held)
    found = carried((kept.content for kept in reflections.points(ada)), "2024-Q4")
    assert [point.promised_by for point in found].count("Dr. Marta Klein (made up)") == 2
    assert any(not point.promised_by for point in found)


def test_it_goes_with_one_action_and_what_others_wrote_stays(ada: Here, database: Database) -> None:
    mine = team.add_person(ada, TeamPerson("Ada"))
    by_link = shelf.add(database, ada.workspace, POINT, OpenPoint("Free an analyst", since="2024-Q4"), by=None)
    sample_team.remove(ada)
    assert (team.people(ada), [kept.id for kept in reflections.points(ada)]) == ((mine,), [by_link.id])
    assert (team.letters(ada), team.rounds(ada), history.events(ada), history.statements(ada)) == ((), (), (), ())
    assert reflections.reflections(ada) == ()
    for noun in (PART, REPLY):
        assert shelf.listed(database, ada.workspace, noun) == ()


def test_whatever_it_says_says_that_it_is_made_up(ada: Here) -> None:
    said = [kept.content.name for kept in team.people(ada)]
    said += [kept.content.text for kept in team.letters(ada)]
    said += [kept.content.happened for kept in history.events(ada)]
    said += [kept.content.title for kept in history.statements(ada)]
    said += [kept.content.promised_by or kept.content.words for kept in reflections.points(ada)]
    for kept in reflections.reflections(ada):
        seen = reflections.written(ada, kept.id)
        said += [text for part in seen.parts for piece in PIECES if (text := getattr(part.content, piece))]
        said += [reply.content.name for reply in seen.replies]
        said += [each.name for each in kept.content.signed]
    assert [text for text in said if "made up" not in text.lower()] == []
    assert {kept.author for kept in team.people(ada)} == {sample_team.TEAM.name}
