"""The page Releases and links: look ahead, cancel, freeze, and the audit that is kept with the release."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import releases
from equity.release.watch import ReleaseCancelled
from equity.sharing import make_release
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import Cancelled, Progress
from tests.pages.opened import html_of
from tests.pages.people import DATASET, MAPPING, opened_as, small_extract, small_home


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    small_home(tmp_path)
    st.cache_data.clear()
    st.cache_resource.clear()
    return opened_as(None, "releases", secrets={"other": {"a": "b"}})


def over(app: AppTest, name: str) -> AppTest:
    """The page when the job of that name has ended."""
    until = time.monotonic() + 60
    while not app.session_state[name].is_over and time.monotonic() < until:
        time.sleep(0.05)
    return app.run()


def test_look_ahead_attest_freeze_and_read_the_audit(page: AppTest, tmp_path: Path) -> None:
    page.button("look_ahead").click().run()
    over(page, "looking_ahead")
    assert not page.exception
    assert "cells would be shown and" in html_of(page)
    assert len(page.dataframe[1].value) > 1
    assert page.button("freeze").disabled
    page.checkbox[0].check().run()
    page.button("freeze").click().run()
    over(page, "freezing")
    assert not page.exception
    (made,) = releases(tmp_path / "home")
    text = html_of(page)
    assert f"Release {made.id} is made" in text
    assert "hidden counts were checked against everything that is published" in text
    assert "None can be worked out. Even the least and the greatest that the best known can be are" in text
    page.toggle(f"bounds_{made.id}").set_value(True).run()
    assert not page.exception
    shown = next(frame.value for frame in page.dataframe if "Least" in frame.value.columns)
    assert list(shown.columns) == ["Measure", "Table", "Cell", "Count", "Least", "Greatest", "Width"]
    assert len(shown) == made.audit()["hidden"]


def test_releases_of_other_datasets_are_named_where_one_is_attested(page: AppTest, tmp_path: Path) -> None:
    home = tmp_path / "home"
    load([small_extract(tmp_path, seed=8)], "<b>Registry</b>", mapping_from_toml(MAPPING, "test"), "new", home)
    assert "Nothing checks this release" not in html_of(page.run())
    plan, rule = Plan(("site",), "year", "none"), policy_of("cms")
    make_release(workspace_database(), home, HOME_WORKSPACE, "<b>Registry</b>", plan, rule, by=LOCAL_OWNER)
    page.selectbox("release_dataset").set_value(DATASET).run()
    told = html_of(page)
    assert "together with those of “&lt;b&gt;Registry&lt;/b&gt;” (Controlled blood pressure): do they count" in told


def test_work_under_way_shows_how_far_it_is_and_can_be_cancelled(
    page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object, progress: Progress | None = None, cancelled: Cancelled | None = None, **__: object) -> None:
        assert progress is not None
        assert cancelled is not None
        progress(0.25, "Hiding and checking “Control”")
        while not cancelled():
            time.sleep(0.01)
        raise ReleaseCancelled

    monkeypatch.setattr("equity.ui.sharing.release_parts.make_release", endless)
    page.checkbox[0].check().run()
    page.button("freeze").click().run()
    while page.session_state["freezing"].share == 0.0:
        time.sleep(0.01)
    page.run()
    assert page.button("freeze").disabled
    assert page.get("progress")[0].value == 25
    page.button("cancel_freezing").click().run()
    over(page, "freezing")
    assert "It was canceled: nothing was released." in html_of(page)
    assert not page.button("freeze").disabled
    assert releases(tmp_path / "home") == ()
