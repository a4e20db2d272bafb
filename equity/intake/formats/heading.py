"""Which lines of a file are its header: none, one, or several that stand above one another.

The numbers below decide. A column is one of numbers when most cells of the body are; a line belongs to the header when
it says words (or years) where such columns have numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from equity.intake.formats.header import find_header, stands_again, unique_names
from equity.intake.formats.tabular import Cells, Heading
from equity.intake.spellings.missing import silence, squeeze
from equity.intake.spellings.nearest import plain
from equity.intake.spellings.numbers import out_of, parse_number
from equity.vocabulary import PlainError

MOST_LINES = 4
LONGEST_NAME = 120
_YEAR = re.compile(r"(?:(?:FY|CY) ?)?(?:19|20)\d\d(?:[/–-]\d{2,4})?(?:\.0)?$", re.IGNORECASE)
_RANGE = re.compile(r"^[^A-Za-z]*\d[^A-Za-z]*(?:[\[(][^A-Za-z]*\d[^A-Za-z]*[\])]|(?:±|\+/[-–−])\s*\d[^A-Za-z]*)\s*$")
_IMPORT_ID = re.compile(r"^\s*\{\s*['\"]?ImportId")
_CODE = re.compile(r"^[A-Z]{1,12}(?:_?[A-Z0-9]+)*$|^[A-Z]+\d\w*$")
Top = Sequence[tuple[int, Cells]]


@dataclass(frozen=True)
class Wanted:
    """What is known of a header before it is looked for.

    ``marker`` is a cell of its last line, ``columns`` those that a mapping names, ``lines`` how many it has (None:
    find out), ``names`` the columns' names where the file has none.
    """

    marker: str = ""
    columns: tuple[str, ...] = ()
    lines: int | None = 1
    names: tuple[str, ...] = ()


ANY_HEADER = Wanted()


def find_heading(top: Top, file: str, wanted: Wanted) -> Heading:
    """The header among a file's first lines; raises :class:`PlainError` when the marker is nowhere."""
    if wanted.lines == 0:
        return _without(top, wanted.names, max(_width(cells) for _, cells in top))
    survey = _import_ids(top) if wanted.lines is None else None
    if survey is not None:
        return _heading(top, range(max(0, survey - 2), survey + 1))
    if wanted.marker or wanted.columns:
        place = find_header(top, file, wanted.marker, wanted.columns)
        if wanted.lines is None:
            return _heading(top, [place, *_below(top, place, numeric_columns(top))])
        return _heading(top, list(range(max(0, place - wanted.lines + 1), place + 1)))
    run = find_lines(top)
    if run is None:
        run = [find_header(top, file)]
    if wanted.lines is not None and len(run) != wanted.lines:
        if wanted.lines == 1:
            return _heading(top, [find_header(top, file)])
        raise PlainError(
            f"{file} has {len(run)} header {'line' if len(run) == 1 else 'lines'} where the mapping says "
            f"{wanted.lines}: correct header_lines under [layout], or “header” under [extract]."
        )
    return _heading(top, run) if run else _without(top, (), max(_width(cells) for _, cells in top))


def _import_ids(top: Top) -> int | None:
    """The line of ids that an export of Qualtrics has below the names and the questions; None where there is none."""
    for place, (_, cells) in enumerate(top[:MOST_LINES]):
        filled = [c for c in cells if c.strip()]
        if len(filled) > 1 and all(_IMPORT_ID.match(c) for c in filled):
            return place
    return None


def find_lines(top: Top) -> list[int] | None:
    """The places of the header's lines: empty when the first line holds data already; None where words alone do not
    tell."""
    numeric = numeric_columns(top)
    if not numeric:
        return None
    typical = _typical(top)
    first = next((p for p, (_, cells) in enumerate(top) if _is_data(cells, numeric, typical)), None)
    if first is None:
        return None
    lines: list[int] = []
    for place in range(first - 1, -1, -1):
        cells = top[place][1]
        filled = [p for p, c in enumerate(cells) if c.strip()]
        if not filled or (not lines and len(filled) == 1 and filled[0] == 0):
            continue  # a blank line, or a section that begins right below the header
        over_numbers = any(p in numeric for p in filled)
        fits = over_numbers and all(len(squeeze(cells[p])) <= LONGEST_NAME for p in filled)
        if not lines:
            if len(filled) < max(2, typical // 3) and not over_numbers:
                continue
            lines.append(place)
            if stands_again(top, place):
                break  # what stands above it is the head of a page
            continue
        if not fits or len(lines) == MOST_LINES or (len(filled) == 1 and filled[0] == 0):
            break
        lines.insert(0, place)
    return lines


def numeric_columns(top: Top) -> frozenset[int]:
    """The columns whose cells, over the body of the table, are numbers (or say why there is none)."""
    typical = _typical(top)
    body = [cells for _, cells in top[1:] if sum(bool(c.strip()) for c in cells) >= max(2, typical * 0.6)]
    words = next((p for p, cells in enumerate(body) if _has_number(cells)), len(body))
    if words <= MOST_LINES:  # more lines of words than a header has are rows of words
        body = body[min(words, len(body) - 1) :]
    width = max((len(cells) for cells in body), default=0)
    numeric = set()
    for place in range(width):
        said = [c for cells in body if place < len(cells) and (c := cells[place]).strip()]
        numbers = [c for c in said if _number(c)]
        quiet = [c for c in said if silence(c) is not None]
        if (
            numbers
            and len(numbers) + len(quiet) >= 0.8 * len(said)
            and not all(_YEAR.match(squeeze(c)) for c in numbers)
        ):
            numeric.add(place)
    return frozenset(numeric)


def _has_number(cells: Cells) -> bool:
    """Whether a line holds a number that is no year."""
    return any(_number(c) and not _YEAR.match(squeeze(c)) for c in cells)


def _number(cell: str) -> bool:
    return parse_number(cell).state in ("value", "percent") or bool(_RANGE.match(cell)) or out_of(cell) is not None


def _typical(top: Top) -> int:
    counts = Counter(sum(bool(c.strip()) for c in cells) for _, cells in top)
    several = Counter({filled: n for filled, n in counts.items() if filled > 1})
    return several.most_common(1)[0][0] if several else 1


def _is_data(cells: Cells, numeric: frozenset[int], typical: int) -> bool:
    """Whether a line has numbers where the body has, and they are not the years of a header."""
    said = [cells[p] for p in numeric if p < len(cells) and cells[p].strip()]
    numbers = [c for c in said if _number(c) and not _YEAR.match(squeeze(c))]
    quiet = [c for c in said if silence(c) is not None]
    return (
        bool(said)
        and len(numbers) + len(quiet) >= 0.6 * len(said)
        and (bool(numbers) or len(said) >= 0.6 * len(numeric))
    )


def _below(top: Top, place: int, numeric: frozenset[int]) -> list[int]:
    """Further header lines right below one that was found by its marker."""
    below = []
    for later in range(place + 1, min(place + MOST_LINES, len(top))):
        cells = top[later][1]
        said = [cells[p] for p in numeric if p < len(cells) and cells[p].strip()]
        words = [c for c in said if not _number(c) and silence(c) is None]
        if not said or len(words) < 0.6 * len(said):
            break
        below.append(later)
    return below


def _heading(top: Top, run: Sequence[int]) -> Heading:
    lines = [top[place][1] for place in run]
    body = [cells for _, cells in top[run[-1] + 1 :]]
    width = _header_width(lines, body)
    numeric = numeric_columns(top) if len(run) > 1 else frozenset()
    parts = tuple(_parts(lines, place, numeric) for place in range(width))
    names = unique_names([_joined(p) for p in parts])
    last = top[run[-1]]
    return Heading(
        names=names,
        parts=parts,
        line=last[0],
        lines=len(run),
        titles=tuple(" ".join(c for c in row if c.strip()) for _, row in top[: run[0]]),
        marker=_marker(last[1], top[: run[-1]]) if len(run) > 1 or run[0] > 0 else "",
        place=run[-1],
    )


def _header_width(lines: Sequence[Cells], body: Sequence[Cells]) -> int:
    """How wide the table is: nameless columns at its end count when the body has something in them."""
    named = max(_width(cells) for cells in lines)
    there = max(len(cells) for cells in lines)
    filled = Counter(p for cells in body for p in range(named, min(there, len(cells))) if cells[p].strip())
    enough = max(2, 0.3 * len(body))
    return max([named, *(p + 1 for p, count in filled.items() if count >= min(enough, len(body)))]) or 1


def _parts(lines: Sequence[Cells], place: int, numeric: frozenset[int]) -> tuple[str, ...]:
    """What the header's lines say above one column; an upper line reaches to the right until its next text."""
    texts = []
    for depth, cells in enumerate(lines):
        text = squeeze(cells[place]) if place < len(cells) else ""
        if _IMPORT_ID.match(text):
            continue  # it names a column to the survey's server, and says nothing of it
        if not text and depth < len(lines) - 1 and place in numeric:
            for left in range(min(place, len(cells)) - 1, -1, -1):
                if left not in numeric:
                    break
                if cells[left].strip():
                    text = squeeze(cells[left])
                    break
        if text.endswith(".0") and _YEAR.match(text):
            text = text[:-2]
        texts.append(text)
    if len(lines) > 1 and place not in numeric:  # a label of the rows stands in the lowest line that says one
        return (next((text for text in reversed(texts) if text), ""),)
    return tuple(texts)


def _joined(parts: Sequence[str]) -> str:
    """One name of several lines: what they say, once each; codes beside words are left away.

    The Census's tables call every number an estimate ("Estimate!!Total!!…"), which tells none from another.
    """
    said = list(dict.fromkeys(p for p in parts if p))
    words = [p for p in said if not _CODE.match(p)]
    coded = [p for p in said if _CODE.match(p) and re.search(r"[\d_]", p)]
    if words and coded:
        said = words
    return re.sub(r"^Estimate!!", "", " ".join(said))


def _marker(cells: Cells, above: Top) -> str:
    """A cell by which the last header line is found again: words rather than a year, and nowhere above it."""
    elsewhere = {plain(c) for _, row in above for c in row if c.strip()}
    texts = [squeeze(c) for c in cells if c.strip() and plain(c) and plain(c) not in elsewhere]
    worded = [t for t in texts if not re.search(r"(?:19|20)\d\d", t) and any(c.isalpha() for c in t)]
    return (worded or texts or [""])[0]


def _without(top: Top, names: Sequence[str], width: int) -> Heading:
    made = unique_names([names[p] if p < len(names) else "" for p in range(max(width, len(names)))])
    return Heading(made, tuple((n,) for n in made), 0, 0, place=-1)


def _width(cells: Cells) -> int:
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1].strip()), 0)
