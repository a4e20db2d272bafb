"""The records of the decision room: the room itself, and each person's weights, which hang on it."""

from __future__ import annotations

from equity.focus.room import FocusRoom, OwnWeights
from equity.store.records.nouns import NOUNS, Noun

DECISION: Noun[FocusRoom] = NOUNS.add(Noun("decision", FocusRoom, "this decision"))
WEIGHTS: Noun[OwnWeights] = NOUNS.add(Noun("weights", OwnWeights, "these weights"))
