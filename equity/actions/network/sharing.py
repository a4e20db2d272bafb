"""What a team shares with its cohort, piece by piece, and takes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from equity.access.here import Here
from equity.access.may import require
from equity.actions.network.comparing import take_down_of
from equity.actions.network.places import place_of, stands
from equity.actions.network.told import Wish, piece_of
from equity.network.members import Belonging
from equity.network.nouns import SHARE, SHARED_PIECE
from equity.network.packages import MOST_PIECES
from equity.network.pieces import Piece, typed_numbers
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.tables import new_id
from equity.vocabulary import PlainError


@dataclass(frozen=True)
class Prepared:
    """A piece before it is shared, and what people typed in it that holds numbers, to be looked at."""

    piece: Piece
    numbers: tuple[str, ...]


def prepare(here: Here, home: Path, wish: Wish) -> Prepared:
    """What would be shared, to be read before anything is; nothing is kept. Raises :class:`PlainError`."""
    require(here.database, here.person, here.workspace, "share_with_network")
    piece = piece_of(here, home, wish, new_id())
    return Prepared(piece, typed_numbers(piece))


def share(
    here: Here, home: Path, belonging: Kept[Belonging], wish: Wish, *, numbers_are_meant: bool = False
) -> Kept[Piece]:
    """Share a piece, or share it anew in place of what was shared of the same.

    Raises:
        PlainError: nothing of it can be shared, or it holds typed numbers and nobody said that they are meant.
    """
    require(here.database, here.person, here.workspace, "share_with_network")
    if belonging.content.left:
        raise PlainError("Your team has left this cohort: join it again before you share with it.")
    before = _same(here, belonging, wish)
    piece = piece_of(here, home, wish, before.content.id if before else new_id())
    refuse_unmeant(piece, numbers_are_meant=numbers_are_meant)
    if before is None and len(shares(here, belonging)) >= MOST_PIECES:
        raise PlainError(f"Your team shares {MOST_PIECES} pieces, which are the most: take one back first.")
    with here.database.together():
        kept = _kept(here, belonging, piece, before)
        if not belonging.content.is_elsewhere:
            _into_cohort(here, belonging, piece)
    return kept


def refuse_unmeant(piece: Piece, *, numbers_are_meant: bool) -> None:
    """Raise :class:`PlainError` for typed numbers that nobody said are meant."""
    numbers = typed_numbers(piece)
    if numbers and not numbers_are_meant:
        more = f" and {len(numbers) - 1} more" if len(numbers) > 1 else ""
        raise PlainError(
            f"“{numbers[0][:80]}”{more} holds a number that was typed, and a release may hide it: say that it is "
            "meant, or take it out first."
        )


def shares(here: Here, belonging: Kept[Belonging]) -> tuple[Kept[Piece], ...]:
    """What this team shares with a cohort, the oldest first."""
    require(here.database, here.person, here.workspace, "see_network")
    return shelf.listed(here.database, here.workspace, SHARE, parent=belonging.id)


def standing_shares(here: Here, home: Path, belonging: Kept[Belonging]) -> tuple[Kept[Piece], ...]:
    """The same without pieces of a release that was revoked since."""
    require(here.database, here.person, here.workspace, "see_network")
    return tuple(kept for kept in shares(here, belonging) if stands(home, kept.content))


def take_back(here: Here, belonging: Kept[Belonging], kept: Kept[Piece]) -> None:
    """Share a piece no more: it is gone from the gallery, and comparisons that hold it are taken down."""
    require(here.database, here.person, here.workspace, "share_with_network")
    with here.database.together():
        if not belonging.content.is_elsewhere:
            place = place_of(here, belonging)
            there = _in_cohort(here, place.workspace, place.member, kept.content.id)
            if there is not None:
                by, seen = here.person, there.version
                shelf.withdraw(here.database, place.workspace, SHARED_PIECE, there.id, seen_version=seen, by=by)
            if kept.content.release is not None:
                take_down_of(here.database, place.workspace, place.member, by=here.person)
        shelf.withdraw(here.database, here.workspace, SHARE, kept.id, seen_version=kept.version, by=here.person)


def _same(here: Here, belonging: Kept[Belonging], wish: Wish) -> Kept[Piece] | None:
    for kept in shares(here, belonging):
        if (kept.content.kind, kept.content.subject) == (wish.kind, wish.subject) and wish.kind != "card":
            return kept
    return None


def _kept(here: Here, belonging: Kept[Belonging], piece: Piece, before: Kept[Piece] | None) -> Kept[Piece]:
    place, by = (here.database, here.workspace, SHARE), here.person
    if before is None:
        return shelf.add(*place, piece, by=by, parent=belonging.id, readers="network")
    return shelf.edit(*place, before.id, piece, seen_version=before.version, by=by, milestone=True)


def _into_cohort(here: Here, belonging: Kept[Belonging], piece: Piece) -> None:
    place = place_of(here, belonging)
    there = _in_cohort(here, place.workspace, place.member, piece.id)
    shelf_of, by = (here.database, place.workspace, SHARED_PIECE), here.person
    if there is None:
        shelf.add(*shelf_of, piece, by=by, parent=place.member, readers="network")
    else:
        shelf.edit(*shelf_of, there.id, piece, seen_version=there.version, by=by, milestone=True)


def _in_cohort(here: Here, space: str, member: str, piece_id: str) -> Kept[Piece] | None:
    every = shelf.listed(here.database, space, SHARED_PIECE, parent=member)
    return next((kept for kept in every if kept.content.id == piece_id), None)
