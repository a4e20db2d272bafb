"""A process that is killed in the middle of an action between two workspaces: there is all of it, or nothing."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.actions.network import membership, packaging, sharing
from equity.actions.network.places import belongings
from equity.actions.network.told import Wish
from equity.actions.work import aims, projects
from equity.improvement.aims import Aim
from equity.improvement.projects import Project
from equity.network.nouns import MEMBER, SHARE, SHARED_PIECE
from equity.store.records import exchange, shelf
from equity.store.workspace.database import open_database, sqlite_url
from equity.store.workspace.person import LOCAL_OWNER
from tests.network.servers import Server, begin, server

FORK = multiprocessing.get_context("fork")
MOST_STEPS = 20


def killed_after(steps: int, home: Path, workspace: str, action: Callable[[Here], object]) -> None:
    """Do an action on a store of one's own, and be killed when so many records were written."""
    written, changed = 0, shelf._log

    def counted(*arguments: object) -> None:
        nonlocal written
        changed(*arguments)  # type: ignore[arg-type]
        written += 1
        if written == steps:
            os.kill(os.getpid(), signal.SIGKILL)

    shelf._log = counted  # type: ignore[assignment]
    action(Here(open_database(sqlite_url(home / "workspace.db"), home), workspace, LOCAL_OWNER))
    os._exit(0)  # what the test around has open is not this process's to close


def state(on: Server, *workspaces: str) -> list[object]:
    """Every record that the network has of these workspaces."""
    return [
        (noun.name, kept.id, kept.version, kept.content)
        for workspace in workspaces
        for noun in (*exchange.NOUNS,)
        for kept in shelf.listed(on.database, workspace, noun)
    ]


def killed_at_every_step(on: Server, here: Here, action: Callable[[Here], object], *spaces: str) -> int:
    """Kill the action after each of its steps, then let it end; how many steps it had."""
    before = state(on, *spaces)
    for steps in range(1, MOST_STEPS):
        doing = FORK.Process(target=killed_after, args=(steps, on.home, here.workspace, action))
        doing.start()
        doing.join()
        if doing.exitcode == 0:
            assert state(on, *spaces) != before
            return steps - 1
        assert doing.exitcode == -signal.SIGKILL
        assert state(on, *spaces) == before, f"half of it is there after {steps} steps"
    raise AssertionError("it never ended")


@pytest.fixture
def cohort(tmp_path: Path) -> tuple[Server, Here]:
    on = server(tmp_path / "ours")
    return on, begin(on)[0]


def with_project(team: Here, title: str) -> str:
    aim = aims.begin_aim(team, Aim())
    return projects.begin_project(team, aim.id, Project(title)).id


def test_a_package_is_taken_in_whole_or_not_at_all(cohort: tuple[Server, Here], tmp_path: Path) -> None:
    on, space = cohort
    theirs = server(tmp_path / "theirs")
    team = theirs.workspace("Cedar")
    number = packaging.led_place(space).cohort.id
    at = membership.join_elsewhere(team, number, "Cohort")
    membership.trust_key(space, "Cedar", packaging.own_fingerprint(team, theirs.home))
    first = with_project(team, "Calls")
    shared = sharing.share(team, theirs.home, at, Wish("project", first))
    package = packaging.export_package(team, theirs.home, at.id)
    assert killed_at_every_step(on, space, lambda here: packaging.import_package(here, package), space.workspace) == 2
    sharing.share(team, theirs.home, at, Wish("project", with_project(team, "Rides")))
    sharing.take_back(team, at, shared)
    package = packaging.export_package(team, theirs.home, at.id)
    assert killed_at_every_step(on, space, lambda here: packaging.import_package(here, package), space.workspace) == 3
    titles = [kept.content.title for kept in shelf.listed(on.database, space.workspace, SHARED_PIECE)]
    assert titles == ["Rides"]


def test_joining_sharing_taking_back_and_leaving_are_whole_on_both_sides(cohort: tuple[Server, Here]) -> None:
    on, space = cohort
    team = on.workspace("Mill")
    both = (space.workspace, team.workspace)
    _, code = membership.invite_team(space, "Mill")
    assert killed_at_every_step(on, team, lambda here: membership.join_cohort(here, code), *both) == 2
    [at] = belongings(team)
    wish = Wish("project", with_project(team, "Calls"))
    assert killed_at_every_step(on, team, lambda here: sharing.share(here, on.home, at, wish), *both) == 2
    [first] = sharing.shares(team, at)
    assert killed_at_every_step(on, team, lambda here: sharing.take_back(here, at, first), *both) == 2
    assert killed_at_every_step(on, team, lambda here: membership.leave(here, at), *both) == 2
    assert shelf.listed(on.database, team.workspace, SHARE) == ()
    assert [kept.content.is_in for kept in shelf.listed(on.database, space.workspace, MEMBER)] == [False]
