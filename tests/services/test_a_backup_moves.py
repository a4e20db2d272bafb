"""A backup moves a workspace from SQLite to PostgreSQL and back, the log's chain unbroken."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.store.workspace import audit_log
from equity.store.workspace.backup import back_up, restore
from equity.store.workspace.database import open_database, sqlite_url
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.made_up_notes import add_note, notes_in
from tests.services.postgresql import PostgresqlServer

pytestmark = pytest.mark.services


def test_there_and_back_again(postgresql_server: PostgresqlServer, tmp_path: Path) -> None:
    homes = [tmp_path / name for name in ("one", "many", "one again")]
    urls = [sqlite_url(homes[0] / "workspace.db"), postgresql_server.new_store(), sqlite_url(homes[2] / "workspace.db")]
    for home in homes:
        home.mkdir()
    stores = [open_database(url) for url in urls]
    for number, (home, store) in enumerate(zip(homes, stores, strict=True)):
        if number:
            restore(home, store, tmp_path / f"{number - 1}.tar")
        words = f"Written in store {number}."
        add_note(store, HOME_WORKSPACE, words, by=LOCAL_OWNER, dataset="Visits")
        assert audit_log.held_against_chain(store).broken is None
        back_up(home, store, tmp_path / f"{number}.tar")
    written = {note.content.words for note in notes_in(stores[-1], HOME_WORKSPACE)}
    assert written == {f"Written in store {number}." for number in range(3)}
    actions = [entry.action for entry in audit_log.entries(stores[-1], HOME_WORKSPACE)]
    # The newest first: the last backup has begun and is done; those before were in their files while they had begun.
    assert actions.count("record_added") == 3
    moved = [action for action in actions if action != "record_added"]
    assert moved == ["backed_up", "backed_up", "restored", "backed_up", "restored", "backed_up"]
    for store in stores:
        store.close()
