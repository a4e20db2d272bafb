"""Two datasets that differ in hidden cells only: a leader receives the same bytes, and gets them without the data."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import streamlit as st

from equity.commands.printing import as_csv, records
from equity.release.create import show
from equity.release.plan import Plan
from equity.ui.sharing.released import csv_of_release
from tests.leader.places import CONTROL, FALLS, KEY, Place, made, twins
from tests.leader.received import page_texts
from tests.pages.people import app_for

PLAN = Plan(("race", "site"), "year", "year", (CONTROL, FALLS))


def received(place: Place) -> list[str]:
    """All that a leader can get, with what is new in every release left out: its id and its day."""
    release = place.releases[-1]
    texts = [json.dumps(records(show(place.home, release.id))), as_csv(show(place.home, release.id))]
    texts += [csv_of_release(release.id).decode(), (release.folder / "description.json").read_text()]
    for measure, by, period in ((CONTROL, "race", "2022"), (FALLS, "site", "2023")):
        app = app_for(None, link=place.link(release, measure=measure, by=by, period=period)).run()
        assert not app.exception
        texts += page_texts(app)
    times = r"20\d\d-\d\d-\d\d[T0-9:.+Z]*"
    return [re.sub(times, "day", re.sub(r"[0-9a-f]{12,}", "id", text)) for text in texts]


def test_what_is_hidden_changes_nothing_that_a_leader_receives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, truths = [], []
    for name, extract in zip(("one", "other"), twins(), strict=True):
        monkeypatch.setenv("EQUITY_HOME", str(tmp_path / name / "home"))
        (tmp_path / name).mkdir()
        place = made(tmp_path / name, [extract], PLAN)
        truths.append(place.counts())
        shutil.rmtree(place.home / "datasets")
        found.append(received(place))
        st.cache_data.clear()
        st.cache_resource.clear()
    assert found[0] == found[1]
    assert "Too small to show" in "".join(found[0])
    differ = truths[0].merge(truths[1], on=KEY).query("n_x != n_y or x_x != x_y")
    assert len(differ) >= 12
    assert {"", "site"} == set(differ["by2"])


def test_a_hidden_cell_keeps_nothing_in_the_release_folder(place: Place) -> None:
    for release in place.releases:
        cells = release.cells()
        numbers = cells.columns.difference([*KEY, "shown"])
        assert cells.loc[cells["shown"] == "hidden", numbers].isna().all(axis=None)
        assert (cells["shown"] == "hidden").any()
