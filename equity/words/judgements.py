"""Verdicts, reliability and what is shown: a mark, a word and a definition for each, so that none speaks by colour."""

from __future__ import annotations

from dataclasses import dataclass

from equity.lens.choices import Choices
from equity.words import numbers


@dataclass(frozen=True)
class Judgement:
    """A mark, the word beside it, and what the word means."""

    mark: str
    word: str
    meaning: str


_TENTH = "10% of the rate (or of the rest to 100%)."
"""From where on a gap is large: a tenth in either framing of a share (the rule of the NHQDR)."""

VERDICTS: dict[str, Judgement] = {
    "disparity": Judgement("▲", "large and clear", f"The gap is at least {_TENTH} Chance alone would rarely cause it."),
    "large_uncertain": Judgement("△", "large, not yet clear", f"The gap is at least {_TENTH} It may still be chance."),
    "small_certain": Judgement(
        "▴", "small but clear", f"The gap is under {_TENTH} Chance alone would rarely cause it."
    ),
    "none": Judgement("=", "no clear gap", f"The gap is under {_TENTH} It may be chance."),
    "reference": Judgement("◆", "reference", "The other groups are compared with this group."),
    "": Judgement("–", "not compared", "This group was not compared with the reference."),
}
"""The four states of the NHQDR rule, the reference itself, and rows that were not compared."""

RELIABILITY: dict[str, Judgement] = {
    "reliable": Judgement("●", "reliable", "There are enough people for the rate to be read as it stands."),
    "read_with_care": Judgement("◐", "use with caution", "The rate may be some way off, so read it with its range."),
    "too_few": Judgement("○", "too few to read", "There are too few people for the rate to mean much."),
}

ENOUGH_PEOPLE: dict[str, str] = {
    "reliable": "enough people: reliable",
    "read_with_care": "few people: use with caution",
    "too_few": "too few people to read",
}
"""The same beside another mark, which says for how many the group is recorded: each names what it is about."""

"""The NCHS badges. Reliability is not privacy."""


def hidden(choices: Choices) -> str:
    """Why a number is hidden. In a release everything hidden is hidden by its rule: to say more would tell more.

    The team, and readers of what is public already, miss only what the source itself hid.
    """
    if choices.policy in ("workspace", "public"):
        return numbers.HIDDEN_AT_SOURCE
    return numbers.hidden(choices.threshold)


def hidden_in_a_sentence(choices: Choices) -> str:
    """The same after "is" or "are": "not shown to protect privacy (fewer than 11)", "hidden in the source"."""
    said = hidden(choices)
    return "hidden in the source" if said == numbers.HIDDEN_AT_SOURCE else said[0].lower() + said[1:]


def absence(shown: str, choices: Choices) -> str:
    """Why there is no rate, or nothing when there is one: hidden, missing and zero are three different things."""
    if shown == "hidden":
        return hidden(choices)
    return numbers.MISSING if shown == "missing" else ""
