"""What a workspace can show for what it is asked: statements with their sources, or an honest "nothing yet".

A statement is a sentence about what was decided, done or found, and says where that stands: a record, a call, a
release, a reply. Numbers of patients come from a release and from nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from equity.network.requirements import Requirement, RequirementPart

State = Literal["shown", "partly", "nothing_yet"]
SourceKind = Literal["record", "call", "release", "reply", "person", "dataset"]


@dataclass(frozen=True)
class Source:
    """Where a statement stands: its kind, how a reader finds it, and its day (YYYY-MM-DD)."""

    kind: SourceKind
    title: str
    day: str


@dataclass(frozen=True)
class Statement:
    """One sentence with where it stands. A statement without a source is not made.

    ``typed`` are the parts of it that people typed: no release has looked at numbers in those.
    """

    words: str
    sources: tuple[Source, ...]
    typed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A requirement with what the workspace shows for it, and the topics for which it has nothing yet."""

    requirement: Requirement
    statements: tuple[Statement, ...]
    lacking: tuple[str, ...]

    @property
    def state(self) -> State:
        """``shown`` when every topic has a statement, ``partly`` when some have, else ``nothing_yet``."""
        if not self.statements:
            return "nothing_yet"
        return "partly" if self.lacking else "shown"


@dataclass(frozen=True)
class ShownPart:
    """A part of the pack with its requirements in their order."""

    part: RequirementPart
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class EvidencePack:
    """The whole pack: whose, made when (YYYY-MM-DD), and the release that its numbers come from (empty: none).

    ``made_up`` says that the work of the made-up team, which comes with the sample data, is in it.
    """

    workspace: str
    made: str
    release_id: str
    parts: tuple[ShownPart, ...]
    made_up: bool = False


def evidence_pack(
    workspace: str,
    made: str,
    release_id: str,
    parts: Sequence[RequirementPart],
    by_topic: Mapping[str, Sequence[Statement]],
) -> EvidencePack:
    """Put what was found by topic under the requirements that ask for it."""
    return EvidencePack(workspace, made, release_id, tuple(_part(part, by_topic) for part in parts))


def _part(part: RequirementPart, by_topic: Mapping[str, Sequence[Statement]]) -> ShownPart:
    return ShownPart(part, tuple(_shown(requirement, by_topic) for requirement in part.requirements))


def _shown(requirement: Requirement, by_topic: Mapping[str, Sequence[Statement]]) -> Shown:
    statements = tuple(said for topic in requirement.topics for said in by_topic.get(topic, ()))
    lacking = tuple(topic for topic in requirement.topics if not by_topic.get(topic))
    return Shown(requirement, statements, lacking)


def typed_numbers(pack: EvidencePack) -> tuple[str, ...]:
    """What people typed that stands in the pack and holds digits: names of records and calls, and parts of sentences.

    No release has looked at those. A name that only counts what the program counts ("Test 2: …") holds none of its own.
    """
    every = [said for part in pack.parts for shown in part.shown for said in shown.statements]
    typed = [
        text for said in every for text in (*_titles(said), *said.typed) if any(map(str.isdigit, _own_words(text)))
    ]
    return tuple(dict.fromkeys(typed))


def _titles(said: Statement) -> tuple[str, ...]:
    return tuple(source.title for source in said.sources if source.kind in ("record", "call"))


def _own_words(title: str) -> str:
    return re.sub(r"^(?:Test \d+|Reflection of \S+):?", "", title)
