"""An aim that was closed: when, by whom and why, and how it goes on."""

from __future__ import annotations

from equity.improvement.aims import Aim, Status
from equity.words.escaping import one_line

REOPEN, WHY_REOPENED = "Reopen it", "Why does the work on this aim go on?"
STATES: dict[Status, str] = {"draft": "A draft.", "set": "", "closed": "Closed."}


def closed(aim: Aim, day: str, who: str) -> str:
    """The notice over an aim that is closed."""
    return f"Closed on {day} by {one_line(who)}: {one_line(aim.why_changed, 400)}"
