"""A header on its way and the walk over its rows: what each step of a layout takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from equity.intake.formats.tabular import Cells
from equity.intake.spellings.missing import squeeze

Row = tuple[int, Cells]
Walk = Callable[[Iterator[Row]], Iterator[Row]]


@dataclass(frozen=True)
class Shape:
    """A header on its way, and the walk that gives its rows from those of the file."""

    header: tuple[str, ...]
    walk: Walk


def same_text(text: str) -> str:
    """A text for comparing: blanks and case do not matter, signs do (``<65`` is not ``>=65``)."""
    return squeeze(text).casefold()


def padded(cells: Cells, width: int) -> Cells:
    return cells if len(cells) >= width else cells + [""] * (width - len(cells))


def new_name(name: str, header: Sequence[str]) -> str:
    """``name``, or with a number behind it where the header has it already."""
    taken = {h.casefold() for h in header}
    made, count = name, 1
    while made.casefold() in taken:
        count += 1
        made = f"{name} ({count})"
    return made
