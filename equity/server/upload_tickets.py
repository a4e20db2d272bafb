"""Who may upload: a ticket for each open page, and the files that came in on it.

The page gives its ticket to the browser; the upload route takes a file only with a ticket that this server issued, and
the page opens only files that came in on its own ticket. Tickets live in memory and end after a day or with the server.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from equity.access.may import Allowed
from equity.access.roles import Action
from equity.store.files import staging

LIFETIME_SECONDS = 24 * 3600.0
LEFT_SECONDS = 600.0


@dataclass(frozen=True)
class StagedFile:
    """An uploaded file on disk: ``path`` in the staging folder, its own ``name`` (cleaned), its size in bytes."""

    id: str
    path: Path
    name: str
    bytes: int


@dataclass
class Issued:
    """A ticket: whose it is, for which session, when it was issued, when its page was last seen open, and what a file
    on it is for: its holder may do that."""

    holder: Allowed
    session: str
    at: float
    seen: float
    action: Action = "upload"
    file: StagedFile | None = None


@dataclass
class Tickets:
    """The tickets of one server, and the file on each: another one takes the place of the first."""

    issued: dict[str, Issued] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def issue(self, holder: Allowed, session: str = "", action: Action = "upload") -> str:
        """A new ticket for somebody who may send a file for this, on the page of a session."""
        ticket, now = secrets.token_urlsafe(24), time.monotonic()
        with self.lock:
            self.issued[ticket] = Issued(holder, session, now, now, action)
        return ticket

    def expire(self, is_open: Callable[[str], bool]) -> None:
        """Forget the tickets past their time and those whose page is closed, and remove their files.

        The server does so twice a minute. A page that has lost its network has ten minutes to come back.
        """
        now = time.monotonic()
        with self.lock:
            for ticket, held in list(self.issued.items()):
                if is_open(held.session):
                    held.seen = now
                if now - held.at > LIFETIME_SECONDS or now - held.seen > LEFT_SECONDS:
                    del self.issued[ticket]
                    _discard(held.file)

    def holder(self, ticket: str) -> Allowed | None:
        """Whom this server issued the ticket to; None when it did not, or when its time is over."""
        with self.lock:
            held = self.issued.get(ticket)
        return held.holder if held is not None and time.monotonic() - held.at <= LIFETIME_SECONDS else None

    def action(self, ticket: str) -> Action:
        """What a file on this ticket is for; what asks for most where there is no such ticket."""
        with self.lock:
            held = self.issued.get(ticket)
        return "upload" if held is None else held.action

    def is_valid(self, ticket: str) -> bool:
        """Whether this server issued the ticket and its time is not over."""
        return self.holder(ticket) is not None

    def keep(self, ticket: str, staged: StagedFile) -> None:
        """Remember the file that came in on a ticket, and remove the one before it."""
        with self.lock:
            held = self.issued.get(ticket)
            _discard(staged if held is None else held.file)
            if held is not None:
                held.file = staged

    def find(self, ticket: str, file_id: str) -> StagedFile | None:
        """The file of that id, if it came in on this ticket."""
        with self.lock:
            held = self.issued.get(ticket)
        staged = None if held is None else held.file
        return staged if staged is not None and staged.id == file_id else None


def _discard(staged: StagedFile | None) -> None:
    if staged is not None:
        staging.discard(staged.path.parent)


TICKETS = Tickets()
