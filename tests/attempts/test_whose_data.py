"""A workspace store that is lost, empty or another: no workspace's data opens to another one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from equity.commands.line import run
from equity.store.files.owner_file import NOBODY, OWNER_FILE
from equity.store.files.staging import staged_folder
from equity.store.files.versions import dataset_folder, datasets, held_for_loading
from equity.store.workspace import audit_log
from equity.store.workspace.database import Database, open_database, sqlite_url
from equity.store.workspace.ownership import claim_dataset, datasets_in, workspace_of_dataset, write_owners
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.publishing import Publisher
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PlainError
from tests.store.files.test_versions import description
from tests.workspace_stores import somebody


def loaded(home: Path, store: Database, workspace: str, name: str) -> None:
    """A version of a dataset, published by somebody of a workspace."""
    claim_dataset(store, workspace, name, on_disk=[held.name for held in datasets(home)])
    publish(home, store, workspace, name)


def publish(home: Path, store: Database, workspace: str, name: str) -> None:
    with held_for_loading(home, name) as holding, staged_folder(home) as staged:
        (staged / "description.json").write_text(description().to_json(), encoding="utf-8")
        holding.publish(staged, Publisher(store, workspace, LOCAL_OWNER))


@pytest.fixture
def two(tmp_path: Path, sqlite_template: Path) -> tuple[Path, Database, str]:
    """A home with a dataset of the first workspace and one of another."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(sqlite_template, home / "workspace.db")
    store = open_database(sqlite_url(home / "workspace.db"))
    heart = make_workspace(store, "Heart", by=somebody(store, "Ada")).id
    loaded(home, store, HOME_WORKSPACE, "Ours")
    loaded(home, store, heart, "Theirs")
    return home, store, heart


ROWS = {
    "emptied": "DELETE FROM workspace_datasets",
    "as it was before the load": "DELETE FROM workspace_datasets WHERE dataset = 'Theirs'",
    "rewritten": "UPDATE workspace_datasets SET workspace_id = 'home'",
}


@pytest.mark.parametrize("statement", ROWS.values(), ids=list(ROWS))
def test_a_store_without_its_rows_opens_nothing(two: tuple[Path, Database, str], statement: str) -> None:
    home, store, _heart = two
    with store.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    names = [held.name for held in datasets(home)]
    assert datasets_in(store, HOME_WORKSPACE, names) == ("Ours",)
    assert workspace_of_dataset(store, "Theirs") != HOME_WORKSPACE


@pytest.mark.parametrize("lose", [Path.unlink, lambda file: file.write_bytes(b"")], ids=["missing", "empty"])
def test_a_lost_store_is_a_refusal_with_a_remedy(
    two: tuple[Path, Database, str],
    lose: Callable[[Path], object],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home, store, _heart = two
    store.close()
    for path in home.glob("workspace.db-*"):
        path.unlink()
    lose(home / "workspace.db")
    for _ in range(2):
        with pytest.raises(PlainError, match=r"store is missing or empty.*restore a backup.*begin-store"):
            open_database(sqlite_url(home / "workspace.db"))
    monkeypatch.setenv("EQUITY_HOME", str(home))
    assert run(["begin-store"]) == 0
    assert "stays closed" in capsys.readouterr().out
    begun = open_database(sqlite_url(home / "workspace.db"))
    assert datasets_in(begun, HOME_WORKSPACE, ["Ours", "Theirs"]) == ("Ours",)
    assert audit_log.entries(begun, HOME_WORKSPACE)[0].action == "store_begun"
    assert audit_log.held_against_chain(begun).is_whole
    begun.close()
    assert run(["begin-store"]) == 2


def test_another_stores_address_is_a_refusal_too(two: tuple[Path, Database, str], tmp_path: Path) -> None:
    home, _store, _heart = two
    with pytest.raises(PlainError, match="missing or empty"):
        open_database(sqlite_url(tmp_path / "another.db"), home)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"workspace": 7}', "[" * 100_000, '{"workspace": "home"'])
def test_an_owner_that_cannot_be_read_is_nobody(two: tuple[Path, Database, str], content: str) -> None:
    home, store, heart = two
    (dataset_folder(home, "Theirs") / OWNER_FILE).write_text(content, encoding="utf-8")
    assert workspace_of_dataset(store, "Theirs") == NOBODY
    assert datasets_in(store, HOME_WORKSPACE, ["Theirs"]) == datasets_in(store, heart, ["Theirs"]) == ()


def test_nobody_loads_into_what_is_another_workspaces_by_its_folder(two: tuple[Path, Database, str]) -> None:
    home, store, _heart = two
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM workspace_datasets")
    with pytest.raises(PlainError, match="taken"):
        claim_dataset(store, HOME_WORKSPACE, "Theirs", on_disk=["Theirs"])
    with pytest.raises(PlainError, match="another workspace's"):
        publish(home, store, HOME_WORKSPACE, "Theirs")


def test_what_older_programs_loaded_gets_its_owner_written_down(two: tuple[Path, Database, str]) -> None:
    home, store, heart = two
    (dataset_folder(home, "Theirs") / OWNER_FILE).unlink()
    assert write_owners(store) == 1
    assert write_owners(store) == 0
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM workspace_datasets")
    assert workspace_of_dataset(store, "Theirs") == heart
