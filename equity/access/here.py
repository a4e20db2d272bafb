"""Where what people say is kept, and who is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from equity.store.workspace.database import Database
    from equity.store.workspace.person import Person


@dataclass(frozen=True)
class Here:
    """The open store, the workspace that is looked at, and who looks."""

    database: Database
    workspace: str
    person: Person
