"""An empty page says what it is for, by a made-up example and one button; what a role lacks is said with who has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st

from equity.store.workspace.database import workspace_database
from equity.ui.page_registry import ENTRIES
from tests.pages.opened import Open, html_of
from tests.pages.people import claims, join, opened_as, small_home

EMPTY = {"presenting": "disparities", "notes": "disparities", "leader": "releases", "projects": "aims"}


@pytest.mark.parametrize(("name", "begins"), EMPTY.items())
def test_an_empty_page_shows_an_example_and_the_one_button_that_begins(open_page: Open, name: str, begins: str) -> None:
    app = open_page(name)
    assert not app.exception
    assert "lens-example" in html_of(app)
    assert [link.proto.page for link in app.get("page_link")] == [ENTRIES[begins].url]


@pytest.mark.parametrize("name", ["releases", "aims", "reflections", "history", "team"])
def test_pages_that_begin_where_they_are_show_an_example_too(open_page: Open, name: str) -> None:
    assert "lens-example" in html_of(open_page(name))


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("offered")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(folder / "home"))
        small_home(folder)
        for role in ("owner", "analyst", "member"):
            join(workspace_database(), role)
        yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.mark.usefixtures("team")
def test_a_member_reads_who_can_do_what_is_not_offered_and_an_owner_is_told_nothing() -> None:
    said = html_of(opened_as(claims("member"), "releases"))
    assert "What others here can do for you" in said
    assert "make a release" in said.partition("What others here can do for you")[2]
    assert "(owner)" in said
    assert "(analyst)" in said
    assert "What others here can do for you" not in html_of(opened_as(claims("owner"), "releases"))


@pytest.mark.usefixtures("team")
def test_what_one_page_left_out_is_not_said_on_the_next() -> None:
    app = opened_as(claims("member"), "releases")
    app.switch_page("../../pages/glossary.py").run()
    assert "make a release" not in html_of(app)
