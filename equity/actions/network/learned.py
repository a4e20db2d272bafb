"""What tests of one change idea came to, over all teams that shared theirs in the gallery."""

from __future__ import annotations

from pathlib import Path

from equity.access.here import Here
from equity.access.may import require
from equity.actions.network.gallery import Search, gallery
from equity.network.learning import IdeaLearned, TriedCycle, learned


def learned_across(here: Here, home: Path) -> tuple[IdeaLearned, ...]:
    """By change idea, the ones that most teams tried first. A test without an idea stands for itself."""
    require(here.database, here.person, here.workspace, "see_network")
    shown = gallery(here, home, Search(kind="cycle"))
    return learned(
        TriedCycle(hung.member, hung.team, hung.piece.idea or hung.piece.cycle.what, hung.record, hung.piece.cycle)
        for hung in shown
        if hung.piece.cycle is not None
    )
