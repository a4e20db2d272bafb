"""An aim as one sentence, for pages on which something stands under it."""

from __future__ import annotations

from equity.improvement.aims import Aim
from equity.ui.datasets import in_memory
from equity.vocabulary import PlainError
from equity.words.escaping import one_line
from equity.words.work import aims as words


def describe_aim(aim: Aim) -> str:
    """The aim's sentence; its measure alone where its data are gone."""
    try:
        held = in_memory.description(aim.dataset)
    except PlainError:
        return one_line(aim.measure) or words.BLANK
    measure = next((m for m in held.measures if m.name == aim.measure), None)
    return words.sentence(aim, measure, next((s for s in held.stratifiers if s.name == aim.by), None))
