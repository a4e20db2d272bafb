"""The cohort that somebody looks at: its own space, or the one that their team is in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from equity.access.here import Here
from equity.access.may import require
from equity.network.cohorts import Cohort
from equity.network.members import Belonging, Member
from equity.network.nouns import BELONGING, COHORT, MEMBER, SHARED_PIECE
from equity.network.pieces import Piece, releases_of
from equity.release.shelf import find
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.vocabulary import PlainError


@dataclass(frozen=True)
class CohortPlace:
    """A cohort on this server. ``member`` is the record of the team that looks; empty for whoever leads the cohort."""

    workspace: str
    cohort: Kept[Cohort]
    member: str


def cohort_place(here: Here) -> CohortPlace | None:
    """The cohort of this workspace: the one whose space it is, else the one that its team is in; None for none."""
    require(here.database, here.person, here.workspace, "see_network")
    own = next(iter(shelf.listed(here.database, here.workspace, COHORT)), None)
    if own is not None:
        return CohortPlace(here.workspace, own, "")
    for kept in belongings(here):
        if not kept.content.is_elsewhere and not kept.content.left:
            return place_of(here, kept)
    return None


def belongings(here: Here) -> tuple[Kept[Belonging], ...]:
    """The cohorts that this team is in, or was."""
    require(here.database, here.person, here.workspace, "see_network")
    return shelf.listed(here.database, here.workspace, BELONGING)


def place_of(here: Here, kept: Kept[Belonging]) -> CohortPlace:
    """The cohort of a belonging, when the cohort's own list has this team too; raises :class:`PlainError` else."""
    require(here.database, here.person, here.workspace, "see_network")
    belonging = kept.content
    member = shelf.one(here.database, belonging.workspace, MEMBER, belonging.member)
    if member.content.workspace != here.workspace or not member.content.is_in:
        raise PlainError("Your team is not in this cohort any more: ask its facilitator for an invitation.")
    cohort = shelf.one(here.database, belonging.workspace, COHORT, belonging.cohort)
    return CohortPlace(belonging.workspace, cohort, member.id)


def needed_place(here: Here) -> CohortPlace:
    """The cohort that is looked at; raises :class:`PlainError` where there is none."""
    place = cohort_place(here)
    if place is None:
        raise PlainError("This workspace is in no cohort on this server: begin one, or join one with an invitation.")
    return place


def led_place(here: Here) -> CohortPlace:
    """The cohort whose space this workspace is, for whoever leads it; raises :class:`PlainError` where it is none."""
    require(here.database, here.person, here.workspace, "lead_network")
    own = next(iter(shelf.listed(here.database, here.workspace, COHORT)), None)
    if own is None:
        raise PlainError("This workspace is no cohort’s yet: begin one first.")
    return CohortPlace(here.workspace, own, "")


def members_in(here: Here) -> dict[str, Kept[Member]]:
    """The teams that are in the cohort that is looked at, by their record."""
    place = needed_place(here)
    every = shelf.listed(here.database, place.workspace, MEMBER)
    return {kept.id: kept for kept in every if kept.content.is_in}


def pieces_in(here: Here, home: Path) -> tuple[Kept[Piece], ...]:
    """All that teams of the cohort share, of those that are in it; without what a revoked release was the source of."""
    place, members = needed_place(here), members_in(here)
    every = [k for k in shelf.listed(here.database, place.workspace, SHARED_PIECE) if k.parent in members]
    of_here = {kept.id: releases_of(kept.content) for kept in every if members[kept.parent].content.workspace}
    gone = {each for each in set().union(*of_here.values()) if not release_stands(home, each)}
    return tuple(kept for kept in every if gone.isdisjoint(of_here.get(kept.id, ())))


def stands(home: Path, piece: Piece) -> bool:
    """Whether every release of this server that a piece's numbers come from can still be opened."""
    return all(release_stands(home, release) for release in releases_of(piece))


def release_stands(home: Path, release: str) -> bool:
    """Whether a release of this server can still be opened."""
    try:
        return not find(home, release).revoked
    except PlainError:
        return False


def today() -> str:
    """The day, YYYY-MM-DD."""
    return dt.datetime.now(dt.UTC).date().isoformat()
