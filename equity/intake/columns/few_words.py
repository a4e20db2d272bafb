"""Columns of a big file that hold few different texts, found by a look at rows from all over it.

A text that is known beforehand is a number to DuckDB (an ENUM), and laying numbers down takes a third of the time of
laying down texts. A look at some rows may miss a text; whoever uses what is found here must mind the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain, islice

from equity.intake.formats.tabular import Table

FIRST_ROWS = 2_000
MOST_WORDS = 5_000


def few_words(table: Table, places: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The different texts of each of these columns that seems to hold few of them; other columns are left out.

    The empty text is always among them. A text that was met once only hints at others that were not met at all (Good
    1953: the share of rows with unseen texts is about the share of texts seen once), so its column is left out.
    """
    spread = table.spread() if table.spread is not None else iter(())
    rows = [*chain(spread, islice((cells for _, cells in table.rows()), FIRST_ROWS))]
    texts_by_place: dict[int, tuple[str, ...]] = {}
    for place in set(places):
        counts = Counter(cells[place] for cells in rows if place < len(cells))
        if (
            counts
            and len(counts) <= MOST_WORDS
            and min(counts.values()) > 1
            and not any("\0" in word for word in counts)
        ):
            texts_by_place[place] = tuple(sorted({"", *counts}))
    return texts_by_place
