"""Who acts where nobody signs in, at a terminal or in a notebook: the local owner, in a dataset's workspace.

The store is read in by whoever writes into it, not by ``--help``.
"""

from __future__ import annotations

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


def publisher(dataset: str) -> Publisher:
    """Who loads; what was left unlogged by somebody who was killed is logged first."""
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.person import LOCAL_OWNER
    from equity.store.workspace.publishing import Publisher, log_what_is_missing

    database = workspace_database()
    log_what_is_missing(database, home_folder())
    return Publisher(database, workspace_of(dataset), LOCAL_OWNER)
