"""What a sheet's XML says that its cells' values do not: merged cells, and formulas whose value was never stored."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from equity.intake.formats.tabular import Cells

CHUNK = 1 << 20
OVERLAP = 1 << 13
LONGEST_LABEL = 60
MOST_MERGED = 100_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\s(?![^>]*t="str")[^>]*\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Merged:
    """A block of merged cells: first and last row (from 1), first and last column (from 0)."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class SheetMarks:
    """The merged blocks of a sheet by their first row, and the cells whose formula has no stored value."""

    merged: tuple[Merged, ...] = ()
    uncomputed: tuple[str, ...] = ()


NO_MARKS = SheetMarks()


def sheet_marks(path: Path, member: str) -> SheetMarks:
    """Look through one sheet of a workbook; ``member`` is the sheet's place in the archive."""
    merged: list[Merged] = []
    uncomputed: dict[str, None] = {}
    with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
        kept = b""
        while chunk := stream.read(CHUNK):
            text = kept + chunk
            for match in _UNCOMPUTED.finditer(text):
                uncomputed[match[1].decode()] = None
            for block in _MERGED.finditer(text):
                made = Merged(int(block[2]), int(block[4]), _column(block[1]), _column(block[3]))
                if made not in merged[-200:] and len(merged) < MOST_MERGED:
                    merged.append(made)
            kept = text[-OVERLAP:]
    return SheetMarks(tuple(sorted(merged, key=lambda m: (m.top, m.left))), tuple(uncomputed))


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters.decode():
        place = 26 * place + ord(letter) - 64
    return place - 1


def filled(rows: Iterator[tuple[int, Cells]], merged: Sequence[Merged]) -> Iterator[tuple[int, Cells]]:
    """The rows with each label written in all cells that were merged for it.

    Titles and notes over the whole width stay as they are, and numbers are never repeated: they would count twice.
    """
    waiting = list(reversed(merged))
    held: list[tuple[Merged, str]] = []
    for number, cells in rows:
        while waiting and waiting[-1].top <= number:
            block = waiting.pop()
            if block.top == number and _is_label(block, cells):
                held.append((block, cells[block.left]))
        held = [(block, text) for block, text in held if block.bottom >= number]
        for block, text in held:
            if len(cells) <= block.right:
                cells = cells + [""] * (block.right + 1 - len(cells))
            for place in range(block.left, block.right + 1):
                if not cells[place]:
                    cells[place] = text
        yield number, cells


def _is_label(block: Merged, cells: Cells) -> bool:
    text = cells[block.left] if block.left < len(cells) else ""
    over_all = block.left == 0 and block.right > 2
    words = any(c.isalpha() for c in text) or bool(_YEAR.fullmatch(text))
    return bool(text) and words and not over_all and len(text) <= LONGEST_LABEL
