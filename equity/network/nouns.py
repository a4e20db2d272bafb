"""The records of a network: the cohort and who is in it, the applications to it, and what teams share."""

from __future__ import annotations

from equity.network.applications import Application
from equity.network.cohorts import Cohort
from equity.network.comparison import Comparison
from equity.network.members import Ask, Belonging, Meeting, Member, TrustedKey
from equity.network.pieces import Piece
from equity.store.records.nouns import NOUNS, Noun

COHORT: Noun[Cohort] = NOUNS.add(Noun("cohort", Cohort, "this cohort"))
APPLICATION: Noun[Application] = NOUNS.add(Noun("application", Application, "this application"))
MEMBER: Noun[Member] = NOUNS.add(Noun("member", Member, "this team"))
BELONGING: Noun[Belonging] = NOUNS.add(Noun("belonging", Belonging, "this cohort"))
SHARE: Noun[Piece] = NOUNS.add(Noun("share", Piece, "what you share"))
"""In the team's workspace; hangs on the belonging."""
SHARED_PIECE: Noun[Piece] = NOUNS.add(Noun("shared_piece", Piece, "this piece"))
"""The same in the cohort's workspace; hangs on the member."""
TRUSTED_KEY: Noun[TrustedKey] = NOUNS.add(Noun("trusted_key", TrustedKey, "this key"))
ASK: Noun[Ask] = NOUNS.add(Noun("ask", Ask, "this question"))
COMPARISON: Noun[Comparison] = NOUNS.add(Noun("comparison", Comparison, "this comparison"))
MEETING: Noun[Meeting] = NOUNS.add(Noun("meeting", Meeting, "this call"))
