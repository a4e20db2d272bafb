"""How much one reading may take: each limit a setting (docs/administrators.md), each met by one plain sentence."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from equity.intake.formats.bounds import amount_set


@dataclass(frozen=True)
class Limits:
    """What one process that reads may take: ``memory`` in bytes, ``seconds`` by the clock.

    ``places`` are shared by all readings of a kind: a reading waits until one is free.
    """

    memory: int
    seconds: float
    places: threading.Semaphore


def looking() -> Limits:
    """For a look at a file: proposing what its columns mean, and how it reads by a mapping."""
    return Limits(amount_set("EQUITY_READ_MEMORY", 2 * 1024**3), amount_set("EQUITY_READ_SECONDS", 180), _LOOKS)


def loading(database_memory: int) -> Limits:
    """For a load, whose database may hold ``database_memory`` bytes before it works on disk."""
    memory = max(amount_set("EQUITY_READ_MEMORY", 2 * 1024**3), 2 * database_memory + 1024**3)
    return Limits(memory, amount_set("EQUITY_LOAD_SECONDS", 4 * 3600), _LOADS)


_LOOKS = threading.Semaphore(amount_set("EQUITY_READERS", 2))
_LOADS = threading.Semaphore(amount_set("EQUITY_READERS", 2))
