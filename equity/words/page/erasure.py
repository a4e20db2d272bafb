"""What goes for good with a workspace, counted."""

from __future__ import annotations

from equity.store.workspace.workspaces import Erasure
from equity.words import groups, numbers


def counted(erasure: Erasure) -> str:
    """What was written in a workspace: "3 notes, 1 call and 2 links"; "nothing was written in it" where that is so."""
    kinds = {
        "notes": erasure.notes,
        "annotations": erasure.annotations,
        "chart frames": erasure.chart_frames,
        "calls": erasure.calls,
        "links": erasure.links,
        "replies": erasure.replies,
        "records of the work, from aims to reflections": erasure.records,
    }
    said = [f"{numbers.count(count)} {_named(kind, count)}" for kind, count in kinds.items() if count]
    return groups.listed(said, most=len(kinds)) if said else "nothing was written in it"


def _named(kind: str, count: int) -> str:
    if count == 1 and kind == "replies":
        return "reply"
    first, space, rest = kind.partition(" of ")
    return groups.counted_as(first, count) + space + rest
