"""Viewers while files made to take the server down are uploaded: ``python -m benchmarks hostile --seconds 600``.

In turns, half a minute quietly and a minute with the files, one after the other, so that a machine that has other work
slows both: no viewer may see an error. First one person alone, whose page changes must take less than one and a half
times as long beside the files; then fifty, of whose page changes 95 of 100 must take less than twice as long.
``python -m benchmarks.hostile [MINUTES]`` keeps the same lines, and says besides what was answered to each file.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import performance
from benchmarks.machine import taken_now
from benchmarks.result import Aim, Result, keep
from benchmarks.sessions import EVERY_SECONDS, PEOPLE, change, opened
from tests.browser.memory import resident_megabytes
from tests.browser.server import running_server
from tests.browser.sessions import Session, connected
from tests.intake.apart import hostile_files as hostile
from tests.ui.signed_in import session

QUIET_SECONDS, BESIDE_SECONDS = 30.0, 60.0
MOST, MOST_ALONE = 2.0, 1.5
PEER = "the same people without files"
FILES: tuple[Callable[[Path], Path], ...] = (
    hostile.one_huge_cell,
    hostile.the_same_huge_cell,
    hostile.a_far_cell,
    hostile.many_columns,
    hostile.packed_json,
    hostile.one_line,
    hostile.packed_over_and_over,
    hostile.many_digits,
    hostile.digits_that_are_none,
    hostile.repeated_strings,
)


@dataclass(frozen=True)
class Beside:
    """How many people looked, the seconds that each page change took in the quiet turns and in the others, what was
    said of each file, and the server's memory at the end (MB)."""

    people: int
    quiet: list[float]
    beside: list[float]
    said: list[str]
    megabytes: float

    @property
    def ratio(self) -> float:
        """How much longer 95 of 100 changes take beside the files."""
        return _slow(self.beside) / _slow(self.quiet)

    @property
    def slowed(self) -> float:
        """How much longer an ordinary change takes beside the files."""
        return statistics.median(self.beside) / statistics.median(self.quiet)

    @property
    def size(self) -> str:
        """Who looked, how often."""
        who = "one person" if self.people == 1 else f"{self.people} people"
        return f"{who}, {len(self.beside):,} changes beside {len(self.said)} files"


def run(seconds: float = 600) -> list[Result]:
    """The lines of this part's table; an error on any page is raised."""
    return [*alone(measured(seconds / 2, 1), seconds / 2), *lines(measured(seconds), seconds)]


def main(minutes: float) -> int:
    """Measure, keep the lines and say; 0 when the aim is met."""
    seconds = 60 * minutes
    taken, one, found = taken_now(), measured(seconds / 2, 1), measured(seconds)
    kept = [replace(line, taken=taken) for line in (*alone(one, seconds / 2), *lines(found, seconds))]
    keep("hostile", kept)
    performance.write()
    print("\n".join(performance.spoken(line) for line in kept))
    print("\n".join(f"  {line}" for line in dict.fromkeys(found.said)))
    return 0 if found.ratio < MOST and one.slowed < MOST_ALONE else 1


def alone(found: Beside, seconds: float) -> list[Result]:
    """What one person met, as lines of a table."""
    return [
        replace(_median(found, seconds), aims=(Aim("ratio", "most", MOST_ALONE),)),
        _ninety_five(found, seconds),
    ]


def lines(found: Beside, seconds: float) -> list[Result]:
    """What fifty people met, as lines of a table."""
    return [
        _median(found, seconds),
        replace(_ninety_five(found, seconds), aims=(Aim("ratio", "most", MOST),)),
        Result("The server's memory at the end", _in_minutes(found, seconds), "MB", found.megabytes),
    ]


def _median(found: Beside, seconds: float) -> Result:
    return Result(
        "A change beside hostile files: median",
        _in_minutes(found, seconds),
        "ms",
        1000 * statistics.median(found.beside),
        PEER,
        1000 * statistics.median(found.quiet),
        found.slowed,
        "ours ÷ peer",
        rounds=turns(seconds),
    )


def _ninety_five(found: Beside, seconds: float) -> Result:
    return Result(
        "A change beside hostile files: 95 of 100 are quicker",
        _in_minutes(found, seconds),
        "ms",
        1000 * _slow(found.beside),
        PEER,
        1000 * _slow(found.quiet),
        found.ratio,
        "ours ÷ peer",
        rounds=turns(seconds),
    )


def _in_minutes(found: Beside, seconds: float) -> str:
    return f"{found.size} in {seconds / 60:.0f} min"


def measured(seconds: float, people: int = PEOPLE) -> Beside:
    """So many seconds of files that so many people work beside, with quiet turns between."""
    with TemporaryDirectory(prefix="hostile-") as made:
        folder = Path(made)
        files = [make(folder) for make in FILES]
        with running_server(folder) as server:
            return asyncio.run(_in_turns(server.url, server.pid, files, seconds, people))


def turns(seconds: float) -> int:
    """How often quiet and files take turns."""
    return max(1, round(seconds / BESIDE_SECONDS))


async def _in_turns(url: str, pid: int, files: list[Path], seconds: float, number: int) -> Beside:
    quiet, beside, said = list[float](), list[float](), list[str]()
    async with AsyncExitStack() as stack:
        people = [await stack.enter_async_context(connected(url, "disparities")) for _ in range(number)]
        await asyncio.gather(*(opened(person, {}) for person in people))
        await _looking(people, 10)  # what nobody has asked yet is asked now
        for _ in range(turns(seconds)):
            quiet += await _looking(people, min(QUIET_SECONDS, seconds))
            stop = threading.Event()
            uploads = threading.Thread(target=_upload, args=(url, files, stop, said))
            uploads.start()
            beside += await _looking(people, min(BESIDE_SECONDS, seconds))
            stop.set()
            await asyncio.to_thread(uploads.join)
    return Beside(number, quiet, beside, said, resident_megabytes(pid))


async def _looking(people: list[Session], seconds: float) -> list[float]:
    """Everybody changes a choice every two seconds; an error on a page ends the measurement."""
    ends = time.perf_counter() + seconds

    async def one(person: Session, seed: int) -> list[float]:
        drawn, taken = random.Random(seed), list[float]()  # noqa: S311 - who picks what, not a secret
        due = time.perf_counter() + drawn.uniform(0, EVERY_SECONDS)
        while due < ends:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            taken.append(await change(person, ("measure",), drawn))
            due = max(due + EVERY_SECONDS, time.perf_counter())
        return taken

    return [taken for each in await asyncio.gather(*map(one, people, range(len(people)))) for taken in each]


def _upload(url: str, files: list[Path], stop: threading.Event, said: list[str]) -> None:
    """Send one file after the other and look at it, until it is enough; what the page said of each."""
    while not stop.is_set():
        path = files[len(said) % len(files)]
        with session(url) as held:
            status, answer = held.upload(held.open("upload").ticket(), path.name, path.read_bytes())
            drawn = held.arrived("upload", str(answer.get("id", ""))) if status == 200 else None
        text = answer.get("error", "") if drawn is None else drawn.text
        told = next((line for line in text.splitlines() if path.name in line), "read")
        said.append(f"{path.name}: {told[:160]}")


def _slow(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0))
