"""Workspaces, and what goes and stays when something is deleted."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from equity.store.records.annotations import Scope, annotate, annotations_in
from equity.store.records.chart_frames import FrameKey, save_frame
from equity.store.records.frame_values import KeptFrame
from equity.store.workspace.audit_log import entries
from equity.store.workspace.conflict import Conflict
from equity.store.workspace.database import Database
from equity.store.workspace.links import make_link
from equity.store.workspace.ownership import claim_dataset, give_up_dataset, workspace_of_dataset
from equity.store.workspace.person import LOCAL_OWNER, Person
from equity.store.workspace.replies import keep_reply, replies_to
from equity.store.workspace.workspaces import (
    HOME_WORKSPACE,
    dataset_erasure,
    delete_workspace,
    erase_dataset,
    make_workspace,
    rename_workspace,
    workspace,
    workspace_erasure,
)
from equity.vocabulary import PlainError
from tests.made_up_notes import add_note, notes_in
from tests.workspace_stores import HOSTILE_TEXTS, somebody


def said(database: Database, room: str, dataset: str, by: Person) -> None:
    """One of everything that can be said about a dataset; its frame is saved twice."""
    key = FrameKey(dataset, "Pressure", "race")
    save_frame(database, room, key, KeptFrame(target=0.7), seen_version=0, by=by)
    save_frame(database, room, key, KeptFrame(target=0.8), seen_version=1, by=by)
    annotate(database, room, "2024-03", "Service", by=by, scope=Scope(dataset))
    annotate(database, room, "2024-03", "For every dataset", by=by)
    add_note(database, room, "Words", by=by, dataset=dataset)
    link, _ = make_link(database, room, "release-1", by=by, title="Board")
    keep_reply(database, link.id, "", "Thank you")


def test_deleting_a_dataset_takes_what_is_said_of_it_and_says_what_stays(database: Database) -> None:
    ada = somebody(database, "Ada")
    heart = make_workspace(database, "Heart", by=ada)
    claim_dataset(database, heart.id, "Visits", on_disk=())
    said(database, heart.id, "Visits", ada)
    add_note(database, heart.id, "Others stay", by=ada, dataset="Births")
    announced = dataset_erasure(database, heart.id, "Visits")
    assert (announced.chart_frames, announced.annotations, announced.notes) == (1, 1, 1)
    assert "audit log stays" in announced.what_stays
    assert erase_dataset(database, heart.id, "Visits", by=ada) == announced
    assert [note.content.words for note in notes_in(database, heart.id)] == ["Others stay"]
    assert [annotation.words for annotation in annotations_in(database, heart.id)] == ["For every dataset"]
    assert len(replies_to(database, heart.id, "release-1")) == 1
    assert entries(database, heart.id)[0].action == "dataset_deleted"
    assert dataset_erasure(database, heart.id, "Visits").chart_frames == 0
    assert workspace_of_dataset(database, "Visits") == heart.id  # until its files are gone
    give_up_dataset(database, HOME_WORKSPACE, "Visits")
    assert workspace_of_dataset(database, "Visits") == heart.id
    give_up_dataset(database, heart.id, "Visits")
    give_up_dataset(database, heart.id, "Visits")
    assert workspace_of_dataset(database, "Visits") == HOME_WORKSPACE
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM chart_frames")) == 0
        assert session.scalar(text("SELECT count(*) FROM workspace_datasets")) == 0


def test_deleting_a_workspace_takes_everything_but_the_audit_log(database: Database) -> None:
    ada = somebody(database, "Ada")
    heart = make_workspace(database, "Heart", by=ada)
    claim_dataset(database, heart.id, "Visits", on_disk=())
    said(database, heart.id, "Visits", ada)
    with pytest.raises(PlainError, match="still has datasets"):
        delete_workspace(database, heart.id, by=ada)
    erase_dataset(database, heart.id, "Visits", by=ada)
    give_up_dataset(database, heart.id, "Visits")
    said(database, heart.id, "Births", ada)
    announced = workspace_erasure(database, heart.id)
    assert (announced.chart_frames, announced.annotations, announced.notes) == (1, 3, 1)
    assert (announced.links, announced.replies) == (2, 2)
    before = entries(database, heart.id)
    assert delete_workspace(database, heart.id, by=ada) == announced
    after = entries(database, heart.id)
    assert after[1:] == before
    assert (after[0].action, after[0].subject, after[0].details["replies"]) == ("workspace_deleted", "Heart", 2)
    with database.reading() as session:
        for table in ("members", "chart_frames", "annotations", "records", "links", "replies", "invitations"):
            left = session.scalar(text(f"SELECT count(*) FROM {table} WHERE workspace_id = :w"), {"w": heart.id})
            assert left == 0, table
    with pytest.raises(PlainError, match="not there any more"):
        workspace(database, heart.id)


def test_the_home_workspace_cannot_be_deleted(database: Database) -> None:
    with pytest.raises(PlainError, match="cannot be deleted"):
        delete_workspace(database, HOME_WORKSPACE, by=LOCAL_OWNER)


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_a_name_is_kept_as_it_is_and_two_who_rename_both_know(database: Database, hostile: str) -> None:
    ada = somebody(database, "Ada")
    room = make_workspace(database, hostile, by=ada)
    assert workspace(database, room.id) == room
    assert room.name == hostile
    renamed = rename_workspace(database, room.id, "Heart", seen_version=1, by=ada)
    assert (renamed.name, renamed.version) == ("Heart", 2)
    with pytest.raises(Conflict) as told:
        rename_workspace(database, room.id, "Lungs", seen_version=1, by=ada)
    assert (told.value.yours, told.value.theirs, told.value.version) == ("Lungs", "Heart", 2)
    with pytest.raises(PlainError, match="not there any more"):
        rename_workspace(database, "gone", "Lungs", seen_version=1, by=ada)
