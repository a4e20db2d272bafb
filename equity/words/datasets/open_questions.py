"""What is said around the questions that a file leaves open."""

from __future__ import annotations

from equity.words import numbers
from equity.words.escaping import one_line

ANSWERED = "Your answers"
NOTHING_WAITS = "Not said by the file; you can say it here"
CHANGED = "When you change an answer here, what is below is read anew."
BY_HAND = "Or bring a mapping file that answers all of them."


def heading(count: int) -> str:
    """How many questions come before the file can be loaded."""
    return "One question before this can be loaded" if count == 1 else f"{numbers.count(count)} questions first"


def why_asked(count: int) -> str:
    """Why the program asks instead of guessing."""
    it = "it changes" if count == 1 else "they change"
    return f"The file does not settle {'this' if count == 1 else 'these'}, and {it} what the numbers say."


def kept_as(name: str) -> str:
    """Under which name a dataset is kept, where that is not the one that was typed."""
    return f"It is kept as “{one_line(name)}”: datasets of a workspace carry its name."


def few_rows(used: int, rows: int) -> str:
    """What a person confirms before a load that leaves many rows out."""
    return f"Load it although only {numbers.count(used)} of {numbers.count(rows)} rows with data are used"
