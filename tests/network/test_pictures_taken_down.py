"""A picture that holds a team's rates is taken down when the team takes them back or leaves; others stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.access.here import Here
from equity.actions.network import membership, sharing
from equity.network.comparison import Comparison, RateAsked
from equity.network.members import Belonging, Member
from equity.network.nouns import BELONGING, COMPARISON, SHARE, SHARED_PIECE
from equity.network.pieces import Piece, ReleaseTold
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.person import LOCAL_OWNER
from tests.network.servers import Server, begin, join, server

DAY = "2026-11-02"
RATES = Piece("rates", "release", "Rates", DAY, "s", release=ReleaseTold("r", DAY, "A rule.", (), (), ()))
WORDS = Piece("words", "project", "Calls", DAY, "s")


class Place:
    """A cohort with two teams, each in a picture of its own; the first shares rates and words."""

    def __init__(self, on: Server) -> None:
        self.on, (self.space, _) = on, begin(on)
        self.team, other = on.workspace("Mill"), on.workspace("Lake")
        member, self.belonging = join(self.space, self.team, "Mill")
        self.own, self.others = self.picture(member), self.picture(join(self.space, other, "Lake")[0])
        self.shares = {piece.id: self.shared(piece, member) for piece in (RATES, WORDS)}

    def picture(self, member: Kept[Member]) -> str:
        made = Comparison(RateAsked("A measure", period="2024"), DAY, (), marks={member.id: "put in"})
        return shelf.add(self.on.database, self.space.workspace, COMPARISON, made, by=LOCAL_OWNER).id

    def shared(self, piece: Piece, member: Kept[Member]) -> Kept[Piece]:
        database, by = self.on.database, LOCAL_OWNER
        shelf.add(database, self.space.workspace, SHARED_PIECE, piece, by=by, parent=member.id)
        return shelf.add(database, self.team.workspace, SHARE, piece, by=by, parent=self.belonging.id)

    def down(self) -> list[bool]:
        """Whether the team's own picture and the other one are taken down."""
        place = (self.on.database, self.space.workspace, COMPARISON)
        return [bool(shelf.one(*place, kept).content.taken_down) for kept in (self.own, self.others)]

    def pieces(self) -> list[str]:
        found = shelf.listed(self.on.database, self.space.workspace, SHARED_PIECE)
        return sorted(kept.content.id for kept in found)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(server(tmp_path / "ours"))


def own_belonging(team: Here) -> Kept[Belonging]:
    return shelf.listed(team.database, team.workspace, BELONGING)[0]


def test_taking_rates_back_takes_the_picture_down(place: Place) -> None:
    sharing.take_back(place.team, place.belonging, place.shares["words"])
    assert (place.down(), place.pieces()) == ([False, False], ["rates"])
    sharing.take_back(place.team, place.belonging, place.shares["rates"])
    assert (place.down(), place.pieces()) == ([True, False], [])


def test_leaving_takes_the_picture_down_and_all_pieces_back(place: Place) -> None:
    membership.leave(place.team, own_belonging(place.team))
    assert (place.down(), place.pieces()) == ([True, False], [])
    assert shelf.listed(place.on.database, place.team.workspace, SHARE) == ()


def test_who_is_taken_out_goes_with_picture_and_pieces(place: Place) -> None:
    (mill,) = [kept for kept in membership.teams(place.space) if kept.content.name == "Mill"]
    membership.remove_team(place.space, mill)
    assert (place.down(), place.pieces()) == ([True, False], [])
