"""What is new since the last look, in words."""

from __future__ import annotations

from equity.notes.looked import Looked
from equity.words.page.looking import since

BEFORE = Looked("Sample", 2, "made", "2026-03-01")


def test_the_finding_then_stands_beside_that_of_now() -> None:
    changed, then = since(BEFORE, 3, "The gap was 13.5 points.", "The gap is 9.8 points.")
    assert changed == "New since you last looked (March 1, 2026, version 2): the data are version 3 now."
    assert then == "Then: The gap was 13.5 points."


def test_what_stayed_and_what_cannot_be_made_again_are_said_too() -> None:
    assert since(BEFORE, 3, "Same.", "Same.")[1] == "This finding is the same as then."
    assert len(since(BEFORE, 3, "", "Now.")) == 1
