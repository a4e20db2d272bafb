"""What was published and not logged is logged once: however many look, and not while somebody is at it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from equity.store.files.dataset_deletion import delete_dataset
from equity.store.files.earlier_versions import roll_back
from equity.store.files.staging import staged_folder
from equity.store.files.versions import Holding, held_for_loading, version_folder
from equity.store.workspace import publishing
from equity.store.workspace.audit_log import AuditEntry, entries, held_against_chain
from equity.store.workspace.database import Database
from equity.store.workspace.ownership import workspace_of_release
from equity.store.workspace.publishing import Publisher, log_what_is_missing
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.store.files.test_versions import description
from tests.workspace_stores import somebody


def staged_version(folder: Path) -> Path:
    (folder / "description.json").write_text(description().to_json(), encoding="utf-8")
    return folder


def publish_unlogged(home: Path, by: Publisher, name: str = "Visits") -> None:
    """A version whose maker was killed before it was logged."""
    with held_for_loading(home, name) as holding, staged_folder(home) as staged:
        by.announce(staged_version(staged) / "entry.json", "loaded", name, {"version": 1})
        Holding.publish(holding, staged)


def release_unlogged(home: Path, by: Publisher, release: str, *files: str) -> Path:
    folder = home / "releases" / release
    folder.mkdir(parents=True)
    by.announce(folder / "entry.json", "release_created", release, {"dataset": "Visits"})
    for name in files:
        (folder / name).touch()
    return folder


def told(database: Database) -> list[AuditEntry]:
    return [e for e in entries(database, HOME_WORKSPACE) if e.action in ("loaded", "rolled_back", "release_created")]


def test_many_that_look_at_once_log_it_once(database: Database, tmp_path: Path) -> None:
    by = Publisher(database, HOME_WORKSPACE, somebody(database, "Ada"))
    publish_unlogged(tmp_path, by)
    release_unlogged(tmp_path, by, "0123456789ab", "release.json")
    entry = publishing._read(version_folder(tmp_path, "Visits", 1) / "entry.json")
    with ThreadPoolExecutor(8) as servers:
        logged = list(servers.map(lambda _: publishing._log(database, entry, {}), range(8)))
    assert sum(logged) == 1
    with ThreadPoolExecutor(8) as servers:
        assert sum(servers.map(lambda _: log_what_is_missing(database, tmp_path), range(8))) == 1
    assert [(e.action, e.actor, e.subject) for e in told(database)] == [
        ("release_created", "Ada", "0123456789ab"),
        ("loaded", "Ada", "Visits"),
    ]
    assert workspace_of_release(database, "0123456789ab", "Visits") == HOME_WORKSPACE
    assert held_against_chain(database).broken is None


def test_what_somebody_is_at_is_left_to_them_and_what_is_gone_is_not_logged(database: Database, tmp_path: Path) -> None:
    by = Publisher(database, HOME_WORKSPACE, somebody(database, "Ada"))
    publish_unlogged(tmp_path, by)
    with held_for_loading(tmp_path, "Visits"):
        assert log_what_is_missing(database, tmp_path) == 0
    release_unlogged(tmp_path, by, "0123456789ab")  # being taken away: its record is gone already
    publish_unlogged(tmp_path, by, "Births")
    delete_dataset(tmp_path, "Births")
    assert log_what_is_missing(database, tmp_path) == 1
    assert [entry.subject for entry in told(database)] == ["Visits"]


def test_a_damaged_entry_keeps_no_other_out_of_the_log(database: Database, tmp_path: Path) -> None:
    by = Publisher(database, HOME_WORKSPACE, somebody(database, "Ada"))
    for name, text in {"A": "no longer readable", "B": "[]", "C": '{"mark": "m"}'}.items():
        publish_unlogged(tmp_path, by, name)
        (version_folder(tmp_path, name, 1) / "entry.json").write_text(text, encoding="utf-8")
    publish_unlogged(tmp_path, by, "Visits")
    assert log_what_is_missing(database, tmp_path) == 1
    assert [entry.subject for entry in told(database)] == ["Visits"]


def test_a_version_that_is_made_of_an_old_one_has_an_entry_of_its_own_or_none(
    database: Database, tmp_path: Path
) -> None:
    by = Publisher(database, HOME_WORKSPACE, somebody(database, "Ada"))
    publish_unlogged(tmp_path, by)
    roll_back(tmp_path, "Visits", 1)
    assert not (version_folder(tmp_path, "Visits", 2) / "entry.json").exists()
    assert roll_back(tmp_path, "Visits", 1, by) == 3
    assert [entry.details for entry in told(database)] == [{"version": 3, "contents of": 1}]
    assert log_what_is_missing(database, tmp_path) == 1
