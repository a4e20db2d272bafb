"""JSON as it stands in a file: one document, or JSON lines (a value a line), numbers kept as they are written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from equity.vocabulary import PlainError

MOST_DIGITS = 300


def looks_like_json(head: bytes) -> bool:
    """Whether a file's first bytes begin a JSON document."""
    return head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[")


def json_values(path: Path, name: str) -> Iterator[tuple[int, Any]]:
    """(1, the document), or (line, value) of each filled line where the first holds a whole value by itself.

    Numbers are texts, written as in the file. Raises :class:`PlainError` for what breaks off or is no JSON, names a
    thing twice in one object, or is nested too deeply.
    """
    if _is_lines(path):
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, _loaded(line, name, number)
    else:
        yield 1, _loaded(path.read_text(encoding="utf-8-sig", errors="replace"), name)


def _is_lines(path: Path) -> bool:
    """Whether the first filled line is a value by itself, and another filled line stands below it."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        first = next((line for line in file if line.strip()), "")
        if not any(line.strip() for line in file):
            return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _loaded(text: str, name: str, line: int | None = None) -> Any:
    def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(members)
        if len(made) < len(members):
            twice = next(key for place, (key, _) in enumerate(members) if key in {k for k, _ in members[:place]})
            raise PlainError(f"{name} names “{_sayable(twice)}” twice in one object: export it again, each name once.")
        return made

    def number(digits: str) -> str:
        if len(digits) > MOST_DIGITS:
            raise PlainError(f"{name} holds a number of thousands of digits: export it again.")
        return digits

    try:
        return json.loads(text, parse_int=number, parse_float=number, parse_constant=str, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        where = error.lineno if line is None else line
        raise PlainError(f"{name}, line {where}: the JSON breaks off or is not valid; export it again.") from None
    except RecursionError:
        raise PlainError(f"{name} is nested too deeply to be read: export it again.") from None


def _sayable(text: str) -> str:
    """A text without halves of characters (JSON can spell them), which no table could hold."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def cell_of(value: Any) -> str:
    """A value that is no object and no list, as a cell: nothing for null, ``true`` and ``false``."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else _sayable(str(value))
