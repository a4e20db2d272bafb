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

    issued: dict[str, float] = field(default_factory=dict)
    files: dict[str, dict[str, StagedFile]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def issue(self) -> str:
        """A new ticket; tickets past their time are forgotten."""
        now, ticket = time.monotonic(), secrets.token_urlsafe(24)
        with self.lock:
            for old in [t for t, at in self.issued.items() if now - at > LIFETIME_SECONDS]:
                del self.issued[old]
                self.files.pop(old, None)
            self.issued[ticket] = now
        return ticket

    def is_valid(self, ticket: str) -> bool:
        """Whether this server issued the ticket and its time is not over."""
        with self.lock:
            at = self.issued.get(ticket)
        return at is not None and time.monotonic() - at <= LIFETIME_SECONDS

    def keep(self, ticket: str, staged: StagedFile) -> None:
        """Remember a file that came in on a ticket."""
        with self.lock:
            self.files.setdefault(ticket, {})[staged.id] = staged

    def find(self, ticket: str, file_id: str) -> StagedFile | None:
        """The file of that id, if it came in on this ticket."""
        with self.lock:
            return self.files.get(ticket, {}).get(file_id)


TICKETS = Tickets()
