"""What the gatherers of an evidence pack look at: a workspace and the one release that its numbers come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from equity.access.here import Here
from equity.network.evidence import Source, Statement
from equity.release.shelf import Release
from equity.release.view import ReleasedCube


@dataclass(frozen=True)
class EvidencePlace:
    """``release`` and ``cube`` are None where the workspace has no release: then no number of patients is said."""

    here: Here
    home: Path
    release: Release | None
    cube: ReleasedCube | None


def from_release(release: Release) -> Source:
    """A release as where a statement stands."""
    return Source("release", release.id, release.created[:10])


def said(words: str, *sources: Source) -> list[Statement]:
    """One statement; none where there is nothing to say."""
    return [Statement(words, sources)] if words else []
