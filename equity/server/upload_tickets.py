"""Who may upload: a ticket for each open page, and the files that came in on it.

The page gives its ticket to the browser; the upload route takes a file only with a ticket that this server issued, and
the page opens only files that came in on its own ticket. Tickets live in memory and end after a day or with the server.
"""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from equity.access.may import Allowed
from equity.store import staging

LIFETIME_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class StagedFile:
    """An uploaded file on disk: ``path`` in the staging folder, its own ``name`` (cleaned), its size in bytes."""

    id: str
    path: Path
    name: str
    bytes: int


@dataclass
class Tickets:
    """The tickets of one server, and the files on each."""

    issued: dict[str, tuple[float, Allowed]] = field(default_factory=dict)
    files: dict[str, dict[str, StagedFile]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def issue(self, holder: Allowed) -> str:
        """A new ticket for somebody who may upload."""
        ticket = secrets.token_urlsafe(24)
        with self.lock:
            self.issued[ticket] = (time.monotonic(), holder)
        return ticket

    def expire(self) -> None:
        """Forget the tickets past their time, and remove their files. The server does so every few minutes."""
        now = time.monotonic()
        with self.lock:
            for old in [t for t, (at, _) in self.issued.items() if now - at > LIFETIME_SECONDS]:
                del self.issued[old]
                for staged in self.files.pop(old, {}).values():
                    staging.discard(staged.path.parent)

    def holder(self, ticket: str) -> Allowed | None:
        """Whom this server issued the ticket to; None when it did not, or when its time is over."""
        with self.lock:
            at, holder = self.issued.get(ticket, (0.0, None))
        return holder if time.monotonic() - at <= LIFETIME_SECONDS else None

    def is_valid(self, ticket: str) -> bool:
        """Whether this server issued the ticket and its time is not over."""
        return self.holder(ticket) is not None

    def keep(self, ticket: str, staged: StagedFile) -> None:
        """Remember a file that came in on a ticket."""
        with self.lock:
            self.files.setdefault(ticket, {})[staged.id] = staged

    def find(self, ticket: str, file_id: str) -> StagedFile | None:
        """The file of that id, if it came in on this ticket."""
        with self.lock:
            return self.files.get(ticket, {}).get(file_id)


TICKETS = Tickets()
