"""Reflections, action by action: written together, signed off, shared piece by piece, read and answered by leaders.

A leader reads what was shared with leaders and nothing else: of a pinned card the question, and its answer from a
release, never the sentence that the team saw.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace

from equity.access import opens
from equity.access.here import Here
from equity.access.may import require
from equity.access.opening import Opening
from equity.access.opens import Reader, require_open
from equity.improvement.milestones import Milestone
from equity.improvement.team import reflections as rules
from equity.improvement.team.reflections import (
    Audience,
    LeaderReply,
    OpenPoint,
    PinnedCard,
    Reflection,
    ReflectionPart,
    SignOff,
)
from equity.improvement.team.team_nouns import PART, PINNED, POINT, REFLECTION, REPLY
from equity.store.records import shelf
from equity.store.records.kept import Kept, Readers
from equity.store.workspace import links
from equity.store.workspace.clock import now
from equity.store.workspace.database import Database
from equity.store.workspace.links import Link
from equity.vocabulary import PlainError
from equity.words.work import reflections as words

DAYS_OF_A_LINK = 30


@dataclass(frozen=True)
class Written:
    """A reflection with all that hangs on it, for the team."""

    kept: Kept[Reflection]
    parts: tuple[Kept[ReflectionPart], ...]
    pinned: tuple[Kept[PinnedCard], ...]
    replies: tuple[Kept[LeaderReply], ...]

    @property
    def versions(self) -> dict[str, int]:
        """The version of each part in which something is written: what somebody signs."""
        return {part.id: part.version for part in self.parts if rules.pieces([part.content])}

    @property
    def is_signed(self) -> bool:
        """Whether somebody stands for it as it is now."""
        return rules.is_signed(self.kept.content, self.versions)

    def part(self, milestone: Milestone) -> Kept[ReflectionPart] | None:
        """What is written of a milestone; the first, should two people have begun it at the same moment."""
        return next((part for part in self.parts if part.content.milestone == milestone), None)


@dataclass(frozen=True)
class ForLeaders:
    """What a leader reads: the quarter, the pieces shared with leaders, the cards' questions, who signed."""

    id: str
    quarter: str
    parts: tuple[ReflectionPart, ...]
    asked: tuple[PinnedCard, ...]
    signed: tuple[str, ...]
    replies: tuple[LeaderReply, ...]


def reflections(here: Here) -> tuple[Kept[Reflection], ...]:
    """The workspace's reflections, the newest quarter first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    held = shelf.listed(here.database, here.workspace, REFLECTION)
    return tuple(sorted(held, key=lambda kept: kept.content.quarter, reverse=True))


def begin_reflection(here: Here, quarter: str) -> Kept[Reflection]:
    """Begin the reflection of a quarter."""
    require(here.database, here.person, here.workspace, "write_records")
    made = rules.begun(quarter, (kept.content for kept in reflections(here)), _today())
    return shelf.add(here.database, here.workspace, REFLECTION, made, by=here.person)


def written(here: Here, record: str) -> Written:
    """A reflection with its parts, cards and replies."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return _written(here.database, here.workspace, record)


def save_part(
    here: Here, kept: Kept[Reflection], part: Kept[ReflectionPart], content: ReflectionPart
) -> Kept[ReflectionPart]:
    """Save what is said of a milestone, as it is typed. A sign-off holds for the words that were signed.

    Raises :class:`RecordConflict` when somebody wrote on the same milestone meanwhile.
    """
    require(here.database, here.person, here.workspace, "write_records")
    content = replace(content, milestone=part.content.milestone)
    return shelf.edit(here.database, here.workspace, PART, part.id, content, seen_version=part.version, by=here.person)


def begin_part(here: Here, kept: Kept[Reflection], milestone: Milestone) -> Kept[ReflectionPart]:
    """Begin what is said of a milestone; where somebody has begun it meanwhile, theirs is gone on with."""
    require(here.database, here.person, here.workspace, "write_records")
    there = _written(here.database, here.workspace, kept.id).part(milestone)
    if there is not None:
        return there
    return shelf.add(here.database, here.workspace, PART, ReflectionPart(milestone), by=here.person, parent=kept.id)


def pin(here: Here, kept: Kept[Reflection], card: PinnedCard) -> Kept[PinnedCard]:
    """Pin a card with its sentence as it is now."""
    require(here.database, here.person, here.workspace, "write_records")
    return shelf.add(here.database, here.workspace, PINNED, card, by=here.person, parent=kept.id)


def unpin(here: Here, card: Kept[PinnedCard]) -> None:
    """Take a card off."""
    require(here.database, here.person, here.workspace, "write_records")
    shelf.withdraw(here.database, here.workspace, PINNED, card.id, seen_version=card.version, by=here.person)


def sign_off(here: Here, record: str) -> Kept[Reflection]:
    """Stand for a reflection as it is now, under one's own name."""
    require(here.database, here.person, here.workspace, "write_records")
    seen = _written(here.database, here.workspace, record)
    by = SignOff(here.person.shown_name, _today().isoformat(), here.person.id, seen.versions)
    return _save(here, seen.kept, rules.signed_off(seen.kept.content, by))


def share(here: Here, record: str, audience: Audience, chosen: tuple[str, ...]) -> Kept[Reflection]:
    """Say which pieces leaders, or the cohort, may read. Leaders may read as soon as one piece is theirs."""
    require(here.database, here.person, here.workspace, "write_records")
    seen = _written(here.database, here.workspace, record)
    there = rules.pieces(part.content for part in seen.parts)
    return _save(here, seen.kept, rules.sharing(seen.kept.content, there, audience, chosen))


def points(here: Here) -> tuple[Kept[OpenPoint], ...]:
    """Every point that was raised, the oldest first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.listed(here.database, here.workspace, POINT)


def raise_point(here: Here, point: OpenPoint, quarter: str) -> Kept[OpenPoint]:
    """Raise something that is to be done."""
    require(here.database, here.person, here.workspace, "write_records")
    return shelf.add(here.database, here.workspace, POINT, rules.raised(point, quarter), by=here.person)


def close_point(here: Here, kept: Kept[OpenPoint], became: str) -> Kept[OpenPoint]:
    """Say what became of a point."""
    require(here.database, here.person, here.workspace, "write_records")
    content = rules.closed(kept.content, became, _today())
    return shelf.edit(here.database, here.workspace, POINT, kept.id, content, seen_version=kept.version, by=here.person)


def link_for_leader(here: Here, record: str, release_id: str, *, days: int, passcode: str = "") -> tuple[Link, str]:
    """A link that opens a release and, above it, what leaders may read of a reflection; and its token, shown once.

    Raises:
        PlainError: nobody has signed it as it is now, or nothing of it is shared with leaders.
    """
    require(here.database, here.person, here.workspace, "make_link")
    seen = _written(here.database, here.workspace, record)
    if not seen.is_signed:
        raise PlainError("Sign the reflection off first: a leader reads what somebody stands for.")
    if not seen.kept.content.for_leaders:
        raise PlainError("Choose first which pieces leaders may read.")
    return links.make_link(
        here.database,
        here.workspace,
        release_id,
        by=here.person,
        title=words.titled(seen.kept.content.quarter),
        choices=json.dumps({"reflection": record}),
        days=days,
        passcode=passcode,
    )


def for_leaders(database: Database, reader: Reader, record: str) -> ForLeaders:
    """What a leader may read of a reflection, by a link or signed in; raises when it is not theirs to read."""
    require_open(database, reader, opens.reflection(record))
    seen = _written(database, reader.workspace, record)
    content = seen.kept.content
    parts = rules.shared(content, (part.content for part in seen.parts), "leaders")
    shown = {part.milestone for part in parts}
    asked = tuple(replace(card.content, then="") for card in seen.pinned if card.content.milestone in shown)
    names = tuple(each.name for each in content.signed if rules.stands(each, seen.versions))
    mine = tuple(r.content for r in seen.replies if isinstance(reader, Here) or r.content.link_id == reader.link_id)
    return ForLeaders(record, content.quarter, parts, asked, names, mine)


def open_to_leaders(here: Here) -> tuple[ForLeaders, ...]:
    """The reflections of which a signed-in leader may read something, the newest quarter first."""
    require(here.database, here.person, here.workspace, "answer_reflection")
    held = shelf.listed(here.database, here.workspace, REFLECTION)
    ids = [
        kept.id
        for kept in sorted(held, key=lambda kept: kept.content.quarter, reverse=True)
        if kept.content.for_leaders
    ]
    return tuple(for_leaders(here.database, here, record) for record in ids)


def answer(database: Database, reader: Reader, record: str, reply: LeaderReply) -> Kept[LeaderReply]:
    """Keep a leader's answer; what they promise comes back as an open point of the next quarter.

    Raises:
        PlainError: it may not be read (any more), the answer cannot be kept, or there are too many.
    """
    require_open(database, reader, opens.reflection(record))
    seen = _written(database, reader.workspace, record)
    if len(seen.replies) >= rules.MOST_REPLIES:
        raise PlainError("This reflection has had as many answers as it takes: please write to the team directly.")
    link_id, by = (reader.link_id, None) if isinstance(reader, Opening) else ("", reader.person)
    given = rules.answered(replace(reply, link_id=link_id))
    promise = rules.promise_of(given, seen.kept.content.quarter)
    with database.writing() as session:
        kept = shelf.add_within(session, reader.workspace, REPLY, given, by=by, parent=record)
        if promise is not None:
            shelf.add_within(session, reader.workspace, POINT, promise, by=by, parent=kept.id)
    return kept


def shared_with_cohort(here: Here) -> tuple[tuple[str, tuple[ReflectionPart, ...]], ...]:
    """By quarter, the pieces that the team chose to share with the cohort and that somebody stands for."""
    require(here.database, here.person, here.workspace, "read_shared")
    shared = []
    for kept in shelf.listed(here.database, here.workspace, REFLECTION):
        seen = _written(here.database, here.workspace, kept.id)
        parts = rules.shared(kept.content, (part.content for part in seen.parts), "cohort")
        if parts and seen.is_signed:
            shared.append((kept.content.quarter, parts))
    return tuple(shared)


def _written(database: Database, workspace: str, record: str) -> Written:
    kept = shelf.one(database, workspace, REFLECTION, record)
    return Written(
        kept,
        shelf.listed(database, workspace, PART, parent=record),
        shelf.listed(database, workspace, PINNED, parent=record),
        shelf.listed(database, workspace, REPLY, parent=record),
    )


def _save(here: Here, kept: Kept[Reflection], content: Reflection) -> Kept[Reflection]:
    readers: Readers = "leaders" if content.for_leaders else "team"
    return shelf.edit(
        here.database,
        here.workspace,
        REFLECTION,
        kept.id,
        content,
        seen_version=kept.version,
        by=here.person,
        readers=readers,
        milestone=True,
    )


def _today() -> dt.date:
    return now().date()
