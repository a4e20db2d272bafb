"""The name of a dataset tells nobody of one workspace what another has."""

from __future__ import annotations

import pytest

from equity.store.files.naming import LONGEST
from equity.store.workspace.database import Database
from equity.store.workspace.dataset_names import name_for
from equity.store.workspace.ownership import claim_dataset, workspace_of_dataset
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PlainError
from tests.workspace_stores import somebody


def loaded(database: Database, workspace: str, wanted: str) -> str:
    """The name under which a workspace loads a dataset that it calls so."""
    name = name_for(database, workspace, wanted)
    claim_dataset(database, workspace, name, on_disk=())
    assert workspace_of_dataset(database, name) == workspace
    return name


@pytest.mark.parametrize("others", [(), ("Visits",), ("Visits", "Visits (Heart)"), ("Visits (Lungs)",)])
def test_what_others_have_is_not_told(database: Database, others: tuple[str, ...]) -> None:
    ada = somebody(database, "Ada")
    heart, lungs = make_workspace(database, "Heart", by=ada).id, make_workspace(database, "Lungs", by=ada).id
    for name in others:
        claim_dataset(database, HOME_WORKSPACE if name == "Visits" else lungs, name, on_disk=())
    if "Visits (Heart)" not in others:
        assert loaded(database, heart, " Visits ") == "Visits (Heart)"
    else:  # somebody took it out of spite
        assert loaded(database, heart, "Visits") == f"Visits ({heart[:4]}, Heart)"


def test_a_name_of_ones_own_is_used_as_it_is(database: Database) -> None:
    ada = somebody(database, "Ada")
    heart = make_workspace(database, "Heart", by=ada).id
    claim_dataset(database, heart, "From before", on_disk=())
    assert loaded(database, heart, "From before") == "From before"
    assert [loaded(database, heart, name) for name in ("Visits", "Visits", "Visits (Heart)")] == ["Visits (Heart)"] * 3
    assert [loaded(database, HOME_WORKSPACE, name) for name in ("Visits", "Visits")] == ["Visits"] * 2


def test_the_first_workspace_gets_a_name_too_where_one_from_before_stands_in_the_way(database: Database) -> None:
    heart = make_workspace(database, "Heart", by=somebody(database, "Ada")).id
    claim_dataset(database, heart, "Visits", on_disk=())
    assert loaded(database, HOME_WORKSPACE, "Visits").startswith("Visits (")


def test_two_workspaces_of_one_name_are_told_apart(database: Database) -> None:
    ada = somebody(database, "Ada")
    one, two = (make_workspace(database, "Heart", by=ada).id for _ in range(2))
    assert loaded(database, one, "Visits") == "Visits (Heart)"
    assert loaded(database, two, "Visits") == f"Visits ({two[:4]}, Heart)"


@pytest.mark.parametrize("length", [LONGEST - 11, LONGEST - 9, LONGEST])
def test_a_long_name_is_shortened_or_a_sentence(database: Database, length: int) -> None:
    heart = make_workspace(database, "The heart and lungs team", by=somebody(database, "Ada")).id
    if length == LONGEST - 11:
        assert len(loaded(database, heart, "v" * length)) == LONGEST
    else:
        with pytest.raises(PlainError, match="shorten it"):
            name_for(database, heart, "v" * length)
