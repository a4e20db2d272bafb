"""What an evidence pack is asked to show: parts with their requirements, read from TOML files that a network may edit.

The files of this folder's ``requirements/`` are used unless the home folder has a ``requirements/`` of its own: then
those are, whole. A requirement names the topics that can show it (:data:`TOPICS`).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from equity.vocabulary import PlainError

SHIPPED: Final = Path(__file__).parent / "requirements"
TOPICS: Final = (
    "history",
    "structural_issues",
    "stratified_data",
    "who_is_missing",
    "finding",
    "focus",
    "aims",
    "progress",
    "no_harm",
    "projects",
    "cycles",
    "team",
    "leader",
    "letter",
    "social_needs",
    "calls",
    "reflections",
    "challenges",
    "learning",
    "help_wanted",
    "releases_shared",
    "leader_reply",
    "asked",
)
"""What a workspace may have something to say about; each has its gatherer in `equity/actions/evidence.py`."""


@dataclass(frozen=True)
class Requirement:
    """One thing that is asked. ``code`` is the source's own number, or empty; ``asks`` is in our words."""

    code: str
    title: str
    asks: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class RequirementPart:
    """One document's worth: its id, title, a note above it, and where its requirements come from."""

    id: str
    title: str
    note: str
    source: str
    requirements: tuple[Requirement, ...]


def requirement_parts(home: Path) -> tuple[RequirementPart, ...]:
    """The parts of the home folder's own files, else of the shipped ones, in the order of their names.

    Raises:
        PlainError: a file cannot be read, or names a topic that there is not.
    """
    own = sorted((home / "requirements").glob("*.toml"))
    return tuple(_read(file) for file in own or sorted(SHIPPED.glob("*.toml")))


def _read(file: Path) -> RequirementPart:
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        return RequirementPart(
            id=str(told["id"]),
            title=str(told["title"]),
            note=str(told.get("note", "")),
            source=str(told.get("source", "")),
            requirements=tuple(_requirement(file, entry) for entry in told["requirement"]),
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise PlainError(
            f"{file.name} of the requirements cannot be read ({error}): correct it, or remove the folder "
            "“requirements” from the home folder to use the shipped texts."
        ) from None


def _requirement(file: Path, entry: dict[str, Any]) -> Requirement:
    topics = tuple(str(topic) for topic in entry["topics"])
    unknown = [topic for topic in topics if topic not in TOPICS]
    if unknown:
        raise PlainError(
            f"{file.name} names the topic “{unknown[0]}”, which there is not: choose among {', '.join(TOPICS)}."
        )
    return Requirement(str(entry.get("code", "")), str(entry["title"]), str(entry.get("asks", "")), topics)
