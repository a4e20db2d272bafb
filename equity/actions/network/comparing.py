"""Organizations beside each other: what can be compared, a comparison is made, each sees it with their own marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from equity.access.here import Here
from equity.access.may import require
from equity.actions.network.places import led_place, members_in, needed_place, pieces_in, release_stands, today
from equity.network import comparison as rules
from equity.network.blurring import FEWEST
from equity.network.comparison import Comparison, OrganizationRate, Picture, RateAsked
from equity.network.members import Member
from equity.network.nouns import COMPARISON, MEMBER
from equity.network.pieces import Piece, RateRow, ReleaseTold
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.vocabulary import PlainError
from equity.words.cohort.comparison import WITHHELD


@dataclass(frozen=True)
class Seen:
    """A comparison as somebody sees it. ``picture`` is None where it was taken down, or ``withheld``.

    withheld  others show too much under their names by now, so that whoever is left could be told
    differs   what others define otherwise: with their names for whoever leads the cohort, without for teams
    agreed    whether the viewer's own team agreed to be named in it
    """

    kept: str
    asked: RateAsked
    made: str
    picture: Picture | None
    differs: tuple[tuple[str, str], ...]
    agreed: bool
    withheld: bool = False


def comparable(here: Here, home: Path) -> tuple[tuple[RateAsked, int], ...]:
    """What can be compared, and how many organizations share each, the most first."""
    require(here.database, here.person, here.workspace, "lead_network")
    counted: dict[RateAsked, set[str]] = {}
    spelled: dict[RateAsked, Counter[RateAsked]] = {}
    for kept in pieces_in(here, home):
        for asked, _told, _row in _asked_of(kept.content):
            counted.setdefault(_met(asked), set()).add(kept.parent)
            spelled.setdefault(_met(asked), Counter())[asked] += 1
    offered = ((spelled[met].most_common(1)[0][0], len(members)) for met, members in counted.items())
    enough = [(asked, count) for asked, count in offered if count >= FEWEST]
    newest_first = sorted(enough, key=lambda each: each[0].period, reverse=True)
    return tuple(sorted(newest_first, key=lambda each: (-each[1], each[0].measure, each[0].grouping, each[0].group)))


def make_comparison(here: Here, home: Path, asked: RateAsked) -> Kept[Comparison]:
    """Make a comparison of what is shared today; all teams of the cohort then see it.

    Raises:
        PlainError: it could tell organizations apart, or an earlier picture beside it would.
    """
    require(here.database, here.person, here.workspace, "lead_network")
    place, pieces = led_place(here), pieces_in(here, home)
    every = shelf.listed(here.database, place.workspace, COMPARISON)
    known = _shown_under_their_name(pieces, asked)
    made = rules.made(asked, rates_of(pieces, asked), [kept.content for kept in every], today(), known)
    same = (k for k in every if _met(k.content.asked) == _met(asked) and not k.content.taken_down)
    standing = next(same, None)
    if standing is not None and standing.content.marks == made.marks:
        return standing
    with here.database.together():
        if standing is not None:
            _take_down(here.database, place.workspace, standing, by=here.person)
        return shelf.add(here.database, place.workspace, COMPARISON, made, by=here.person, readers="network")


def rates_of(pieces: Sequence[Kept[Piece]], asked: RateAsked) -> tuple[OrganizationRate, ...]:
    """Each member's rate of this question, by the piece that it shared last."""
    newest: dict[str, OrganizationRate] = {}
    for kept in sorted(pieces, key=lambda each: (each.edited, each.id)):
        for other, told, row in _asked_of(kept.content):
            if _met(other) == _met(asked):
                newest[kept.parent] = _rate(kept.parent, told, row)
    return tuple(newest.values())


def _shown_under_their_name(pieces: Sequence[Kept[Piece]], asked: RateAsked) -> frozenset[str]:
    """The members who show this measure in the gallery, where others read their rates under their name."""
    wanted = asked.measure.casefold()
    shown = set()
    for kept in pieces:
        piece = kept.content
        rates = piece.release.measures if piece.release and piece.seen == "gallery" else ()
        named = {_spaced(measure.name).casefold() for measure in rates}
        if piece.card is not None:
            named.add(_spaced(piece.card.link.get("measure", asked.measure)).casefold())
        if wanted in named:
            shown.add(kept.parent)
    return frozenset(shown)


def comparisons(here: Here, home: Path, most: int | None = None) -> tuple[Seen, ...]:
    """Every comparison that was made, or the newest so many, the newest first, as whoever looks may see it."""
    require(here.database, here.person, here.workspace, "see_network")
    looked = _looked_at(here, home)
    newest = sorted(looked.every, key=lambda kept: (kept.created, kept.id), reverse=True)
    latest = {_met(kept.content.asked): kept for kept in reversed(newest)}
    shown = [kept for kept in newest if latest[_met(kept.content.asked)] is kept]
    return tuple(_seen(looked, kept) for kept in shown[:most])


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


def picture_for(here: Here, home: Path, comparison: str, member: str) -> Picture:
    """A comparison as one team sees it, for a facilitator who sends it to a team elsewhere.

    Raises :class:`PlainError` for no such team, and where the comparison was taken down or is withheld.
    """
    require(here.database, here.person, here.workspace, "lead_network")
    looked = _looked_at(here, home)
    if member not in looked.members:
        raise PlainError("There is no such team in this cohort: choose one of its teams.")
    kept = shelf.one(here.database, here.workspace, COMPARISON, comparison)
    names = _names(looked, kept)
    if names is None:
        raise PlainError(WITHHELD)
    return rules.picture(_as_it_stands(looked, kept.content), member, names)


def take_down_of(database: Database, space: str, member: str, *, by: Person) -> None:
    """Take down every comparison that a member's rates are in: it has taken them back."""
    for kept in shelf.listed(database, space, COMPARISON):
        if member in kept.content.marks and not kept.content.taken_down:
            _take_down(database, space, kept, by=by)


def _take_down(database: Database, space: str, kept: Kept[Comparison], *, by: Person) -> None:
    down = rules.taken_down(kept.content, today())
    shelf.edit(database, space, COMPARISON, kept.id, down, seen_version=kept.version, by=by, milestone=True)


@dataclass(frozen=True)
class _Looked:
    """All that it takes to show comparisons to one viewer (a member's record, or empty).

    ``told`` holds what all comparisons tell, by the members that are known, once it was worked out.
    """

    home: Path
    viewer: str
    members: dict[str, Kept[Member]]
    every: tuple[Kept[Comparison], ...]
    pieces: tuple[Kept[Piece], ...]
    told: dict[frozenset[str], frozenset[tuple[str, str]]] = field(default_factory=dict)

    def hides_each(self, comparison: Comparison, known: frozenset[str]) -> bool:
        """Whether nobody in a comparison can be told, while others know these members."""
        if known not in self.told:
            self.told[known] = rules.dots_told([each.content for each in self.every], known)
        return rules.hides_each(comparison, self.told[known])


def _looked_at(here: Here, home: Path) -> _Looked:
    place, members = needed_place(here), members_in(here)
    every = shelf.listed(here.database, place.workspace, COMPARISON)
    return _Looked(home, place.member, members, every, pieces_in(here, home) if every else ())


def _as_it_stands(looked: _Looked, content: Comparison) -> Comparison:
    """The comparison, taken down where a release that it stands on was revoked since."""
    here = {record for record, kept in looked.members.items() if kept.content.workspace}
    releases = {each.release for each in content.rates if each.member in here and each.release}
    gone = any(not release_stands(looked.home, release) for release in releases)
    return rules.taken_down(content, today()) if gone else content


def _names(looked: _Looked, kept: Kept[Comparison]) -> dict[str, str] | None:
    """The names that may stand in a comparison; None where it tells somebody even without one."""
    content = kept.content
    known = _shown_under_their_name(looked.pieces, content.asked)
    beside = {each.id for each in looked.every if each.content.marks.items() & content.marks.items()}
    named = {record for record, m in looked.members.items() if beside & set(m.content.named_in)}
    if looked.hides_each(content, known | named):
        return {record: m.content.name for record, m in looked.members.items() if kept.id in m.content.named_in}
    return {} if looked.hides_each(content, known) else None


def _seen(looked: _Looked, kept: Kept[Comparison]) -> Seen:
    content = _as_it_stands(looked, kept.content)
    told = {record: m.content.name for record, m in looked.members.items() if looked.viewer in ("", record)}
    differs = tuple((told.get(member, ""), what) for member, what in sorted(content.differs.items()))
    own = looked.members.get(looked.viewer)
    agreed = own is not None and kept.id in own.content.named_in
    names = None if content.taken_down else _names(looked, kept)
    shown = None if names is None else rules.picture(content, looked.viewer, names)
    withheld = names is None and not content.taken_down
    return Seen(kept.id, content.asked, content.made, shown, differs, agreed, withheld)


def _asked_of(piece: Piece) -> Iterator[tuple[RateAsked, ReleaseTold, RateRow]]:
    """Every rate of a piece with the question that it answers."""
    told = piece.release
    if told is None:
        return
    for row in told.rows:
        grouping = _spaced(told.groupings[row[1]].label) if row[2] else ""
        yield RateAsked(_spaced(told.measures[row[0]].name), grouping, _spaced(row[2]), row[3]), told, row


def _met(asked: RateAsked) -> RateAsked:
    """The same question from whoever asks: names are met without regard to capitals and spaces."""
    parts = (_spaced(part).casefold() for part in (asked.measure, asked.grouping, asked.group, asked.period))
    return RateAsked(*parts)


def _spaced(name: str) -> str:
    return " ".join(name.split())


def _rate(member: str, told: ReleaseTold, row: RateRow) -> OrganizationRate:
    measure, _grouping, _group, _period, n, _x, effective, rate, lower, upper = row
    return OrganizationRate(member, told.measures[measure], n, effective, rate, lower, upper, told.id)
