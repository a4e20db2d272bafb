"""What a team shares as a signed file for a cohort elsewhere, and how the cohort's facilitator takes it in."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from equity.access.here import Here
from equity.access.may import require
from equity.actions.network.comparing import take_down_of
from equity.actions.network.membership import name_in_cohort, standing_of
from equity.actions.network.places import CohortPlace, led_place, today
from equity.actions.network.sharing import standing_shares
from equity.export.share_package import package_page
from equity.network.members import Member, refuse_replayed, refuse_unknown
from equity.network.nouns import BELONGING, MEMBER, SHARED_PIECE, TRUSTED_KEY
from equity.network.packages import (
    Package,
    SignedPackage,
    fingerprint,
    opened,
    public_bytes,
    refuse_too_large,
    signed,
)
from equity.network.pieces import Piece
from equity.store.files.sharing_key import sharing_secret
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.tables import new_id
from equity.store.workspace.workspaces import UNNAMED
from equity.vocabulary import PlainError


@dataclass(frozen=True)
class Imported:
    """What a package brought: the team, whether it is new here, and how many pieces are new, changed and gone."""

    member: Kept[Member]
    is_new: bool
    key_name: str
    added: int
    changed: int
    gone: int


def own_fingerprint(here: Here, home: Path) -> str:
    """The fingerprint of this server's key, to be read out to a facilitator elsewhere."""
    require(here.database, here.person, here.workspace, "see_network")
    return fingerprint(public_bytes(_key(home)))


def export_package(here: Here, home: Path, record: str, *, help_wanted: str = "") -> bytes:
    """All that the team shares with a cohort elsewhere, as one signed file; it takes the place of earlier ones.

    ``record`` is the belonging.

    Raises:
        PlainError: the cohort is on this server, the team has left it, or the file would be too large.
    """
    require(here.database, here.person, here.workspace, "share_with_network")
    kept = shelf.one(here.database, here.workspace, BELONGING, record)
    belonging = kept.content
    if not belonging.is_elsewhere or belonging.left:
        raise PlainError("A package is for a cohort on another server that your team is in: here it is shared at once.")
    pieces = tuple(share.content for share in standing_shares(here, home, kept))
    sequence = max(belonging.sequence + 1, time.time_ns() // 1_000_000)
    name, standing = name_in_cohort(here), standing_of(here, home, help_wanted)
    package = Package(new_id(), belonging.cohort, here.workspace, name, today(), sequence, pieces, standing)
    content = signed(package_page(package, belonging.title), _key(home))
    refuse_too_large(len(content))
    now = replace(belonging, sequence=sequence)
    shelf.edit(here.database, here.workspace, BELONGING, kept.id, now, seen_version=kept.version, by=here.person)
    return content


def import_package(here: Here, content: bytes) -> Imported:
    """Take a package in: its pieces take the place of those that the team's package before it brought.

    Raises:
        PlainError: it is no package, damaged, too large, of another cohort, here already or older than what is here,
            or signed with a key that is not trusted. Nothing of it is taken then.
    """
    require(here.database, here.person, here.workspace, "lead_network")
    place, signed_package = led_place(here), opened(content)
    with here.database.together():
        return _taken_in(here, place, signed_package)


def _taken_in(here: Here, place: CohortPlace, signed_package: SignedPackage) -> Imported:
    every = shelf.listed(here.database, place.workspace, TRUSTED_KEY)
    key = refuse_unknown(signed_package, tuple(kept.content for kept in every))
    package = signed_package.package
    member = _member(here, place.workspace, signed_package)
    refuse_replayed(package, place.cohort.id, None if member is None else member.content)
    for piece in package.pieces:
        if len(SHARED_PIECE.written(piece)) > shelf.LONGEST_CONTENT:
            raise PlainError(f"“{piece.title[:80]}” in this package is too long: ask the team to share less of it.")
    before = () if member is None else _pieces(here, place.workspace, member)
    with_it = Member(
        key.name if package.name == UNNAMED else package.name[:200],
        joined=today() if member is None else member.content.joined,
        key=signed_package.fingerprint,
        team=package.team,
        sequence=package.sequence,
        package=package.id,
        named_in=() if member is None else member.content.named_in,
        standing=package.standing,
    )
    added, changed, gone, kept = _put(here, place.workspace, member, with_it, before, package.pieces)
    if any(_changes_rates(package.pieces, piece.content) for piece in before):
        take_down_of(here.database, place.workspace, kept.id, by=here.person)
    return Imported(kept, member is None, key.name, added, changed, gone)


def _put(
    here: Here,
    space: str,
    member: Kept[Member] | None,
    with_it: Member,
    before: tuple[Kept[Piece], ...],
    pieces: tuple[Piece, ...],
) -> tuple[int, int, int, Kept[Member]]:
    by = here.person
    if member is None:
        kept = shelf.add(here.database, space, MEMBER, with_it, by=by, readers="network")
    else:
        kept = shelf.edit(
            here.database, space, MEMBER, member.id, with_it, seen_version=member.version, by=by, milestone=True
        )
    there = {piece.content.id: piece for piece in before}
    named = {piece.id for piece in pieces}
    for piece in pieces:
        held = there.get(piece.id)
        if held is None:
            shelf.add(here.database, space, SHARED_PIECE, piece, by=by, parent=kept.id, readers="network")
        elif held.content != piece:
            place = (here.database, space, SHARED_PIECE, held.id)
            shelf.edit(*place, piece, seen_version=held.version, by=by, milestone=True)
    gone = [piece for name, piece in there.items() if name not in named]
    for old in gone:
        shelf.withdraw(here.database, space, SHARED_PIECE, old.id, seen_version=old.version, by=by)
    changed = sum(piece.id in there and there[piece.id].content != piece for piece in pieces)
    return len(named - set(there)), changed, len(gone), kept


def _changes_rates(pieces: tuple[Piece, ...], before: Piece) -> bool:
    """Whether rates that were shared are not shared any more as they were."""
    return before.release is not None and all(piece.release != before.release for piece in pieces)


def _member(here: Here, space: str, package: SignedPackage) -> Kept[Member] | None:
    """The team of a package: the same key and the same workspace there."""
    for kept in shelf.listed(here.database, space, MEMBER):
        if kept.content.key == package.fingerprint and kept.content.team == package.package.team:
            return kept
    return None


def _pieces(here: Here, space: str, member: Kept[Member]) -> tuple[Kept[Piece], ...]:
    return shelf.listed(here.database, space, SHARED_PIECE, parent=member.id)


def _key(home: Path) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sharing_secret(home))
