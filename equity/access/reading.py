"""Which records of a workspace somebody may read: its author chose that when it was written.

The team reads all but what its author keeps to themselves; a leader what was shared with leaders or the network, a
facilitator what was shared with the network. Somebody who is not in the workspace reads nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from equity.access.here import Here
from equity.access.roles import roles_that_may
from equity.store.records.kept import Kept, Readers
from equity.store.workspace.people import role_of
from equity.store.workspace.person import Role

T = TypeVar("T", bound=Kept[Any])

_OUTSIDE_THE_TEAM: Mapping[Readers, frozenset[Role]] = MappingProxyType(
    {
        "author": frozenset(),
        "team": frozenset(),
        "leaders": frozenset({"leader"}),
        "network": frozenset({"leader", "facilitator"}),
    }
)


def readable(here: Here, records: Iterable[T]) -> tuple[T, ...]:
    """Those of a workspace's records that whoever is here may read now, in their order."""
    held = tuple(records)
    if not held:
        return ()  # nobody's role need be read: most cards have no notes, and every page asks for them
    role = role_of(here.database, here.workspace, here.person.id)
    return tuple(kept for kept in held if role is not None and _may_read(here, role, kept))


def _may_read(here: Here, role: Role, kept: Kept[Any]) -> bool:
    if kept.workspace != here.workspace:
        return False
    if role in roles_that_may("see_workspace"):
        return kept.readers != "author" or kept.author_id == here.person.id
    return role in _OUTSIDE_THE_TEAM[kept.readers]
