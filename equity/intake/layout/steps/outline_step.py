"""Rows of a compact pivot table with the period that stands above them beside each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from equity.intake.columns.categories import is_total
from equity.intake.formats.header import find_column
from equity.intake.formats.tabular import Cells
from equity.intake.layout.said import period_in
from equity.intake.spellings.missing import squeeze
from equity.vocabulary.layout import Outline

Row = tuple[int, Cells]
Walk = Callable[[Iterator[Row]], Iterator[Row]]


def is_period(label: str) -> bool:
    """Whether a label is a year, a quarter or a month and nothing more."""
    said = period_in(label)
    return said is not None and not said.rest


def outline_walk(header: tuple[str, ...], outline: Outline, file: str) -> Walk:
    """The walk that puts its period behind each row below one, and passes the periods' own rows over."""
    place, width = find_column(outline.column, header, file, "layout.outline"), len(header)

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        period = ""
        for line, cells in rows:
            padded = cells + [""] * (width - len(cells))
            if is_period(squeeze(padded[place])):
                period = squeeze(padded[place])
                continue
            own = "" if is_total(squeeze(padded[place])) else period
            yield line, [*padded[:width], own, *padded[width:]]

    return walk
