"""A command that reads a stranger's file is a process of its own: it takes the limits of one upon itself.

What it writes on its way stands in the data folder's staging, which is swept when nobody holds it any more.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

from equity.vocabulary import PlainError
from equity.words.labels.commands import COMMAND_TEXTS

READING = ("load", "inspect")
ROOM = 1 << 30
"""Beside its memory a process has addresses in reserve."""
TOO_LARGE = COMMAND_TEXTS["this_needs_more_memory_than_reading"]
TOO_LONG = COMMAND_TEXTS["this_was_not_read_within"]


def limit_this_process(words: Sequence[str]) -> None:
    """Keep within the limits from now on, if these words read a file here; for good, so for a command alone."""
    if not words or words[0] not in READING or any(word.startswith("--engine") for word in words):
        return
    from equity.intake.formats.bounds import amount_set

    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    memory = amount_set("EQUITY_READ_MEMORY", pages) + ROOM
    seconds = amount_set("EQUITY_LOAD_SECONDS", 4 * 3600) * (os.cpu_count() or 1)
    signal.signal(signal.SIGXCPU, _too_long)
    for what, soft, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_DATA, memory, memory),
        (resource.RLIMIT_CPU, seconds, seconds + 60),
    ):
        most = resource.getrlimit(what)[1]
        with contextlib.suppress(ValueError, OSError):  # whoever started us set less, which holds
            resource.setrlimit(what, (soft, hard) if most == resource.RLIM_INFINITY else (min(soft, most), most))


def _too_long(signal_number: int, frame: FrameType | None) -> None:
    raise PlainError(TOO_LONG)


@contextlib.contextmanager
def staged_reading(home: Path) -> Iterator[None]:
    """Have what is written while a file is read stand in the data folder, and gone at the end."""
    from equity.store.files.staging import staged_folder

    with staged_folder(home) as folder:
        before, tempfile.tempdir = tempfile.tempdir, str(folder)
        try:
            yield
        finally:
            tempfile.tempdir = before
