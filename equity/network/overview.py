"""All teams of a cohort beside each other as a facilitator sees them. Told, never scored; no number of patients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from equity.network.members import Member
from equity.store.records.kept import Kept


@dataclass(frozen=True)
class TeamSeen:
    """One team: what it told of itself, how many pieces it shares and when the latest, and questions without answer.

    ``reflection_due`` is the quarter that it has not reflected on yet; empty when it has, or was not here then.
    """

    kept: Kept[Member]
    pieces: int
    latest: str
    unanswered: int
    reflection_due: str


@dataclass(frozen=True)
class Overview:
    """All teams, those that ask for help first; how many applications wait, by days since receipt, and with reminders.

    ``ages`` counts the unanswered by 0–13, 14–20, 21–27, 28–30 days and over.
    """

    teams: tuple[TeamSeen, ...]
    ages: tuple[tuple[str, int], ...]
    reminders: int


AGES: Final = (("0–13", 0, 13), ("14–20", 14, 20), ("21–27", 21, 27), ("28–30", 28, 30), ("31+", 31, 100_000))
