"""The key with which this server signs what its teams share: 32 secret bytes in the home folder, made when needed."""

from __future__ import annotations

import secrets
from pathlib import Path

from equity.store.files.disk import full_disk_said, write_text
from equity.store.files.locks import exclusive_lock
from equity.vocabulary import PlainError

KEY_FILE, LOCK_FILE = "sharing.key", "sharing.lock"


def sharing_secret(home: Path) -> bytes:
    """The secret half of the key (32 bytes).

    Raises:
        PlainError: its file cannot be read.
    """
    path = home / KEY_FILE
    if not path.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with full_disk_said(), exclusive_lock(home / LOCK_FILE):
            if not path.exists():
                write_text(path, secrets.token_hex(32))
    try:
        key = bytes.fromhex(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        key = b""
    if len(key) != 32:
        raise PlainError(f"“{KEY_FILE}” in the data folder cannot be read, so nothing can be signed: put it back.")
    return key
