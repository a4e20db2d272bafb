"""Whose is what: no dataset and no release ever becomes another workspace's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from equity.store.workspace.audit_log import entries
from equity.store.workspace.database import Database
from equity.store.workspace.links import make_link
from equity.store.workspace.ownership import (
    claim_dataset,
    datasets_in,
    give_up_dataset,
    workspace_of_dataset,
    workspace_of_release,
)
from equity.store.workspace.person import Person
from equity.store.workspace.publishing import Publisher
from equity.store.workspace.workspaces import HOME_WORKSPACE, delete_workspace, erase_dataset, make_workspace
from equity.vocabulary import PlainError
from tests.workspace_stores import somebody


def test_a_dataset_is_in_one_workspace(database: Database) -> None:
    ada = somebody(database, "Ada")
    heart, lungs = make_workspace(database, "Heart", by=ada), make_workspace(database, "Lungs", by=ada)
    claim_dataset(database, heart.id, "Visits", on_disk=())
    claim_dataset(database, heart.id, " Visits ", on_disk=("Visits",))
    with pytest.raises(PlainError, match="name “Visits” is taken"):
        claim_dataset(database, lungs.id, "Visits", on_disk=())
    on_disk = ("Visits", "Sample", "Births")
    assert datasets_in(database, heart.id, on_disk) == ("Visits",)
    assert datasets_in(database, lungs.id, on_disk) == ()
    assert datasets_in(database, HOME_WORKSPACE, on_disk) == ("Sample", "Births")
    assert workspace_of_dataset(database, "Visits") == heart.id


def test_what_the_command_line_loaded_is_the_home_workspaces_and_nobody_takes_it(database: Database) -> None:
    heart = make_workspace(database, "Heart", by=somebody(database, "Ada"))
    claim_dataset(database, HOME_WORKSPACE, "Sample", on_disk=("Sample",))
    with pytest.raises(PlainError, match="is taken"):
        claim_dataset(database, heart.id, "Sample", on_disk=("Sample",))
    assert workspace_of_dataset(database, "Sample") == HOME_WORKSPACE


def test_of_many_workspaces_that_take_one_name_at_once_one_gets_it(database: Database) -> None:
    ada = somebody(database, "Ada")
    rooms = [make_workspace(database, str(number), by=ada) for number in range(4)]

    def take(room: str) -> bool:
        try:
            claim_dataset(database, room, "Visits", on_disk=())
        except PlainError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        took = list(pool.map(take, (room.id for room in rooms)))
    assert sum(took) == 1
    assert workspace_of_dataset(database, "Visits") == rooms[took.index(True)].id


def put_release(folder: Path, database: Database, workspace: str, release: str, *, by: Person) -> None:
    """Announce a release and log it, as whoever makes one does."""
    publisher = Publisher(database, workspace, by)
    publisher.announce(folder / "entry.json", "release_created", release, {"dataset": "Visits"})
    publisher.log(folder / "entry.json")


def test_a_release_stays_its_workspaces_whatever_becomes_of_dataset_and_workspace(
    database: Database, tmp_path: Path
) -> None:
    ada = somebody(database, "Ada")
    heart, lungs = make_workspace(database, "Heart", by=ada), make_workspace(database, "Lungs", by=ada)
    claim_dataset(database, heart.id, "Visits", on_disk=())
    assert workspace_of_release(database, "r1", "Visits") == heart.id
    put_release(tmp_path, database, heart.id, "r1", by=ada)
    assert entries(database, heart.id)[0].action == "release_created"
    put_release(tmp_path, database, lungs.id, "r1", by=ada)
    assert [entry.action for entry in entries(database, lungs.id)] == ["workspace_made"]
    erase_dataset(database, heart.id, "Visits", by=ada)
    give_up_dataset(database, heart.id, "Visits")
    claim_dataset(database, lungs.id, "Visits", on_disk=())
    assert workspace_of_release(database, "r1", "Visits") == heart.id
    delete_workspace(database, heart.id, by=ada)
    assert workspace_of_release(database, "r1", "Visits") == heart.id
    assert workspace_of_release(database, "r2", "Visits") == lungs.id


def test_nobody_makes_a_link_to_another_workspaces_release(database: Database, tmp_path: Path) -> None:
    ada = somebody(database, "Ada")
    heart, lungs = make_workspace(database, "Heart", by=ada), make_workspace(database, "Lungs", by=ada)
    put_release(tmp_path, database, heart.id, "r1", by=ada)
    with pytest.raises(PlainError, match="not one of this workspace"):
        make_link(database, lungs.id, "r1", by=ada, title="Board")
    make_link(database, heart.id, "r1", by=ada, title="Board")


def test_nothing_is_put_into_a_workspace_that_is_gone(database: Database) -> None:
    with pytest.raises(PlainError, match="not there any more"):
        claim_dataset(database, "gone", "Visits", on_disk=())
