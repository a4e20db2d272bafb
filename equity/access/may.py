"""May this person do this, in this workspace, now? Asked at the server before anything is shown or done.

The answer is read from the store each time: a role that was taken away is gone with the next click.
"""

from __future__ import annotations

from dataclasses import dataclass

from equity.access.roles import IN_WORDS, Action, roles_that_may
from equity.store.workspace.database import Database
from equity.store.workspace.people import role_of
from equity.store.workspace.person import Person
from equity.vocabulary import PlainError


@dataclass(frozen=True)
class Allowed:
    """Somebody who was found to be allowed what they asked for, and where."""

    person: Person
    workspace: str


class NotAllowed(PlainError):  # noqa: N818 — what a person is told, not a fault
    """Somebody asked for what their role does not give. The sentence says what, and whom to ask."""


def may(database: Database, person: Person | None, workspace: str, action: Action) -> bool:
    """Whether a person may do this in a workspace; never for somebody who has not signed in or is not in it."""
    if person is None:
        return False
    role = role_of(database, workspace, person.id)
    return role is not None and role in roles_that_may(action)


def require(database: Database, person: Person | None, workspace: str, action: Action) -> Person:
    """The person, when they may do this; raises :class:`NotAllowed` otherwise.

    Somebody outside a workspace hears the same whether there is such a workspace or not.
    """
    if person is None:
        raise NotAllowed("Please sign in first.")
    role = role_of(database, workspace, person.id)
    if role is None:
        raise NotAllowed("You are not in this workspace: please ask one of its owners to invite you.")
    if role not in roles_that_may(action):
        words = IN_WORDS.get(action, "do this")
        raise NotAllowed(f"As {_with_article(role)} you may not {words}: please ask an owner of this workspace.")
    return person


def _with_article(role: str) -> str:
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"
