"""What is not known of a dataset or nobody has confirmed: said on every page and export that stands on it."""

from __future__ import annotations

from equity.vocabulary import Description, Doubt
from equity.words.escaping import one_line

NEITHER = "“{measure}”: nobody has said that higher or lower is better, so nothing is called better or worse."


def describe_doubts(description: Description, measure: str) -> tuple[str, ...]:
    """One sentence a doubt that was overruled when the data were loaded, and one where no side of the measure is
    better."""
    neutral = any(m.name == measure and m.polarity == "neutral" for m in description.measures)
    return (*_overruled(description), *([NEITHER.format(measure=one_line(measure, 200))] if neutral else []))


def _overruled(description: Description) -> tuple[str, ...]:
    return tuple(
        f"Not confirmed: {one_line(doubt.sentence, 400)} It was read as: {one_line(doubt.read_as, 400)}."
        if doubt.read_as
        else one_line(doubt.sentence, 400)
        for doubt in description.doubts
    )


def in_a_line(doubt: Doubt) -> str:
    """A doubt as ``load`` prints it."""
    if not doubt.read_as:
        return f"to know: {doubt.sentence}"
    return f"not confirmed: {doubt.sentence} Read as: {doubt.read_as}"
