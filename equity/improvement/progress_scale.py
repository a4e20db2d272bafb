"""How far a project is, from 0.5 to 5, as people see it: set with a sentence of evidence, by team and by advisor.

The data never set it. Names and steps of the scale: IHI, Assessment Scale for Collaboratives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from equity.store.records.kept import Kept
from equity.vocabulary import PlainError
from equity.vocabulary.written import is_written

Side = Literal["team", "advisor"]
SIDES: tuple[Side, ...] = get_args(Side)
VALUES: tuple[float, ...] = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0)
OLD_AFTER = dt.timedelta(days=60)
"""A score older than this is said to be old: IHI asks for one each month."""


@dataclass(frozen=True)
class ProgressScore:
    """What one side said of a project at one time. ``said_by`` names the advisor where somebody else writes it down."""

    value: float
    side: Side
    evidence: str
    said_by: str = ""


@dataclass(frozen=True)
class Standing:
    """The latest score of each side with its age in days, None where a side has said nothing."""

    team: ProgressScore | None
    team_days: int | None
    advisor: ProgressScore | None
    advisor_days: int | None

    @property
    def differ(self) -> bool:
        """Whether the two sides see it otherwise: something to talk about."""
        return self.team is not None and self.advisor is not None and self.team.value != self.advisor.value


def checked(score: ProgressScore) -> ProgressScore:
    """The score, when it can be kept; raises :class:`PlainError` for another value or without evidence."""
    if score.value not in VALUES:
        raise PlainError(f"The scale goes in halves from {VALUES[0]} to {VALUES[-1]}: choose one of its steps.")
    if score.side not in SIDES:
        raise PlainError("A score is the team’s or an advisor’s: say whose it is.")
    if not is_written(score.evidence):
        raise PlainError("Write in a sentence what shows it: a score without evidence says nothing.")
    if score.side == "advisor" and not is_written(score.said_by):
        raise PlainError("Write which advisor said it.")
    return score


def standing(scores: Iterable[Kept[ProgressScore]], today: dt.date) -> Standing:
    """Where the two sides stand now."""
    latest: dict[Side, Kept[ProgressScore]] = {}
    for score in sorted(scores, key=lambda each: each.created):
        latest[score.content.side] = score
    team, advisor = latest.get("team"), latest.get("advisor")
    return Standing(
        None if team is None else team.content,
        None if team is None else _days(team, today),
        None if advisor is None else advisor.content,
        None if advisor is None else _days(advisor, today),
    )


def _days(score: Kept[ProgressScore], today: dt.date) -> int:
    return max(0, (today - score.created.date()).days)
