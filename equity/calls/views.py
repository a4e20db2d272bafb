"""What of a call's state may be shown. What is not made here reaches no participant.

Nothing here holds a number of a card: those are in the card's own bytes, made for whoever may see them. A guess is
shown when its card is revealed, and until then only counted. An anonymous contribution has no author to show.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from equity.calls.events import CallEvent
from equity.calls.stages import RULES, Stage
from equity.calls.state import CallState, Contribution
from equity.vocabulary.lenses import LENSES, TEAM

SAYS_NOTHING = frozenset({"remembered"})
CHANGES_STATE = frozenset({"opened", "moved", "card_added", "handed_over", "weights_revealed", "weighing_again"})
CHANGES_PRESENCE = frozenset({"joined", "offered", "weighed"})
"""An offer is told to nobody but whoever leads: the others hear again who is here, and the leader looks."""
View = dict[str, Any]


def is_visible(state: CallState, contribution: Contribution) -> bool:
    """Whether others may see it: a guess waits for the reveal of its card."""
    card = state.card_at(contribution.card)
    shown = RULES[contribution.stage].shows_others or (card is not None and card.revealed)
    return shown and not contribution.unseen


def state_view(state: CallState, moment: dt.datetime) -> View:
    """Where the call is. ``elapsed`` is how many seconds the stage has been on at ``moment``."""
    card = state.current
    reached = [c for c in state.cards if c.last_stage is not None]
    return {
        "title": state.title,
        "stage": state.stage,
        "card": state.card,
        "cards": len(state.cards),
        "question": card.question if card else "",
        "groups": list(card.groups) if card else [],
        "unit": card.unit if card else "",
        "parts": dict(card.parts) if card else {},
        "revealed": bool(card and card.revealed),
        "reached": [{"card": c.number, "question": c.question, "revealed": c.revealed} for c in reached],
        "agenda": [{"stage": item.stage, "minutes": item.minutes} for item in state.agenda],
        "minutes": next((item.minutes for item in state.agenda if item.stage == state.stage), 0),
        "elapsed": round((moment - state.since).total_seconds(), 1) if state.since else 0,
        "facilitator": state.facilitator,
        "weights_revealed": bool(state.weighed.spreads),
        "ended": state.ended is not None,
        "answered": answered(state),
    }


def presence_view(state: CallState) -> View:
    """Who is here, by lens as a count, and how many have answered the stage that is on."""
    lenses = Counter(p.lens for p in state.participants.values())
    return {
        "participants": len(state.participants),
        "lenses": {lens: lenses[lens] for lens in (*LENSES, TEAM) if lenses[lens]},
        "answered": answered(state),
    }


def answered(state: CallState) -> View:
    """How many have written about the card in this stage, and by lens: never what, never who.

    Anonymous ones cannot be told apart, so each counts as one person, up to as many as there are. Of weights only how
    many have finished is known.
    """
    if state.stage == "weigh":
        return {"count": state.weighed.finished, "lenses": {}}
    written = state.of_stage(state.card, state.stage)
    people = {c.participant: c.lens for c in written if c.participant}
    lenses = Counter(people.values()) + Counter(c.lens for c in written if not c.participant)
    return {
        "count": min(sum(lenses.values()), max(len(state.participants), len(people))),
        "lenses": {lens: lenses[lens] for lens in (*LENSES, TEAM) if lenses[lens]},
    }


def contribution_view(contribution: Contribution) -> View:
    """A contribution as everybody may read it; its words are gone when it was withdrawn or hidden."""
    gone = contribution.is_gone
    return {
        "id": contribution.id,
        "seq": contribution.seq,
        "stage": contribution.stage,
        "card": contribution.card,
        "lens": contribution.lens,
        "name": contribution.name,
        "words": "" if gone else contribution.words,
        "votes": len(contribution.voters),
        "anchor": None if gone else contribution.anchor,
        "owner": "" if gone else contribution.owner,
        "day": "" if gone else contribution.day,
        "scribe": contribution.scribe,
        "edited": contribution.edited,
        "withdrawn": contribution.withdrawn,
        "hidden": contribution.hidden,
        "became": contribution.became,
    }


def votes_view(contribution: Contribution) -> View:
    """How many dots a contribution has."""
    return {"contribution": contribution.id, "votes": len(contribution.voters)}


def messages(state: CallState, event: CallEvent, moment: dt.datetime) -> list[tuple[str, View]]:
    """What everybody hears of an event that is in the state now: names of messages and their content.

    The guesses about a card are told with its reveal, before the state that says so.
    """
    if event.kind in CHANGES_STATE:
        guesses = guesses_of(state, state.card) if event.kind == "moved" else []
        return [*(("contribution", contribution_view(c)) for c in guesses), ("state", state_view(state, moment))]
    if event.kind in CHANGES_PRESENCE:
        return [("presence", presence_view(state))]
    if event.kind == "ended":
        return [("end", {"ended": True})]
    contribution = state.contributions.get(event.body["id"]) if event.kind not in SAYS_NOTHING else None
    if contribution is None:
        return []
    if not is_visible(state, contribution):
        return [("presence", presence_view(state))]
    if event.kind == "voted":
        return [("votes", votes_view(contribution))]
    return [("contribution", contribution_view(contribution))]


def guesses_of(state: CallState, number: int) -> list[Contribution]:
    """The guesses about a card that may be shown: none before its reveal."""
    card = state.card_at(number)
    if card is None or not card.revealed:
        return []
    return state.of_stage(number, "predict")


def replay(
    state: CallState, events: Sequence[CallEvent], after: int, moment: dt.datetime
) -> list[tuple[int, str, View]]:
    """What somebody who has heard everything up to ``after`` must hear, each thing once and as it is now.

    Rows are (seq, name, content) with seq never falling. With nothing heard, the first is where the call is now, under
    the seq of its opening: whoever joins late knows at once what is on.
    """
    latest: dict[tuple[str, str], int] = {}
    for event in events:
        if event.seq <= after:
            continue
        for name, key in _things(state, event):
            latest[name, key] = event.seq
    views: list[tuple[int, str, View]] = []
    if after <= 0 and events:
        views.append((events[0].seq, "state", state_view(state, moment)))
        if latest.get(("state", "")) == events[0].seq:
            del latest["state", ""]
    makers: dict[str, Callable[[str], View]] = {
        "state": lambda _: state_view(state, moment),
        "presence": lambda _: presence_view(state),
        "end": lambda _: {"ended": True},
        "contribution": lambda key: contribution_view(state.contributions[key]),
        "votes": lambda key: votes_view(state.contributions[key]),
    }
    for (name, key), seq in sorted(latest.items(), key=lambda item: (item[1], item[0])):
        if name == "votes" and ("contribution", key) in latest:
            continue
        views.append((seq, name, makers[name](key)))
    return views


def _things(state: CallState, event: CallEvent) -> list[tuple[str, str]]:
    """What an event changed, as (name of the message, which one)."""
    if event.kind in CHANGES_STATE:
        guesses = guesses_of(state, event.body["card"]) if event.kind == "moved" else []
        return [("state", ""), *(("contribution", c.id) for c in guesses)]
    if event.kind in CHANGES_PRESENCE:
        return [("presence", "")]
    if event.kind == "ended":
        return [("end", "")]
    contribution = state.contributions.get(event.body["id"]) if event.kind not in SAYS_NOTHING else None
    if contribution is None:
        return []
    if not is_visible(state, contribution):
        return [("presence", "")]
    return [("votes" if event.kind == "voted" else "contribution", contribution.id)]


def not_reached(state: CallState) -> list[tuple[int, Stage]]:
    """What nobody has come to: cards that were not on, and stages of the others without a word.

    A pair (number, stage); a card that was not on stands once, with its first stage.
    """
    left: list[tuple[int, Stage]] = []
    for card in state.cards:
        if card.last_stage is None:
            left.append((card.number, state.first_stage()))
            continue
        left += [
            (card.number, item.stage)
            for item in state.agenda
            if RULES[item.stage].takes_words
            and item.stage != "look_around"
            and not state.of_stage(card.number, item.stage)
        ]
    return left
