"""Groups that are left out of an answer's rows: named, never the focus or the reference, and no number changes."""

from __future__ import annotations

import pytest

from equity.lens.drawn_groups import compared_without, over_time_without
from equity.lens.tables import columns_of
from equity.vocabulary import PlainError
from equity.words import drawn_groups
from equity.words.answers import disparities as words
from equity.words.answers import trends as trend_words
from equity.words.rows import focus_name, group_rows
from tests import answers_for_tests as made_up

ANSWER = made_up.disparities()
FOCUS, REFERENCE = focus_name(ANSWER), ANSWER.reference.group


def test_what_is_left_out_by_name_is_gone_from_rows_and_table_and_is_said() -> None:
    drawn = compared_without(ANSWER, False, ["Asian" if REFERENCE != "Asian" else "White", FOCUS, REFERENCE], FOCUS)
    (gone,) = drawn.left_out.by_choice
    assert {FOCUS, REFERENCE} <= {row.group for row in group_rows(drawn.rows)}
    assert gone not in words.table(drawn)["Group"].tolist()
    assert words.table_caption(drawn).endswith(f"Left out by choice: {gone}.")
    assert words.finding(drawn) == words.finding(ANSWER)
    kept = {row.group: row for row in group_rows(ANSWER.rows)}
    for row in group_rows(drawn.rows):
        assert [v for v in row if v == v] == [v for v in kept[row.group] if v == v]


def test_only_groups_with_enough_data_are_those_that_can_be_read() -> None:
    drawn = compared_without(ANSWER, True, (), FOCUS)
    shown = [row.group for row in group_rows(drawn.rows)]
    unread = [r.group for r in group_rows(ANSWER.rows) if not r.visible or r.reliability == "too_few"]
    assert unread
    assert list(drawn.left_out.too_few) == unread
    assert not set(shown) & set(unread)
    assert "Left out, too little data to be read: " in drawn_groups.said(drawn.left_out)


def test_over_time_the_changes_go_with_their_groups() -> None:
    answer = made_up.trends()
    gone = "Hispanic or Latino"
    drawn = over_time_without(answer, False, [gone], trend_words.focus(answer))
    assert drawn.left_out.by_choice == (gone,)
    assert gone not in set(columns_of(drawn.rows)["group"].tolist())
    assert gone not in trend_words.changes_table(drawn)["Group"].tolist()
    assert "Left out by choice: Hispanic or Latino." in trend_words.table_caption(drawn)


def test_a_name_that_is_no_group_is_refused_with_those_that_are() -> None:
    with pytest.raises(PlainError, match="“Nobody” is not among the groups here: leave out one of "):
        compared_without(ANSWER, False, ["Nobody"], FOCUS)


def test_without_a_wish_it_is_the_same_answer() -> None:
    assert compared_without(ANSWER, False, (), FOCUS) is ANSWER
