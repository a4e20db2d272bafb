"""What lies on the disk is what was written: every file of a version and of a release is held against its SHA-256.

``checksums.json`` stands beside the files and is written before they can be seen. A file that is not as it was written
is never read as numbers: whoever opens it gets one sentence, and everything else goes on. Versions of older programs
have no checksums; of those a file is damaged when it cannot be read.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from equity.store.files.disk import write_text
from equity.vocabulary import Description, PlainError

CHECKSUMS = "checksums.json"
REMEDY = "Go back to an earlier version on the Datasets page, restore a backup, or load the data again."
REMEDY_OF_A_RELEASE = "Revoke it and make a new one, or restore a backup."


class DamagedError(PlainError):
    """A version or release whose files are not as they were written."""


def write_checksums(folder: Path) -> None:
    """Write down the SHA-256 of each file of a folder that will never change."""
    files = sorted(p for p in folder.iterdir() if p.is_file() and p.name != CHECKSUMS and not p.name.startswith("."))
    write_text(folder / CHECKSUMS, json.dumps({path.name: _sum(path) for path in files}, indent=1))


def checked_bytes(path: Path) -> bytes:
    """The bytes of a small file; raises :class:`DamagedError` unless they are as they were written.

    Raises FileNotFoundError where there is no such file and none was written down.
    """
    expected = _expected(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        if expected is None:
            raise
        raise damaged(path) from None
    except OSError:
        raise damaged(path) from None
    if expected is not None and hashlib.sha256(content).hexdigest() != expected:
        raise damaged(path)
    return content


def check(path: Path) -> None:
    """Raise as :func:`checked_bytes` does, for a file of any size; one that has not changed since is not read again."""
    expected = _expected(path)
    try:
        held = path.stat()
    except FileNotFoundError:
        if expected is None:
            raise
        raise damaged(path) from None
    if expected is not None and _sum_once(path, held.st_mtime_ns, held.st_size, held.st_ino) != expected:
        raise damaged(path)


def checked_description(folder: Path) -> Description:
    """What a version or release holds; raises as :func:`checked_bytes` does."""
    path = folder / "description.json"
    content = checked_bytes(path)
    try:
        return Description.from_json(content.decode("utf-8"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise damaged(path) from None


def damaged(path: Path) -> DamagedError:
    """The sentence for a file of a version (or of a release) that is not as it was written."""
    folder = path.parent
    if folder.parent.name == "versions":
        return DamagedError(
            f"Version {int(folder.name)} of “{_name_of(folder.parents[1])}” is damaged: {path.name} is not as it was "
            f"written. {REMEDY}"
        )
    what = f"Release {folder.name}" if folder.parent.name == "releases" else f"“{folder.name}”"
    return DamagedError(f"{what} is damaged: {path.name} is not as it was written. {REMEDY_OF_A_RELEASE}")


def _name_of(dataset: Path) -> str:
    try:
        return str(json.loads((dataset / "dataset.json").read_text(encoding="utf-8"))["name"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return dataset.name


def _expected(path: Path) -> str | None:
    """The SHA-256 that was written down; None where nothing was."""
    sums = path.parent / CHECKSUMS
    try:
        raw: Any = json.loads(sums.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        raise damaged(sums) from None
    entry = raw.get(path.name) if isinstance(raw, dict) else None
    if not isinstance(entry, str):
        raise damaged(path)
    return entry


@lru_cache(maxsize=256)
def _sum_once(path: Path, written: int, size: int, inode: int) -> str:
    return _sum(path)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
