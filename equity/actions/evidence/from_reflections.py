"""What the newest reflection shares with the network, piece by piece, and what leaders answered to it."""

from __future__ import annotations

from typing import Literal

from equity.actions.evidence.place import EvidencePlace
from equity.actions.work import reflections
from equity.improvement.team.reflections import ReflectionPart
from equity.network.evidence import Source, Statement
from equity.words.periods import describe_period
from equity.words.work import evidence as words
from equity.words.work.path import MILESTONE

Piece = Literal["progress", "challenges", "learning", "help"]


def progress(place: EvidencePlace) -> list[Statement]:
    """What the team says of its progress."""
    return _pieces(place, "progress")


def challenges(place: EvidencePlace) -> list[Statement]:
    """What was hard."""
    return _pieces(place, "challenges")


def learning(place: EvidencePlace) -> list[Statement]:
    """What was learned."""
    return _pieces(place, "learning")


def help_wanted(place: EvidencePlace) -> list[Statement]:
    """What help is wanted."""
    return _pieces(place, "help")


def leader_reply(place: EvidencePlace) -> list[Statement]:
    """What leaders answered to the newest reflection: what they will do, and by when."""
    for kept in reflections.reflections(place.here)[:1]:
        return [
            Statement(
                words.promised(reply.content.name, reply.content.will_do, reply.content.by_when),
                (
                    Source(
                        "reply",
                        f"to the reflection of {describe_period(kept.content.quarter)}",
                        words.day(reply.created),
                    ),
                ),
                (reply.content.will_do,),
            )
            for reply in reflections.written(place.here, kept.id).replies
        ]
    return []


def _pieces(place: EvidencePlace, piece: Piece) -> list[Statement]:
    shared = reflections.shared_with_cohort(place.here)
    if not shared:
        return []
    quarter, parts = max(shared, key=lambda each: each[0])
    kept = next(each for each in reflections.reflections(place.here) if each.content.quarter == quarter)
    source = Source("record", f"Reflection of {quarter}", words.day(kept.edited))
    return [
        Statement(_said(part, piece), (source,), (str(getattr(part, piece)),))
        for part in parts
        if getattr(part, piece).strip()
    ]


def _said(part: ReflectionPart, piece: Piece) -> str:
    return words.of_a_milestone(MILESTONE[part.milestone], str(getattr(part, piece)))
