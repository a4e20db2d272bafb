"""What a team could share: its records and releases of each kind, by id with what each is called."""

from __future__ import annotations

from pathlib import Path

from equity.access.here import Here
from equity.access.may import require
from equity.actions.work import reflections
from equity.improvement.nouns import AIM, CYCLE, DRIVERS, PROJECT
from equity.improvement.team.team_nouns import EVENT
from equity.network.pieces import PieceKind
from equity.sharing import open_release_in, releases_in
from equity.store.records import shelf
from equity.words.work import cycles as cycle_words
from equity.words.work import reflections as reflection_words


def subjects(here: Here, home: Path, kind: PieceKind) -> dict[str, str]:
    """What there is of a kind to share, by id; the newest first."""
    require(here.database, here.person, here.workspace, "share_with_network")
    place = here.database, here.workspace
    if kind in ("release", "card"):
        standing = [r for r in releases_in(here.database, home, here.workspace) if not r.revoked]
        return {release.id: f"{release.dataset}, {release.created[:10]} ({release.id})" for release in standing}
    if kind == "reflection":
        return {kept.id: reflection_words.titled(kept.content.quarter) for kept in reflections.reflections(here)}
    if kind == "history":
        events = [kept for kept in shelf.listed(*place, EVENT) if kept.readers != "author" and kept.content.placed]
        return {kept.id: f"{kept.content.date}: {kept.content.happened}" for kept in reversed(events)}
    if kind == "project":
        return {kept.id: kept.content.title for kept in reversed(shelf.listed(*place, PROJECT))}
    if kind == "cycle":
        closed = [kept for kept in shelf.listed(*place, CYCLE) if kept.content.decision is not None]
        return {kept.id: cycle_words.heading(kept.content) for kept in reversed(closed)}
    drawn = {kept.parent for kept in shelf.listed(*place, DRIVERS) if kept.content.drivers}
    return {kept.id: kept.content.measure for kept in shelf.listed(*place, AIM) if kept.id in drawn}


def measures(here: Here, home: Path, release: str) -> tuple[str, ...]:
    """The measures that a release holds."""
    require(here.database, here.person, here.workspace, "share_with_network")
    held = open_release_in(here.database, home, here.workspace, release).description()
    return tuple(measure.name for measure in held.measures)


def beginnings(here: Here) -> tuple[dict[str, str], dict[str, str]]:
    """Where a copy could begin: aims without a driver diagram, and projects, by id."""
    require(here.database, here.person, here.workspace, "do_work")
    place = here.database, here.workspace
    drawn = {kept.parent for kept in shelf.listed(*place, DRIVERS) if kept.content.drivers}
    aims = {kept.id: kept.content.measure for kept in shelf.listed(*place, AIM) if kept.id not in drawn}
    return aims, {kept.id: kept.content.title for kept in shelf.listed(*place, PROJECT)}
