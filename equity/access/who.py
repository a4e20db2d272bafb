"""The claims of an OIDC provider into a person who is known here.

Of the claims only who somebody is counts: issuer, subject, name and address. Roles, groups and scopes in a token are
never read: a role is what `equity/store/workspace/people.py` has for a workspace, and changes with the next click.
"""

from __future__ import annotations

from collections.abc import Mapping

from equity.store.workspace.database import Database
from equity.store.workspace.people import remember_person
from equity.store.workspace.person import LOCAL_ISSUER, Person
from equity.vocabulary import PlainError


def person_from_claims(database: Database, claims: Mapping[str, object]) -> Person:
    """The person whom a provider's verified token names (OpenID Connect Core 1.0, §2 and §5.1).

    An address counts where the provider says that it has verified it (``email_verified`` is true); without that word it
    is left out. Raises :class:`PlainError` when the token does not say who it is from and about, and for an issuer that
    calls itself ``local``: nobody signs in as the local owner.
    """
    issuer, subject = _text(claims, "iss").strip(), _text(claims, "sub")
    if not issuer or not subject.strip():
        raise PlainError("Your sign-in provider did not say who you are: please sign in again.")
    if issuer.casefold() == LOCAL_ISSUER:
        raise PlainError("This sign-in is not from a provider: please sign in again.")
    email = _text(claims, "email") if claims.get("email_verified") in (True, "true", "True") else ""
    return remember_person(database, issuer, subject, name=_text(claims, "name"), email=email)


def _text(claims: Mapping[str, object], name: str) -> str:
    claim = claims.get(name)
    return claim if isinstance(claim, str) else ""
