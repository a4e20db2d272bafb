"""Finding the header among title lines, and giving every column one name of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from equity.intake.formats.tabular import Cells
from equity.intake.spellings.missing import squeeze
from equity.intake.spellings.nearest import nearest, plain
from equity.intake.spellings.numbers import parse_number
from equity.vocabulary import PlainError

SEARCHED_LINES = 200
_NOTE = re.compile(r"\s*(?:\(\[[^\]]*\]\)|\[[^\]]*note[^\]]*\]|[†‡§¶*^]+)\s*$", re.IGNORECASE)


def unique_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Column names without repeats: a second ``name`` becomes ``name (2)``, an empty one ``column 3``."""
    names: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(cells, start=1):
        base = squeeze(cell) or f"column {place}"
        name, count = base, 1
        while name.casefold() in taken:
            count += 1
            name = f"{base} ({count})"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def without_footnote_marks(name: str) -> str:
    """A column's name as it is read aloud, without ``([rate note])``, ``†`` and their like at its end."""
    return squeeze(_NOTE.sub("", re.sub(r"\(\[[^\]]*\]\)", "", name))) or name


def find_header(rows: Sequence[tuple[int, Cells]], file: str, marker: str = "", wanted: Iterable[str] = ()) -> int:
    """The place in ``rows`` of the header.

    With ``marker``, the first row that holds this cell; else the first row that holds every wanted column; else the
    first row as wide as the table below it. Raises :class:`PlainError` when the marker is nowhere.
    """
    if marker:
        for place, (_, cells) in enumerate(rows):
            if plain(marker) in {plain(c) for c in cells if c.strip()}:
                return place
        raise PlainError(
            f"{file} has no header line with the cell “{marker}” in its first {SEARCHED_LINES} lines: "
            "correct “header” in the mapping."
        )
    wanted_plain = {plain(w) for w in wanted}
    if wanted_plain:
        for place, (_, cells) in enumerate(rows):
            if wanted_plain <= {plain(c) for c in cells}:
                return place
    return _widest(rows)


def _widest(rows: Sequence[tuple[int, Cells]]) -> int:
    widths = [_width(cells) for _, cells in rows]
    common = Counter(w for w in widths if w > 1).most_common(1)
    if not common:
        return 0
    typical = common[0][0]
    again = next((p for p, (_, cells) in enumerate(rows) if _width(cells) >= typical and stands_again(rows, p)), None)
    if again is not None:
        return again
    for place, (_, cells) in enumerate(rows):
        filled = [c for c in cells if c.strip()]
        if len(cells) < typical or len(filled) < max(2, typical // 2):
            continue
        numbers = sum(parse_number(c).state in ("value", "percent") for c in filled)
        if numbers <= len(filled) // 2:
            return place
    return next(place for place, width in enumerate(widths) if width >= typical)


def stands_again(rows: Sequence[tuple[int, Cells]], place: int) -> bool:
    """Whether the first full line, one of words, is repeated further down, as on each page of a report, and no other
    line has a cell of it in the same column: then it is the header."""
    wanted = [squeeze(c).casefold() for c in rows[place][1]]
    width = len(wanted)
    if not all(wanted) or any(parse_number(c).state in ("value", "percent") for c in wanted):
        return False
    if any(len(cells) >= width and all(c.strip() for c in cells[:width]) for _, cells in rows[:place]):
        return False
    lines = [[squeeze(c).casefold() for c in cells[:width]] for _, cells in rows[place + 1 :]]
    others = [line for line in lines if line != wanted]
    return len(others) < len(lines) and not any(a == b for line in others for a, b in zip(line, wanted, strict=False))


def _width(cells: Cells) -> int:
    """How many cells a row has up to its last filled one."""
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1].strip()), 0)


def find_column(name: str, header: Sequence[str], file: str, role: str) -> int:
    """The place of a column in the header: exactly, else without case, blanks and footnote marks.

    Raises :class:`PlainError` that names the nearest column when there is none.
    """
    if name in header:
        return header.index(name)
    wanted = plain(name)
    same = [place for place, cell in enumerate(header) if plain(cell) == wanted]
    if len(same) == 1:
        return same[0]
    close = nearest(name, header)
    hint = (
        f"did you mean “{close}”?"
        if close
        else "its columns are " + ", ".join(f"“{h}”" for h in header[:8]) + ("…" if len(header) > 8 else "") + "."
    )
    raise PlainError(f"{file} has no column “{name}”, which the mapping names for {role}: {hint}")
