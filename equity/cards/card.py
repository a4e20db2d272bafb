"""The answer as a card: the finding as its title, the chart, the table that proves it, how it was computed.

A screenshot of a card makes sense without the page around it: the title states the finding and names the reference, the
caption says what, by whom, when.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go

from equity.vocabulary.plain_cells import spreadsheet_cell
from equity.words.escaping import one_line

if TYPE_CHECKING:
    from equity.cards.recipe import Recipe
    from equity.export.native import NativeChart
    from equity.export.sheet import Answer, Sheet
    from equity.vocabulary import Stratifier


@dataclass(frozen=True)
class Card:
    """What a card holds.

    key       names the card on its page.
    finding   the title: what is to be seen, in words, the reference named.
    figure    the chart; ``alt`` says the same for those who do not see it.
    table     the chart as text, a row a mark, written when somebody wants it; ``caption`` says what it holds.
    numbers   the answer's own table, unrounded, for the CSV.
    answer    what the card was made from, with the statements that ran.
    recipe    how it can be made again, to be presented or taken away in a set.
    method    sentences on how it was computed, written when somebody wants them.
    as_asked  the chart where its marks stood when they were guessed, for the moment after; none where nothing moves.
    comes_to  sentences on what the finding comes to, which stand in a page's answer: for where there is no page around.
    native    the chart's numbers as an office program draws them, asked for when somebody wants the slides.
    """

    key: str
    finding: str
    figure: go.Figure
    alt: str
    table: Callable[[], pd.DataFrame]
    caption: str
    numbers: Callable[[], pd.DataFrame]
    answer: Answer
    recipe: Recipe
    method: Callable[[], Sequence[str]] = tuple
    native: Callable[[], NativeChart] | None = None
    as_asked: Callable[[], go.Figure] | None = None
    comes_to: tuple[str, ...] = ()


def sheet_of(card: Card, stratifiers: Sequence[Stratifier], on: date) -> Sheet:
    """A card with all that travels with it when it is taken away; ``stratifiers`` are its dataset's."""
    from equity.export.sheet import sheet

    return sheet(
        card.answer,
        stratifiers,
        on,
        title=card.finding,
        figure=card.figure,
        chart=card.native() if card.native else None,
        alt=card.alt,
        table=card.table(),
        caption=card.caption,
        numbers=card.numbers(),
        method=card.method(),
    )


def csv_of(numbers: pd.DataFrame) -> bytes:
    """A CSV of an answer's table; text that a spreadsheet would run is quoted."""
    safe = numbers.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = [spreadsheet_cell(str(value)) if value == value else "" for value in safe[column]]
    safe.columns = [spreadsheet_cell(str(column)) for column in safe.columns]
    return safe.to_csv(index=False).encode("utf-8-sig")


def file_stem(finding: str) -> str:
    """A name for a file out of a finding: letters, digits and hyphens."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in one_line(finding).lower()).split()
    return "-".join(words)[:60].strip("-") or "table"
