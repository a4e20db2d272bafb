"""Records as a store would give them, without one."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from equity.store.records.kept import Kept

T = TypeVar("T")


def kept(
    content: T, *, record: str = "r", parent: str = "", created: dt.date = dt.date(2027, 1, 1), version: int = 1
) -> Kept[T]:
    """A record of somebody called Ada."""
    moment = dt.datetime.combine(created, dt.time(12), dt.UTC)
    return Kept(record, "w", parent, content, "team", version, "Ada", "ada", moment, "Ada", moment, None)
