"""All that a release's page says, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from equity.improvement.shared import SharedAim
from equity.lens.answers import Disparities, Trends
from equity.release.policy import Policy
from equity.words.languages import leader_aims, leader_page
from equity.words.languages.english import ENGLISH
from equity.words.languages.language import Language
from equity.words.languages.spanish import SPANISH
from equity.words.sharing import leader
from equity.words.sharing.leader import FewNumber
from equity.words.work import aims

LANGUAGES: Final = {of.code: of for of in (ENGLISH, SPANISH)}
"""Every language by its code, the usual one first."""


@dataclass(frozen=True)
class Before:
    """The same question asked of the release before: None where there is none; ``made`` is its day."""

    disparities: Disparities | None
    made: str


@dataclass(frozen=True)
class LeaderPage:
    """The sentences of the page, from the top."""

    finding: str
    comes_to: tuple[str, ...]
    question: str
    few: tuple[FewNumber, ...]
    further: str
    changed: str
    hidden: tuple[str, ...]
    prompt: str


def leaders(answer: Disparities, over_time: Trends | None, before: Before, policy: Policy, of: Language) -> LeaderPage:
    """What the page says of an answer of a release."""
    if of is ENGLISH:
        return _in_english(answer, over_time, before, policy)
    return LeaderPage(
        leader_page.finding(answer, of),
        leader_page.what_it_comes_to(answer, of),
        leader_page.question(answer, of),
        leader_page.few_numbers(answer, over_time, of),
        leader_page.further(answer, of),
        leader_page.changed(answer, before.disparities, before.made, of),
        leader_page.hidden(answer, policy, of),
        leader_page.prompt(answer, of),
    )


def shared_aim(told: SharedAim, of: Language) -> list[str]:
    """An aim that the team shares, line by line."""
    said = aims.shared(told) if of is ENGLISH else leader_aims.shared(told, of)
    return [line for line in said if line]


def _in_english(answer: Disparities, over_time: Trends | None, before: Before, policy: Policy) -> LeaderPage:
    unseen = leader.hidden(answer, policy.sentence) or (leader.nothing_hidden(policy.sentence),)
    return LeaderPage(
        leader.finding(answer),
        leader.what_it_comes_to(answer),
        leader.question(answer),
        leader.few_numbers(answer, over_time),
        leader.further(answer),
        leader.changed(answer, before.disparities, before.made),
        (*unseen, *leader.why_not_as_the_team(answer)),
        leader.asked("", answer),
    )
