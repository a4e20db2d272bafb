"""``python -m benchmarks [PART …] [--sizes ROWS,…]``: measure, print, keep the lines, write docs/performance.md."""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace

from benchmarks import performance
from benchmarks.machine import taken_now
from benchmarks.parts import PARTS, Part
from benchmarks.result import Result, keep


def main(arguments: Sequence[str]) -> int:
    """Run the parts that were named, or all; with sizes but no names, all that take sizes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one or more of {', '.join(PARTS)}")
    parser.add_argument(
        "--sizes", type=_sizes, default=(), metavar="ROWS,…", help="numbers of rows, with commas between"
    )
    parser.add_argument(
        "--seconds",
        type=int,
        default=60,
        metavar="N",
        help="how long a call lasts, or files are sent",
    )
    asked = parser.parse_args(arguments)
    unknown = [name for name in asked.parts if name not in PARTS]
    if unknown:
        parser.error(f"there is no part “{unknown[0]}”: choose from {', '.join(PARTS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers under load end with us
    usual = [part for part in PARTS.values() if not part.alone and (part.takes_sizes or not asked.sizes)]
    names = asked.parts or [part.name for part in usual]
    for part in (PARTS[name] for name in names):
        print(f"\n{part.title}", flush=True)
        measured = _measured(part, asked.sizes, asked.seconds)
        keep(part.name, measured)
        performance.write()
        for line in measured:
            print(f"  {performance.spoken(line)}", flush=True)
    return 0


def _measured(part: Part, sizes: tuple[int, ...], seconds: int) -> list[Result]:
    taken = taken_now()
    run = importlib.import_module(f"benchmarks.{part.name}").run
    if part.takes_seconds:
        lines: list[Result] = run(seconds)
    else:
        lines = run(sizes) if sizes and part.takes_sizes else run()
    return [replace(line, taken=taken) for line in lines]


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(size.replace("_", "")) for size in text.split(","))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
