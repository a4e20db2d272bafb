"""Functions that do what a hostile file makes a reader do. They run in a process of their own."""

from __future__ import annotations

import errno
import os
import pickle
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from equity.intake.apart.messages import LENGTH
from equity.vocabulary import Mapping, PlainError


def fills_memory() -> int:
    kept = []
    while True:
        kept.append(bytearray(b"x") * (16 << 20))


def never_ends() -> None:
    while True:
        pass


def sleeps(mark: Path) -> None:
    mark.write_text(str(os.getpid()), encoding="ascii")
    time.sleep(60)


def is_refused() -> None:
    raise PlainError("visits.csv, line 3: the cell is no number.")


def names_its_folder(folder: Path) -> None:
    raise PlainError(f"There is no file {folder}/visits.csv: check the name and the folder.")


def nests(depth: int = 0) -> int:
    return nests(depth + 1) + 1


def quotes_a_row() -> None:
    raise RuntimeError("Patient Miller, born 1950-01-01")


def finds_no_room() -> None:
    raise OSError(errno.ENOSPC, "No room", "/srv/Miller.csv")


def finds_odd_bytes() -> None:
    raise OSError("Miller")


def dies() -> None:
    os.abort()


def leaves_something() -> dict[str, object]:
    """What an earlier reading left behind, and which processes these are."""
    found = getattr(os, "left_behind", None)
    os.left_behind = "Miller"  # type: ignore[attr-defined]
    return {"found": found, "process": os.getpid(), "forked_from": os.getppid()}


def ends_what_it_was_forked_from() -> None:
    os.kill(os.getppid(), signal.SIGKILL)
    os.abort()


def counts(upto: int, progress: Callable[[float, str], None]) -> int:
    for number in range(upto):
        progress(number / upto, f"at {number}")
    return upto


def gives_values() -> tuple[object, ...]:
    return Counter("aab"), date(2024, 1, 1), Mapping(shape="rows"), {"a": [1.5, None, True, b"x"]}


def surroundings() -> dict[str, object]:
    import resource
    import tempfile

    return {
        "environment": sorted(os.environ),
        "nice": os.nice(0),
        "core": resource.getrlimit(resource.RLIMIT_CORE),
        "temporary": tempfile.gettempdir(),
    }


def writes_to_its_output() -> str:
    print("hello")
    os.write(1, b"hello")
    subprocess.run([sys.executable, "-c", "print('hello')"], check=True)
    return "said nothing"


class _Runs:
    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (self.command,)


def answers_with_a_command(mark: str) -> object:
    return _Runs(f"touch {mark}")


def answers_with_a_function() -> object:
    from equity.store.files.staging import discard

    return discard


def answers_without_end() -> None:
    """Write a length that no answer has straight to where answers go."""
    for line in range(3, 20):
        try:
            os.write(line, LENGTH.pack(1 << 40) + pickle.dumps("x"))
        except OSError:
            continue
