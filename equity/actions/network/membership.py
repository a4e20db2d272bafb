"""A team is invited, joins, says where it is and leaves; keys are trusted; calls are set for all teams."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

from equity.access.here import Here
from equity.access.may import require
from equity.actions.network.cohorts import hash_of
from equity.actions.network.comparing import take_down_of
from equity.actions.network.places import led_place, members_in, place_of, today
from equity.actions.sample.sample_team import refuse_made_up
from equity.actions.work.path import our_path
from equity.actions.work.reflections import reflections
from equity.network.members import Belonging, Meeting, Member, TrustedKey, read_fingerprint
from equity.network.nouns import BELONGING, COHORT, MEETING, MEMBER, SHARE, SHARED_PIECE, TRUSTED_KEY
from equity.network.pieces import Standing
from equity.store.records import shelf
from equity.store.records.calls import calls_in
from equity.store.records.kept import Kept
from equity.store.records.nouns import Noun
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.store.workspace.workspaces import workspace
from equity.vocabulary import PlainError
from equity.vocabulary.written import is_written
from equity.words.labels.network import NETWORK_TEXTS

CLOSED = NETWORK_TEXTS["this_invitation_opens_nothing"]
LONGEST_NAME, LONGEST_HELP = 200, 2_000


def invite_team(here: Here, name: str) -> tuple[Kept[Member], str]:
    """Invite a team: the code that its owner or analyst types in its own workspace, shown once."""
    require(here.database, here.person, here.workspace, "lead_network")
    place = led_place(here)
    if not is_written(name):
        raise PlainError("Write the name of the team that you invite.")
    secret = secrets.token_urlsafe(24)
    member = Member(name.strip()[:LONGEST_NAME], code_hash=hash_of(secret))
    kept = shelf.add(here.database, place.workspace, MEMBER, member, by=here.person, readers="network")
    return kept, f"{place.workspace}.{kept.id}.{secret}"


def join_cohort(here: Here, code: str) -> Kept[Belonging]:
    """Join a cohort on this server with the code of an invitation.

    Raises:
        PlainError: the code opens nothing, or this team is in that cohort already.
    """
    require(here.database, here.person, here.workspace, "share_with_network")
    space, _, rest = code.strip().partition(".")
    record, _, secret = rest.partition(".")
    try:
        kept = shelf.one(here.database, space, MEMBER, record)
    except PlainError:
        raise PlainError(CLOSED) from None
    if not kept.content.code_hash or not hmac.compare_digest(kept.content.code_hash, hash_of(secret)):
        raise PlainError(CLOSED)
    if space == here.workspace:
        raise PlainError("This is the cohort’s own workspace: a team joins from its own.")
    return enter(here.database, space, kept, here.workspace, by=here.person)


def enter(database: Database, space: str, kept: Kept[Member], team: str, *, by: Person) -> Kept[Belonging]:
    """Put a team's workspace into a cohort under an invitation, on both sides; the invitation is spent."""
    for held in shelf.listed(database, team, BELONGING):
        if held.content.workspace == space and not held.content.left:
            raise PlainError("Your team is in this cohort already.")
    cohort = next(iter(shelf.listed(database, space, COHORT)))
    joined = replace(kept.content, workspace=team, joined=today(), code_hash="")
    belonging = Belonging(cohort.id, cohort.content.title, today(), workspace=space, member=kept.id)
    with database.together():
        shelf.edit(database, space, MEMBER, kept.id, joined, seen_version=kept.version, by=by, milestone=True)
        return shelf.add(database, team, BELONGING, belonging, by=by)


def join_elsewhere(here: Here, number: str, title: str) -> Kept[Belonging]:
    """Say that this team is in a cohort on another server, by the cohort's number; packages are then made for it."""
    require(here.database, here.person, here.workspace, "share_with_network")
    number = number.strip().lower()
    if len(number) != 32 or any(digit not in "0123456789abcdef" for digit in number):
        raise PlainError("The number of a cohort has 32 letters and digits: its facilitator’s page Network shows it.")
    held = shelf.listed(here.database, here.workspace, BELONGING)
    if any(kept.content.cohort == number and not kept.content.left for kept in held):
        raise PlainError("Your team is in this cohort already.")
    belonging = Belonging(number, title.strip()[:LONGEST_NAME] or "A cohort elsewhere", today())
    return shelf.add(here.database, here.workspace, BELONGING, belonging, by=here.person)


def leave(here: Here, kept: Kept[Belonging]) -> None:
    """Leave a cohort with what is one's own: all that was shared is taken back, and pictures with it are taken down."""
    require(here.database, here.person, here.workspace, "share_with_network")
    with here.database.together():
        if not kept.content.is_elsewhere:
            place = place_of(here, kept)
            member = shelf.one(here.database, place.workspace, MEMBER, place.member)
            _take_all_back(here, place.workspace, member)
            gone = replace(member.content, left=today(), workspace="", standing=None, named_in=())
            _save_member(here, place.workspace, member, gone)
        for share in shelf.listed(here.database, here.workspace, SHARE, parent=kept.id):
            shelf.withdraw(here.database, here.workspace, SHARE, share.id, seen_version=share.version, by=here.person)
        left = replace(kept.content, left=today())
        shelf.edit(here.database, here.workspace, BELONGING, kept.id, left, seen_version=kept.version, by=here.person)


def remove_team(here: Here, kept: Kept[Member]) -> None:
    """Take a team out of the cohort with all that it shared; an invitation that nobody took up is closed."""
    require(here.database, here.person, here.workspace, "lead_network")
    place = led_place(here)
    with here.database.together():
        _take_all_back(here, place.workspace, kept)
        gone = replace(kept.content, left=today(), code_hash="", standing=None, named_in=())
        _save_member(here, place.workspace, kept, gone)


def _take_all_back(here: Here, space: str, member: Kept[Member]) -> None:
    for piece in shelf.listed(here.database, space, SHARED_PIECE, parent=member.id):
        shelf.withdraw(here.database, space, SHARED_PIECE, piece.id, seen_version=piece.version, by=here.person)
    take_down_of(here.database, space, member.id, by=here.person)


def tell_where_we_are(here: Here, home: Path, kept: Kept[Belonging], help_wanted: str) -> Standing:
    """Tell a cohort where the team is on its path and what help it asks for. Counts of records; no number of patients.

    For a cohort elsewhere it goes with the next package.
    """
    require(here.database, here.person, here.workspace, "share_with_network")
    standing = standing_of(here, home, help_wanted)
    if not kept.content.is_elsewhere:
        place = place_of(here, kept)
        member = shelf.one(here.database, place.workspace, MEMBER, place.member)
        _save_member(here, place.workspace, member, replace(member.content, standing=standing))
    return standing


def standing_of(here: Here, home: Path, help_wanted: str) -> Standing:
    """Where this team is today; raises :class:`PlainError` while the made-up team's work stands beside its own."""
    require(here.database, here.person, here.workspace, "see_workspace")
    refuse_made_up(here)
    path = our_path(here, home)
    held: dict[str, int] = {name: sum(each.count for each in evidence) for name, evidence in path.milestones.items()}
    quarters = [each.content.quarter for each in reflections(here)]
    ended = [call.ended.date().isoformat() for call in calls_in(here.database, here.workspace) if call.ended]
    return Standing(
        today(),
        path.month or 0,
        held,
        max(quarters, default=""),
        max(ended, default=""),
        help_wanted.strip()[:LONGEST_HELP],
    )


def name_in_cohort(here: Here) -> str:
    """What this workspace is called."""
    require(here.database, here.person, here.workspace, "see_network")
    return workspace(here.database, here.workspace).name


# Keys of other servers


def trusted_keys(here: Here) -> tuple[Kept[TrustedKey], ...]:
    """The keys that are trusted here."""
    require(here.database, here.person, here.workspace, "lead_network")
    return shelf.listed(here.database, led_place(here).workspace, TRUSTED_KEY)


def trust_key(here: Here, name: str, fingerprint: str) -> Kept[TrustedKey]:
    """Trust a server's key, after its fingerprint was compared with whoever runs that server.

    Raises:
        PlainError: it is no fingerprint, it has no name, or it is trusted already.
    """
    require(here.database, here.person, here.workspace, "lead_network")
    place = led_place(here)
    if not is_written(name):
        raise PlainError("Write whose key this is: the name stands beside everything that comes signed with it.")
    key = TrustedKey(name.strip()[:LONGEST_NAME], read_fingerprint(fingerprint), today())
    for kept in trusted_keys(here):
        if kept.content.fingerprint == key.fingerprint:
            raise PlainError(f"This key is trusted already, as “{kept.content.name}”.")
    return shelf.add(here.database, place.workspace, TRUSTED_KEY, key, by=here.person, readers="network")


def distrust_key(here: Here, kept: Kept[TrustedKey]) -> None:
    """Trust a key no more: nothing signed with it is taken from now on; what is here stays until it is removed."""
    _withdraw_in_led(here, TRUSTED_KEY, kept)


# Calls for all teams


def meetings(here: Here) -> tuple[Kept[Meeting], ...]:
    """The calls that are set for all teams, in order of time."""
    require(here.database, here.person, here.workspace, "see_network")
    from equity.actions.network.places import needed_place

    every = shelf.listed(here.database, needed_place(here).workspace, MEETING)
    return tuple(sorted(every, key=lambda kept: (kept.content.begins, kept.id)))


def set_meeting(here: Here, meeting: Meeting) -> Kept[Meeting]:
    """Set a call for all teams."""
    require(here.database, here.person, here.workspace, "lead_network")
    place = led_place(here)
    if not is_written(meeting.title) or not meeting.begins:
        raise PlainError("Write what the call is about and when it begins.")
    if not 5 <= meeting.minutes <= 600:
        raise PlainError("A call lasts 5 to 600 minutes: write how many.")
    return shelf.add(here.database, place.workspace, MEETING, meeting, by=here.person, readers="network")


def cancel_meeting(here: Here, kept: Kept[Meeting]) -> None:
    """Take a call off the calendar."""
    _withdraw_in_led(here, MEETING, kept)


def teams(here: Here) -> tuple[Kept[Member], ...]:
    """Every team that is in the cohort, by name."""
    require(here.database, here.person, here.workspace, "lead_network")
    return tuple(sorted(members_in(here).values(), key=lambda kept: kept.content.name.casefold()))


def invited(here: Here) -> tuple[Kept[Member], ...]:
    """Teams that were invited and have not joined yet."""
    require(here.database, here.person, here.workspace, "lead_network")
    every = shelf.listed(here.database, led_place(here).workspace, MEMBER)
    return tuple(kept for kept in every if kept.content.code_hash and not kept.content.left)


def _withdraw_in_led(here: Here, noun: Noun[Any], kept: Kept[Any]) -> None:
    """Withdraw a record of the space that whoever is here leads."""
    require(here.database, here.person, here.workspace, "lead_network")
    space = led_place(here).workspace
    shelf.withdraw(here.database, space, noun, kept.id, seen_version=kept.version, by=here.person)


def _save_member(here: Here, space: str, kept: Kept[Member], member: Member) -> Kept[Member]:
    return shelf.edit(
        here.database, space, MEMBER, kept.id, member, seen_version=kept.version, by=here.person, milestone=True
    )
