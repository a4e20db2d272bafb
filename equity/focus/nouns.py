"""The records of the decision room: the room itself, and each person's weights and links to weigh, which hang on it."""

from __future__ import annotations

from equity.focus.room import FocusRoom, OwnWeights, WeighingLink, in_time
from equity.store.records.nouns import NOUNS, Noun

DECISION: Noun[FocusRoom] = NOUNS.add(Noun("decision", FocusRoom, "this decision", in_time))
WEIGHING_LINK: Noun[WeighingLink] = NOUNS.add(Noun("weighing_link", WeighingLink, "this link"))
WEIGHTS: Noun[OwnWeights] = NOUNS.add(Noun("weights", OwnWeights, "these weights"))
