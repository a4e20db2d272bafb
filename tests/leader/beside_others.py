"""A team beside five organizations in a cohort: what is sent to each of them of a comparison that it is in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec

from equity.access.here import Here
from equity.actions.network import cohorts, comparing, membership, sharing
from equity.actions.network.told import Wish
from equity.export.comparison_sheet import comparison_sheet
from equity.network.cohorts import Cohort
from equity.network.members import Member
from equity.network.nouns import MEMBER, SHARED_PIECE
from equity.network.pieces import Piece
from equity.store.records import shelf
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import make_workspace
from equity.vocabulary import PlainError

if TYPE_CHECKING:
    from tests.leader.sent_outside import Outside

MOST_COMPARED: Final = 12


def compared(team: Outside) -> Iterator[tuple[str, str]]:
    """Beside five organizations in a cohort: what each of them, the cohort's facilitator and the team itself see."""
    database, home = team.place.database, team.place.home
    cohort = Here(database, make_workspace(database, "Cohort", by=LOCAL_OWNER).id, LOCAL_OWNER)
    cohorts.begin_cohort(cohort, Cohort("Cohort"))
    belonging = membership.join_cohort(team.here, membership.invite_team(cohort, "Team")[1])
    own = sharing.share(team.here, home, belonging, Wish("release", team.release.id, seen="comparison")).content
    other = [_beside(cohort, own, number) for number in range(1, 6)]
    for asked, _ in comparing.comparable(cohort, home)[:MOST_COMPARED]:
        try:
            kept = comparing.make_comparison(cohort, home, asked)
        except PlainError as refused:
            yield f"{asked}", str(refused)
            continue
        yield f"{asked}", comparison_sheet(comparing.picture_for(cohort, home, kept.id, other[0])).decode()
    for name, here in (("facilitator", cohort), ("team", team.here)):
        yield name, msgspec.json.encode(comparing.comparisons(here, home)).decode()


def _beside(cohort: Here, own: Piece, number: int) -> str:
    """An organization elsewhere with rates of its own for whatever this one shows; its record."""
    assert own.release is not None
    rows = []
    for measure, grouping, group, period, n, *_ in own.release.rows:
        x = round(n * (0.3 + 0.05 * number))
        rows.append((measure, grouping, group, period, n + number, x, n + number, x / (n + number), 0.0, 1.0))
    told = replace(own.release, id=f"r{number}", rows=tuple(rows))
    member = Member(f"Other {number}", joined="2026-01-01", key="k", team=f"t{number}")
    kept = shelf.add(cohort.database, cohort.workspace, MEMBER, member, by=LOCAL_OWNER)
    piece = replace(own, id=f"p{number}", release=told)
    shelf.add(cohort.database, cohort.workspace, SHARED_PIECE, piece, by=LOCAL_OWNER, parent=kept.id)
    return kept.id
