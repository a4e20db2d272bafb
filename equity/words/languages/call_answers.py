"""What a call's picture says of groups compared, in the participant's language, beside the card's own English."""

from __future__ import annotations

from typing import Final

from equity.calls.guesses import GuessStrip
from equity.lens.answers import Disparities
from equity.words import groups
from equity.words.languages import leader_page
from equity.words.languages import leader_pieces as pieces
from equity.words.languages.language import Language
from equity.words.languages.pages import LANGUAGES

OTHERS: Final = tuple(of for code, of in LANGUAGES.items() if code != "en")
"""The languages besides English, in which the page of a call can be read."""


def findings(answer: object) -> dict[str, str]:
    """The finding of a comparison by language; nothing for another kind of answer."""
    if not isinstance(answer, Disparities):
        return {}
    return {
        of.code: " ".join((leader_page.finding(answer, of), *leader_page.what_it_comes_to(answer, of))) for of in OTHERS
    }


def guesses_said(found: GuessStrip, answer: Disparities) -> dict[str, str]:
    """How many thought the gap smaller or larger, and how many named its group, by language."""
    noun, by = groups.noun(answer.measure), answer.stratifier
    value = next((each for each in by.groups if groups.describe_group(by, each) == found.group), "")
    return {of.code: _said(found, pieces.who_said(by, value, noun, of) if value else "", of) for of in OTHERS}


def _said(found: GuessStrip, who: str, of: Language) -> str:
    parts = []
    if found.guesses:
        parts.append(of.say("guesses.smaller", n=found.smaller, all=len(found.guesses)))
        if found.larger:
            parts.append(of.say("guesses.larger", n=found.larger))
    if found.named_group and who:
        parts.append(of.say("guesses.named", n=found.right_group, all=found.named_group, who=who))
    return " ".join(parts)
