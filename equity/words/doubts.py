"""What nobody has confirmed of the reading of a dataset: said on every page and export that stands on it."""

from __future__ import annotations

from equity.vocabulary import Description
from equity.words.escaping import one_line


def said(description: Description) -> tuple[str, ...]:
    """One sentence a doubt that was overruled when the data were loaded."""
    return tuple(
        f"Not confirmed: {one_line(doubt.sentence, 400)} It was read as: {one_line(doubt.read_as, 400)}."
        for doubt in description.doubts
    )
