"""Applications, action by action: an applicant writes, sends, answers and withdraws; a facilitator asks and decides.

An applicant has no account: the key of their application, which only their address holds, opens that one and nothing
else. Nothing of it is in the log but its kind and id.
"""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from equity.access.here import Here
from equity.access.may import require
from equity.actions.network.cohorts import cohort_behind, hash_of
from equity.actions.network.handing_over import begin_team
from equity.network import applications as rules
from equity.network.application_form import ApplicationForm, application_form, kept_answers
from equity.network.applications import Application, ApplicationState, TeamMember
from equity.network.nouns import APPLICATION
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.clock import now
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.vocabulary import PlainError
from equity.vocabulary.lenses import TEAM, read_lens
from equity.words.labels.server import SERVER_TEXTS

MOST_DRAFTS: Final = 200
"""Drafts that a cohort takes in a day: whoever has the address may begin one."""
LONGEST_NAME: Final = 200
UNKNOWN: Final = SERVER_TEXTS["there_is_no_such_application"]
APPLICANT: Final = Person("applicant", "An applicant", "", "application", "applicant")
"""Who an applicant is to the store: nobody in particular."""


@dataclass(frozen=True)
class Opened:
    """An application as its applicant holds it. ``key`` is shown once, when it is begun."""

    kept: Kept[Application]
    form: ApplicationForm
    key: str = ""


@dataclass(frozen=True)
class Door:
    """What somebody who comes to a cohort's address is shown: the form, and why none is taken (empty: one is)."""

    title: str
    form: ApplicationForm
    closed: str


def door(database: Database, home: Path, token: str) -> Door:
    """What stands at an address; a closed door is told from none by nobody."""
    form = application_form(home)
    try:
        return Door(cohort_behind(database, token).content.title, form, "")
    except PlainError as closed:
        return Door("", form, str(closed))


def begin_application(database: Database, home: Path, token: str) -> Opened:
    """Begin a draft at an open door.

    Raises:
        PlainError: the door is closed, or too many were begun in the last day.
    """
    cohort = cohort_behind(database, token)
    today = now() - dt.timedelta(days=1)
    if sum(a.created > today for a in _drafts(database, cohort.workspace)) >= MOST_DRAFTS:
        raise PlainError("Many applications are being written just now: please come back tomorrow.")
    secret = secrets.token_urlsafe(24)
    content = Application(key_hash=hash_of(secret))
    kept = shelf.add(database, cohort.workspace, APPLICATION, content, by=None, parent=cohort.id, readers="network")
    return Opened(kept, application_form(home), f"{cohort.workspace}.{kept.id}.{secret}")


def opened(database: Database, home: Path, key: str) -> Opened:
    """The application that a key opens; raises :class:`PlainError` when there is none."""
    workspace, _, rest = key.partition(".")
    record, _, secret = rest.partition(".")
    try:
        kept = shelf.one(database, workspace, APPLICATION, record)
    except PlainError:
        raise PlainError(UNKNOWN) from None
    if not hmac.compare_digest(kept.content.key_hash, hash_of(secret)):
        raise PlainError(UNKNOWN)
    return Opened(kept, application_form(home))


def save_draft(
    database: Database, home: Path, key: str, answers: Mapping[str, object], team: Sequence[Mapping[str, object]]
) -> Opened:
    """Keep a draft as it is typed.

    Raises:
        PlainError: it was sent already, an answer is too long, or the team has over seven people.
    """
    opened_by_key = opened(database, home, key)
    content = opened_by_key.kept.content
    if content.state not in ("draft", "question_asked"):
        raise PlainError(f"This application is {rules.SAID[content.state]}: it can no longer be changed.")
    if len(team) > rules.LARGEST_TEAM:
        raise PlainError(f"A team has {rules.LARGEST_TEAM} people at most.")
    content = replace(content, answers=kept_answers(opened_by_key.form, answers), team=tuple(map(_member, team)))
    return replace(opened_by_key, kept=_save(database, opened_by_key.kept, content, APPLICANT, milestone=False))


def send(database: Database, home: Path, key: str) -> Opened:
    """Send a draft, or the answer to a question; at the first the thirty days begin."""
    opened_by_key = opened(database, home, key)
    content, today = opened_by_key.kept.content, _today()
    sent = rules.sent(content, opened_by_key.form, today)
    return replace(opened_by_key, kept=_save(database, opened_by_key.kept, sent, APPLICANT))


def withdraw(database: Database, home: Path, key: str) -> Opened:
    """Withdraw an application before it is answered."""
    opened_by_key = opened(database, home, key)
    moved = rules.moved(opened_by_key.kept.content, "withdrawn", _today(), by="applicant")
    return replace(opened_by_key, kept=_save(database, opened_by_key.kept, moved, APPLICANT))


# What a facilitator does


def applications(here: Here) -> tuple[Kept[Application], ...]:
    """What was sent to this cohort, the longest waiting first; drafts are their applicants' own."""
    require(here.database, here.person, here.workspace, "lead_network")
    every = shelf.listed(here.database, here.workspace, APPLICATION)
    return tuple(sorted((a for a in every if a.content.received), key=lambda a: (a.content.received, a.id)))


def drafts(here: Here) -> int:
    """How many drafts are being written."""
    require(here.database, here.person, here.workspace, "lead_network")
    return len(_drafts(here.database, here.workspace))


def _drafts(database: Database, workspace: str) -> list[Kept[Application]]:
    return [a for a in shelf.listed(database, workspace, APPLICATION) if a.content.state == "draft"]


def answer(
    here: Here, chosen: Sequence[Kept[Application]], state: ApplicationState, words: str
) -> tuple[Kept[Application], ...]:
    """Answer one application or many with the same words; all of them, or none when one cannot take that answer.

    One that is accepted becomes a workspace in the cohort, owned by whoever accepts it until its own people have joined
    (equity/actions/network/handing_over.py).

    Raises:
        PlainError: a step does not follow, or a question or a refusal has no words.
        RecordConflict: somebody answered one meanwhile.
    """
    require(here.database, here.person, here.workspace, "lead_network")
    by, today = here.person.shown_name, _today()
    moved = [rules.moved(kept.content, state, today, by=by, words=words) for kept in chosen]
    with here.database.together():
        return tuple(_answered(here, *each) for each in zip(chosen, moved, strict=True))


def _answered(here: Here, kept: Kept[Application], content: Application) -> Kept[Application]:
    """One that was moved, saved; where it was accepted, with the workspace of its team."""
    saved = _save(here.database, kept, content, here.person)
    if content.state != "accepted":
        return saved
    team = begin_team(here, _name(content))
    return _save(here.database, saved, replace(content, workspace=team), here.person)


def _name(application: Application) -> str:
    return application.answers.get("organization", "").strip()[:LONGEST_NAME] or "A new team"


def _member(given: Mapping[str, object]) -> TeamMember:
    name, role, lens = (str(given.get(part) or "")[:LONGEST_NAME] for part in ("name", "role", "lens"))
    return TeamMember(name, role, TEAM if not lens else read_lens(lens))


def _save(
    database: Database, kept: Kept[Application], content: Application, by: Person, *, milestone: bool = True
) -> Kept[Application]:
    return shelf.edit(
        database, kept.workspace, APPLICATION, kept.id, content, seen_version=kept.version, by=by, milestone=milestone
    )


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
