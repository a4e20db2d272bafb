"""One thing that can be picked for a part of a question."""

from __future__ import annotations

from dataclasses import dataclass

NOTHING = ""


@dataclass(frozen=True)
class Option:
    """One thing that can be picked: ``code`` as it stands in a link, ``label`` as people read it."""

    code: str
    label: str
