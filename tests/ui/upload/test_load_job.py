"""Loading from the page: logged, the upload's bytes gone afterwards; a name of another workspace's is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.access.may import Allowed
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.server import start
from equity.store.files import staging
from equity.store.workspace.audit_log import entries
from equity.store.workspace.database import workspace_database
from equity.store.workspace.ownership import workspace_of_dataset
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.publishing import Publisher
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.ui.upload import upload_flow
from equity.ui.upload.load_job import LoadJob
from tests.pages.people import MAPPING, small_extract


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    return tmp_path


def job(dataset: str, workspace: str) -> LoadJob:
    file = small_extract(staging.new_folder())
    return LoadJob(file, dataset, mapping_from_toml(MAPPING, "test"), "new", Allowed(LOCAL_OWNER, workspace))


def test_an_upload_is_gone_when_it_has_been_loaded_and_the_load_is_logged() -> None:
    loading = job("Visits", HOME_WORKSPACE)
    loading.run()
    assert loading.problem == ""
    assert not loading.file.exists()
    newest = entries(workspace_database(), HOME_WORKSPACE)[0]
    assert (newest.action, newest.subject, newest.details["version"]) == ("loaded", "Visits", 1)


def test_what_a_killed_server_left_is_logged_by_one_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(Publisher, "log", lambda *_: None)
        job("Visits", HOME_WORKSPACE).run()
    assert entries(workspace_database(), HOME_WORKSPACE) == ()
    start.log_what_a_killed_server_left()
    assert entries(workspace_database(), HOME_WORKSPACE)[0].action == "loaded"


def test_a_dataset_belongs_to_the_workspace_that_loaded_it_and_to_no_other() -> None:
    database = workspace_database()
    elsewhere = make_workspace(database, "Across the street", by=LOCAL_OWNER).id
    job("Visits", elsewhere).run()
    assert workspace_of_dataset(database, "Visits") == elsewhere
    second = job("Visits", HOME_WORKSPACE)
    second.run()
    assert "is taken" in second.problem
    assert second.file.exists()
    staging.discard(second.file.parent)


def test_a_name_of_another_workspace_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    database, said = workspace_database(), []
    elsewhere = make_workspace(database, "Across the street", by=LOCAL_OWNER).id
    monkeypatch.setattr(upload_flow.prose, "small", said.append)
    monkeypatch.setattr(upload_flow.sign_in, "workspace_id", lambda: elsewhere)
    job("Visits", HOME_WORKSPACE).run()
    names = [upload_flow._kept_name(typed) for typed in ("Visits", "Never was", "")]
    assert names == ["Visits (Across the street)", "Never was (Across the street)", ""]
    assert said == [f"It is kept as “{name}”: datasets of a workspace carry its name." for name in names[:2]]
    loading = job(names[0], elsewhere)
    loading.run()
    assert (loading.problem, workspace_of_dataset(database, names[0])) == ("", elsewhere)
