"""Fifty people on two server processes of one machine, beside the same fifty on one.

The two share a home folder, as docs/deploy.md starts them; half of the people are on each, as a balancer with sticky
sessions has them. The proxy itself is left out: it passes bytes on. Questions are new ones: what one process has asked
before, the other has not.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pairs import of_pairs
from benchmarks.result import Aim, Result, beside
from benchmarks.sessions import ANEW, EVERY_SECONDS, PEOPLE, ROUNDS, at_work, opened, slow_end
from tests.browser.server import running_server
from tests.browser.sessions import Session, connected

MEDIAN, SLOW = Aim("ours", "most", 40), Aim("ours", "most", 100)


def run(people: int = PEOPLE, rounds: int = ROUNDS) -> list[Result]:
    """The lines of this part's table."""
    with TemporaryDirectory(prefix="benchmark-") as made:
        home = Path(made) / "home"
        folders = [Path(made) / name for name in ("one", "two")]
        for folder in folders:
            folder.mkdir()
        with running_server(folders[0], home) as one, running_server(folders[1], home) as two:
            return asyncio.run(_beside_one((one.url, two.url), people, rounds))


async def _beside_one(urls: tuple[str, str], people: int, rounds: int) -> list[Result]:
    """Everybody on the first server, and half of them on each, in turn."""
    async with AsyncExitStack() as stack:
        crowds = []
        for places in (urls, urls[:1]):
            seated = [places[number % len(places)] for number in range(people)]
            crowds.append([await stack.enter_async_context(connected(url, "disparities")) for url in seated])
        await asyncio.gather(*(opened(person, {}) for crowd in crowds for person in crowd))
        pairs = [(await _round(crowds[0], 2 * n), await _round(crowds[1], 2 * n + 1)) for n in range(rounds)]
    size, peer = f"{people} people, each every {EVERY_SECONDS:g} s", "the same people on one process"
    middle = of_pairs([(statistics.median(two), statistics.median(one)) for two, one in pairs])
    slow = of_pairs([(slow_end(two), slow_end(one)) for two, one in pairs])
    what = "A change, never asked, on two server processes"
    return [
        beside(f"{what}: median", size, "ms", middle, peer, (MEDIAN,), scale=1e3),
        beside(f"{what}: 95 of 100 are quicker", size, "ms", slow, peer, (SLOW,), scale=1e3),
    ]


async def _round(people: Sequence[Session], number: int) -> list[float]:
    """The seconds of every change that everybody made."""
    each = (at_work(person, ANEW, 1_000 * number + at) for at, person in enumerate(people))
    return [seconds for taken in await asyncio.gather(*each) for seconds in taken]
