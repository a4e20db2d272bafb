"""A few pages are made at a time, the others wait for their turn.

The threads of one Python share one processor. When a whole call changes a choice at once, pages that are made all
together are all late; made a few at a time, most of them are soon done and none is later than before.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

AT_A_TIME: Final = 2
PATIENCE: Final = 1.0
"""Seconds. Whoever has waited so long goes ahead: a page that takes long must not keep everybody from theirs."""

_FREE = threading.BoundedSemaphore(AT_A_TIME)


@contextmanager
def run_slot() -> Iterator[None]:
    """Hold one of the turns for the time of a ``with`` block, or go ahead without after PATIENCE."""
    mine = _FREE.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if mine:
            _FREE.release()
