"""A person and the roles there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from equity.vocabulary import PlainError

Role = Literal["owner", "analyst", "member", "leader", "facilitator"]
ROLES: tuple[Role, ...] = get_args(Role)

LOCAL_ISSUER = "local"


@dataclass(frozen=True)
class Person:
    """Somebody known here.

    ``issuer`` is who vouches for them (an OIDC provider's address, or ``local``), ``subject`` their name there.
    ``email`` is the address that the issuer gives, empty when the issuer says that it is not verified.
    """

    id: str
    name: str
    email: str
    issuer: str
    subject: str

    @property
    def shown_name(self) -> str:
        """The name, or the address where the issuer gives no name."""
        return self.name or self.email or "Somebody without a name"


LOCAL_OWNER = Person(id="local", name="The local owner", email="", issuer=LOCAL_ISSUER, subject="owner")
"""Whoever sits at the computer when no sign-in is configured; the first migration puts them into the store."""


def read_role(text: str) -> Role:
    """The role of that name; raises :class:`PlainError` that lists the roles there are."""
    named = next((role for role in ROLES if role == text), None)
    if named is None:
        raise PlainError(f"There is no role “{text}”: choose one of {', '.join(ROLES)}.")
    return named
