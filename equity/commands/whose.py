"""Whose a dataset or a release is, for a command that writes something down in its workspace."""

from __future__ import annotations

from equity.store.files.owner_file import NOBODY
from equity.vocabulary import PlainError


def workspace_of(dataset: str) -> str:
    """The workspace of a dataset; raises :class:`PlainError` where the store and the dataset's folder disagree."""
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.ownership import workspace_of_dataset

    found = workspace_of_dataset(workspace_database(), dataset)
    if found == NOBODY:
        raise PlainError(
            f"Whose the dataset “{dataset}” is cannot be told: the workspace store and its owner.json disagree. "
            "Restore both from one backup."
        )
    return found
