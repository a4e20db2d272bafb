"""Fifty people at once, beside the same fifty on a bare two-chart app, each on a server process of its own.

A person is a session on Streamlit's websocket (tests/browser/sessions.py) that changes a choice every two seconds. The
seconds run from the request until the server says that the page is whole. Ours and the peer's are loaded in turn, so
that a machine that slows down slows both. Both servers run with this checkout's configuration.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pairs import of_pairs
from benchmarks.result import Aim, Result, beside
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.server.sample_data import SAMPLE
from equity.sharing import make_release
from equity.store.workspace.database import open_database, sqlite_url
from equity.store.workspace.links import make_link
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.browser.memory import resident_megabytes
from tests.browser.server import running_app, running_server
from tests.browser.sessions import Session, connected

PEOPLE, EVERY_SECONDS = 50, 2.0
ROUNDS, ROUND_SECONDS = 3, 8.0
LINK_ROUNDS = 3
SITTINGS, SITTING_PEOPLE, SITTING_CHANGES = 10, 10, 10  # a hundred sessions, a thousand changes
CHANGE = Aim("ours", "most", 25)
BESIDE_BARE = Aim("ratio", "most", 1.2)
NEW_CHANGE, NEW_SLOW = Aim("ours", "most", 40), Aim("ours", "most", 100)
LINK = Aim("ours", "most", 1)
FLAT = Aim("ratio", "most", 1.1)
BARE = "bare two-chart app"
AGAIN, ANEW = ("measure",), ("measure", "period", "reference")


@dataclass(frozen=True)
class Place:
    """A server under load: where it listens, its process, and the page that people look at there."""

    url: str
    pid: int
    page: str


@dataclass(frozen=True)
class Loaded:
    """A round of load: seconds of each change, and the server's processor seconds a change."""

    changes: list[float]
    processor: float


def run() -> list[Result]:
    """The lines of this part's table."""
    with TemporaryDirectory(prefix="benchmark-") as made:
        folder = Path(made)
        log = folder / "bare.log"
        with (
            running_server(folder) as server,
            running_app("benchmarks/bare_app.py", "/_stcore/health", log, {}) as (url, pid),
        ):
            ours, bare = Place(server.url, server.pid, "disparities"), Place(url, pid, "")
            token = _shared_link(server.home)
            return [
                *asyncio.run(_changes(ours, bare)),
                *asyncio.run(_link(Place(server.url, server.pid, "leader"), bare, token)),
                *asyncio.run(_memory(ours, bare)),
            ]


def _shared_link(home: Path) -> str:
    """A link to a release of the sample data, as the page of releases makes it."""
    database = open_database(sqlite_url(home / "workspace.db"))
    plan = Plan(("race",), "year", "none")
    release = make_release(database, home, HOME_WORKSPACE, SAMPLE, plan, policy_of("cms"), by=LOCAL_OWNER)
    _, token = make_link(database, HOME_WORKSPACE, release.id, by=LOCAL_OWNER, title="Fifty at once")
    return token


async def _changes(ours: Place, bare: Place) -> list[Result]:
    """Fifty people at work: on questions that somebody asked before, on new ones, and on the bare app, in turn."""
    async with AsyncExitStack() as stack:
        here = await _seated(stack, ours)
        there = await _seated(stack, bare)
        for person in (here[0], there[0]):  # whoever is first asks every measure of every grouping once
            await _everything(person)
        # First what was asked before: new questions leave people at periods that nobody has asked every measure of.
        again, anew = [
            [
                (await _load(here, ours.pid, parts, number), await _load(there, bare.pid, AGAIN, number))
                for number in range(ROUNDS)
            ]
            for parts in (AGAIN, ANEW)
        ]
    return [
        _beside(
            "A change, asked before: median", again, lambda load: statistics.median(load.changes), CHANGE, BESIDE_BARE
        ),
        _beside("A change, asked before: 95 of 100 are quicker", again, lambda load: slow_end(load.changes)),
        _beside("A change, asked before: processor time", again, lambda load: load.processor),
        _beside("A change, never asked: median", anew, lambda load: statistics.median(load.changes), NEW_CHANGE),
        _beside("A change, never asked: 95 of 100 are quicker", anew, lambda load: slow_end(load.changes), NEW_SLOW),
        _beside("A change, never asked: processor time", anew, lambda load: load.processor),
    ]


async def _seated(stack: AsyncExitStack, place: Place) -> list[Session]:
    """Fifty sessions with the page open."""
    people = [await stack.enter_async_context(connected(place.url, place.page)) for _ in range(PEOPLE)]
    await asyncio.gather(*(opened(person, {}) for person in people))
    return people


async def _everything(person: Session) -> None:
    for grouping in person.shown.lists["choose_by"].options:
        await person.pick("choose_by", grouping)
        for measure in person.shown.lists["choose_measure"].options:
            await person.pick("choose_measure", measure)


async def _load(people: Sequence[Session], pid: int, parts: Sequence[str], number: int) -> Loaded:
    """A round: everybody changes one of the parts every two seconds."""
    before = processor_seconds(pid)
    taken = await asyncio.gather(*(at_work(one, parts, 100 * number + i) for i, one in enumerate(people)))
    changes = [seconds for one in taken for seconds in one]
    return Loaded(changes, (processor_seconds(pid) - before) / len(changes))


async def at_work(person: Session, parts: Sequence[str], seed: int) -> list[float]:
    """One person's changes; who waits longer than two seconds for an answer makes the next change at once."""
    drawn = random.Random(seed)  # noqa: S311 - who picks what, not a secret
    ends = time.perf_counter() + ROUND_SECONDS
    due = time.perf_counter() + drawn.uniform(0, EVERY_SECONDS)
    taken = []
    while due < ends:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        taken.append(await change(person, parts, drawn))
        due = max(due + EVERY_SECONDS, time.perf_counter())
    return taken


async def change(person: Session, parts: Sequence[str], drawn: random.Random) -> float:
    """Pick another option of one of the parts that the page has; the seconds until the page is whole."""
    key = f"choose_{drawn.choice([part for part in parts if f'choose_{part}' in person.shown.lists])}"
    listed = person.shown.lists[key]
    others = [label for label in listed.options if label != person.picked[listed.id]]
    return _whole(person, await person.pick(key, drawn.choice(others)))


async def opened(person: Session, parameters: Mapping[str, str]) -> float:
    """Open the page; the seconds until it is whole."""
    return _whole(person, await person.open(parameters))


def _whole(person: Session, taken: float) -> float:
    """Time that was spent on an error is no measurement: raises RuntimeError with what the page says."""
    if person.shown.faults:
        raise RuntimeError(f"The page “{person.page}” shows an error: {person.shown.faults[0]}")
    return taken


async def _link(leader: Place, bare: Place, token: str) -> list[Result]:
    """Everybody opens the same link in the same moment: the seconds until the last has the page."""
    pairs = [(await _all_open(leader, {"link": token}), await _all_open(bare, {})) for _ in range(LINK_ROUNDS)]
    times = of_pairs(pairs)
    return [
        beside(
            "One share link, opened by all at once: the last has it",
            f"{PEOPLE} people",
            "s",
            times,
            f"{BARE}, opened by all",
            (LINK,),
        )
    ]


async def _all_open(place: Place, parameters: Mapping[str, str]) -> float:
    async with AsyncExitStack() as stack:
        people = [await stack.enter_async_context(connected(place.url, place.page)) for _ in range(PEOPLE)]
        return max(await asyncio.gather(*(opened(person, parameters) for person in people)))


async def _memory(ours: Place, bare: Place) -> list[Result]:
    """Ten people sit down, change ten choices and leave, ten times: memory at the end beside memory after the first."""
    return [
        await _sittings("Memory, after 100 sessions and 1,000 changes", ours, (FLAT,)),
        await _sittings(f"The same, {BARE}", bare, ()),
    ]


async def _sittings(what: str, place: Place, aims: tuple[Aim, ...]) -> Result:
    await _sitting(place, 0)
    before = resident_megabytes(place.pid)
    for number in range(1, SITTINGS + 1):
        await _sitting(place, number)
    after = resident_megabytes(place.pid)
    return Result(
        what=what,
        size=f"{SITTINGS * SITTING_PEOPLE} sessions",
        unit="MB",
        ours=after,
        peer="the same server after warming up",
        theirs=before,
        ratio=after / before,
        reading="ours ÷ peer",
        aims=aims,
    )


async def _sitting(place: Place, number: int) -> None:
    async with AsyncExitStack() as stack:
        people = [await stack.enter_async_context(connected(place.url, place.page)) for _ in range(SITTING_PEOPLE)]
        await asyncio.gather(*(_stay(person, SITTING_PEOPLE * number + i) for i, person in enumerate(people)))


async def _stay(person: Session, seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - who picks what, not a secret
    await opened(person, {})
    for _ in range(SITTING_CHANGES):
        await change(person, AGAIN, drawn)


def _beside(what: str, rounds: list[tuple[Loaded, Loaded]], figure: Callable[[Loaded], float], *aims: Aim) -> Result:
    """A figure of our rounds beside the bare app's, in milliseconds."""
    times = of_pairs([(figure(mine), figure(other)) for mine, other in rounds])
    return beside(what, f"{PEOPLE} people, each every {EVERY_SECONDS:g} s", "ms", times, BARE, aims, scale=1e3)


def slow_end(changes: list[float]) -> float:
    """What 95 of 100 changes stay below."""
    return sorted(changes)[int(0.95 * (len(changes) - 1))]


def processor_seconds(pid: int) -> float:
    """The processor time that a process has used so far, its own and the system's for it."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
