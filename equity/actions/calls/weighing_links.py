"""Weighing by link: a phone without an account gives its hundred points, and nobody can tell whose they are.

The token of a link is an id and 256 random bits, shown once; what is kept is a hash of the bits. A phone's own key is
random too, made when it first saves, and kept hashed beside its points: so it finds its own again, and nobody else can.
Weights that come by link have no author anywhere, in no list, no export and no log.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from equity.access.here import Here
from equity.access.may import require
from equity.focus import room as rules
from equity.focus.nouns import DECISION, WEIGHING_LINK, WEIGHTS
from equity.focus.room import FocusRoom, OwnWeights, WeighingLink
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.clock import now
from equity.store.workspace.database import Database
from equity.vocabulary import PlainError
from equity.vocabulary.lenses import read_lens
from equity.words.labels.server import SERVER_TEXTS

OPEN_FOR_DAYS = 14
MOST_BY_LINK = 200
"""Phones that may weigh one decision: more than any team, few enough that nobody fills the store."""
CLOSED = SERVER_TEXTS["this_link_opens_nothing_any_more"]
OVER = SERVER_TEXTS["weighing_is_over_for_this_decision"]


@dataclass(frozen=True)
class Admitted:
    """What a link opened: a decision that can be weighed, and the workspace it belongs to. No person, no role."""

    database: Database
    workspace: str
    decision: Kept[FocusRoom]


def make_weighing_link(here: Here, kept: Kept[FocusRoom]) -> str:
    """A new link to weigh a decision; gives its token, which nobody can look up again. Earlier links go on working."""
    require(here.database, here.person, here.workspace, "decide")
    secret, until = secrets.token_urlsafe(32), now() + dt.timedelta(days=OPEN_FOR_DAYS)
    link = WeighingLink(_hash(secret), until.isoformat())
    made = shelf.add(
        here.database, here.workspace, WEIGHING_LINK, link, by=here.person, parent=kept.id, readers="author"
    )
    return f"{made.id}.{secret}"


def close_weighing_links(here: Here, kept: Kept[FocusRoom]) -> int:
    """Close every link to a decision at once; gives how many there were."""
    require(here.database, here.person, here.workspace, "decide")
    open_ones = shelf.listed(here.database, here.workspace, WEIGHING_LINK, parent=kept.id)
    for one in open_ones:
        shelf.withdraw(here.database, here.workspace, WEIGHING_LINK, one.id, seen_version=one.version, by=here.person)
    return len(open_ones)


def admitted(database: Database, token: str) -> Admitted:
    """What a token opens.

    Raises:
        PlainError: it opens nothing (any more), or the decision is not being weighed now.
    """
    record, _, secret = token.partition(".")
    link = shelf.anywhere(database, WEIGHING_LINK, record)
    if link is None or not hmac.compare_digest(link.content.secret_hash, _hash(secret)):
        raise PlainError(CLOSED)
    if dt.datetime.fromisoformat(link.content.expires) <= now():
        raise PlainError(CLOSED)
    decision = shelf.one(database, link.workspace, DECISION, link.parent)
    if decision.content.stage not in ("weighing", "revising"):
        raise PlainError(OVER)
    return Admitted(database, link.workspace, decision)


def own_by_link(at: Admitted, key: str) -> Kept[OwnWeights] | None:
    """The weights that a phone gave, None when it has given none."""
    sought = _hash(key)
    every = shelf.listed(at.database, at.workspace, WEIGHTS, parent=at.decision.id)
    return next((one for one in every if key and hmac.compare_digest(one.content.by_link, sought)), None)


def save_by_link(at: Admitted, key: str, lens: str, points: dict[str, float], *, done: bool) -> str:
    """Keep a phone's points, as a draft or finished; gives its key, a new one for a phone that has none.

    Raises:
        PlainError: they do not add up, the lens is none, or too many phones have weighed already.
    """
    key = key or secrets.token_urlsafe(32)
    weights = OwnWeights(read_lens(lens), {name: n for name, n in points.items() if n}, by_link=_hash(key))
    if done:
        weights = rules.finished(at.decision.content, weights)
    own = own_by_link(at, key)
    if own is not None:
        shelf.edit(at.database, at.workspace, WEIGHTS, own.id, weights, seen_version=own.version, by=None)
        return key
    every = shelf.listed(at.database, at.workspace, WEIGHTS, parent=at.decision.id)
    if sum(bool(one.content.by_link) for one in every) >= MOST_BY_LINK:
        raise PlainError(f"{MOST_BY_LINK} phones have weighed this decision, the most there can be.")
    shelf.add(at.database, at.workspace, WEIGHTS, weights, by=None, parent=at.decision.id, readers="author")
    return key


def finished_by(at: Admitted) -> int:
    """How many people have finished weighing, by whatever way; never who."""
    every = shelf.listed(at.database, at.workspace, WEIGHTS, parent=at.decision.id)
    return sum(one.content.finished for one in every)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
