"""How many rows hold data, and whether enough of them are used: one rule for the page and for the terminal."""

from __future__ import annotations

import pytest

from equity.intake.reading.facts import Facts
from equity.intake.reading.refusal import is_enough_used, rows_with_data
from equity.loading.refusals import NOTHING_ACCEPTED, refuse_many_set_aside
from equity.vocabulary import PlainError, Problem


def facts(shape: str, used: int, **set_aside: int) -> Facts:
    problems = tuple(Problem("set_aside", code, "Rows.", "", "", 1, count) for code, count in set_aside.items())
    rows = used + sum(set_aside.values())
    return Facts(shape, "crossed", "counts", "all", (), False, (), (), rows, used, rows - used, (), problems)


@pytest.mark.parametrize(
    ("found", "data", "enough"),
    [
        (facts("counts", 8, x_missing=3), 8, True),  # a table of counts says that it has no number there
        (facts("rows", 8, x_missing=3), 11, False),  # in one line a visit it is a visit that is lost
        (facts("counts", 9, n_odd=1), 10, True),
        (facts("counts", 8, n_odd=1, n_missing=5), 9, False),
        (facts("rows", 5, total=20, note=3), 5, True),
        (facts("counts", 0, x_missing=4), 0, True),  # refused in a sentence of its own while it is read
    ],
)
def test_the_page_asks_where_the_terminal_stops(found: Facts, data: int, enough: bool) -> None:
    assert rows_with_data(found) == data
    assert is_enough_used(found) is enough
    if enough:
        refuse_many_set_aside(found, NOTHING_ACCEPTED)
    else:
        with pytest.raises(PlainError, match=f"only {found.rows_used} of {data} rows with data"):
            refuse_many_set_aside(found, NOTHING_ACCEPTED)
