"""A log of events into the state of a call. The same events give the same state, in whatever process they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from equity.calls.events import CallEvent, Kind
from equity.calls.offer import Offer
from equity.calls.stages import RULES, STAGES, AgendaItem, Stage
from equity.calls.weighing import Weighed
from equity.vocabulary.lenses import TEAM


@dataclass
class CallCard:
    """A card of the call: how it is made (``link``, the parameters of a recipe), and what is asked before it is shown.

    ``groups`` and ``unit`` are what a guess may name; ``parts`` what words may be about (groups, periods) and how
    each group's rate is sketched. ``sentence`` is the finding as it was at the reveal.
    """

    number: int
    page: str
    link: Mapping[str, str]
    question: str
    asked: str
    groups: tuple[str, ...] = ()
    unit: str = ""
    parts: Mapping[str, Any] = field(default_factory=dict)
    revealed: bool = False
    sentence: str = ""
    last_stage: Stage | None = None


@dataclass(frozen=True)
class Participant:
    """Somebody who joined: a first name and a lens, and the hash of the key that their browser holds."""

    id: str
    name: str
    lens: str
    key: str


@dataclass
class Contribution:
    """Words that somebody wrote. ``name`` and ``participant`` are empty when it is anonymous: nobody knows more.

    ``client`` is a hash of the random id that its writer's browser made: whoever holds that id may edit it. ``unseen``
    is a guess that was gone before the reveal of its card: no one else ever sees that it was there.
    """

    id: str
    seq: int
    stage: Stage
    card: int
    lens: str
    name: str
    participant: str
    words: str
    client: str
    anchor: Any = None
    owner: str = ""
    day: str = ""
    scribe: bool = False
    edited: bool = False
    withdrawn: bool = False
    hidden: str = ""
    became: str = ""
    unseen: bool = False
    voters: set[str] = field(default_factory=set)

    @property
    def is_gone(self) -> bool:
        """Whether its words are no longer shown."""
        return self.withdrawn or bool(self.hidden)


@dataclass
class CallState:
    """All that there is to know of a call. ``seq`` is the last event that is in it, 0 before the first."""

    seq: int = 0
    title: str = ""
    agenda: tuple[AgendaItem, ...] = ()
    names_in_minutes: bool = True
    facilitator: str = ""
    cards: list[CallCard] = field(default_factory=list)
    card: int = 1
    stage: Stage = "predict"
    since: dt.datetime | None = None
    opened: dt.datetime | None = None
    ended: dt.datetime | None = None
    participants: dict[str, Participant] = field(default_factory=dict)
    by_key: dict[str, Participant] = field(default_factory=dict)
    contributions: dict[str, Contribution] = field(default_factory=dict)
    by_client: dict[str, Contribution] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    weighed: Weighed = field(default_factory=Weighed)

    def apply(self, event: CallEvent) -> None:
        """Take in the next event; one that is in already changes nothing."""
        if event.seq <= self.seq:
            return
        _TAKEN_IN[event.kind](self, event)
        self.seq = event.seq

    def card_at(self, number: int) -> CallCard | None:
        """The card with this number, 1 is the first."""
        return self.cards[number - 1] if 1 <= number <= len(self.cards) else None

    @property
    def current(self) -> CallCard | None:
        """The card that is on."""
        return self.card_at(self.card)

    def holders(self, lens: str) -> int:
        """How many people hold a lens; two who joined under one name and lens may be one person with two devices."""
        return len({p.name.casefold() for p in self.participants.values() if p.lens == lens})

    def lens_shown(self, lens: str) -> str:
        """The lens as an anonymous contribution may carry it: one that a single person holds would name them."""
        return lens if self.holders(lens) > 1 else TEAM

    def of_stage(self, card: int, stage: Stage) -> list[Contribution]:
        """What was written about a card in a stage and still stands, in the order in which it came."""
        return [c for c in self.contributions.values() if (c.card, c.stage) == (card, stage) and not c.is_gone]

    def first_stage(self) -> Stage:
        """The stage that a card begins with."""
        return self.agenda[0].stage if self.agenda else STAGES[0]


def _opened(state: CallState, event: CallEvent) -> None:
    body = event.body
    state.title = body["title"]
    state.agenda = tuple(AgendaItem(item["stage"], item["minutes"]) for item in body["agenda"])
    state.names_in_minutes = bool(body.get("names", True))
    state.facilitator, state.weighed = body.get("facilitator", ""), Weighed(body.get("decision", ""))
    for card in body["cards"]:
        _add_card(state, card)
    state.stage, state.since, state.opened = state.first_stage(), event.at, event.at
    _show(state)


def _add_card(state: CallState, body: Mapping[str, Any]) -> None:
    state.cards.append(
        CallCard(
            number=len(state.cards) + 1,
            page=body["page"],
            link=body["link"],
            question=body["question"],
            asked=body["asked"],
            groups=tuple(body.get("groups", ())),
            unit=body.get("unit", ""),
            parts=body.get("parts", {}),
        )
    )


def _card_added(state: CallState, event: CallEvent) -> None:
    _add_card(state, event.body["card"])
    offer = state.offers.get(event.body.get("offer", ""))
    if offer is not None:
        offer.taken = True


def _offered(state: CallState, event: CallEvent) -> None:
    body = event.body
    state.offers[body["id"]] = Offer(body["id"], body["card"], body["name"])


def _joined(state: CallState, event: CallEvent) -> None:
    body = event.body
    someone = Participant(body["participant"], body["name"], body["lens"], body["key"])
    state.participants[someone.id] = someone
    state.by_key[someone.key] = someone


def _moved(state: CallState, event: CallEvent) -> None:
    state.card, state.stage, state.since = event.body["card"], event.body["stage"], event.at
    _show(state)


def _remembered(state: CallState, event: CallEvent) -> None:
    card = state.card_at(event.body["card"])
    if card is not None:
        card.sentence = event.body["sentence"]


def _show(state: CallState) -> None:
    """Reveal the card that is on, when the stage shows it; what was seen stays seen."""
    card = state.current
    if card is not None:
        if RULES[state.stage].shows_picture and not card.revealed:
            card.revealed = True
            for contribution in state.contributions.values():
                waits = contribution.card == card.number and not RULES[contribution.stage].shows_others
                contribution.unseen = contribution.unseen or (waits and contribution.is_gone)
        card.last_stage = card.last_stage if state.stage == "weigh" else state.stage


def _contributed(state: CallState, event: CallEvent) -> None:
    body = event.body
    contribution = Contribution(
        id=body["id"],
        seq=event.seq,
        stage=body["stage"],
        card=body["card"],
        lens=body["lens"],
        name=body["name"],
        participant=body["participant"],
        words=body["words"],
        client=body["client"],
        anchor=body.get("anchor"),
        owner=body.get("owner", ""),
        day=body.get("day", ""),
        scribe=bool(body.get("scribe", False)),
    )
    state.contributions[contribution.id] = contribution
    state.by_client[contribution.client] = contribution


def _of_contribution(
    change: Callable[[Contribution, Mapping[str, Any]], None],
) -> Callable[[CallState, CallEvent], None]:
    def take_in(state: CallState, event: CallEvent) -> None:
        contribution = state.contributions.get(event.body["id"])
        if contribution is not None:
            change(contribution, event.body)

    return take_in


def _edit(contribution: Contribution, body: Mapping[str, Any]) -> None:
    contribution.words, contribution.edited = body["words"], True


def _withdraw(contribution: Contribution, body: Mapping[str, Any]) -> None:
    contribution.words, contribution.withdrawn = "", True


def _hide(contribution: Contribution, body: Mapping[str, Any]) -> None:
    contribution.hidden = body["reason"]


def _become(contribution: Contribution, body: Mapping[str, Any]) -> None:
    contribution.became = body["words"]


def _vote(contribution: Contribution, body: Mapping[str, Any]) -> None:
    if body["on"]:
        contribution.voters.add(body["participant"])
    else:
        contribution.voters.discard(body["participant"])


def _of_weights(change: Callable[[Weighed, Mapping[str, Any]], Weighed]) -> Callable[[CallState, CallEvent], None]:
    def take_in(state: CallState, event: CallEvent) -> None:
        state.weighed = change(state.weighed, event.body)

    return take_in


def _handed_over(state: CallState, event: CallEvent) -> None:
    state.facilitator = event.body["name"]


def _ended(state: CallState, event: CallEvent) -> None:
    state.ended = event.at


_TAKEN_IN: Mapping[Kind, Callable[[CallState, CallEvent], None]] = {
    "opened": _opened,
    "joined": _joined,
    "moved": _moved,
    "remembered": _remembered,
    "card_added": _card_added,
    "offered": _offered,
    "contributed": _contributed,
    "edited": _of_contribution(_edit),
    "withdrawn": _of_contribution(_withdraw),
    "hidden": _of_contribution(_hide),
    "voted": _of_contribution(_vote),
    "weighed": _of_weights(Weighed.counted),
    "weights_revealed": _of_weights(Weighed.revealed),
    "weighing_again": _of_weights(Weighed.again),
    "handed_over": _handed_over,
    "ended": _ended,
    "became": _of_contribution(_become),
}
