"""What is said around a record while somebody edits it."""

from __future__ import annotations

import datetime as dt

from equity.words.days import describe_moment
from equity.words.escaping import one_line

THEIRS, YOURS = "Theirs", "Yours"
MINE_OVER = "Save mine over theirs"
GO_ON, LEAVE = "Go on from theirs", "Leave it"


def kept(when: dt.datetime, by: str) -> str:
    """That what is in the form is kept, since when, and by whom."""
    who = f", last by {one_line(by)}" if by else ""
    return f"Kept as you type. Saved {describe_moment(when)}{who}."
