"""Pages of the work and the network that hold many records: the server's processor time until each is whole.

Processor time, so that what else a machine does stays out of it. The first opening is not counted: it may still read
modules. An evidence pack is made and written as a document in this
process.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.result import Aim, Result
from benchmarks.sessions import processor_seconds
from equity.access.here import Here
from equity.actions.evidence.files import as_file
from equity.actions.evidence.making import make_pack
from equity.actions.network import comparing
from equity.improvement.aims import Aim as TeamsAim
from equity.improvement.cycles import Cycle, CycleQuestion
from equity.improvement.nouns import AIM, CYCLE, PROJECT
from equity.improvement.projects import Project
from equity.improvement.team.history import HistoryEvent
from equity.improvement.team.reflections import OpenPoint
from equity.improvement.team.team_nouns import EVENT, POINT
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.server.sample_data import SAMPLE
from equity.sharing import make_release
from equity.store.records import exchange
from equity.store.records.nouns import Noun
from equity.store.workspace.clock import now
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.ui.network.comparison_parts import MOST_AT_ONCE
from tests.browser.server import Server, running_server
from tests.browser.sessions import connected
from tests.network.test_forty_teams import make_every_comparison, put_forty_rates, put_forty_teams

OPENINGS = 9
PAGE, PACK = Aim("ours", "most", 300), Aim("ours", "most", 10)
PROJECTS, TESTS_EACH = 100, 4


def run() -> list[Result]:
    """The lines of this part's table."""
    with TemporaryDirectory(prefix="benchmark-") as made, running_server(Path(made)) as server:
        os.environ["EQUITY_HOME"] = str(server.home)
        here = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
        plan, policy = Plan(("race",), "year", "none", measures=("Postpartum visit",)), policy_of("cms")
        make_release(here.database, server.home, here.workspace, SAMPLE, plan, policy, by=LOCAL_OWNER)
        lines = []
        for name, size, page, fill in (
            ("Projects", f"{PROJECTS} projects with {PROJECTS * TESTS_EACH} tests", "projects", projects),
            ("History", "500 events", "history", events),
            ("Reflections", "500 open points", "reflections", points),
            ("Our path", "all of these", "our-path", nothing),
            ("Network", "40 teams, 200 pieces, 30 applications", "network", put_forty_teams),
        ):
            fill(here)
            lines.append(_line(name, size, asyncio.run(_openings(server, page))))
        return [*lines, _comparisons(here, server.home), _pack(here, server.home)]


async def _openings(server: Server, page: str) -> list[float]:
    taken = []
    for _ in range(OPENINGS + 1):
        async with connected(server.url, page) as person:
            before = processor_seconds(server.pid)
            await person.open({})
            taken.append(processor_seconds(server.pid) - before)
            if person.shown.faults:
                raise RuntimeError(f"The page {page} shows a fault: {person.shown.faults[0][:300]}")
    return taken[1:]


def _line(name: str, size: str, taken: list[float]) -> Result:
    ours = statistics.median(taken) * 1e3
    return Result(f"{name}: processor time of opening", size, "ms", ours, aims=(PAGE,), rounds=len(taken))


def _comparisons(here: Here, home: Path) -> Result:
    """As many as the page shows at once, and the one more that it asks for."""
    put_forty_rates(here)
    made, taken = make_every_comparison(here, home), []
    for _ in range(OPENINGS):
        begun = time.process_time()
        comparing.comparisons(here, home, MOST_AT_ONCE + 1)
        taken.append((time.process_time() - begun) * 1e3)
    name, size = "Comparisons of the network: processor time of the first", f"{MOST_AT_ONCE} of {made}, 80 teams"
    return Result(name, size, "ms", statistics.median(taken), aims=(PAGE,), rounds=OPENINGS)


def _pack(here: Here, home: Path) -> Result:
    taken = []
    for _ in range(3):
        begun = time.process_time()
        as_file(make_pack(here, home), "docx")
        taken.append(time.process_time() - begun)
    size = "the sample data, all of these"
    return Result(
        "Evidence pack as a document: processor time", size, "s", statistics.median(taken), aims=(PACK,), rounds=3
    )


def _put(here: Here, lines: list[tuple[Noun[object], exchange.Line]], what: str) -> None:
    exchange.put(here.database, here.workspace, lines, by=LOCAL_OWNER, what=what)


def _of(noun: Noun[object], content: object, parent: str = "") -> tuple[Noun[object], exchange.Line]:
    return noun, exchange.line_of(noun, content, parent, by=LOCAL_OWNER, on=now())


def projects(here: Here) -> None:
    """An aim with projects and the tests of each."""
    lines = [_of(AIM, TeamsAim(dataset=SAMPLE, measure="Postpartum visit", by="race"))]
    aim = lines[0][1].id
    for number in range(PROJECTS):
        project = _of(PROJECT, Project(f"Project {number}", "We try it", owner="Rosa", begins="2025-01-06"), aim)
        asked = (CycleQuestion("Do they come?", "8 of 10", "", now().isoformat(), "7 of 10", "in_part"),)
        tests = (Cycle(number=place, questions=asked, stage="closed") for place in range(1, TESTS_EACH + 1))
        lines += [project, *(_of(CYCLE, test, project[1].id) for test in tests)]
    _put(here, lines, "projects")


def events(here: Here) -> None:
    """What happened here, on the line of time."""
    _put(here, [_of(EVENT, _event(number)) for number in range(500)], "events")


def _event(number: int) -> HistoryEvent:
    return HistoryEvent(str(1920 + number % 100), f"What happened, {number}", source="Our archive", placed=True)


def points(here: Here) -> None:
    """What was to be done and is not yet."""
    _put(here, [_of(POINT, OpenPoint(f"To do, {number}", since="2024-Q1")) for number in range(500)], "points")


def nothing(here: Here) -> None:
    """What is there already."""
