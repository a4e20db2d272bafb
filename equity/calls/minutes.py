"""A call's state into its minutes: what was looked at, guessed, written and chosen, who was there, what is open.

Words stand as they were written; what was withdrawn or hidden is not in the minutes. Pictures are added by whoever
writes them down (`equity/actions/calls/call_minutes.py`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from equity.calls.stages import RULES, Stage
from equity.calls.state import CallCard, CallState, Contribution
from equity.calls.views import not_reached
from equity.calls.weighing import Weighed
from equity.vocabulary.lenses import LENSES, TEAM


@dataclass(frozen=True)
class StageMinutes:
    """What was written about a card in a stage, the most dots first and then in the order in which it came."""

    stage: Stage
    contributions: tuple[Contribution, ...]

    def by_lens(self) -> tuple[tuple[str, tuple[Contribution, ...]], ...]:
        """The same by lens, in the order of the lenses."""
        lenses = [lens for lens in (*LENSES, TEAM) if any(c.lens == lens for c in self.contributions)]
        return tuple((lens, tuple(c for c in self.contributions if c.lens == lens)) for lens in lenses)


@dataclass(frozen=True)
class CardMinutes:
    """A card that was on, and what was said about it. ``guesses`` are those that may be shown."""

    card: CallCard
    guesses: tuple[Contribution, ...]
    stages: tuple[StageMinutes, ...]


@dataclass(frozen=True)
class Minutes:
    """A call as it is kept. ``people`` are names with lenses, or none where counts were chosen at the start."""

    title: str
    opened: dt.datetime | None
    ended: dt.datetime | None
    facilitator: str
    participants: int
    lenses: tuple[tuple[str, int], ...]
    people: tuple[tuple[str, str], ...]
    cards: tuple[CardMinutes, ...]
    tests: tuple[Contribution, ...]
    weighed: Weighed
    open_cards: tuple[CallCard, ...]
    open_stages: tuple[tuple[int, Stage], ...]


def minutes_of(state: CallState) -> Minutes:
    """The minutes of a call as it is now."""
    lenses = Counter(p.lens for p in state.participants.values())
    reached = [card for card in state.cards if card.last_stage is not None]
    standing = [c for c in state.contributions.values() if not c.is_gone]
    return Minutes(
        title=state.title,
        opened=state.opened,
        ended=state.ended,
        facilitator=state.facilitator,
        participants=len(state.participants),
        lenses=tuple((lens, lenses[lens]) for lens in (*LENSES, TEAM) if lenses[lens]),
        people=tuple((p.name, p.lens) for p in state.participants.values()) if state.names_in_minutes else (),
        cards=tuple(_card(state, card) for card in reached),
        tests=tuple(_chosen([c for c in standing if c.stage == "next_test"])),
        weighed=state.weighed,
        open_cards=tuple(card for card in state.cards if card.last_stage is None),
        open_stages=tuple(
            (number, stage) for number, stage in not_reached(state) if state.cards[number - 1].last_stage is not None
        ),
    )


def _card(state: CallState, card: CallCard) -> CardMinutes:
    stages = []
    for item in state.agenda:
        written = state.of_stage(card.number, item.stage)
        if item.stage != "predict" and RULES[item.stage].takes_words and written:
            stages.append(StageMinutes(item.stage, tuple(_chosen(written))))
    guesses = tuple(state.of_stage(card.number, "predict")) if card.revealed else ()
    return CardMinutes(card, guesses, tuple(stages))


def _chosen(contributions: list[Contribution]) -> list[Contribution]:
    return sorted(contributions, key=lambda c: (-len(c.voters), c.seq))
