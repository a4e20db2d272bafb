"""What teams chose to show: found by topic, area and idea; asked about; taken as one's own beginning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from equity.access.here import Here
from equity.access.may import require
from equity.actions.network.places import members_in, needed_place, pieces_in
from equity.actions.work import cycles as cycle_actions
from equity.actions.work import drivers as driver_actions
from equity.improvement.cycles import Cycle, CycleQuestion
from equity.improvement.drivers import LEVELS, Driver, DriverDiagram, put
from equity.network.members import Ask
from equity.network.nouns import ASK
from equity.network.pieces import Piece, PieceKind
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.vocabulary import PlainError
from equity.vocabulary.written import is_written
from equity.words.escaping import one_line
from equity.words.labels.network import NETWORK_TEXTS

MOST_ASKED = 500
LONGEST = 2_000


@dataclass(frozen=True)
class Hung:
    """A piece in the gallery: the record, whose it is, whether that is the viewer's own team, what was asked of it."""

    record: str
    piece: Piece
    member: str
    team: str
    own: bool
    asks: tuple[Kept[Ask], ...]


@dataclass(frozen=True)
class Search:
    """What somebody looks for; empty parts are open. ``words`` are found in what a piece says."""

    kind: PieceKind | None = None
    area: str = ""
    topic: str = ""
    idea: str = ""
    words: str = ""


def gallery(here: Here, home: Path, search: Search = Search()) -> tuple[Hung, ...]:
    """The pieces that teams show, the newest first; those of a release that was revoked since are gone."""
    require(here.database, here.person, here.workspace, "see_network")
    place, members = needed_place(here), members_in(here)
    asks: dict[str, list[Kept[Ask]]] = {}
    for asked in shelf.listed(here.database, place.workspace, ASK):
        asks.setdefault(asked.parent, []).append(asked)
    pieces = []
    for kept in pieces_in(here, home):
        if kept.content.seen == "gallery" and _fits(kept.content, search):
            team, own = members[kept.parent].content, kept.parent == place.member
            pieces.append(Hung(kept.id, kept.content, kept.parent, team.name, own, tuple(asks.get(kept.id, ()))))
    return tuple(sorted(pieces, key=lambda hung: (hung.piece.shared, hung.record), reverse=True))


def hung_piece(here: Here, home: Path, record: str) -> Hung:
    """One piece of the gallery; raises :class:`PlainError` when it was taken back."""
    require(here.database, here.person, here.workspace, "see_network")
    piece = next((hung for hung in gallery(here, home) if hung.record == record), None)
    if piece is None:
        raise PlainError("This piece is not in the gallery any more: its team took it back.")
    return piece


def _fits(piece: Piece, search: Search) -> bool:
    def same(text: str, wanted: str) -> bool:
        return not wanted or text.casefold().strip() == wanted.casefold().strip()

    areas = [area.strip() for area in piece.area.split(";")]
    return (
        search.kind in (None, piece.kind)
        and (not search.area or any(same(area, search.area) for area in areas))
        and same(piece.topic, search.topic)
        and same(piece.idea, search.idea)
        and all(word in _text_of(piece) for word in search.words.casefold().split())
    )


def _text_of(piece: Piece) -> str:
    parts = [piece.title, piece.topic, piece.idea, piece.area, *(said.text for said in piece.words)]
    parts += [driver.words for driver in piece.drivers]
    parts += [measure.name for measure in piece.release.measures] if piece.release else []
    if piece.cycle is not None:
        parts += [piece.cycle.what, piece.cycle.why, piece.cycle.learned]
    return " ".join(parts).casefold()


def ask_team(here: Here, home: Path, record: str, words: str) -> Kept[Ask]:
    """Ask the team of a piece; question and answer stand under it for all who see the gallery."""
    require(here.database, here.person, here.workspace, "see_network")
    hung, place = hung_piece(here, home, record), needed_place(here)
    if not is_written(words):
        raise PlainError("Write what you want to know.")
    if len(hung.asks) >= MOST_ASKED:
        raise PlainError("This piece has been asked about as often as it takes: please write to the team.")
    asking = members_in(here)[place.member].content.name if place.member else place.cohort.content.title
    asked = Ask(hung.piece.id, words.strip()[:LONGEST], f"{here.person.shown_name}, {asking}")
    return shelf.add(here.database, place.workspace, ASK, asked, by=here.person, parent=hung.record, readers="network")


def answer_ask(here: Here, home: Path, asked: Kept[Ask], words: str) -> Kept[Ask]:
    """Answer a question about a piece of the own team; whoever leads the cohort may pass an answer on.

    Raises :class:`PlainError` for a piece of another team, or without words.
    """
    require(here.database, here.person, here.workspace, "see_network")
    hung, place = hung_piece(here, home, asked.parent), needed_place(here)
    if place.member and not hung.own:
        raise PlainError("This piece is another team’s: they answer.")
    if not is_written(words):
        raise PlainError("Write your answer.")
    answered = replace(asked.content, answer=words.strip()[:LONGEST], answered_by=here.person.shown_name)
    return shelf.edit(
        here.database, place.workspace, ASK, asked.id, answered, seen_version=asked.version, by=here.person
    )


# A beginning of one's own


def origin_of(hung: Hung) -> str:
    """Where a copy comes from, as it is kept with it."""
    return NETWORK_TEXTS["origin"].format(team=one_line(hung.team, 200), day=hung.piece.shared)


def copy_drivers(here: Here, home: Path, record: str, aim: str) -> Kept[DriverDiagram]:
    """Begin the driver diagram of an aim as a copy, which says where it comes from.

    Raises:
        PlainError: it is no driver diagram, or the aim has one already.
    """
    require(here.database, here.person, here.workspace, "do_work")
    hung = hung_piece(here, home, record)
    if not hung.piece.drivers:
        raise PlainError("This piece is no driver diagram: choose one.")
    there = driver_actions.diagram(here, aim)
    if there is not None and there.content.drivers:
        raise PlainError("This aim has a driver diagram already: copy into an aim without one.")
    kept = there or driver_actions.begin_diagram(here, aim)
    return driver_actions.save_diagram(here, kept, drawn(hung))


def drawn(hung: Hung) -> DriverDiagram:
    """The diagram of a piece, built link by link under the rules of our own, with its origin."""
    made = DriverDiagram(origin=origin_of(hung))
    for level in LEVELS:
        for each in hung.piece.drivers:
            if each.level == level:
                made = put(made, Driver(each.id, level, each.words), each.strong, each.weak)
    return made


def copy_cycle(here: Here, home: Path, record: str, project: str) -> Kept[Cycle]:
    """Begin a test of change as a copy: what is tried and what it asks, at the smallest scale, predicted anew.

    Raises:
        PlainError: it is no test of change, or the project is not there any more.
    """
    require(here.database, here.person, here.workspace, "do_work")
    hung = hung_piece(here, home, record)
    told = hung.piece.cycle
    if told is None:
        raise PlainError("This piece is no test of change: choose one.")
    asked = tuple(CycleQuestion(question.words) for question in told.questions if question.words.strip()) or (
        CycleQuestion(),
    )
    begun = Cycle(objective=told.what, what=told.what, questions=asked, origin=origin_of(hung))
    return cycle_actions.begin_cycle(here, project, begun)
