"""What a participant does: join, write, edit, withdraw, vote. Each is on the disk when it has been answered."""

from __future__ import annotations

import json
import math
import secrets
from dataclasses import dataclass
from typing import Any, Final

from equity.actions.calls.live_calls import LiveCall
from equity.calls.events import CallEvent
from equity.calls.stages import RULES, Stage, read_stage
from equity.calls.state import CallState, Contribution, Participant
from equity.store.records.calls import NewEntry, hash_of
from equity.store.workspace.tables import new_id
from equity.vocabulary import PlainError
from equity.vocabulary.lenses import read_lens
from equity.vocabulary.written import is_written
from equity.words.call.calls import REFUSED
from equity.words.escaping import one_line

LONGEST_NAME: Final = 80
LONGEST_WORDS: Final = 4_000
LONGEST_ANCHOR: Final = 2_000
LONGEST_CLIENT: Final = 200
MOST_PEOPLE: Final = 500


class NotIn(PlainError):  # noqa: N818 — what a person is told, not a fault
    """The key of a participant is missing or belongs to another call."""


class NotTheirs(PlainError):  # noqa: N818 — what a person is told, not a fault
    """Somebody wanted to change what another wrote."""


class NotThere(PlainError):  # noqa: N818 — what a person is told, not a fault
    """What was named is not in this call."""


class Over(PlainError):  # noqa: N818 — what a person is told, not a fault
    """The call has ended."""


@dataclass(frozen=True)
class Wanted:
    """What somebody wrote, as it came. ``client_id`` is new for each contribution and known to its writer alone."""

    client_id: str
    stage: str
    words: str
    anonymous: bool = False
    anchor: Any = None
    card: int = 0
    owner: str = ""
    day: str = ""


@dataclass(frozen=True)
class Kept:
    """A contribution that is on the disk; ``is_new`` unless the same one had been sent before."""

    id: str
    seq: int
    is_new: bool


def join(live: LiveCall, name: str, lens: str) -> str:
    """Join a call: gives the key that goes with all that follows. Only its hash is kept."""
    shown = one_line(name, LONGEST_NAME + 1)
    if not is_written(shown):
        raise PlainError(REFUSED["no name"])
    if len(shown) > LONGEST_NAME:
        raise PlainError(REFUSED["long name"])
    seen_from, key = read_lens(lens), secrets.token_urlsafe(24)

    def decide(state: CallState) -> NewEntry:
        _refuse_ended(state)
        if len(state.participants) >= MOST_PEOPLE:
            raise PlainError(REFUSED["full"])
        body = {"participant": new_id(), "name": shown.strip(), "lens": seen_from, "key": hash_of(key)}
        return NewEntry("joined", body)

    live.append(decide)
    return key


def participant_of(live: LiveCall, key: str) -> Participant:
    """Whose key this is; raises :class:`NotIn` for none, and for one of another call."""
    if not key:
        raise NotIn(REFUSED["no key"])
    hashed = hash_of(key)
    if hashed not in live.state.by_key:
        live.catch_up()  # they may have joined by another server a moment ago
    participant = live.state.by_key.get(hashed)
    if participant is None:
        raise NotIn(REFUSED["wrong key"])
    return participant


def contribute(live: LiveCall, who: Participant, wanted: Wanted) -> Kept:
    """Keep a contribution, once: the same ``client_id`` again gives the one that is kept."""
    client, stage = _checked_client(live, wanted), read_stage(wanted.stage)
    words, anchor = _checked_words(wanted.words, stage, wanted.anchor), _checked_anchor(wanted.anchor)
    event = live.append(lambda state: _new_contribution(state, who, wanted, client, stage, words, anchor))
    if event is not None:
        return Kept(str(event.body["id"]), event.seq, is_new=True)
    kept = live.state.by_client[client]
    return Kept(kept.id, kept.seq, is_new=False)


def edit(live: LiveCall, who: Participant, contribution: str, client_id: str, words: str) -> CallEvent | None:
    """Change the words of one's own contribution."""

    def decide(state: CallState) -> NewEntry:
        own = _own(live, state, who, contribution, client_id)
        return NewEntry("edited", {"id": own.id, "words": _checked_words(words, own.stage, own.anchor)})

    return live.append(decide)


def withdraw(live: LiveCall, who: Participant, contribution: str, client_id: str) -> CallEvent | None:
    """Take one's own contribution back: its words are gone for everybody, and from the log."""

    def decide(state: CallState) -> NewEntry:
        return NewEntry("withdrawn", {"id": _own(live, state, who, contribution, client_id).id})

    return live.append(decide)


def vote(live: LiveCall, who: Participant, contribution: str, on: bool) -> CallEvent | None:
    """Put one's dot on a contribution, or take it away; doing so twice changes nothing."""

    def decide(state: CallState) -> NewEntry | None:
        _refuse_ended(state)
        written = state.contributions.get(contribution)
        if written is None or not _may_be_voted_on(state, written):
            raise NotThere(REFUSED["no contribution"])
        if (who.id in written.voters) == on:
            return None
        return NewEntry("voted", {"id": written.id, "participant": who.id, "on": on})

    return live.append(decide)


def _new_contribution(
    state: CallState, who: Participant, wanted: Wanted, client: str, stage: Stage, words: str, anchor: Any
) -> NewEntry | None:
    if client in state.by_client:
        return None
    _refuse_ended(state)
    number = wanted.card or state.card
    if state.card_at(number) is None:
        raise NotThere(REFUSED["no card"].format(n=number))
    body = {
        "id": new_id(),
        "stage": stage,
        "card": number,
        "words": words,
        "anchor": anchor,
        "lens": state.lens_shown(who.lens) if wanted.anonymous else who.lens,
        "participant": "" if wanted.anonymous else who.id,
        "name": "" if wanted.anonymous else who.name,
        "client": client,
        "owner": one_line(wanted.owner, LONGEST_NAME),
        "day": one_line(wanted.day, LONGEST_NAME),
    }
    return NewEntry("contributed", body, client)


def _own(live: LiveCall, state: CallState, who: Participant, contribution: str, client_id: str) -> Contribution:
    """One's own contribution: by whose it is, or, where it has no author, by the id that one's browser made for it."""
    _refuse_ended(state)
    written = state.contributions.get(contribution)
    if written is None:
        raise NotThere(REFUSED["no contribution"])
    by_its_id = not written.participant and client_id and written.client == _client_hash(live, client_id)
    if written.participant != who.id and not by_its_id:
        raise NotTheirs(REFUSED["not yours"])
    if written.is_gone:
        raise PlainError(REFUSED["gone"])
    return written


def _may_be_voted_on(state: CallState, contribution: Contribution) -> bool:
    card = state.card_at(contribution.card)
    shown = RULES[contribution.stage].shows_others or (card is not None and card.revealed)
    return shown and not contribution.is_gone


def _refuse_ended(state: CallState) -> None:
    if state.ended is not None:
        raise Over(REFUSED["ended"])


def _checked_client(live: LiveCall, wanted: Wanted) -> str:
    if not is_written(wanted.client_id) or len(wanted.client_id) > LONGEST_CLIENT:
        raise PlainError(REFUSED["no client"])
    return _client_hash(live, wanted.client_id)


def _client_hash(live: LiveCall, client_id: str) -> str:
    """A browser's id as it is kept: it tells nothing of who made it."""
    return hash_of(f"{live.call.id}:{client_id}")


def _checked_words(words: str, stage: Stage, anchor: Any) -> str:
    kept = words.replace("\x00", "").encode("utf-8", "replace").decode("utf-8").strip()
    guessed = stage == "predict" and isinstance(anchor, dict) and bool(anchor)
    if not kept and not guessed:
        raise PlainError(REFUSED["empty"])
    if len(kept) > LONGEST_WORDS:
        raise PlainError(REFUSED["long words"].format(n=f"{len(kept):,}"))
    if not RULES[stage].takes_words:
        raise PlainError(REFUSED["quiet stage"])
    return kept


def _checked_anchor(anchor: Any) -> Any:
    """Which part of the card it is about: a text or a flat object; kept as it came.

    A guess may hold a ``sketch``: a number for each of several groups.
    """
    if anchor is None or anchor == "":
        return None
    flat = isinstance(anchor, str) or (
        isinstance(anchor, dict)
        and all(_is_plain(each) or (name == "sketch" and _is_sketch(each)) for name, each in anchor.items())
    )
    if not flat or len(json.dumps(anchor)) > LONGEST_ANCHOR:
        raise PlainError(REFUSED["odd anchor"])
    return json.loads(json.dumps(anchor, ensure_ascii=False).encode("utf-8", "replace"))


def _is_sketch(value: object) -> bool:
    """A number for each group that is named."""
    numbers = value.values() if isinstance(value, dict) else (None,)
    return all(isinstance(n, int | float) and not isinstance(n, bool) and _is_plain(n) for n in numbers)


def _is_plain(value: object) -> bool:
    """A text, yes or no, nothing, or a number that every reader of JSON takes for the same."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return math.isfinite(value) and abs(value) < 2**53
    return isinstance(value, str | bool | None)
