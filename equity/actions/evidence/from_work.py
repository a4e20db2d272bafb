"""Projects and tests of change, as the team keeps them. What was counted by hand in a test stays in its record."""

from __future__ import annotations

from equity.actions.evidence.place import EvidencePlace, statements
from equity.improvement.nouns import CYCLE, PROJECT
from equity.network.evidence import Source, Statement
from equity.store.records import shelf
from equity.words.work import cycles as cycle_words
from equity.words.work import evidence as words
from equity.words.work import projects as project_words

MOST = 20
"""The projects, and the tests, that a pack names; the latest."""


def projects(place: EvidencePlace) -> list[Statement]:
    """Each project with where it is."""
    gathered: list[Statement] = []
    for kept in shelf.listed(place.here.database, place.here.workspace, PROJECT)[-MOST:]:
        project = kept.content
        source = Source("record", f"Project: {project.title}", words.day(kept.edited))
        gathered += statements(words.project(project.title, project_words.STATES[project.state]), source)
    return gathered


def cycles(place: EvidencePlace) -> list[Statement]:
    """Each test of change that was closed, with what was decided, and what was learned where that holds no number."""
    gathered: list[Statement] = []
    for kept in shelf.listed(place.here.database, place.here.workspace, CYCLE)[-MOST:]:
        cycle = kept.content
        if cycle.decision is None:
            continue
        source = Source("record", cycle_words.heading(cycle), words.day(kept.edited))
        decided = cycle_words.DECISIONS[cycle.decision][0].lower()
        gathered += statements(words.cycle(cycle_words.heading(cycle), decided), source)
        gathered += statements(words.without_numbers(words.LEARNED, cycle.learned), source)
    return gathered
