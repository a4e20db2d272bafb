"""Under which name a workspace keeps a dataset: names are one list for the whole server, and tell nothing of others.

In every workspace but the first a new name carries the workspace's own, whether or not another workspace has that name,
so that nobody learns from a refusal, or from a mark, what others have. Names from before this rule stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from equity.store.files.naming import LONGEST, clean_name
from equity.store.files.versions import dataset_folder
from equity.store.workspace.database import Database
from equity.store.workspace.ownership import workspace_of_dataset
from equity.store.workspace.tables import WorkspaceDatasetRow
from equity.store.workspace.workspaces import HOME_WORKSPACE, workspace
from equity.vocabulary import PlainError

SHORTEST_MARK = 8


def name_for(database: Database, workspace_id: str, wanted: str) -> str:
    """The name for a dataset that somebody of a workspace calls ``wanted``: as it is where it is theirs already.

    Raises :class:`PlainError` for a name that cannot be kept, or that leaves no room for the workspace's.
    """
    name = clean_name(wanted)
    for possible in _possible(database, workspace_id, name):
        is_taken = _is_taken(database, possible)
        if not is_taken or workspace_of_dataset(database, possible) == workspace_id:
            return possible
    raise PlainError("This name cannot be used here: please give this dataset another name.")


def _possible(database: Database, workspace_id: str, name: str) -> Iterator[str]:
    """The names to try, the likeliest first."""
    mark = workspace(database, workspace_id).name
    is_own = _is_taken(database, name) and workspace_of_dataset(database, name) == workspace_id
    if workspace_id == HOME_WORKSPACE or is_own or name.endswith(f" ({mark})"):
        yield name
    yield _marked(name, mark)
    yield _marked(name, f"{workspace_id[:4]}, {mark}")  # of two workspaces with one name


def _marked(name: str, mark: str) -> str:
    room = LONGEST - len(name) - 3
    if room < min(SHORTEST_MARK, len(mark)):
        raise PlainError(f"The dataset's name has {len(name)} characters: shorten it to {LONGEST - 3 - SHORTEST_MARK}.")
    return clean_name(f"{name} ({mark[:room].strip()})")


def _is_taken(database: Database, name: str) -> bool:
    """Whether there is a dataset of this name, or one that is being loaded for the first time."""
    with database.reading() as session:
        if session.get(WorkspaceDatasetRow, name) is not None:
            return True
    return dataset_folder(database.home, name).exists()
