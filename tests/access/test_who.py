"""Claims into persons."""

from __future__ import annotations

import pytest

from equity.access.who import person_from_claims
from equity.store.workspace.database import Database
from equity.store.workspace.person import LOCAL_OWNER
from equity.vocabulary import PlainError
from tests.workspace_stores import HOSTILE_TEXTS

CLAIMS: dict[str, object] = {
    "iss": "https://id.example.org",
    "sub": "248289761001",
    "name": "Ada",
    "email": "ada@example.org",
    "email_verified": True,
}


def test_a_provider_names_one_person_each_time(database: Database) -> None:
    ada = person_from_claims(database, CLAIMS)
    assert (ada.name, ada.email, ada.subject) == ("Ada", "ada@example.org", "248289761001")
    assert person_from_claims(database, CLAIMS) == ada
    assert person_from_claims(database, {**CLAIMS, "iss": "https://other.example.org"}).id != ada.id
    assert person_from_claims(database, {**CLAIMS, "sub": "another"}).id != ada.id


@pytest.mark.parametrize("said", [False, "false", None, "", 0, "yes"])
def test_an_address_that_is_not_verified_is_left_out(database: Database, said: object) -> None:
    assert person_from_claims(database, {**CLAIMS, "email_verified": said}).email == ""


def test_an_address_of_which_nobody_says_that_it_is_verified_is_left_out(database: Database) -> None:
    unsaid = {name: value for name, value in CLAIMS.items() if name != "email_verified"}
    assert person_from_claims(database, unsaid).email == ""


@pytest.mark.parametrize("wrong", [{"sub": ""}, {"sub": "  "}, {"iss": ""}, {"sub": None}, {"sub": ["a"]}, {"iss": 7}])
def test_claims_that_name_nobody_are_refused(database: Database, wrong: dict[str, object]) -> None:
    with pytest.raises(PlainError, match="sign in again"):
        person_from_claims(database, {**CLAIMS, **wrong})


@pytest.mark.parametrize("issuer", ["local", " LOCAL ", "Local"])
def test_nobody_signs_in_as_the_local_owner(database: Database, issuer: str) -> None:
    with pytest.raises(PlainError, match="not from a provider"):
        person_from_claims(database, {**CLAIMS, "iss": issuer, "sub": LOCAL_OWNER.subject})


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_hostile_claims_are_only_text(database: Database, hostile: str) -> None:
    said = {"iss": hostile, "sub": hostile, "name": hostile, "email": hostile, "email_verified": True}
    found = person_from_claims(database, said)
    assert (found.issuer.strip(), found.subject, found.name, found.email) == (
        hostile.strip(),
        hostile,
        hostile,
        hostile,
    )


def test_claims_without_a_name_still_are_somebody(database: Database) -> None:
    assert person_from_claims(database, {"iss": "https://id.example.org", "sub": "1"}).shown_name
