"""Weighing as a stage of a call: everybody's hundred points in private, then all of them at once.

The points hang on the decision that the call is about, as those that come by a link for phones: without an author, for
their giver alone until they are revealed. The call's log holds how many have finished, and after the reveal what
everybody saw: points by lens, never whose they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from equity.access.here import Here
from equity.access.may import require
from equity.actions.calls import weighing_links
from equity.actions.calls.call_moves import refuse_ended
from equity.actions.calls.call_voices import NotIn, NotThere
from equity.actions.calls.live_calls import LiveCall
from equity.actions.calls.weighing_links import Admitted
from equity.calls.events import CallEvent
from equity.calls.state import CallState, Participant
from equity.focus import room as rules
from equity.focus.nouns import DECISION, WEIGHTS
from equity.focus.room import FocusRoom, Stage
from equity.store.records import shelf
from equity.store.records.calls import NewEntry
from equity.store.records.kept import Kept
from equity.vocabulary import PlainError
from equity.words.call import call_weights as words
from equity.words.call.calls import REFUSED
from equity.words.languages import call_answers

OPEN: Final = ("weighing", "revising")


def decisions_to_weigh(here: Here) -> tuple[Kept[FocusRoom], ...]:
    """The decisions of the workspace that people can weigh now, the newest first."""
    require(here.database, here.person, here.workspace, "decide")
    every = shelf.listed(here.database, here.workspace, DECISION)[::-1]
    return tuple(kept for kept in every if kept.content.stage in OPEN)


def to_be_weighed(here: Here, decision: str) -> Kept[FocusRoom]:
    """The decision that a call is to weigh, by its id or as much of its beginning as tells it from the others.

    Whoever opens such a call lets whoever leads it reveal the weights, so they must be allowed to decide.

    Raises:
        PlainError: there is no such decision here, or nobody can weigh it now.
    """
    require(here.database, here.person, here.workspace, "decide")
    matching = [kept for kept in decisions_to_weigh(here) if decision and kept.id.startswith(decision)]
    if len(matching) != 1:
        raise PlainError(words.NONE_TO_WEIGH)
    return matching[0]


def seen(live: LiveCall, key: str) -> dict[str, Any]:
    """What somebody sees while the call weighs: criteria, their own points, the count; after the reveal all points."""
    room = _decision(live).content
    weighed = live.state.weighed
    own = weighing_links.own_by_link(_at(live), _key(live, key))
    spreads = words.as_spreads(weighed.spreads)
    return {
        "title": room.title,
        "among": list(rules.candidates_of(room)),
        "criteria": [words.criterion(room, name) for name in rules.criteria_of(room)],
        "own": None if own is None else {"points": own.content.points, "finished": own.content.finished},
        "finished": weighed.finished,
        "open": room.stage in OPEN and not spreads,
        "revealed": bool(spreads),
        "sentence": words.describe_spreads(spreads),
        "spoken": call_answers.weights_said(spreads),
        "prompt": {"sentence": words.prompt(spreads), "spoken": call_answers.weights_prompt(spreads)},
        "spreads": [{"criterion": words.named(s.criterion), "points": [list(p) for p in s.points]} for s in spreads],
    }


def give(live: LiveCall, who: Participant, key: str, points: Mapping[str, float], finished: bool) -> None:
    """Keep somebody's points, as a draft or finished.

    Raises:
        PlainError: they do not add up, nobody weighs now, or one is given to what is no criterion.
    """
    refuse_ended(live.state)
    if not key:
        raise NotIn(REFUSED["no key"])
    if live.state.weighed.spreads:
        raise PlainError(words.REVEALED)
    at = _at(live)
    if at.decision.content.stage not in OPEN:
        raise PlainError(weighing_links.OVER)
    with live.lock:  # somebody's two windows give one set of points
        weighing_links.save_by_link(at, _key(live, key), who.lens, dict(points), done=finished)
    count = weighing_links.finished_by(at)

    def decide(state: CallState) -> NewEntry | None:
        return None if state.weighed.finished == count else NewEntry("weighed", {"finished": count})

    live.append(decide)


def reveal(live: LiveCall) -> CallEvent | None:
    """Show all points at once; doing so twice changes nothing. Whoever calls this has shown that they lead."""
    refuse_ended(live.state)
    if live.state.weighed.spreads:
        return None
    kept = _decision(live)
    room = kept.content
    every = _finished_weights(live, kept)
    if room.stage in OPEN:
        to: Stage = "revealed" if room.stage == "weighing" else "settled"
        _move(live, kept, rules.moved(room, to, every))
    spreads = [[s.criterion, [list(one) for one in s.points]] for s in rules.spreads(room, every)]
    return live.append(lambda _: NewEntry("weights_revealed", {"finished": len(every), "spreads": spreads}))


def again(live: LiveCall) -> CallEvent | None:
    """Have everybody weigh once more, after the talk: once, as on the page Focus."""
    refuse_ended(live.state)
    kept = _decision(live)
    _move(live, kept, rules.moved(kept.content, "revising"))
    return live.append(lambda _: NewEntry("weighing_again", {}))


def _finished_weights(live: LiveCall, kept: Kept[FocusRoom]) -> list[rules.OwnWeights]:
    every = shelf.listed(live.database, live.call.workspace, WEIGHTS, parent=kept.id)
    return [one.content for one in every if one.content.finished]


def _decision(live: LiveCall) -> Kept[FocusRoom]:
    if not live.state.weighed.decision:
        raise NotThere(words.NOTHING_TO_WEIGH)
    return shelf.one(live.database, live.call.workspace, DECISION, live.state.weighed.decision)


def _at(live: LiveCall) -> Admitted:
    return Admitted(live.database, live.call.workspace, _decision(live))


def _move(live: LiveCall, kept: Kept[FocusRoom], room: FocusRoom) -> None:
    shelf.edit(live.database, live.call.workspace, DECISION, kept.id, room, seen_version=kept.version, by=None)


def _key(live: LiveCall, key: str) -> str:
    """A participant's key for their points: another than the one that the call's log holds a hash of, so that nobody
    who reads the store can tell whose points they are."""
    return hashlib.sha256(f"weights:{live.call.id}:{key}".encode()).hexdigest()
