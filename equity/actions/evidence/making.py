"""Make the evidence pack of a workspace: ask who may, choose the release, gather every topic, put it together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from equity.access.here import Here
from equity.access.may import require
from equity.actions.evidence import from_records, from_reflections, from_release, from_talk, from_us, from_work
from equity.actions.evidence.place import EvidencePlace
from equity.actions.sample import sample_team
from equity.network.evidence import EvidencePack, Statement, evidence_pack
from equity.network.requirements import requirement_parts
from equity.release.shelf import Release
from equity.release.view import as_cube
from equity.sharing import open_release_in, releases_in
from equity.store.workspace.workspaces import workspace
from equity.vocabulary import PlainError

Gatherer = Callable[[EvidencePlace], list[Statement]]


def _leaders(place: EvidencePlace) -> list[Statement]:
    """Who leads: senior leaders of the team, whoever signed for it, leaders by their role here."""
    return [*from_us.senior_leaders(place), *from_us.letter(place), *from_talk.leader(place)]


def _learning(place: EvidencePlace) -> list[Statement]:
    """What was learned: as the reflection shares it, and what became of the tests that calls agreed on."""
    return [*from_reflections.learning(place), *from_talk.learning(place)]


def _replies(place: EvidencePlace) -> list[Statement]:
    """What leaders answered, to the reflection and to the release."""
    return [*from_reflections.leader_reply(place), *from_talk.leader_reply(place)]


GATHERERS: Final[Mapping[str, Gatherer]] = {
    "stratified_data": from_release.stratified_data,
    "who_is_missing": from_release.who_is_missing,
    "finding": from_release.finding,
    "asked": from_release.asked,
    "social_needs": from_release.social_needs,
    "focus": from_records.focus,
    "aims": from_records.aims,
    "progress": from_records.progress_of_aims,
    "no_harm": from_records.no_harm,
    "calls": from_talk.calls,
    "structural_issues": from_talk.calls,
    "learning": _learning,
    "challenges": from_reflections.challenges,
    "help_wanted": from_reflections.help_wanted,
    "reflections": from_reflections.progress,
    "releases_shared": from_talk.releases_shared,
    "leader_reply": _replies,
    "leader": _leaders,
    "history": from_us.history,
    "team": from_us.team,
    "letter": from_us.letter,
    "projects": from_work.projects,
    "cycles": from_work.cycles,
}
"""Topic → what finds statements about it. A topic without a gatherer has nothing yet."""


def make_pack(here: Here, home: Path, *, release_id: str = "", parts: tuple[str, ...] = ()) -> EvidencePack:
    """The pack of a workspace; no ``release_id`` is the newest release that is not revoked, no ``parts`` are all.

    Raises:
        PlainError: the person may not, the release is not one of the workspace or revoked, or there is no such part.
    """
    require(here.database, here.person, here.workspace, "export")
    every = requirement_parts(home)
    chosen = [part for part in every if not parts or part.id in parts]
    for name in parts:
        if name not in {part.id for part in every}:
            known = ", ".join(part.id for part in every)
            raise PlainError(f"There is no part “{name}” of the evidence pack: choose among {known}.")
    release = _release(here, home, release_id)
    place = EvidencePlace(here, home, release, None if release is None else as_cube(release))
    topics = {topic for part in chosen for requirement in part.requirements for topic in requirement.topics}
    by_topic = {topic: gather(place) for topic, gather in GATHERERS.items() if topic in topics}
    name = workspace(here.database, here.workspace).name
    made = dt.datetime.now(dt.UTC).date().isoformat()
    pack = evidence_pack(name, made, "" if release is None else release.id, chosen, by_topic)
    return replace(pack, made_up=sample_team.is_here(here))


def _release(here: Here, home: Path, release_id: str) -> Release | None:
    if release_id:
        return open_release_in(here.database, home, here.workspace, release_id)
    standing = (release for release in releases_in(here.database, home, here.workspace) if not release.revoked)
    return next(standing, None)
