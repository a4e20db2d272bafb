"""What a call's picture says of groups compared, and its weights of people, in the participant's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from equity.calls.guesses import GuessStrip
from equity.focus.room import CriterionSpread
from equity.lens.answers import Disparities
from equity.words import groups
from equity.words.languages import leader_page
from equity.words.languages import leader_pieces as pieces
from equity.words.languages.call_pages import CALL_LANGUAGES
from equity.words.languages.language import Language
from equity.words.languages.pages import LANGUAGES
from equity.words.work import focus
from equity.words.work.focus import MUCH_THE_SAME

OTHERS: Final = tuple(of for code, of in LANGUAGES.items() if code != "en")
"""The languages besides English, in which the page of a call can be read."""


def findings(answer: object) -> dict[str, str]:
    """The finding of a comparison by language; nothing for another kind of answer."""
    if not isinstance(answer, Disparities):
        return {}
    return {
        of.code: " ".join((leader_page.finding(answer, of), *leader_page.what_it_comes_to(answer, of))) for of in OTHERS
    }


def guesses_said(strip: GuessStrip, answer: Disparities) -> dict[str, str]:
    """How many thought the gap smaller or larger, and how many named its group, by language."""
    noun, by = groups.noun(answer.measure), answer.stratifier
    value = next((each for each in by.groups if groups.describe_group(by, each, noun) == strip.group), "")
    return {of.code: _said(strip, pieces.who_said(by, value, noun, of) if value else "", of) for of in OTHERS}


def weights_said(spreads: Sequence[CriterionSpread]) -> dict[str, str]:
    """Where people differ most, by language; nothing before the reveal."""
    if not spreads:
        return {}
    widest = spreads[0]
    if widest.range <= MUCH_THE_SAME:
        return {of.code: of.say("weights.same") for of in OTHERS}
    low, high = widest.points[0][1], widest.points[-1][1]
    return {
        of.code: of.say("weights.differ", criterion=_criterion(widest, of), low=f"{low:g}", high=f"{high:g}")
        for of in OTHERS
    }


def weights_prompt(spreads: Sequence[CriterionSpread]) -> dict[str, str]:
    """What to talk about first, by language; nothing before the reveal, and where people agree."""
    if not spreads or spreads[0].range <= MUCH_THE_SAME:
        return {}
    return {of.code: of.say("weights.begin", criterion=_criterion(spreads[0], of)) for of in OTHERS}


def _criterion(spread: CriterionSpread, of: Language) -> str:
    """A criterion of ours in this language; one that people wrote stays as it is."""
    english = focus.criterion_name(spread.criterion)
    return CALL_LANGUAGES[of.code].names.get(english, english)


def _said(strip: GuessStrip, who: str, of: Language) -> str:
    parts = []
    if strip.guesses:
        parts.append(of.say("guesses.smaller", n=strip.smaller, all=len(strip.guesses)))
        if strip.larger:
            parts.append(of.say("guesses.larger", n=strip.larger))
    if strip.named_group and who:
        parts.append(of.say("guesses.named", n=strip.right_group, all=strip.named_group, who=who))
    return " ".join(parts)
