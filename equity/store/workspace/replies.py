"""Replies: a reader's words about a release. They reach the team and stay with the release; nobody edits them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from equity.store.workspace import audit_log
from equity.store.workspace.clock import now
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.store.workspace.tables import LinkRow, ReplyRow
from equity.store.workspace.texts import kept_label, kept_words
from equity.vocabulary import PlainError

MOST_REPLIES_A_LINK, MOST_AN_HOUR = 200, 20
LONGEST_REPLY = 4_000
"""Whoever holds a link may write: a program that holds one must not fill the disk, nor flood the team."""


@dataclass(frozen=True)
class Reply:
    """One reply. ``name`` is what a reader with a link wrote, vouched for by nobody; with an empty ``link_id`` it is
    the name of somebody who was signed in.
    """

    id: str
    release_id: str
    link_id: str
    name: str
    words: str
    created: dt.datetime


def keep_reply(database: Database, link_id: str, name: str, words: str) -> Reply:
    """Keep a reply that came by a link, with the release that the link pins. ``name`` may be empty.

    Raises :class:`PlainError` for empty words and for more than 4,000 characters, for a link that is gone, and when it
    has had its 20 replies of an hour or its 200 of all. Whether the link is still open is `equity/access/opening.py`'s
    to say.
    """
    with database.writing() as session:
        link = session.get(LinkRow, link_id, with_for_update=True)
        if link is None:
            raise PlainError("This link is not there any more: please ask for a new one.")
        if (session.scalar(select(func.count()).where(ReplyRow.link_id == link_id)) or 0) >= MOST_REPLIES_A_LINK:
            raise PlainError("This link has had as many replies as it takes: please write to the team directly.")
        lately = dt.timedelta(hours=1)
        recent = select(func.count()).where(ReplyRow.link_id == link_id, ReplyRow.created > now() - lately)
        if (session.scalar(recent) or 0) >= MOST_AN_HOUR:
            raise PlainError("This link has had as many replies as it takes in an hour: please try again later.")
        row = ReplyRow(
            workspace_id=link.workspace_id,
            release_id=link.release_id,
            link_id=link_id,
            name=kept_label(name, "your name"),
            words=_short(words),
        )
        session.add(row)
        session.flush()
        audit_log.append(session, link.workspace_id, None, "replied", link.release_id, {"link": link_id})
        return _reply(row)


def _short(words: str) -> str:
    if len(words) > LONGEST_REPLY:
        raise PlainError(f"Your reply has {len(words):,} characters: {LONGEST_REPLY:,} is the most.")
    return kept_words(words, "your reply")


def keep_persons_reply(database: Database, workspace: str, release_id: str, words: str, *, by: Person) -> Reply:
    """Keep the words of somebody who is signed in, under their name. The caller has made sure that they may reply."""
    with database.writing() as session:
        row = ReplyRow(
            workspace_id=workspace,
            release_id=release_id,
            link_id="",
            name=by.shown_name,
            words=kept_words(words, "your reply"),
        )
        session.add(row)
        session.flush()
        audit_log.append(session, workspace, by, "replied", release_id)
        return _reply(row)


def replies_to(database: Database, workspace: str, release_id: str) -> tuple[Reply, ...]:
    """The replies to a release, the oldest first."""
    query = select(ReplyRow).where(ReplyRow.workspace_id == workspace, ReplyRow.release_id == release_id)
    with database.reading() as session:
        return tuple(_reply(row) for row in session.scalars(query.order_by(ReplyRow.created, ReplyRow.id)))


def _reply(row: ReplyRow) -> Reply:
    return Reply(row.id, row.release_id, row.link_id, row.name, row.words, row.created)
