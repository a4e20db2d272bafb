"""One side of a comparison in a process of its own: its memory is then its own, and nothing is warm that should not be.

A benchmark's module ends with ``alone.tell(...)`` under ``if __name__ == "__main__"``; `run_alone` starts that module.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Work = Callable[[Path, Path], object]


@dataclass(frozen=True)
class Alone:
    """What one run took: elapsed seconds without Python's own start, and the peak of resident memory."""

    seconds: float
    gigabytes: float


def in_turn(module: str, sides: Sequence[tuple[str, Path]], folder: Path, rounds: int) -> list[list[Alone]]:
    """Sides (each with the extract that it works on) in turn, so that a machine that slows down slows all of them."""
    return [[run_alone(module, side, extract, folder) for side, extract in sides] for _ in range(rounds)]


def run_alone(module: str, side: str, extract: Path, folder: Path) -> Alone:
    """One side of a module's comparison; raises where it fails."""
    command = [sys.executable, "-m", module, side, str(extract), str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own module
    return Alone(**json.loads(done.stdout))


def tell(sides: Mapping[str, Work], arguments: Sequence[str]) -> None:
    """In the process started by `run_alone`: do the work of one side, and print what it took."""
    side, extract, folder = arguments
    start = time.perf_counter()
    sides[side](Path(extract), Path(folder))
    print(json.dumps({"seconds": time.perf_counter() - start, "gigabytes": _peak_gigabytes()}))


def _peak_gigabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) / 1e6
