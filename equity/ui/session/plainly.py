"""A plain error inside a dialog: a dialog is drawn again without the main script, which says errors everywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from equity.ui.layout import prose
from equity.vocabulary import PlainError


@contextmanager
def plainly() -> Iterator[None]:
    """Say a :class:`PlainError` as a sentence, where it happened."""
    try:
        yield
    except PlainError as error:
        prose.problem(str(error))
