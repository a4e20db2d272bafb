"""A pinned card for a leader: its sentence from a release, whatever the team saw when they pinned it."""

from __future__ import annotations

from pathlib import Path

from equity.access.here import Here
from equity.actions.calls.call_cards import fitting
from equity.actions.sources import ReleaseSource
from equity.cards.made_again import made_again
from equity.cards.recipe import recipes_in
from equity.improvement.team.reflections import PinnedCard
from equity.store.workspace.database import Database
from equity.store.workspace.person import LOCAL_OWNER
from equity.vocabulary import PlainError


def said_by_release(database: Database, workspace: str, home: Path, release_id: str, card: PinnedCard) -> str:
    """The card's finding as the release tells it; empty where the release does not hold what the card asks.

    Whoever calls this has made sure that the reader may open the release.
    """
    source = ReleaseSource(Here(database, workspace, LOCAL_OWNER), home, release_id)
    try:
        (recipe,) = recipes_in(card.link)
        return made_again(fitting(recipe, source), source).finding
    except (PlainError, ValueError, KeyError):
        return ""
