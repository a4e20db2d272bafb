"""A link's token into the one release that it opens, or a plain refusal.

An :class:`Opening` is all that a reader with a link has: no person, no role, and nothing of the workspace but one
release. Whoever serves bytes asks :func:`still_open` each time, so that revoking works at once.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from equity.store.workspace import links
from equity.store.workspace.database import Database
from equity.store.workspace.replies import Reply, keep_reply
from equity.vocabulary import PlainError


@dataclass(frozen=True)
class Opening:
    """What a link opened: one release, with the question it begins with (``choices``, a JSON object)."""

    link_id: str
    workspace: str
    release_id: str
    title: str
    choices: str
    expires: dt.datetime


class NotOpened(PlainError):  # noqa: N818 — what a person is told, not a fault
    """A link did not open. ``passcode_wanted`` says that it would, with the right passcode.

    ``why`` is the key of the sentence for readers of other languages (equity/words/languages), ``until`` the last day
    of a link that has run out.
    """

    def __init__(
        self, sentence: str, why: str = "", *, passcode_wanted: bool = False, until: dt.date | None = None
    ) -> None:
        self.why = why
        self.until = until
        self.passcode_wanted = passcode_wanted
        super().__init__(sentence)


def open_link(database: Database, token: str, passcode: str = "") -> Opening:
    """Open a link once for a reader: counted and logged. Raises :class:`NotOpened` with a sentence for the reader.

    Asking without a passcode where one is needed counts as nothing; a wrong one counts as a guess (see
    :func:`equity.store.links.settle_opening` for the limit).
    """
    link = links.link_by_token(database, token)
    if link is None:
        raise NotOpened("This link opens nothing: please check that it is whole, or ask for a new one.", "link.nothing")
    _refuse_unless_open(link)
    if link.has_passcode and not passcode.strip():
        raise NotOpened("Please type the passcode that came with this link.", "passcode.wanted", passcode_wanted=True)
    right = links.is_right_passcode(database, link.id, passcode)
    outcome = links.settle_opening(database, link.id, right_passcode=right)
    if outcome == "wrong passcode":
        raise NotOpened(
            "This is not the passcode of this link: please try again.", "passcode.wrong", passcode_wanted=True
        )
    if outcome == "locked":
        raise NotOpened(
            "The passcode was wrong too often: please try again in 15 minutes, or ask for a new link.",
            "passcode.locked",
            passcode_wanted=True,
        )
    if outcome == "not open":
        raise NotOpened("This link was closed just now: please ask for a new one.", "link.closed_now")
    return Opening(link.id, link.workspace, link.release_id, link.title, link.choices, link.expires)


def reflection_of(opening: Opening) -> str:
    """The id of the reflection that a link opens above its release; empty where it opens a release alone."""
    return str(json.loads(opening.choices or "{}").get("reflection", ""))


def still_open(database: Database, opening: Opening) -> bool:
    """Whether what was opened may still be shown: the link is neither revoked nor expired, and pins just this."""
    link = links.link_by_id(database, opening.link_id)
    if link is None or link.state != "open":
        return False
    return (link.release_id, link.choices) == (opening.release_id, opening.choices)


def reply(database: Database, opening: Opening, name: str, words: str) -> Reply:
    """Keep a reader's words with the release that they are reading; ``name`` may be empty.

    Raises :class:`NotOpened` when the link has been closed, and :class:`PlainError` for words that cannot be kept.
    """
    if not still_open(database, opening):
        raise NotOpened("This link was closed meanwhile: please ask for a new one; your words are still here to copy.")
    return keep_reply(database, opening.link_id, name, words)


def _refuse_unless_open(link: links.Link) -> None:
    if link.state == "revoked":
        raise NotOpened("This link was closed by the team that made it: please ask for a new one.", "link.closed")
    if link.state == "expired":
        until = link.expires.date()
        sentence = f"This link was open until {until:%B} {until.day}, {until.year}: please ask for a new one."
        raise NotOpened(sentence, "link.expired", until=until)
