"""Answers that are kept: worked out once for everyone, the latest so many of them, no errors."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import streamlit as st

from equity.ui.session.shared_cache import shared_cache


def test_people_who_ask_at_once_share_one_answer_and_only_the_latest_stay() -> None:
    asked: list[tuple[str, int]] = []
    together = Barrier(4)

    @shared_cache(2)
    def answer(question: str, number: int = 0) -> list[str]:
        asked.append((question, number))
        return [question]

    def ask(question: str) -> list[str]:
        together.wait(timeout=10)
        return answer(question)

    with ThreadPoolExecutor(4) as people:
        first, *others = people.map(ask, ["a"] * 4)
    assert all(other is first for other in others)
    assert answer("a", number=1) == ["a"]
    assert answer("a") is first
    assert answer("b") == ["b"]
    assert answer("a") is first
    answer("a", number=1)
    assert asked == [("a", 0), ("a", 1), ("b", 0), ("a", 1)]


def test_errors_are_asked_again_and_what_empties_the_cache_empties_the_shelves() -> None:
    answers: Iterator[ValueError | str] = iter([ValueError("not yet"), "one", "two"])

    @shared_cache(2)
    def answer() -> str:
        found = next(answers)
        if isinstance(found, ValueError):
            raise found
        return found

    with pytest.raises(ValueError, match="not yet"):
        answer()
    assert (answer(), answer()) == ("one", "one")
    st.cache_resource.clear()
    assert answer() == "two"
