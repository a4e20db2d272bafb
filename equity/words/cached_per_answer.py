"""What is said of an answer is worked out once: an answer never changes.

A page, its chart, its table and its slides ask for the same rows and sentences again and again, and fifty people on a
call look at one answer.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

Answer = TypeVar("Answer")
More = ParamSpec("More")
Said = TypeVar("Said")


def cached_per_answer(say: Callable[Concatenate[Answer, More], Said]) -> Callable[Concatenate[Answer, More], Said]:
    """The same function of an answer (or of a table of one), which keeps what it says for as long as the answer lives.

    What else it is given must be hashable. What it gives is shared, so nobody may change it.
    """
    kept: dict[int, tuple[weakref.ref[Answer], dict[Hashable, Said]]] = {}

    @wraps(say)
    def said(answer: Answer, /, *more: More.args, **named: More.kwargs) -> Said:
        at = id(answer)
        held = kept.get(at)
        if held is None or held[0]() is not answer:
            held = kept[at] = (weakref.ref(answer, lambda _: kept.pop(at, None)), {})
        key = (more, tuple(named.items()))
        if key not in held[1]:
            held[1][key] = say(answer, *more, **named)
        return held[1][key]

    return said
