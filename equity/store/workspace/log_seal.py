"""What the audit log is sealed with, outside its table: the secret key of its chain, and its newest entry.

Both are small files of the home folder. Without the key nobody who can write to the database can make a chain that
fits; and without the newest entry beside it, nobody would miss entries that were cut from the log's end.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equity.store.files.disk import write_text
from equity.store.files.locks import exclusive_lock
from equity.vocabulary import PlainError

KEY_FILE, HEAD_FILE, LOCK_FILE = "log.key", "log.newest", "log.lock"


@dataclass(frozen=True)
class Key:
    """The key (32 bytes); entries up to the number ``unkeyed`` were chained before there was one."""

    secret: bytes
    unkeyed: int


@dataclass(frozen=True)
class Newest:
    """The number of the log's newest entry, and its link of the chain."""

    number: int
    chain: str


@dataclass(frozen=True)
class Seal:
    """The files of one home folder."""

    folder: Path

    def key(self, newest: int) -> Key:
        """The key, made when there is none yet: then ``newest`` is the log's newest entry, the last without it.

        Raises :class:`PlainError` when the file cannot be read.
        """
        path = self.folder / KEY_FILE
        if not path.exists():
            self.put_key(json.dumps({"key": secrets.token_hex(32), "unkeyed": newest}))
        try:
            raw: Any = json.loads(path.read_text(encoding="utf-8"))
            return Key(bytes.fromhex(raw["key"]), int(raw["unkeyed"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            raise PlainError(
                f"“{KEY_FILE}” in the data folder cannot be read, so nothing can be logged: put it back from a backup."
            ) from None

    def put_key(self, text: str) -> None:
        """Write the key down, unless there is one: the first who does so decides on it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        own = self.folder / f".{KEY_FILE}.{secrets.token_hex(4)}"
        write_text(own, text)
        with suppress(FileExistsError):
            (self.folder / KEY_FILE).hardlink_to(own)
        own.unlink()

    def newest(self) -> Newest | None:
        """The newest entry that was told here; None when none was, or when the file is not as it was written."""
        try:
            raw: Any = json.loads((self.folder / HEAD_FILE).read_text(encoding="utf-8"))
            return Newest(int(raw["number"]), str(raw["chain"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def tell(self, newest: Newest) -> None:
        """Write down the newest entry, once it is in the log; a lower number than is there changes nothing.

        Whoever is killed between the two leaves the entry before, which is in the log too.
        """
        with exclusive_lock(self.folder / LOCK_FILE, patience=0.005):
            held = self.newest()
            if held is None or held.number < newest.number:
                self._write(newest)

    def begin_again(self, newest: Newest | None) -> None:
        """For another log in the place of the one before: forget that one, and know this one's newest entry."""
        with exclusive_lock(self.folder / LOCK_FILE, patience=0.005):
            if newest is None:
                (self.folder / HEAD_FILE).unlink(missing_ok=True)
            else:
                self._write(newest)

    def _write(self, newest: Newest) -> None:
        beside = self.folder / f".{HEAD_FILE}.new"
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123
            json.dump({"number": newest.number, "chain": newest.chain}, file)
        beside.replace(self.folder / HEAD_FILE)
