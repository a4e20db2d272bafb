"""What is new since somebody last looked."""

from __future__ import annotations

import datetime as dt

from equity.notes.looked import Looked
from equity.words.days import describe_day


def since(before: Looked, version: int, then: str, now: str) -> tuple[str, ...]:
    """That the data changed, and what the finding was then; ``then`` is empty where it cannot be made again."""
    day = describe_day(dt.date.fromisoformat(before.day))
    changed = f"New since you last looked ({day}, version {before.version}): the data are version {version} now."
    if not then:
        return (changed,)
    if then == now:
        return (changed, "This finding is the same as then.")
    return (changed, f"Then: {then.rstrip('.')}.")
