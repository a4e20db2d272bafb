"""What nobody sees is not written."""

from __future__ import annotations

import pytest

from equity.vocabulary.written import is_written, seen

NOTHING = ("", " \t\n", "\u200b", "\ufeff\u2060", "\u202e\u202c", "\u00ad", "\u3164", "\u2800", "\u200d")


@pytest.mark.parametrize("text", NOTHING)
def test_text_that_nobody_sees_is_none(text: str) -> None:
    assert not is_written(text)
    assert seen(text) == ""


@pytest.mark.parametrize("text", ["a", "مريم", "👩🏽\u200d⚕️", "0", "—", "\u200bAna"])
def test_any_letter_mark_or_picture_is_something(text: str) -> None:
    assert is_written(text)


def test_names_are_told_apart_by_what_is_seen_of_them() -> None:
    assert seen("Ana\u200b  Ruiz") == seen(" Ana Ruiz") == "Ana Ruiz"
    assert seen("Jose\u0301") == seen("José")
