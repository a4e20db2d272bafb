"""Where what people say about a dataset is kept: one workspace, one local owner, until people sign in.

The store is read only when something is asked of it: reading its library takes half a second, which the start-up spends
beside the first page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from equity.store.database import Database
    from equity.store.person import Person


@dataclass(frozen=True)
class Here:
    """The open store, the workspace that is looked at, and who looks."""

    database: Database
    workspace: str
    person: Person


def here() -> Here:
    """Open the store; raises :class:`PlainError` when it cannot be opened."""
    from equity.store.database import workspace_database
    from equity.store.person import LOCAL_OWNER
    from equity.store.workspaces import HOME_WORKSPACE

    return Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
