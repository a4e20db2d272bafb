"""The rows of a table that its layout is decided from: its first ones, and which of their columns hold numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from equity.intake.columns.column_names import PERIOD, STRATIFIERS, heard
from equity.intake.formats.tabular import Cells, Table
from equity.intake.layout.said import LISTS
from equity.intake.layout.steps.reshape import is_section
from equity.intake.layout.two_numbers import holds_two
from equity.intake.spellings.missing import silence, squeeze
from equity.intake.spellings.numbers import minutes_of, parse_number
from equity.intake.spellings.standards import standard

ROWS = 2_000


@dataclass(frozen=True)
class Sample:
    """What a table looks like from its head.

    ``lines`` are all of its sampled rows, ``data`` those that hold numbers (or, in a table without any, that are as
    full as most); ``numeric`` the places of its columns of numbers, ``numbers`` the data as numbers. ``parts`` are the
    header's lines above each column.
    """

    header: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    lines: tuple[Cells, ...]
    data: tuple[Cells, ...]
    numeric: frozenset[int]
    numbers: tuple[tuple[float | None, ...], ...]

    def column(self, place: int) -> list[str]:
        """The texts of one column of the data; to be read only."""
        if place not in self._columns:
            self._columns[place] = [squeeze(cells[place]) for cells in self.data]
        return self._columns[place]

    @cached_property
    def _columns(self) -> dict[int, list[str]]:
        return {}

    @cached_property
    def years(self) -> frozenset[int]:
        """The columns of numbers whose names say that they hold periods."""
        return frozenset(p for p in self.numeric if PERIOD.search(heard(self.header[p])))

    @cached_property
    def counts(self) -> list[int]:
        """The other columns of numbers that hold whole ones alone."""
        whole = (
            p
            for p in sorted(self.numeric - self.years)
            if all(v is None or v == int(v) for v in (numbers[p] for numbers in self.numbers))
        )
        return list(whole)

    def alike(self, places: Sequence[int], fewest: int) -> list[list[int]]:
        """The rows, by number, that agree in all of these columns, so many at least together; in the table's order.

        Where no rows are left, the other columns are not looked at: a wide table soon tells every row apart.
        """
        blocks = [list(range(len(self.data)))]
        for place in places:
            column, parts = self.column(place), list[list[int]]()
            for rows in blocks:
                by_text: dict[str, list[int]] = {}
                for row in rows:
                    by_text.setdefault(column[row], []).append(row)
                parts += [part for part in by_text.values() if len(part) >= fewest]
            blocks = parts
            if not blocks:
                break
        return sorted(blocks)

    @cached_property
    def texts(self) -> list[int]:
        """The places of the columns that hold words."""
        return [p for p in range(len(self.header)) if p not in self.numeric and any(self.column(p))]

    @property
    def grouped(self) -> bool:
        """Whether a column of words groups people, by its name or by what it holds."""
        return any(
            any(pattern.search(heard(self.header[p])) for _, _, pattern, _ in STRATIFIERS)
            or any(_listed(self.column(p), listed) for listed in LISTS)
            for p in self.texts
        )


def _listed(texts: Sequence[str], listed: str) -> bool:
    distinct = [t for t in dict.fromkeys(texts) if t][:60]
    return len(distinct) > 1 and all(len(t) > 1 for t in distinct) and standard(listed).recognised(distinct) >= 0.6


def is_numeric(cells: Sequence[str]) -> bool:
    """Whether most filled cells are numbers, alone or with a second one in brackets, or say why there is none."""
    said = [c for c in cells if c.strip()]
    numbers = sum(is_number(c) for c in said)
    quiet = sum(silence(c) is not None for c in said)
    if not numbers or numbers + quiet >= 0.8 * len(said):
        return bool(numbers)
    # A short word of the source's own for "not shown" ("NSD"), written again and again among numbers.
    marks = {c.strip() for c in said if not is_number(c) and silence(c) is None}
    return (
        numbers >= 0.3 * len(said)
        and len(marks) == 1
        and all(re.fullmatch(r"[A-Z]{2,4}|[^\w\s]{1,3}", m) for m in marks)
    )


def is_number(cell: str) -> bool:
    """Whether a cell holds a number, or a number and its range or percent."""
    if ":" in cell and minutes_of(squeeze(cell)) is not None:
        return False  # a time of day, or how long: no number of a group, a year or a measure across
    return parse_number(cell).state in ("value", "percent") or holds_two(cell)


def sample_of(table: Table) -> Sample:
    """The first rows of a table, looked at."""
    width = len(table.header)
    lines = tuple([*cells[:width], *[""] * (width - len(cells))] for _, cells in islice(table.rows(), ROWS))
    filled = Counter(sum(bool(c.strip()) for c in cells) for cells in lines if not is_section(cells))
    typical = max(filled, key=lambda f: (filled[f] * f, f)) if filled else 0
    body = [cells for cells in lines if sum(bool(c.strip()) for c in cells) >= max(1, typical * 0.4)]
    numeric = frozenset(p for p in range(width) if is_numeric([cells[p] for cells in body]))
    data = tuple(
        c for c in body if not numeric or any(is_number(c[p]) or (c[p].strip() and silence(c[p])) for p in numeric)
    )
    numbers = tuple(tuple(parse_number(c).value for c in cells) for cells in data)
    parts = table.heading.parts if table.heading is not None else tuple((h,) for h in table.header)
    return Sample(table.header, parts, lines, data, numeric, numbers)


_UNIT_LINE = re.compile(
    r"^(?:units?|unit of measure\w*|measurement unit|einheit|unidade(?: de medida)?|unité|unidad)\s*[:=]\s*\S"
    r"|\brates? (?:are |is )?(?:shown |expressed |given )?per \d",
    re.IGNORECASE,
)


def unit_lines(sample: Sample) -> tuple[str, ...]:
    """Lines outside of the data that say in which unit its numbers are ("Unit of measure: %")."""
    texts = (
        " ".join(c for c in cells if c.strip()) for cells in sample.lines if sum(bool(c.strip()) for c in cells) <= 2
    )
    return tuple(squeeze(text)[:200] for text in texts if _UNIT_LINE.search(squeeze(text)))
