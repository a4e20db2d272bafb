"""Every kind of record there is: each is named where its rules are, and known once that place was read."""

from __future__ import annotations

from equity.explore import nouns as explore
from equity.focus import nouns as focus
from equity.improvement import nouns as improvement
from equity.improvement.team import team_nouns as team
from equity.network import nouns as network
from equity.notes import nouns as notes
from equity.store.records.nouns import NOUNS, Registry

PLACES = (explore, focus, improvement, network, notes, team)
"""The modules that name nouns; a new one is added here, and export and import then know it."""


def every_noun() -> Registry:
    """The registry with all nouns in it."""
    return NOUNS
