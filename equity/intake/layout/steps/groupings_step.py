"""One column that holds several ways of grouping, as two: which way, and which group of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from equity.intake.columns.categories import is_total
from equity.intake.formats.header import find_column
from equity.intake.formats.tabular import Cells
from equity.intake.spellings.missing import squeeze
from equity.vocabulary.layout import Groupings

PREFIX = re.compile(r"^(?P<way>[^:=|]{2,40}?)\s*(?:[:=|]|\s[-–]\s)\s*(?P<group>.+)$")
EVERYONE = "Total"
Row = tuple[int, Cells]


def ways_of(
    header: tuple[str, ...], groupings: Groupings, file: str
) -> tuple[int, Callable[[Iterator[Row]], Iterator[Row]]]:
    """The place of the column, and the walk that puts (way of grouping, group) behind each row.

    A value that the step does not know has no way of grouping, so that its row is set aside and named.
    """
    place = find_column(groupings.column, header, file, "layout.groupings")
    known = {squeeze(v).casefold(): way for way, values in groupings.ways.items() for v in values}
    width = len(header)

    def read(text: str) -> tuple[str, str]:
        value = squeeze(text)
        if is_total(value):
            return EVERYONE, EVERYONE
        if known:
            return known.get(value.casefold(), ""), value
        match = PREFIX.match(value)
        return (match["way"], match["group"]) if match else ("", value)

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        for line, cells in rows:
            padded = cells + [""] * (width - len(cells))
            yield line, [*padded[:width], *read(padded[place]), *padded[width:]]

    return place, walk
