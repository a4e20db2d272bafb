"""A team's workspace belongs to its own people as soon as one of them owns it."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions.network import membership
from equity.actions.network.handing_over import begin_team, invite_owner, settle
from equity.actions.network.places import belongings, cohort_place
from equity.store.workspace.people import accept_invitation, invite, members, remember_person
from equity.store.workspace.person import LOCAL_OWNER
from equity.vocabulary import PlainError
from tests.network.servers import begin, server
from tests.pages.people import ISSUER


def test_whoever_accepted_a_team_is_out_of_it_by_itself(tmp_path: Path) -> None:
    on = server(tmp_path / "s")
    cohort, _ = begin(on)
    team = begin_team(cohort, "Cedar")
    assert [m.person.id for m in members(on.database, team)] == [LOCAL_OWNER.id]
    ana, ben = (
        remember_person(on.database, ISSUER, name, name=name, email=f"{name}@example.org") for name in ("ana", "ben")
    )
    _, code = invite(on.database, team, ben.email, "analyst", by=LOCAL_OWNER)
    settle(on.database, accept_invitation(on.database, code, by=ben).workspace)
    assert len(members(on.database, team)) == 2  # an analyst owns nothing
    _, code = invite_owner(cohort, team, ana.email)
    joined = accept_invitation(on.database, code, by=ana)
    settle(on.database, joined.workspace)
    assert {(m.person.id, m.role) for m in members(on.database, team)} == {(ana.id, "owner"), (ben.id, "analyst")}
    with pytest.raises(NotAllowed):
        belongings(on.here(team))
    place = cohort_place(Here(on.database, team, ana))
    assert place is not None
    assert place.member
    with pytest.raises(PlainError, match="its own by now"):
        invite_owner(cohort, team, "other@example.org")
    settle(on.database, team)
    assert len(members(on.database, team)) == 2
    [kept] = membership.teams(cohort)
    assert (kept.content.name, kept.content.caretaker) == ("Cedar", "")
