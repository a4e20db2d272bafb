"""CSV and its kin: any delimiter, any of the usual encodings, title lines above and notes below.

Two readers give the same rows. The careful one (Python's csv) knows the line of every record and minds ragged rows
and quotes left open. The quick one (DuckDB) is used for big files, and only believed when its rows are as many as the
lines.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from equity.intake.formats.bounds import bounds
from equity.intake.formats.encoding import Encoding, find_encoding
from equity.intake.formats.eurostat import is_eurostat, parted
from equity.intake.formats.header import SEARCHED_LINES
from equity.intake.formats.heading import ANY_HEADER, Wanted, find_heading
from equity.intake.formats.tabular import Cells, QuickCsv, Table
from equity.vocabulary import PlainError

DELIMITERS = (",", "\t", ";", "|", "^", "~", "\x01", "\x1f")
SPREAD_PLACES = 40
SPREAD_BYTES = 1 << 15
LONGEST_LINE = 64 << 20


def open_delimited(path: Path, name: str, wanted: Wanted = ANY_HEADER) -> Table:
    """A delimited file of text as a table; raises :class:`PlainError` when it holds no rows or is no text."""
    encoding = find_encoding(path)
    head = _head(path, encoding)
    if not any(line.strip() for line in head):
        raise PlainError(f"{name} is empty: export it again, with a header line and at least one row.")
    delimiter, hint_lines = _find_delimiter(head)
    eurostat = is_eurostat(head[0])
    if eurostat:
        delimiter = "\t"

    def records() -> Iterator[tuple[int, Cells]]:
        table = _records(path, name, encoding, delimiter, hint_lines)
        return parted(table) if eurostat else table

    top = list(islice(records(), SEARCHED_LINES))
    if not top:
        raise PlainError(f"{name} holds no cells: export it again, with a header line and at least one row.")
    heading = find_heading(top, name, wanted)
    if heading.place + 1 == len(top):
        raise PlainError(
            f"{name} has a header in line {heading.line} and no rows below it: export it again with its rows."
        )

    def rows() -> Iterator[tuple[int, Cells]]:
        return ((n, row) for n, row in records() if n > heading.line)

    plain_text = encoding.codec == "utf-8" and not encoding.note and not eurostat
    return Table(
        name=name,
        header=heading.names,
        header_line=heading.line,
        rows=rows,
        quick=QuickCsv(path, delimiter, max(heading.line, hint_lines)) if plain_text and len(delimiter) == 1 else None,
        notes=(encoding.note,) if encoding.note else (),
        titles=heading.titles,
        spread=lambda: _spread(path, encoding, delimiter, len(heading.names)),
        heading=heading,
    )


def _head(path: Path, encoding: Encoding) -> list[str]:
    with path.open("rb") as file:
        file.seek(encoding.mark)
        text = file.read(1 << 18).decode(encoding.codec, errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:SEARCHED_LINES]


def _find_delimiter(lines: Sequence[str]) -> tuple[str, int]:
    """The delimiter under which most lines have the same number of cells, and how many lines only name it (0 or 1)."""
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines[:-1] or lines, delimiter=delimiter) if len(row) > 1)
        except csv.Error:
            continue
        if widths:
            width, count = widths.most_common(1)[0]
            score = count * (1 + min(width, 40) / 40) * (0.5 + 0.5 * count / sum(widths.values()))
            if score > best_score:
                best, best_score = delimiter, score
    return best, 0


def _records(path: Path, name: str, encoding: Encoding, delimiter: str, skipped: int) -> Iterator[tuple[int, Cells]]:
    """(line where the record begins, its cells) for every record that is not a blank line."""
    longest = bounds().cell
    csv.field_size_limit(longest)
    with path.open("rb") as raw:
        raw.seek(encoding.mark)
        with io.TextIOWrapper(raw, encoding=encoding.codec, errors="replace", newline="") as text:
            lines = _Lines(text, name)
            reader = csv.reader(lines, delimiter=delimiter)
            while True:
                start = lines.count + 1
                lines.quotes = 0
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    raise PlainError(
                        f"{name}, line {start}: a cell is longer than {longest:,} characters; "
                        "look for a quote mark that is opened and not closed."
                    ) from None
                if lines.quotes % 2 and lines.count > start:
                    raise PlainError(
                        f"{name}, line {start}: a quote mark is opened and never closed; close it or take it away."
                    )
                if start > skipped and (len(cells) > 1 or any(c.strip() for c in cells)):
                    yield start, cells


def _spread(path: Path, encoding: Encoding, delimiter: str, width: int) -> Iterator[Cells]:
    """Whole rows from places all over the file; rows of another width (cut at a line end in a cell) are passed over."""
    size = path.stat().st_size
    if encoding.codec not in ("utf-8", "cp1252") or size < SPREAD_PLACES * SPREAD_BYTES:
        return
    with path.open("rb") as file:
        for place in range(SPREAD_PLACES):
            file.seek(place * (size - SPREAD_BYTES) // SPREAD_PLACES)
            lines = file.read(SPREAD_BYTES).split(b"\n")[1:-1]
            text = (line.decode(encoding.codec, errors="replace") for line in lines)
            with suppress(csv.Error):  # a stray line end in a line: the rest here is passed over
                for cells in csv.reader(text, delimiter=delimiter):
                    if len(cells) == width:
                        yield cells


class _Lines:
    """Lines for the csv reader, counted, with the quote marks of the present record."""

    def __init__(self, text: io.TextIOWrapper, name: str) -> None:
        self._text = text
        self._name = name
        self.count = 0
        self.quotes = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.count += 1
        if len(line) == LONGEST_LINE:
            raise PlainError(
                f"{self._name}, line {self.count}: the line is longer than {LONGEST_LINE:,} characters; export it "
                "again with one line a row."
            )
        self.quotes += line.count('"')
        return line.replace("\0", "")
