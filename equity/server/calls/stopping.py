"""Whether this process has been told to stop: an event stream ends then, for a server waits for its answers to end."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Final

STOPPING: Final = threading.Event()
_chained: set[int] = set()


def watch_for_the_end() -> None:
    """Note the signals that end a server before its own handlers see them. Does nothing outside the main thread."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)
        if number in _chained or not callable(before):
            continue

        def noted(told: int, frame: FrameType | None, before=before) -> None:  # type: ignore[no-untyped-def]
            STOPPING.set()
            before(told, frame)

        signal.signal(number, noted)
        _chained.add(number)
