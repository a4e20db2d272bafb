"""The gallery in words."""

from __future__ import annotations

from typing import Final

from equity.network.members import Ask
from equity.network.pieces import Piece
from equity.words.cohort import pieces
from equity.words.escaping import markdown, one_line
from equity.words.numbers import count

PURPOSE: Final = (
    "Who else tried this, and what happened? What teams of this cohort chose to show, piece by piece; rates come from "
    "their releases."
)
NOTHING_YET: Final = "No team shows anything yet. Made-up example: “Call back in the patient’s language: adopted.”"
MORE: Final = "Show more pieces"
ASK: Final = "Ask the team"
COPY: Final = "Begin with a copy"
COPIED: Final = "Copied. It says whose it was; what you expect of it, you write yourself."
SAY_IT_THEMSELVES: Final = ("drivers", "reflection")
"""Kinds whose titles begin with what they are."""
NO_AIM: Final = "To begin with a copy, set an aim that has no driver diagram yet."
NO_PROJECT: Final = "To begin with a copy, begin a project first."


def found(shown: int, every: int) -> str:
    """How many pieces a search finds."""
    return f"{count(shown)} of {count(every)} pieces."


def newest(shown: int, found_by_it: int) -> str:
    """That there are more pieces than stand on the page."""
    return f"The newest {count(shown)} of {count(found_by_it)} stand here."


def line(piece: Piece, team: str, *, own: bool) -> str:
    """A piece in a list, for a label that reads Markdown."""
    whose = "your team" if own else one_line(team, 200)
    kind, title = pieces.KINDS[piece.kind], one_line(piece.title, 300)
    named = title if piece.kind in SAY_IT_THEMSELVES else f"{kind}: {title}"
    return markdown(f"{named} ({whose})")


def asked(found_ask: Ask) -> str:
    """A question and its answer."""
    question = f"{one_line(found_ask.by, 400)} asked: {one_line(found_ask.words, 2_000)}"
    if not found_ask.answer:
        return f"{question} Not answered yet."
    return f"{question} {one_line(found_ask.answered_by, 200)}: {one_line(found_ask.answer, 2_000)}"


def answer_to(found_ask: Ask) -> str:
    """The label over an answer."""
    return markdown(f"Your answer to: {one_line(found_ask.words, 200)}")
