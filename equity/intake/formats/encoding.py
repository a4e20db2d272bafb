"""In which encoding a file of text is written, and the same text in UTF-8."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from equity.vocabulary import PlainError

SNIFFED = 1 << 20
CHUNK = 1 << 22


@dataclass(frozen=True)
class Encoding:
    """``codec`` is Python's name for it; ``mark`` is the length of the byte-order mark; ``note`` tells of a guess."""

    codec: str
    mark: int = 0
    note: str = ""


def find_encoding(path: Path) -> Encoding:
    """UTF-8 or UTF-16 by their marks or their bytes, else Windows-1252; raises :class:`PlainError` for bytes that are
    no text."""
    with path.open("rb") as file:
        head = file.read(SNIFFED)
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            return Encoding(codec, len(mark))
    if b"\0" in head:
        return _without_mark(head, path.name)
    if _is_utf8(path):
        return Encoding("utf-8")
    text = head.decode("utf-8", errors="replace")
    broken, whole = text.count("\ufffd"), sum(c > "\x7f" and c != "\ufffd" for c in text)
    if whole > broken:
        return Encoding("utf-8", note="Some bytes are not UTF-8 as the rest is; they are shown as “\ufffd”.")
    return Encoding("cp1252", note="The file is not in UTF-8; it was read as Windows-1252.")


def _without_mark(head: bytes, name: str) -> Encoding:
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > 0.3 * len(odd) and even.count(0) < 0.05 * len(even):
        return Encoding("utf-16-le")
    if even.count(0) > 0.3 * len(even) and odd.count(0) < 0.05 * len(odd):
        return Encoding("utf-16-be")
    raise PlainError(f"{name} is not a table of text: save it as CSV in UTF-8, or as Parquet or XLSX.")


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK):
                if not chunk.isascii() or decoder.getstate()[0]:
                    decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
