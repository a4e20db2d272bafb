"""What is said of an answer is worked out once, and forgotten with it."""

from __future__ import annotations

import gc

from equity.words.cached_per_answer import cached_per_answer


class Answer:
    """Something that is spoken of."""


def test_each_thing_is_worked_out_once_for_each_answer() -> None:
    worked_out: list[tuple[Answer, str]] = []

    @cached_per_answer
    def said(answer: Answer, group: str = "") -> str:
        worked_out.append((answer, group))
        return f"{len(worked_out)}{group}"

    one, other = Answer(), Answer()
    assert [said(one), said(other), said(one), said(one, "a"), said(one, "a")] == ["1", "2", "1", "3a", "3a"]
    assert worked_out == [(one, ""), (other, ""), (one, "a")]


def test_an_answer_that_is_gone_is_not_held_and_never_mistaken_for_the_next() -> None:
    numbers = iter(range(100))

    @cached_per_answer
    def said(answer: Answer) -> int:
        return next(numbers)

    heard = [said(Answer()) for _ in range(50)]  # each lies where the one before it lay
    assert heard == list(range(50))
    left = Answer()
    assert said(left) == 50
    del left
    gc.collect()
    assert not any(isinstance(each, Answer) for each in gc.get_objects())
