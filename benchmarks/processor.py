"""The processor time of a change, page by page: what one person costs the server, questions asked before and new ones.

Processor time, so that what else a machine does stays out of the figures as far as it can; counted by the kernel over
all threads of the server, the one that speaks with the browser included. The peer is the bare two-chart app.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages import PAGES, PARTS
from benchmarks.pairs import of_pairs
from benchmarks.result import Aim, Result, beside
from benchmarks.sessions import BARE, change, opened, processor_seconds
from tests.browser.server import running_app, running_server
from tests.browser.sessions import Session, connected

ROUNDS, CHANGES = 3, 12
TWICE = Aim("ratio", "most", 2)


def run(pages: Sequence[str] = tuple(PAGES), rounds: int = ROUNDS) -> list[Result]:
    """The lines of this part's table."""
    with TemporaryDirectory(prefix="benchmark-") as made:
        folder = Path(made)
        with running_app("benchmarks/bare_app.py", "/_stcore/health", folder / "bare.log", {}) as bare:
            return [line for page in pages for line in _alone(folder, page, rounds, bare)]


def _alone(folder: Path, page: str, rounds: int, bare: tuple[str, int]) -> list[Result]:
    """A page's lines, from a server that no other page was asked: two of them share their answers."""
    with running_server(folder) as server:
        return asyncio.run(_of_page(page, rounds, (server.url, server.pid), bare))


async def _of_page(page: str, rounds: int, ours: tuple[str, int], bare: tuple[str, int]) -> list[Result]:
    async with connected(ours[0], page) as person, connected(bare[0], "") as other:
        for session in (person, other):
            await opened(session, {})
        return await _changes(PAGES[page], (person, ours[1]), (other, bare[1]), rounds)


async def _changes(name: str, ours: tuple[Session, int], bare: tuple[Session, int], rounds: int) -> list[Result]:
    drawn = random.Random(1)  # noqa: S311 - who picks what, not a secret
    await _cost(*ours, PARTS, drawn)  # what is read and made once a server is no change's
    anew = [(await _cost(*ours, PARTS, drawn), await _cost(*bare, PARTS, drawn)) for _ in range(rounds)]
    part = next(part for part in PARTS if f"choose_{part}" in ours[0].shown.lists)
    for option in ours[0].shown.lists[f"choose_{part}"].options:
        await ours[0].pick(f"choose_{part}", option)
    again = [(await _cost(*ours, (part,), drawn), await _cost(*bare, PARTS, drawn)) for _ in range(rounds)]
    return [
        beside(f"{name}: a change, {asked}", "one person", "ms", of_pairs(pairs), BARE, (TWICE,), scale=1e3)
        for asked, pairs in (("never asked", anew), ("asked before", again))
    ]


async def _cost(person: Session, pid: int, parts: Sequence[str], drawn: random.Random) -> float:
    """Processor seconds of a change, over a dozen of them."""
    before = processor_seconds(pid)
    for _ in range(CHANGES):
        await change(person, parts, drawn)
    return (processor_seconds(pid) - before) / CHANGES
