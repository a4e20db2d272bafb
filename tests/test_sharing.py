"""Releases of a workspace, taking them back, and what goes and what stays when a dataset is deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity import sharing
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import opened
from equity.sharing import (
    delete_dataset,
    make_release,
    open_release_in,
    previous_release,
    release_in,
    releases_in,
    releases_of,
    take_back,
)
from equity.store.files import versions
from equity.store.workspace.audit_log import entries
from equity.store.workspace.database import Database, workspace_database
from equity.store.workspace.links import link_by_id, make_link
from equity.store.workspace.ownership import claim_dataset, workspace_of_dataset
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.replies import keep_persons_reply
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PlainError
from tests.made_up_notes import add_note, notes_in
from tests.pages.people import DATASET, small_home
from tests.store.files.test_versions import person_key, published

PLAN, CMS = Plan(("race",), "year", "none"), policy_of("cms")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    small_home(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def database(home: Path) -> Database:
    return workspace_database()


def test_a_release_is_attested_logged_and_one_workspaces(home: Path, database: Database) -> None:
    made = make_release(database, home, HOME_WORKSPACE, DATASET, PLAN, CMS, by=LOCAL_OWNER)
    assert made.attested_by == LOCAL_OWNER.shown_name
    assert releases_in(database, home, HOME_WORKSPACE) == (made,)
    assert releases_in(database, home, "elsewhere") == ()
    newest = entries(database, HOME_WORKSPACE)[0]
    assert (newest.action, newest.subject, newest.details["dataset"]) == ("release_created", made.id, DATASET)


def test_taking_back_closes_links_and_is_logged_once(home: Path, database: Database) -> None:
    made = make_release(database, home, HOME_WORKSPACE, DATASET, PLAN, CMS, by=LOCAL_OWNER)
    link, _ = make_link(database, HOME_WORKSPACE, made.id, by=LOCAL_OWNER, title="Board")
    assert take_back(database, home, HOME_WORKSPACE, made.id, by=LOCAL_OWNER) == 1
    assert take_back(database, home, HOME_WORKSPACE, made.id, by=LOCAL_OWNER) == 0
    kept = link_by_id(database, link.id)
    assert kept is not None
    assert kept.state == "revoked"
    with pytest.raises(PlainError, match="revoked"):
        open_release_in(database, home, HOME_WORKSPACE, made.id)
    assert release_in(database, home, HOME_WORKSPACE, made.id).revoked
    assert [e.action for e in entries(database, HOME_WORKSPACE)].count("release_revoked") == 1


def test_taking_back_that_was_cut_short_before_it_was_logged_is_logged_the_next_time(
    home: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_release(database, home, HOME_WORKSPACE, DATASET, PLAN, CMS, by=LOCAL_OWNER)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(sharing.links, "revoke_links_to", killed)
        take_back(database, home, HOME_WORKSPACE, made.id, by=LOCAL_OWNER)
    assert release_in(database, home, HOME_WORKSPACE, made.id).revoked
    take_back(database, home, HOME_WORKSPACE, made.id, by=LOCAL_OWNER)
    take_back(database, home, HOME_WORKSPACE, made.id, by=LOCAL_OWNER)
    assert [e.action for e in entries(database, HOME_WORKSPACE)].count("release_revoked") == 1


def test_the_release_before_is_of_the_same_rule_and_still_open(home: Path, database: Database) -> None:
    first = make_release(database, home, HOME_WORKSPACE, DATASET, PLAN, CMS, by=LOCAL_OWNER)
    other = make_release(database, home, HOME_WORKSPACE, DATASET, PLAN, policy_of("cms", 20), by=LOCAL_OWNER)
    last = make_release(database, home, HOME_WORKSPACE, DATASET, PLAN, CMS, by=LOCAL_OWNER)
    assert previous_release(database, home, HOME_WORKSPACE, other) is None
    before = previous_release(database, home, HOME_WORKSPACE, last)
    order = sorted((first, last), key=lambda r: (r.created, r.id))
    assert before == (first if order[0] == first else None)
    take_back(database, home, HOME_WORKSPACE, first.id, by=LOCAL_OWNER)
    assert previous_release(database, home, HOME_WORKSPACE, last) is None


def test_deleting_a_dataset_deletes_its_files_and_says_what_stays(home: Path, database: Database) -> None:
    folder = versions.dataset_folder(home, DATASET)
    made = make_release(database, home, HOME_WORKSPACE, DATASET, PLAN, CMS, by=LOCAL_OWNER)
    add_note(database, HOME_WORKSPACE, by=LOCAL_OWNER, dataset=DATASET, words="Look here.")
    make_link(database, HOME_WORKSPACE, made.id, by=LOCAL_OWNER, title="Board")
    keep_persons_reply(database, HOME_WORKSPACE, made.id, "Thank you.", by=LOCAL_OWNER)
    taken_back = make_release(database, home, HOME_WORKSPACE, DATASET, PLAN, CMS, by=LOCAL_OWNER)
    take_back(database, home, HOME_WORKSPACE, taken_back.id, by=LOCAL_OWNER)
    assert any(folder.rglob("extract.parquet"))
    key = person_key(home, DATASET).hex().encode()
    left = [str(each) for each in releases_of(database, home, HOME_WORKSPACE, DATASET)]
    assert left == [f"Release {made.id}, made {made.created[:10]}: 1 open link, 1 reply."]
    gone = delete_dataset(database, home, HOME_WORKSPACE, DATASET, by=LOCAL_OWNER)
    assert not folder.exists()
    assert [path for path in (home / "staging").rglob("*") if path.suffix != ".lock"] == []
    assert [path for path in home.rglob("*.parquet") if "releases" not in path.parts] == []
    assert [path for path in home.rglob("*") if path.is_file() and key in path.read_bytes()] == []
    assert [str(each) for each in gone.left] == left
    assert gone.files.files >= 5
    assert gone.words.notes == 1
    assert "Releases made from it stay" in str(gone)
    assert "the audit log stays" in str(gone)
    assert opened(home, made.id).cells().shape[0] > 0
    newest = entries(database, HOME_WORKSPACE)[0]
    assert (newest.action, newest.subject) == ("dataset_deleted", DATASET)


@pytest.mark.parametrize("cut_short", ["rename", "give_up_dataset"])
def test_a_deletion_that_is_cut_short_leaves_nothing_to_anybody_else_and_can_be_finished(
    home: Path, database: Database, monkeypatch: pytest.MonkeyPatch, cut_short: str
) -> None:
    heart = make_workspace(database, "Heart", by=LOCAL_OWNER)
    claim_dataset(database, heart.id, "Births", on_disk=[])
    published(home, "Births")
    add_note(database, heart.id, by=LOCAL_OWNER, dataset="Births", words="Look here.")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(*((Path, "rename") if cut_short == "rename" else (sharing, "give_up_dataset")), killed)
        delete_dataset(database, home, heart.id, "Births", by=LOCAL_OWNER)
    assert notes_in(database, heart.id) == ()
    assert workspace_of_dataset(database, "Births") == heart.id
    names = [held.name for held in versions.datasets(home)]
    assert names == (["Births", DATASET] if cut_short == "rename" else [DATASET])
    with pytest.raises(PlainError, match="taken"):
        claim_dataset(database, HOME_WORKSPACE, "Births", on_disk=names)
    if cut_short == "give_up_dataset":
        published(home, "Births")
    delete_dataset(database, home, heart.id, "Births", by=LOCAL_OWNER)
    claim_dataset(database, HOME_WORKSPACE, "Births", on_disk=[])


def test_a_dataset_that_is_being_loaded_keeps_what_was_said_about_it(home: Path, database: Database) -> None:
    add_note(database, HOME_WORKSPACE, by=LOCAL_OWNER, dataset=DATASET, words="Look here.")
    with versions.held_for_loading(home, DATASET), pytest.raises(PlainError, match="is being loaded"):
        delete_dataset(database, home, HOME_WORKSPACE, DATASET, by=LOCAL_OWNER)
    assert len(notes_in(database, HOME_WORKSPACE)) == 1
    assert [entry.action for entry in entries(database, HOME_WORKSPACE)] == ["record_added"]
