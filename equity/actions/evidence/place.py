"""What the gatherers of an evidence pack look at: a workspace and the one release that its numbers come from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from equity.access.here import Here
from equity.actions.calls.live_calls import live_call
from equity.calls.state import CallState
from equity.cards.release_question import choices_of, usual_question
from equity.lens.answers import Disparities
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.network.evidence import Source, Statement
from equity.release.shelf import Release
from equity.release.view import ReleasedCube
from equity.store.records import calls as call_log
from equity.store.records.calls import Call
from equity.vocabulary import PlainError

MOST_CALLS: Final = 12
"""The latest calls that a pack names; a year of monthly calls."""


@dataclass(frozen=True)
class EvidencePlace:
    """``release`` and ``cube`` are None where the workspace has no release: then no number of patients is said."""

    here: Here
    home: Path
    release: Release | None
    cube: ReleasedCube | None

    @cached_property
    def opening_question(self) -> Choices | None:
        """The question that the release opens with; None without a release, or without groups in it."""
        if self.cube is None:
            return None
        try:
            return choices_of(self.cube, usual_question(self.cube))
        except PlainError:
            return None

    @cached_property
    def leading_gap(self) -> Disparities | None:
        """The answer to that question."""
        if self.cube is None or self.opening_question is None:
            return None
        try:
            return disparities(self.cube, self.opening_question)
        except PlainError:
            return None

    @cached_property
    def ended_calls(self) -> tuple[tuple[Call, CallState], ...]:
        """The latest calls that have ended, the newest first, each as it ended."""
        every = [call for call in call_log.calls_in(self.here.database, self.here.workspace) if call.ended is not None]
        latest = sorted(every, key=lambda call: call.opened, reverse=True)[:MOST_CALLS]
        return tuple((call, live_call(self.here.database, call.id).state) for call in latest)


def from_release(release: Release) -> Source:
    """A release as where a statement stands."""
    return Source("release", release.id, release.created[:10])


def statements(words: str, *sources: Source, typed: tuple[str, ...] = ()) -> list[Statement]:
    """One statement; none where there is nothing to say. ``typed`` are the parts of it that people typed."""
    return [Statement(words, sources, typed)] if words else []
