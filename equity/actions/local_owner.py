"""Who acts where nobody signs in, at a terminal or in a notebook: the local owner, in a dataset's workspace.

The store is read in by whoever writes into it, not by ``--help``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from equity.store.files.home import home_folder
from equity.store.files.owner_file import NOBODY
from equity.vocabulary import PlainError

if TYPE_CHECKING:
    from equity.store.workspace.publishing import Publisher


def workspace_of(dataset: str) -> str:
    """The workspace of a dataset; raises :class:`PlainError` where the store and the dataset's folder disagree."""
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.ownership import workspace_of_dataset

    workspace = workspace_of_dataset(workspace_database(), dataset)
    if workspace == NOBODY:
        raise PlainError(
            f"Whose the dataset “{dataset}” is cannot be told: the workspace store and its owner.json disagree. "
            "Restore both from one backup."
        )
    return workspace


def workspace_there(workspace_id: str) -> str:
    """The id of a workspace that there is; raises :class:`PlainError` that lists them with their names."""
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.workspaces import every_workspace

    held = every_workspace(workspace_database())
    if workspace_id not in {each.id for each in held}:
        there = ", ".join(f"{each.id} (“{each.name}”)" for each in held)
        raise PlainError(f"There is no workspace “{workspace_id}”. Those there are: {there}.")
    return workspace_id


def dataset_of(dataset: str, workspace: str) -> tuple[str, str]:
    """A dataset's name and its workspace: in the workspace that was named, under the name that is kept there.

    No workspace named: the dataset's own, and its name as it is.
    """
    if not workspace:
        return dataset, workspace_of(dataset)
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.dataset_names import name_for

    place = workspace_there(workspace)
    name = name_for(workspace_database(), place, dataset)
    workspace_of(name)
    return name, place


@dataclass(frozen=True)
class Loading:
    """The name under which files are loaded, and who loads."""

    dataset: str
    by: Publisher


@contextmanager
def loading_into(dataset: str, workspace: str = "") -> Iterator[Loading]:
    """Who loads into a dataset: a new name is the workspace's before anything stands under it.

    Where nothing does in the end, the name is free again. What somebody who was killed left unlogged is logged first.
    """
    from equity.store.files.versions import datasets
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.ownership import claim_dataset, give_up_dataset
    from equity.store.workspace.person import LOCAL_OWNER
    from equity.store.workspace.publishing import Publisher, log_what_is_missing

    database, home = workspace_database(), home_folder()
    log_what_is_missing(database, home)
    name, place = dataset_of(dataset, workspace)
    if workspace:
        claim_dataset(database, place, name, on_disk=[held.name for held in datasets(home)])
    try:
        yield Loading(name, Publisher(database, place, LOCAL_OWNER))
    finally:
        if workspace and name not in {held.name for held in datasets(home)}:
            give_up_dataset(database, place, name)
