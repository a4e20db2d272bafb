"""The process that reads: takes one wish from its standard input, answers on its standard output, and ends.

It is forked from one that has everything imported (`fork_server.py`), or started by itself where forking is not safe.
It is below every page in the queue for the processor, first in the queue when the machine is out of memory, leaves no
core dump (which would hold rows), and ends when whoever asked for it ends.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO

from equity.intake.apart.messages import Done, Failed, Told, Wish, packed, wish_from
from equity.vocabulary import PlainError

NICENESS = 10
ROOM = 1 << 30
"""Beside its memory a process has addresses in reserve: the hard limit is so much above what is watched."""


def main() -> None:
    """Do what is wished for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = _answers()
    wish = wish_from(sys.stdin.buffer)
    if wish is None:
        return
    threading.Thread(target=_end_with_the_line, daemon=True).start()
    _confine(wish)
    answers.write(packed(_outcome(wish, answers)))
    answers.flush()
    os._exit(0)  # nothing of what was read is worth an orderly end


def _answers() -> IO[bytes]:
    """Where answers go; what a library prints goes nowhere."""
    line = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return line


def read_ahead() -> None:
    """Import what every reading needs, before there is one."""
    import equity.cube
    import equity.intake.apart.looking
    import equity.intake.reading.read_facts  # noqa: F401


def _end_with_the_line() -> None:
    """End when the other side is gone."""
    sys.stdin.buffer.read(1)
    os._exit(1)


def _confine(wish: Wish) -> None:
    """Keep within the limits of a wish."""
    tempfile.tempdir = wish.folder
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    seconds = int(wish.seconds * (os.cpu_count() or 1)) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (wish.memory + ROOM, wish.memory + ROOM))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _outcome(wish: Wish, answers: IO[bytes]) -> Done | Failed:
    def say(share: float, words: str) -> None:
        answers.write(packed(Told(share, words)))
        answers.flush()

    told = {"progress": say} if wish.told else {}
    try:
        return Done(wish.function(*wish.arguments, **wish.keywords, **told))
    except PlainError as refused:
        return Failed("refused", str(refused))
    except MemoryError:
        return Failed("memory", "MemoryError")
    except RecursionError:
        return Failed("nested", "RecursionError")
    except OSError as error:
        said = os.strerror(error.errno) if error.errno else ""  # not its own words, which name paths
        return Failed("machine", said) if said else Failed("failed", type(error).__name__)
    except Exception as error:  # its words could quote a row
        return Failed("memory" if "memory" in type(error).__name__.lower() else "failed", type(error).__name__)


if __name__ == "__main__":
    os.nice(NICENESS)
    main()
