"""Which version of a dataset somebody looked at last; its author alone reads it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Looked:
    """``version`` of ``dataset``, made at the moment ``made``; ``day`` is when it was looked at first."""

    dataset: str = ""
    version: int = 0
    made: str = ""
    day: str = ""
