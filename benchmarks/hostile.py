"""Fifty viewers while files made to take the server down are uploaded: `python -m benchmarks.hostile [MINUTES]`.

In turns, half a minute quietly and a minute with the files, one after the other, so that a machine that has other work
slows both: no viewer may see an error, and 95 of 100 page changes must take less than twice as long as quietly. Ten
minutes with files unless said; it needs 4 GB of memory and of disk.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.sessions import EVERY_SECONDS, PEOPLE, change, opened
from tests.browser.memory import resident_megabytes
from tests.browser.server import running_server
from tests.browser.sessions import Session, connected
from tests.intake.apart import hostile_files as hostile
from tests.ui.signed_in import session

QUIET_SECONDS, BESIDE_SECONDS = 30.0, 60.0
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


def main(minutes: float) -> int:
    """Measure and say; 0 when both hold."""
    with TemporaryDirectory(prefix="hostile-") as made:
        folder = Path(made)
        files = [make(folder) for make in FILES]
        with running_server(folder) as server:
            return asyncio.run(_in_turns(server.url, server.pid, files, 60 * minutes))


async def _in_turns(url: str, pid: int, files: list[Path], seconds: float) -> int:
    quiet, beside, said = list[float](), list[float](), list[str]()
    load = [os.getloadavg()[0]]
    async with AsyncExitStack() as stack:
        people = [await stack.enter_async_context(connected(url, "disparities")) for _ in range(PEOPLE)]
        await asyncio.gather(*(opened(person, {}) for person in people))
        await _looking(people, 10)  # what nobody has asked yet is asked now
        for _ in range(max(1, round(seconds / BESIDE_SECONDS))):
            quiet += await _looking(people, min(QUIET_SECONDS, seconds))
            stop = threading.Event()
            uploads = threading.Thread(target=_upload, args=(url, files, stop, said))
            uploads.start()
            beside += await _looking(people, min(BESIDE_SECONDS, seconds))
            stop.set()
            await asyncio.to_thread(uploads.join)
            load.append(os.getloadavg()[0])
    ratio = _slow(beside) / _slow(quiet)
    print(f"{len(quiet):,} changes quietly: median {statistics.median(quiet):.3f} s, p95 {_slow(quiet):.3f} s")
    print(f"{len(beside):,} changes beside: median {statistics.median(beside):.3f} s, p95 {_slow(beside):.3f} s")
    print(f"p95 ×{ratio:.2f}, no error; the server holds {resident_megabytes(pid):,.0f} MB")
    print(f"the machine has {os.cpu_count()} cores and a load of {min(load):.1f} to {max(load):.1f}")
    print(f"{len(said)} files were sent:")
    print("\n".join(f"  {line}" for line in dict.fromkeys(said)))
    return 0 if ratio < 2 else 1


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
