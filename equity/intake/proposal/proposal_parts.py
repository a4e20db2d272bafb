"""What a proposal is made of."""

from __future__ import annotations

from dataclasses import dataclass

from equity.intake.columns.profile import ColumnProfile
from equity.vocabulary import Decision, Mapping, OpenQuestion, Problem


@dataclass(frozen=True)
class Reason:
    """Why a column was given its role. ``confidence`` runs from 0 to 1; ``role`` is ``left out`` for unused columns."""

    column: str
    role: str
    reason: str
    confidence: float

    def __str__(self) -> str:
        return f"“{self.column}” → {self.role}: {self.reason} ({self.confidence:.0%} sure)"


@dataclass(frozen=True)
class Proposal:
    """A whole mapping for a file, with a reason for each column, the file's profile and what a person should look at.

    ``questions`` are what the file does not settle: the mapping follows the likeliest answer of each, and nothing is
    loaded by it until they are answered. ``decisions`` say what the evidence did settle.
    """

    mapping: Mapping
    reasons: tuple[Reason, ...]
    profile: tuple[ColumnProfile, ...]
    problems: tuple[Problem, ...]
    questions: tuple[OpenQuestion, ...] = ()
    decisions: tuple[Decision, ...] = ()
