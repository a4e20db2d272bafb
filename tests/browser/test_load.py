"""Many people at once: nobody sees an error, everybody sees the answer to their own question, memory stays bounded.

No browser and no stopwatch: sessions that speak the websocket's protocol (sessions.py) ask different questions of the
sample system, while the answer that is due is worked out here from the same cube.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack

from equity.cards.page_question import PageQuestion, resolve
from equity.cards.parts.option import Option
from equity.cube import Cube, open_cube
from equity.lens.disparities import disparities
from equity.server.sample_data import SAMPLE
from equity.store.files.versions import current_version
from equity.words.answers import disparities as words
from equity.words.escaping import html
from tests.browser.memory import resident_megabytes
from tests.browser.server import Server
from tests.browser.sessions import Session, connected

PEOPLE, CHANGES = 20, 4
PARTS = ("measure", "by", "period", "reference")
GROWTH_ALLOWED = 150  # megabytes, after everybody has opened the page once


def test_twenty_people_at_once_each_see_the_answer_to_their_own_question(server: Server) -> None:
    cube = open_cube(current_version(server.home, SAMPLE).folder)
    with ThreadPoolExecutor(1) as thread:  # of its own: this one may have the event loop of a browser
        grown, wrong = thread.submit(asyncio.run, _everybody(server, cube)).result()
    assert wrong == []
    assert grown < GROWTH_ALLOWED


async def _everybody(server: Server, cube: Cube) -> tuple[float, list[str]]:
    """The growth of the server's memory in megabytes, and what was wrong on any screen."""
    async with AsyncExitStack() as stack:
        people = [await stack.enter_async_context(connected(server.url, "disparities")) for _ in range(PEOPLE)]
        chosen = [Chooser(cube, number) for number in range(PEOPLE)]
        found = await asyncio.gather(*(_open(one, own) for one, own in zip(people, chosen, strict=True)))
        before = resident_megabytes(server.pid)
        found += await asyncio.gather(*(_change(one, own) for one, own in zip(people, chosen, strict=True)))
        return resident_megabytes(server.pid) - before, [sentence for wrong in found for sentence in wrong]


async def _open(person: Session, own: Chooser) -> list[str]:
    await person.open({part: code for part, code in own.question.codes.items() if code})
    return _wrong(person, own)


async def _change(person: Session, own: Chooser) -> list[str]:
    wrong = []
    for _ in range(CHANGES):
        part, label = own.next_pick()
        await person.pick(f"choose_{part}", label)
        wrong += _wrong(person, own)
    return wrong


def _wrong(person: Session, own: Chooser) -> list[str]:
    """What the person's screen shows that it should not, or lacks."""
    due = own.due()
    seen = "\n".join(person.shown.html)
    lacking = [f"{own.number} asked {own.question.codes}: “{text}” is not shown" for text in due if text not in seen]
    return [*person.shown.faults, *lacking]


class Chooser:
    """One person's questions, drawn from the sample system by the person's number."""

    def __init__(self, cube: Cube, number: int) -> None:
        self.number = number
        self._cube = cube
        self._random = random.Random(number)
        self.question = self._resolve({})
        for part in ("measure", "by", "period"):
            self.question = self._resolve({**self.question.codes, part: self._other(part).code})

    def next_pick(self) -> tuple[str, str]:
        """The part to change and the option to pick, as it reads on the page; the question moves on with it."""
        part = self._random.choice(PARTS)
        option = self._other(part)
        self.question = self._resolve({**self.question.codes, part: option.code})
        return part, option.label

    def _resolve(self, wishes: Mapping[str, str]) -> PageQuestion:
        return resolve((SAMPLE,), self._cube.description, wishes)

    def _other(self, part: str) -> Option:
        """An option of this part that is not the one picked now."""
        others = [option for option in self.question.options[part] if option.code != self.question.codes[part]]
        return self._random.choice(others)

    def due(self) -> tuple[str, str]:
        """The finding and the caption that answer the question, as HTML."""
        answer = disparities(self._cube, self.question.choices)
        return html(words.finding(answer)), html(words.table_caption(answer))
