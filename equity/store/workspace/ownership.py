"""Whose is what: the workspace of each dataset and of each release on disk.

Each belongs to one workspace. The store says so and the dataset's own folder does (owner_file.py): where only one of
them does it holds, and where they disagree the dataset is nobody's. One that nobody has put anywhere (the sample)
belongs to the home workspace. A release is put where it belongs when it is made (publishing.py); one that was not
belongs where its dataset does.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from equity.store.files.naming import clean_name
from equity.store.files.owner_file import NOBODY, owner_written, write_owner
from equity.store.files.versions import dataset_folder
from equity.store.workspace.database import Database
from equity.store.workspace.tables import WorkspaceDatasetRow, WorkspaceReleaseRow, WorkspaceRow
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError


def claim_dataset(database: Database, workspace: str, dataset: str, *, on_disk: Iterable[str]) -> None:
    """Take a dataset's name for a workspace, before anything is loaded under it. Doing so twice changes nothing.

    ``on_disk`` are the names that have files already. Raises :class:`PlainError` when the name is another workspace's:
    loading into a dataset never changes whose it is.
    """
    name = clean_name(dataset)
    if workspace_of_dataset(database, name) != workspace:
        if name in on_disk:
            raise _taken(name)
        _take(database, workspace, name)
    if workspace_of_dataset(database, name) != workspace:
        raise _taken(name)


def give_up_dataset(database: Database, workspace: str, dataset: str) -> None:
    """Let go of a dataset's name, when nothing is left under it; another workspace may take it then."""
    with database.writing() as session:
        row = session.get(WorkspaceDatasetRow, clean_name(dataset))
        if row is not None and row.workspace_id == workspace:
            session.delete(row)


def workspace_of_dataset(database: Database, dataset: str) -> str:
    """The id of the workspace that a dataset belongs to; NOBODY where the store and the folder disagree."""
    name = clean_name(dataset)
    with database.reading() as session:
        row = session.scalar(select(WorkspaceDatasetRow.workspace_id).where(WorkspaceDatasetRow.dataset == name))
    return _of_both(database, name, row)


def datasets_in(database: Database, workspace: str, on_disk: Iterable[str]) -> tuple[str, ...]:
    """Those of the datasets on disk that belong to a workspace, in the order given."""
    with database.reading() as session:
        owners = dict(session.execute(select(WorkspaceDatasetRow.dataset, WorkspaceDatasetRow.workspace_id)).all())
    return tuple(name for name in on_disk if _of_both(database, name, owners.get(clean_name(name))) == workspace)


def _of_both(database: Database, name: str, row: str | None) -> str:
    """The workspace by the store's row and by what is written beside the dataset."""
    written = owner_written(dataset_folder(database.home, name))
    if row is None or written is None:
        return row or (HOME_WORKSPACE if written is None else written)
    return row if row == written else NOBODY


def write_owners(database: Database) -> int:
    """Write beside each dataset that older programs loaded whose it is, as the store says; gives how many."""
    with database.reading() as session:
        rows = session.execute(select(WorkspaceDatasetRow.dataset, WorkspaceDatasetRow.workspace_id)).all()
    count = 0
    for name, workspace in rows:
        folder = dataset_folder(database.home, name)
        if folder.is_dir() and owner_written(folder) is None:
            write_owner(folder, workspace)
            count += 1
    return count


def workspace_of_release(database: Database, release_id: str, dataset: str) -> str:
    """The id of the workspace that a release (of this dataset) belongs to; it may be that of a deleted workspace."""
    with database.reading() as session:
        query = select(WorkspaceReleaseRow.workspace_id).where(WorkspaceReleaseRow.release_id == release_id)
        workspace = session.scalar(query)
    return workspace_of_dataset(database, dataset) if workspace is None else workspace


def _take(database: Database, workspace: str, name: str) -> None:
    try:
        with database.writing() as session:
            _there(session, workspace)
            if session.get(WorkspaceDatasetRow, name) is None:
                session.add(WorkspaceDatasetRow(dataset=name, workspace_id=workspace))
    except IntegrityError:  # two workspaces took one name at once, and the other was first
        raise _taken(name) from None


def _there(session: Session, workspace: str) -> None:
    if session.get(WorkspaceRow, workspace) is None:
        raise PlainError("This workspace is not there any more: please choose another.")


def _taken(name: str) -> PlainError:
    return PlainError(f"The name “{name}” is taken: please give this dataset another name.")
