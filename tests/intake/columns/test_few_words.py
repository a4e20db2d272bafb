"""Which columns a look at some rows takes for columns of few texts."""

from __future__ import annotations

from equity.intake.columns.few_words import MOST_WORDS, few_words
from equity.intake.formats.tabular import Cells, Table


def table(first: list[Cells], spread: list[Cells]) -> Table:
    return Table("x.csv", ("a", "b"), 1, lambda: enumerate(first, start=2), spread=lambda: iter(spread))


def test_texts_of_all_looks_are_found_and_the_empty_one_with_them() -> None:
    found = few_words(table([["it's", "1"], ["it's", "2"]], [["b", "3"], ["b", "4"]]), [0, 0])
    assert found == {0: ("", "b", "it's")}


def test_a_text_met_once_hints_at_others_that_were_not_met() -> None:
    assert few_words(table([["a", "x"], ["a", "x"]], [["rare", "x"]]), [0, 1]) == {1: ("", "x")}


def test_columns_that_cannot_be_numbered_are_left_out() -> None:
    many = [[str(i // 2), "a\0b"] for i in range(2 * MOST_WORDS + 2)]
    assert few_words(table([], many), [0, 1]) == {}
    assert few_words(table([["a"], ["a"]], []), [1]) == {}
