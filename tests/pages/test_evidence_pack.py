"""The page Evidence pack: what is shown, what is not yet, and that a hostile name in it does nothing."""

from __future__ import annotations

from pathlib import Path

from equity.server.sample_data import SAMPLE
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE, rename_workspace, workspace
from tests.pages.opened import HOSTILE, Open, html_of


def test_the_pack_says_what_there_is_not_yet(open_page: Open, home: Path) -> None:
    app = open_page("evidence_pack", dataset=SAMPLE)
    assert not app.exception
    page = html_of(app)
    assert "Joint Commission health-equity requirements" in page
    assert "○ Nothing yet." in page
    assert "There is no release yet" in page or "Numbers come from release" in page


def test_a_hostile_name_does_nothing(open_page: Open, home: Path) -> None:
    database = workspace_database()
    before = workspace(database, HOME_WORKSPACE)
    named = rename_workspace(database, HOME_WORKSPACE, HOSTILE, seen_version=before.version, by=LOCAL_OWNER)
    try:
        page = html_of(open_page("evidence_pack", dataset=SAMPLE))
        assert "<img" not in page
        assert "&lt;img" in page
    finally:
        rename_workspace(database, HOME_WORKSPACE, before.name, seen_version=named.version, by=LOCAL_OWNER)
