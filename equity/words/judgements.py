"""Verdicts, reliability and what is shown: a mark, a word and a definition for each, so that none speaks by colour."""

from __future__ import annotations

from dataclasses import dataclass

from equity.words import numbers


@dataclass(frozen=True)
class Judgement:
    """A mark, the word beside it, and what the word means."""

    mark: str
    word: str
    meaning: str


VERDICTS: dict[str, Judgement] = {
    "disparity": Judgement(
        "▲", "large and clear", "The gap is at least 10% of the rate, and chance alone would rarely bring it about."
    ),
    "large_uncertain": Judgement(
        "△", "large, not yet clear", "The gap is at least 10% of the rate, but it may still be chance."
    ),
    "small_certain": Judgement(
        "▴", "small but clear", "The gap is under 10% of the rate, but chance alone would rarely bring it about."
    ),
    "none": Judgement("=", "no clear gap", "The gap is under 10% of the rate, and it may be chance."),
    "reference": Judgement("◆", "reference", "The other groups are compared with this group."),
    "": Judgement("–", "not compared", "This group was not compared with the reference."),
}
"""The four states of the NHQDR rule, the reference itself, and rows that were not compared."""

RELIABILITY: dict[str, Judgement] = {
    "reliable": Judgement("●", "reliable", "There are enough people for the rate to be read as it stands."),
    "read_with_care": Judgement("◐", "read with care", "The rate may be some way off, so read it with its range."),
    "too_few": Judgement("○", "too few to read", "There are too few people for the rate to mean much."),
}
"""The NCHS badges. Reliability is not privacy."""


def absence(shown: str, hidden_at_source: float, policy: str) -> str:
    """Why there is no rate, or nothing when there is one: hidden, missing and zero are three different things.

    In a release everything hidden is hidden for privacy's sake: to say more would tell more.
    """
    if shown == "hidden":
        return numbers.HIDDEN_AT_SOURCE if hidden_at_source > 0 and policy == "workspace" else numbers.HIDDEN
    return numbers.MISSING if shown == "missing" else ""
