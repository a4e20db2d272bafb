"""The team: three to seven people, the lenses they bring, the places beside them, what each promised, who was there.

Whoever leaves keeps what they wrote, under the name they chose: a person's record stays, with the day they left.
Sources: the network's call for applications (3–7 people, four lenses) and its earlier round's list (a senior leader and
an alternate, a community partner).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from equity.vocabulary import PlainError
from equity.vocabulary.lenses import LENSES
from equity.vocabulary.written import is_written, seen

Place = Literal["team", "community partner", "senior leader", "alternate"]
"""Where somebody stands: in the team itself, beside it for the community, or above it with an alternate."""
PLACES: tuple[Place, ...] = get_args(Place)

FEWEST, MOST = 3, 7
LENS_OF_A_PLACE: dict[Place, str] = {"community partner": "community", "senior leader": "leadership"}
NOBODY_HERE = ""
"""Whoever reports to nobody in this team; None says that it was not said."""


@dataclass(frozen=True)
class TeamPerson:
    """Somebody of the team.

    ``name`` is the one they chose. ``reports_to`` is the id of another's record, :data:`NOBODY_HERE`, or None where
    nobody said. ``account`` is the id under which they sign in, empty where they do not. ``joined`` and ``left`` are
    days, YYYY-MM-DD; ``practice`` says that they take part in the relationship practice.
    """

    name: str = ""
    lenses: tuple[str, ...] = ()
    place: Place = "team"
    commitment: str = ""
    reports_to: str | None = None
    account: str = ""
    joined: str = ""
    left: str = ""
    practice: bool = True


@dataclass(frozen=True)
class Composition:
    """Who is in the team: how many count towards three to seven, which lenses and which places nobody holds."""

    counted: int
    missing_lenses: tuple[str, ...]
    missing_places: tuple[Place, ...]

    @property
    def is_too_small(self) -> bool:
        """Whether fewer than three people do the work."""
        return self.counted < FEWEST

    @property
    def is_too_large(self) -> bool:
        """Whether more than seven people do the work."""
        return self.counted > MOST


@dataclass(frozen=True)
class Attendance:
    """Who was at one call: ids of the team's people that its names point to, and how many names point to nobody.

    Where the call kept no names, ``named`` is False and only ``participants`` is known.
    """

    title: str
    day: dt.date
    participants: int
    there: frozenset[str]
    unknown: int
    named: bool


def joined(person: TeamPerson, others: Iterable[TeamPerson], today: dt.date) -> TeamPerson:
    """The person as one of the team.

    Raises:
        PlainError: the name is missing, or is another's who is here.
    """
    name = " ".join(person.name.split())
    if not is_written(name):
        raise PlainError("Write the name they want to go by.")
    if any(_same(name, other.name) for other in others if not other.left):
        raise PlainError(f"There is a “{name[:60]}” in the team already: add a letter, so that they can be told apart.")
    unknown = [lens for lens in person.lenses if lens not in LENSES]
    if unknown:
        raise PlainError(f"There is no lens “{unknown[0][:40]}”: choose among {', '.join(LENSES)}.")
    return replace(person, name=name, joined=person.joined or today.isoformat(), left="")


def reworded(before: TeamPerson, after: TeamPerson, others: Iterable[TeamPerson], today: dt.date) -> TeamPerson:
    """What the team knows of somebody, written anew; whoever has left stays so, and only they say who they are.

    Raises:
        PlainError: as for :func:`joined`; another who is here goes by the same name only where they are here too.
    """
    content = joined(after, () if before.left else others, today)
    return replace(content, account=before.account, left=before.left)


def gone(person: TeamPerson, today: dt.date) -> TeamPerson:
    """The person as somebody who has left; what they wrote stays theirs."""
    return replace(person, left=today.isoformat())


def claimed(person: TeamPerson, account: str) -> TeamPerson:
    """The person as whoever is signed in; raises :class:`PlainError` when somebody else said so before."""
    if person.account not in ("", account):
        raise PlainError("Somebody else has said that this is them: ask an owner of this workspace.")
    return replace(person, account=account)


def composition(people: Iterable[TeamPerson]) -> Composition:
    """Whom the team has and what it lacks, of those who are here. A place brings the lens that goes with it."""
    here = [person for person in people if not person.left]
    held = {lens for person in here for lens in person.lenses}
    held |= {LENS_OF_A_PLACE[person.place] for person in here if person.place in LENS_OF_A_PLACE}
    places = {person.place for person in here}
    return Composition(
        counted=sum(person.place in ("team", "community partner") for person in here),
        missing_lenses=tuple(lens for lens in LENSES if lens not in held),
        missing_places=tuple(place for place in PLACES if place != "team" and place not in places),
    )


def reports(people: Iterable[tuple[str, TeamPerson]]) -> frozenset[frozenset[str]]:
    """Pairs of ids in which one leads the other. A senior leader leads everybody who did not say otherwise."""
    by_id = dict(people)
    leaders = [key for key, person in by_id.items() if person.place in ("senior leader", "alternate")]
    pairs = {frozenset((key, p.reports_to)) for key, p in by_id.items() if p.reports_to and p.reports_to in by_id}
    pairs |= {
        frozenset((key, leader))
        for key, person in by_id.items()
        for leader in leaders
        if key != leader and person.reports_to is None and key not in leaders
    }
    return frozenset(pair for pair in pairs if len(pair) == 2)


def attended(
    title: str, day: dt.date, names: Sequence[str] | None, participants: int, people: Iterable[tuple[str, TeamPerson]]
) -> Attendance:
    """Who of the team was at a call, by the names that people joined with; None where the call kept none.

    A name that is whole, or a first name that only one person has, points to them; any other points to nobody.
    """
    if names is None:
        return Attendance(title, day, participants, frozenset(), 0, named=False)
    known = [(key, person.name) for key, person in people]
    first = Counter(_words(name)[:1] for _, name in known)
    there, unknown = set(), 0
    for given in names:
        whole = [key for key, name in known if _same(given, name)]
        by_first = [key for key, name in known if _words(name)[:1] == _words(given) and first[_words(name)[:1]] == 1]
        hits = whole or by_first
        if len(hits) == 1:
            there.add(hits[0])
        else:
            unknown += 1
    return Attendance(title, day, participants, frozenset(there), unknown, named=True)


def _words(name: str) -> tuple[str, ...]:
    return tuple(seen(name).casefold().split())


def _same(one: str, other: str) -> bool:
    return bool(_words(one)) and _words(one) == _words(other)
