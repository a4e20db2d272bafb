"""Organizations beside each other: what can be compared, a comparison is made, each sees it with their own marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from equity.access.here import Here
from equity.access.may import require
from equity.actions.network.places import led_place, members_in, needed_place, pieces_in, today
from equity.network import comparison as rules
from equity.network.comparison import Comparison, OrganizationRate, Picture, RateAsked
from equity.network.nouns import COMPARISON, MEMBER
from equity.network.pieces import Piece, RateRow, ReleaseTold
from equity.store.records import shelf
from equity.store.records.shelf import Kept
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.vocabulary import PlainError


@dataclass(frozen=True)
class Seen:
    """A comparison as somebody sees it. ``picture`` is None where it was taken down.

    ``differs`` says what others define otherwise: with their names for whoever leads the cohort, without for teams.
    ``agreed`` is whether the viewer's own team agreed to be named in it.
    """

    kept: str
    asked: RateAsked
    made: str
    picture: Picture | None
    differs: tuple[tuple[str, str], ...]
    agreed: bool


def comparable(here: Here) -> tuple[tuple[RateAsked, int], ...]:
    """What can be compared, and how many organizations share each, the most first."""
    require(here.database, here.person, here.workspace, "lead_network")
    counted: dict[RateAsked, set[str]] = {}
    for kept in pieces_in(here):
        for asked, _told, _row in _asked_of(kept.content):
            counted.setdefault(asked, set()).add(kept.parent)
    found = ((asked, len(members)) for asked, members in counted.items())
    enough = [(asked, count) for asked, count in found if count >= rules.FEWEST]
    newest_first = sorted(enough, key=lambda each: each[0].period, reverse=True)
    return tuple(sorted(newest_first, key=lambda each: (-each[1], each[0].measure, each[0].grouping, each[0].group)))


def make_comparison(here: Here, asked: RateAsked) -> Kept[Comparison]:
    """Make a comparison of what is shared today; all teams of the cohort then see it.

    Raises:
        PlainError: it could tell organizations apart, or an earlier picture beside it would.
    """
    require(here.database, here.person, here.workspace, "lead_network")
    place = led_place(here)
    every = shelf.listed(here.database, place.workspace, COMPARISON)
    earlier = [kept.content for kept in every if kept.content.asked == asked]
    made = rules.made(asked, rates_of(here, asked), earlier, today())
    standing = next((k for k in every if k.content.asked == asked and not k.content.taken_down), None)
    if standing is not None and standing.content.marks == made.marks:
        return standing
    with here.database.together():
        if standing is not None:
            _take_down(here.database, place.workspace, standing, by=here.person)
        return shelf.add(here.database, place.workspace, COMPARISON, made, by=here.person, readers="network")


def rates_of(here: Here, asked: RateAsked) -> tuple[OrganizationRate, ...]:
    """Each member's rate of this question, by the piece that it shared last."""
    require(here.database, here.person, here.workspace, "lead_network")
    newest: dict[str, OrganizationRate] = {}
    for kept in sorted(pieces_in(here), key=lambda each: (each.edited, each.id)):
        for other, told, row in _asked_of(kept.content):
            if other == asked:
                newest[kept.parent] = _rate(kept.parent, told, row)
    return tuple(newest.values())


def comparisons(here: Here) -> tuple[Seen, ...]:
    """Every comparison that was made, the newest first, as whoever looks may see it."""
    require(here.database, here.person, here.workspace, "see_network")
    place, members = needed_place(here), members_in(here)
    names = {record: kept.content.name for record, kept in members.items()}
    every = shelf.listed(here.database, place.workspace, COMPARISON)
    newest = sorted(every, key=lambda kept: (kept.created, kept.id), reverse=True)
    latest = {kept.content.asked: kept for kept in reversed(newest)}
    found = []
    for kept in newest:
        if latest[kept.content.asked] is kept:
            agreed = {record: names[record] for record, m in members.items() if kept.id in m.content.named_in}
            found.append(_seen(kept, place.member, names, agreed))
    return tuple(found)


def agree_to_be_named(here: Here, comparison: str, *, agreed: bool) -> None:
    """Say whether the own team may be named in one comparison; it can be taken back at any time.

    Raises :class:`PlainError` for whoever is no team of the cohort, and for no such comparison.
    """
    require(here.database, here.person, here.workspace, "share_with_network")
    place = needed_place(here)
    if not place.member:
        raise PlainError("Only a team of the cohort can agree to be named, from its own workspace.")
    shelf.one(here.database, place.workspace, COMPARISON, comparison)
    kept = shelf.one(here.database, place.workspace, MEMBER, place.member)
    named = tuple(each for each in kept.content.named_in if each != comparison)
    now = replace(kept.content, named_in=(*named, comparison) if agreed else named)
    shelf.edit(here.database, place.workspace, MEMBER, kept.id, now, seen_version=kept.version, by=here.person)


def picture_for(here: Here, comparison: str, member: str) -> Picture:
    """A comparison as one team sees it, for a facilitator who sends it to a team elsewhere."""
    require(here.database, here.person, here.workspace, "lead_network")
    place, members = led_place(here), members_in(here)
    if member not in members:
        raise PlainError("There is no such team in this cohort: choose one of its teams.")
    kept = shelf.one(here.database, place.workspace, COMPARISON, comparison)
    agreed = {record: m.content.name for record, m in members.items() if kept.id in m.content.named_in}
    return rules.picture(kept.content, member, agreed)


def take_down_of(database: Database, space: str, member: str, *, by: Person) -> None:
    """Take down every comparison that a member's rates are in: it has taken them back."""
    for kept in shelf.listed(database, space, COMPARISON):
        if member in kept.content.marks and not kept.content.taken_down:
            _take_down(database, space, kept, by=by)


def _take_down(database: Database, space: str, kept: Kept[Comparison], *, by: Person) -> None:
    down = rules.taken_down(kept.content, today())
    shelf.edit(database, space, COMPARISON, kept.id, down, seen_version=kept.version, by=by, milestone=True)


def _seen(kept: Kept[Comparison], viewer: str, names: dict[str, str], agreed: dict[str, str]) -> Seen:
    content = kept.content
    own = {} if not viewer else {viewer: names.get(viewer, "")}
    told = names if not viewer else own
    differs = tuple((told.get(member, ""), what) for member, what in sorted(content.differs.items()))
    shown = None if content.taken_down else rules.picture(content, viewer, agreed)
    return Seen(kept.id, content.asked, content.made, shown, differs, viewer in agreed)


def _asked_of(piece: Piece) -> Iterator[tuple[RateAsked, ReleaseTold, RateRow]]:
    """Every rate of a piece with the question that it answers; names are met without regard to case and spaces."""
    told = piece.release
    if told is None:
        return
    for row in told.rows:
        grouping = " ".join(told.groupings[row[1]].label.split()) if row[2] else ""
        name = " ".join(told.measures[row[0]].name.split())
        yield RateAsked(name, grouping, " ".join(row[2].split()), row[3]), told, row


def _rate(member: str, told: ReleaseTold, row: RateRow) -> OrganizationRate:
    measure, _grouping, _group, _period, n, _x, effective, rate, lower, upper = row
    return OrganizationRate(member, told.measures[measure], n, effective, rate, lower, upper)
