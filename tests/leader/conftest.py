"""What the tests of a leader's side share: a dataset with two releases, and somebody in every role."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st

from equity.store.workspace.person import ROLES
from tests.leader.places import Place, made, usual_extract
from tests.pages.people import join


@pytest.fixture(scope="session")
def folder_of_releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A year released, then two."""
    folder = tmp_path_factory.mktemp("leader")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(folder / "home"))
        place = made(folder, [usual_extract("2022-Q4"), usual_extract("2023-Q4")])
        for role in ROLES:
            join(place.database, role)
    yield place


@pytest.fixture
def place(folder_of_releases: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """The same, as the home folder of a test."""
    monkeypatch.setenv("EQUITY_HOME", str(folder_of_releases.home))
    yield folder_of_releases
    st.cache_data.clear()
    st.cache_resource.clear()
