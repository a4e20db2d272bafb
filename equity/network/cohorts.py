"""A cohort: a space above workspaces with a facilitator. It has a workspace of its own, in which its records are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cohort:
    """A cohort of teams. ``starts`` and ``ends`` are days, YYYY-MM-DD. ``door_hash`` opens the application form to
    whoever has its address; empty while no applications are taken."""

    title: str
    purpose: str = ""
    starts: str = ""
    ends: str = ""
    door_hash: str = ""
