"""The one line that says, on each page of the work, that what stands there is a made-up team's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from equity.actions.sample.sample_team import TEAM
from equity.store.records.kept import Kept
from equity.ui.layout import prose
from equity.words.work import path as words


def say_made_up(held: Iterable[Kept[Any]]) -> None:
    """Say it where any of the records is the made-up team's."""
    if any(kept.author_id == TEAM.id for kept in held):
        prose.small(words.MADE_UP_HERE)
