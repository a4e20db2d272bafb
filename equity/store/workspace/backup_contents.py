"""What a backup holds, read as a stranger's file: every name, kind and sum is held against what a backup can be.

A backup is a tar that somebody brings. Nothing in it decides where a file is written: names are checked one by one
against the few that this program writes, only plain files are taken, and each is written by us, once, below a folder of
work in progress. Links to anywhere, devices, holes and compressed tars are refused.
"""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from equity.store.files.sharing_key import KEY_FILE as SHARING_KEY
from equity.store.workspace.log_seal import KEY_FILE, Newest
from equity.vocabulary import PlainError

FORMAT = 1
LIST = "backup.json"
STORE = "workspace.db"
FOLDERS = ("datasets", "releases")
SAMPLE_MARK = "sample_loaded"
KEY = KEY_FILE
ALONE = (LIST, STORE, SAMPLE_MARK, KEY, SHARING_KEY)

_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,119}")
_DEEPEST = 6  # datasets/<folder>/versions/<number>/<file>, and one to spare
_SUM = re.compile(r"[0-9a-f]{64}")
_LONGEST_LIST = 64 * 1024**2
_AT_A_TIME = 1024**2
_NOT_READ = (tarfile.TarError, EOFError, ValueError, KeyError, TypeError, RecursionError, OverflowError)


@dataclass(frozen=True)
class Listed:
    """What ``backup.json`` says: when it was made, the dataset folders that were gone by then, how many files it lists.

    ``newest`` is the newest entry of the log that the backup was made with; None where it does not say.
    """

    created: str
    gone: tuple[str, ...]
    files: int
    newest: Newest | None = None


def unpacked(source: Path, work: Path) -> Listed:
    """Unpack a backup into an empty folder and hold every file against its sum.

    Raises :class:`PlainError` for a file that is not there, is no backup, not a whole one, or holds anything else.
    """
    try:
        with tarfile.open(source, "r:") as tar:
            sums = _written(source, tar, work)
        listed = _list_of(source, work)
    except PlainError:
        raise
    except FileNotFoundError:
        raise PlainError(f"“{source}” is not there, or is no backup of this program: name another file.") from None
    except _NOT_READ:
        raise _not_whole(source) from None
    except OSError as error:
        raise PlainError(f"“{source}” cannot be read ({error.strerror}): use another file.") from None
    for name in sorted(sums.keys() | listed.sums.keys()):
        if sums.get(name) != listed.sums.get(name):
            raise PlainError(
                f"“{source}” is damaged: “{_shown(name)}” in it is not as it was written. Use another backup."
            )
    return Listed(listed.created, listed.gone, len(sums), listed.newest)


def newest_entry_in(source: Path) -> Newest | None:
    """The newest entry of the log that a backup was made with; None where it does not say.

    Raises :class:`PlainError` as :func:`unpacked` does.
    """
    try:
        with tarfile.open(source, "r:") as tar:
            file = tar.extractfile(tar.getmember(LIST))
            listed = _read_list(source, b"" if file is None else file.read(_LONGEST_LIST))
    except PlainError:
        raise
    except FileNotFoundError:
        raise PlainError(f"“{source}” is not there: name another file.") from None
    except (*_NOT_READ, OSError):
        raise _not_whole(source) from None
    return listed.newest


@dataclass(frozen=True)
class _List:
    created: str
    gone: tuple[str, ...]
    sums: Mapping[str, str]
    newest: Newest | None


def _written(source: Path, tar: tarfile.TarFile, work: Path) -> dict[str, str]:
    """Write each file of the tar below ``work``; gives the SHA-256 of each but the list."""
    sums: dict[str, str] = {}
    for info in tar:
        if not _is_plain(info, sums) or not is_a_name(info.name) or (work / info.name).exists():
            raise PlainError(
                f"“{source}” holds “{_shown(info.name)}”, which no backup of this program does: nothing was restored. "
                "Use a backup that you made yourself."
            )
        content = tar.extractfile(info)
        assert content is not None  # a plain file has content
        target = work / info.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest = _copied(content, target)
        if info.name != LIST:
            sums[info.name] = digest
    return sums


def _is_plain(info: tarfile.TarInfo, sums: Mapping[str, str]) -> bool:
    """Whether an entry is a file of its own bytes, or (as older programs wrote a version that was rolled back to) says
    that its bytes are those of one that came before; those are written again, and no link is made."""
    if info.type == tarfile.LNKTYPE:
        return info.linkname in sums and info.linkname.rpartition("/")[2] == info.name.rpartition("/")[2]
    return info.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not info.issparse()


def is_a_name(name: str) -> bool:
    """Whether a backup can hold a file of this name: below one of our folders, or one of the few beside them."""
    parts = name.split("/")
    if len(parts) == 1:
        return name in ALONE
    return parts[0] in FOLDERS and 3 <= len(parts) <= _DEEPEST and all(_is_part(part) for part in parts)


def _is_part(text: str) -> bool:
    return _PART.fullmatch(text) is not None and not text.endswith(".")


def _copied(content: IO[bytes], target: Path) -> str:
    digest = hashlib.sha256()
    with target.open("xb") as file:
        target.chmod(0o600)
        while some := content.read(_AT_A_TIME):
            digest.update(some)
            file.write(some)
    return digest.hexdigest()


def _list_of(source: Path, work: Path) -> _List:
    path = work / LIST
    if path.stat().st_size > _LONGEST_LIST:
        raise ValueError
    return _read_list(source, path.read_bytes())


def _read_list(source: Path, content: bytes) -> _List:
    """The list, each part of its right kind; raises ValueError, KeyError or TypeError for any other."""
    raw: Any = json.loads(content.decode("utf-8"))
    if not isinstance(raw, dict) or isinstance(raw["format"], bool) or not isinstance(raw["format"], int):
        raise TypeError
    if raw["format"] > FORMAT:
        raise PlainError(f"“{source}” was written by a newer version of this program: please update the program.")
    created, gone, sums, log = raw["created"], raw["gone"], raw["sums"], raw.get("log", {"number": 0, "chain": ""})
    if not isinstance(created, str) or len(created) > 40 or not created.isprintable():
        raise TypeError
    if not isinstance(gone, list) or not all(isinstance(name, str) and _is_part(name) for name in gone):
        raise TypeError
    if not isinstance(sums, dict) or not all(isinstance(s, str) and _SUM.fullmatch(s) for s in sums.values()):
        raise TypeError
    if not all(is_a_name(name) for name in sums):
        raise ValueError
    number, chain = log["number"], log["chain"]
    if isinstance(number, bool) or not isinstance(number, int) or not isinstance(chain, str):
        raise TypeError
    return _List(created, tuple(gone), sums, Newest(number, chain) if number else None)


def _not_whole(source: Path) -> PlainError:
    return PlainError(f"“{source}” is no whole backup of this program: use another one.")


def _shown(name: str) -> str:
    """A name out of a stranger's file as it may stand in a sentence: printable, and not long."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)[:120]
