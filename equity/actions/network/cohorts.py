"""A cohort, action by action: begin one, change it, open and close the door by which others apply."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import replace

from equity.access.here import Here
from equity.access.may import require
from equity.network.cohorts import Cohort
from equity.network.nouns import COHORT
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.database import Database
from equity.vocabulary import PlainError
from equity.vocabulary.written import is_written
from equity.words.labels.server import SERVER_TEXTS

CLOSED_DOOR = SERVER_TEXTS["no_applications_are_taken"]


def cohort_of(here: Here) -> Kept[Cohort] | None:
    """The cohort whose space this workspace is; None where it is a team's."""
    require(here.database, here.person, here.workspace, "see_network")
    return next(iter(shelf.listed(here.database, here.workspace, COHORT)), None)


def begin_cohort(here: Here, cohort: Cohort) -> Kept[Cohort]:
    """Make this workspace the space of a cohort.

    Raises:
        PlainError: it has no title, or this workspace is a cohort's already.
    """
    require(here.database, here.person, here.workspace, "manage_people")
    if not is_written(cohort.title):
        raise PlainError("Give the cohort a name.")
    if cohort_of(here) is not None:
        raise PlainError("This workspace is a cohort’s already: begin another in a workspace of its own.")
    return shelf.add(
        here.database, here.workspace, COHORT, replace(cohort, door_hash=""), by=here.person, readers="network"
    )


def open_door(here: Here, kept: Kept[Cohort]) -> tuple[Kept[Cohort], str]:
    """Take applications at a new address, whose token nobody can look up again; an earlier one closes."""
    require(here.database, here.person, here.workspace, "lead_network")
    secret = secrets.token_urlsafe(24)
    return _save(here, kept, replace(kept.content, door_hash=hash_of(secret))), f"{here.workspace}.{secret}"


def close_door(here: Here, kept: Kept[Cohort]) -> Kept[Cohort]:
    """Take no applications any more; those that were sent stay, and their applicants can still read the answer."""
    require(here.database, here.person, here.workspace, "lead_network")
    return _save(here, kept, replace(kept.content, door_hash=""))


def cohort_behind(database: Database, token: str) -> Kept[Cohort]:
    """The cohort that a door's token opens, for whoever holds it.

    Raises:
        PlainError: there is no such door, or it is closed; the same is said of both.
    """
    workspace, _, secret = token.partition(".")
    for kept in shelf.listed(database, workspace, COHORT):
        if kept.content.door_hash and hmac.compare_digest(kept.content.door_hash, hash_of(secret)):
            return kept
    raise PlainError(CLOSED_DOOR)


def hash_of(secret: str) -> str:
    """The SHA-256 under which a door's or an applicant's secret is kept."""
    return hashlib.sha256(secret[:200].encode("utf-8", "replace")).hexdigest()


def _save(here: Here, kept: Kept[Cohort], cohort: Cohort) -> Kept[Cohort]:
    return shelf.edit(
        here.database,
        here.workspace,
        COHORT,
        kept.id,
        cohort,
        seen_version=kept.version,
        by=here.person,
        milestone=True,
    )
