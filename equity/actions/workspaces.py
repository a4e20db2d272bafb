"""A workspace is deleted by its owner, with all that was said in it, once nobody else leans on it."""

from __future__ import annotations

from equity.access.here import Here
from equity.access.may import require
from equity.actions.network.cohorts import cohort_of
from equity.actions.network.membership import teams
from equity.actions.network.places import belongings
from equity.store.workspace import workspaces
from equity.store.workspace.workspaces import Erasure
from equity.vocabulary import PlainError
from equity.words.labels.team import TEAM_TEXTS


def delete_workspace(here: Here) -> Erasure:
    """Delete the workspace where somebody is; what went, counted.

    Raises:
        PlainError: it is this installation's first one, it holds datasets, it is in a cohort or leads other teams.
        Refused: this person may not.
    """
    require(here.database, here.person, here.workspace, "delete_workspace")
    with here.database.together():
        if any(not kept.content.left for kept in belongings(here)):
            raise PlainError(TEAM_TEXTS["leave_the_cohort_first"])
        if cohort_of(here) is not None and any(kept.content.is_in for kept in teams(here)):
            raise PlainError(TEAM_TEXTS["take_the_teams_out_first"])
        return workspaces.delete_workspace(here.database, here.workspace, by=here.person)
