"""Throw made-up files at every reader for a while: `python -m tests.intake.fuzz [MINUTES]`, ten unless said.

Damaged Parquet is read in a process of its own, as the server reads it. What is found is printed, made small.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, seed, settings

from equity.intake.apart.limits import Limits
from equity.intake.apart.looking import proposed
from equity.intake.apart.process import Apart
from equity.intake.apart.starting import FORK_SERVER
from equity.vocabulary import PlainError
from tests.intake import made_up_files as made
from tests.intake.test_made_up_files import is_read_or_refused

LIMITS = Limits(2 << 30, 60, threading.Semaphore(1))


def read_apart(file: made.MadeUp) -> None:
    """Look at a file in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file.name
        path.write_bytes(file.content)
        try:
            Apart(file.name, Path(folder), LIMITS)(proposed, path, "")
        except PlainError as refused:
            assert folder not in str(refused)


KINDS: dict[str, tuple[Any, Callable[[made.MadeUp], None], int]] = {
    "delimited": (made.delimited(), is_read_or_refused, 100),
    "workbooks": (made.workbooks(), is_read_or_refused, 40),
    "parquet": (made.parquets(), is_read_or_refused, 60),
    "fhir": (made.fhir(), is_read_or_refused, 100),
    "packed": (made.packed(), is_read_or_refused, 40),
    "damaged": (made.damaged(made.st.one_of(made.delimited(), made.fhir(), made.workbooks())), is_read_or_refused, 80),
    "damaged Parquet": (made.damaged(made.parquets()), read_apart, 20),
}


def main(minutes: float) -> None:
    """Search, kind by kind, with a new seed each time."""
    end, thrown, number = time.monotonic() + 60 * minutes, 0, int(time.time())
    FORK_SERVER.start()
    while time.monotonic() < end:
        for kind, (strategy, reads, many) in KINDS.items():
            number += 1
            print(f"{kind}, seed {number}", flush=True)
            fresh = settings(max_examples=many, deadline=None, suppress_health_check=list(HealthCheck), database=None)
            seed(number)(fresh(given(strategy)(reads)))()
            thrown += many
    FORK_SERVER.close()
    print(f"{thrown:,} files, nothing found")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0)
