"""The inbox: a folder of the server (``EQUITY_INBOX``) whose files can be loaded without going through a browser.

Only what lies in the folder itself can be named. A link to somewhere else is passed over, so no name leads out of it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from equity.vocabulary import PlainError

MOST_FILES = 500


@dataclass(frozen=True)
class InboxFile:
    """A file of the inbox, or a folder of Parquet parts: its name, its size in bytes, where it lies."""

    name: str
    bytes: int
    path: Path


def inbox_files() -> tuple[InboxFile, ...]:
    """What lies in the inbox, by name; nothing when ``EQUITY_INBOX`` is not set or is no folder."""
    named = os.environ.get("EQUITY_INBOX", "").strip()
    if not named:
        return ()
    try:
        inbox = Path(named).expanduser().resolve()
        files = [file for path in inbox.iterdir() if (file := _file(inbox, path)) is not None]
    except OSError:
        return ()
    return tuple(sorted(files, key=lambda file: file.name.casefold())[:MOST_FILES])


def inbox_file(name: str) -> InboxFile:
    """The file of that name; raises :class:`PlainError` when the inbox does not list it, whatever the name says."""
    for file in inbox_files():
        if file.name == name:
            return file
    raise PlainError("The inbox has no such file any more: reload the page and choose from those that are there.")


def _file(inbox: Path, path: Path) -> InboxFile | None:
    if path.name.startswith(".") or path.resolve().parent != inbox:
        return None
    if path.is_dir():
        parts = list(path.glob("**/*.parquet"))
        return InboxFile(path.name, sum(part.stat().st_size for part in parts), path) if parts else None
    return InboxFile(path.name, path.stat().st_size, path) if path.is_file() else None
