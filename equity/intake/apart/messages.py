"""What the two processes say to each other: pickles, each behind its length.

What this side asks is believed there. What comes back from a process that has read a stranger's file is not: it may
be no longer than `LONGEST`, and nothing in it is made but plain values, counters and the dataclasses of this program.
"""

from __future__ import annotations

import dataclasses
import importlib
import io
import pickle
import struct
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Literal

LONGEST = 64 * 1024**2
LENGTH = struct.Struct(">Q")
Outcome = Literal["refused", "memory", "nested", "machine", "failed"]
_PLAIN: dict[tuple[str, str], type] = {
    (kind.__module__, kind.__name__): kind for kind in (Counter, OrderedDict, date, datetime)
}


@dataclass(frozen=True)
class Wish:
    """A function of ours to be called over there, and within what limits: ``memory`` in bytes, ``seconds`` of work.

    What it writes on the way goes below ``folder``. ``told`` when it takes ``progress``.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]
    told: bool
    memory: int
    seconds: float
    folder: str


@dataclass(frozen=True)
class Told:
    """How far it is."""

    share: float
    words: str


@dataclass(frozen=True)
class Done:
    """What the function gave."""

    value: Any


@dataclass(frozen=True)
class Failed:
    """Why it gave nothing: ``sentence`` for a person where it was refused, what the system said where the ``machine``
    gave out (no room on the disk, too many open files), else the kind of error for the log.
    """

    outcome: Outcome
    sentence: str


class NotBelieved(ValueError):  # noqa: N818 - it is about a message, not about a fault of ours
    """A message that no honest process sends."""


def packed(message: object) -> bytes:
    """A message as it goes over the line."""
    content = pickle.dumps(message, protocol=5)
    return LENGTH.pack(len(content)) + content


def wish_from(line: IO[bytes]) -> Wish | None:
    """The wish that comes over a line; None when the line ends first."""
    head = line.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    wish = pickle.loads(line.read(LENGTH.unpack(head)[0]))  # noqa: S301 - from the process that started this one
    assert isinstance(wish, Wish)
    return wish


def taken(received: bytearray) -> Told | Done | Failed | None:
    """The next whole message of what was received, which is taken off it; None when none is whole yet.

    Raises :class:`NotBelieved` for one that is too long or holds what it should not.
    """
    if len(received) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(received[: LENGTH.size])
    if length > LONGEST:
        raise NotBelieved(f"a message of {length} bytes")
    end = LENGTH.size + length
    if len(received) < end:
        return None
    content = bytes(received[LENGTH.size : end])
    del received[:end]
    try:
        message = _Unpickler(io.BytesIO(content)).load()
    except Exception as error:
        raise NotBelieved(type(error).__name__) from None
    if not isinstance(message, Told | Done | Failed):
        raise NotBelieved("no message")
    return message


class _Unpickler(pickle.Unpickler):
    """Makes plain values, counters, days and this program's frozen dataclasses, and calls nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return _PLAIN[module, name]
        if module in ("pathlib", "pathlib._local") and name in ("PosixPath", "Path"):
            return Path
        if module.startswith("equity."):
            kind = getattr(importlib.import_module(module), name, None)
            parameters = getattr(kind, "__dataclass_params__", None)
            if isinstance(kind, type) and dataclasses.is_dataclass(kind) and getattr(parameters, "frozen", False):
                return kind
        raise NotBelieved(f"{module}.{name}")
