"""Data that can be asked little or nothing: every page says so in words, and no error of ours reaches a reader."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

from app import app as served
from equity import loading
from equity.loading import new_version
from equity.server import sample_data
from equity.store.files.checksums import CHECKSUMS
from equity.store.files.versions import current_version
from equity.ui import entrance
from equity.ui.layout import prose
from equity.ui.page_registry import ENTRIES, SECTIONS
from equity.ui.session import unexpected
from equity.vocabulary import ColumnSource, Mapping, Measure, PlainError, StratifierMapping
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import begun, html_of

MONTHS = [f"{year}-{month:02d}" for year in (2023, 2024) for month in range(1, 13)]
MEASURES = {"Screened": Measure("Screened", polarity="higher_better")}
COLUMNS = {
    "measure": ColumnSource(value="Screened"),
    "period": ColumnSource("month"),
    "x": ColumnSource("x"),
    "n": ColumnSource("n"),
}
RACE = (StratifierMapping("race", ("race",), "Race"),)
DATASETS = (
    "No grouping",
    "No grouping and no period",
    "No measure",
    "No period",
    "One group",
    "Nobody's group is known",
    "Everything is hidden",
    "Nobody at all",
    "Only over time",
    "Neither side is better",
)
ASKING_FIRST = ("home", *(entry.name for entry in SECTIONS["Look"]))
ASKING = set(ASKING_FIRST)
CANNOT_BE_ASKED = DATASETS[:3]


def counts(race: list[str], x: object = 60, n: object = 100) -> pd.DataFrame:
    rows = [(month, group) for month in MONTHS for group in race]
    return pd.DataFrame(rows, columns=["month", "race"]).assign(x=x, n=n)


@pytest.fixture(scope="module", autouse=True)
def poor_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder with data of which there is little to say; the first three could be loaded once."""
    folder = tmp_path_factory.mktemp("poor")
    timeless = {role: source for role, source in COLUMNS.items() if role != "period"}

    def put(name: str, frame: pd.DataFrame, columns: dict[str, ColumnSource], **more: object) -> None:
        frame.to_csv(folder / "extract.csv", index=False)
        mapping = Mapping("counts", columns, **{"measures": MEASURES, **more})  # type: ignore[arg-type]
        loading.load([folder / "extract.csv"], name, mapping, "new", folder / "home")

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(folder / "home"))
        patch.setattr(sample_data.STATUS, "state", "ready")  # no sample is waited for
        put("No measure", counts(["A", "B"]), COLUMNS, stratifiers=RACE)
        put("No period", counts(["A", "B", "C"]).groupby("race", as_index=False).first(), timeless, stratifiers=RACE)
        put("One group", counts(["A"]), COLUMNS, stratifiers=RACE)
        put("Nobody's group is known", counts([""]), COLUMNS, stratifiers=RACE)
        put("Everything is hidden", counts(["A", "B"], "*", "*"), COLUMNS, stratifiers=RACE)
        put("Nobody at all", counts(["A", "B"], 0, 0), COLUMNS, stratifiers=RACE)
        put("Only over time", counts(["A"]), COLUMNS, only_over_time=True)
        neutral = {"Screened": Measure("Screened")}
        put("Neither side is better", counts(["A", "B"]), COLUMNS, stratifiers=RACE, measures=neutral)
        with pytest.MonkeyPatch.context() as before:
            before.setattr(new_version, "refuse_ungrouped", lambda *_: None)
            put("No grouping", counts(["A"]), COLUMNS)
            put("No grouping and no period", counts(["A"]), timeless)
        described = current_version(folder / "home", "No measure").folder / "description.json"
        described.write_text(json.dumps(json.loads(described.read_text("utf-8")) | {"measures": []}), "utf-8")
        described.with_name(CHECKSUMS).unlink()  # as an older program left it
        yield folder
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_page_answers_in_words(dataset: str, caplog: pytest.LogCaptureFixture) -> None:
    app = begun()
    app.query_params["dataset"] = dataset
    app.run()
    for name in ENTRIES if dataset == DATASETS[0] else ASKING_FIRST:
        if name != "home":
            app.switch_page(f"../../pages/{name}.py")
            app.query_params["dataset"] = dataset
            app.run()
        said = html_of(app)
        assert not app.exception, name
        assert "lens-problem" not in said, name
        if name in ASKING:
            in_card = name == "explore" and '<h2 class="lens-heading">' in said  # its one card says the answer
            assert in_card or 'lens-answer"><p>' in said, name
            assert ("Load it again on the Upload page" in said) == (dataset in CANNOT_BE_ASKED), name
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_from_data_that_can_be_asked_nothing_one_gets_to_others() -> None:
    app = begun()
    app.query_params["dataset"] = "No grouping"
    app.run().switch_page("../../pages/disparities.py").run()
    assert "is not grouped by anything" in html_of(app)
    app.selectbox(key="choose_dataset").select("No period").run()
    assert "is not grouped by anything" not in html_of(app)
    assert not app.exception


def test_everyone_together_is_followed_over_time() -> None:
    app = begun()
    app.query_params["dataset"] = "Only over time"
    app.run().switch_page("../../pages/trends.py").run()
    assert "one group only, so there is no gap to follow" in html_of(app)
    assert "Everyone" in charts_of(app)[0].spec


def test_an_error_that_nobody_foresaw_is_a_sentence_of_ours_with_a_number_that_the_log_has(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> None:
        raise RuntimeError(f"the row of patient {4700 + 11}")

    monkeypatch.setattr(entrance, "pass_through", fails)
    app = begun().run()
    [record] = [each for each in caplog.records if each.name == unexpected.__name__]
    number = record.getMessage()[:8]
    assert not app.exception
    assert f"the number {number}" in html_of(app)
    assert "RuntimeError" in record.getMessage()
    assert "in fails" in record.getMessage()
    assert "4711" not in html_of(app) + caplog.text


def test_dialogs_fragments_and_buttons_have_the_same_net(monkeypatch: pytest.MonkeyPatch) -> None:
    assert served._on_script_error is unexpected.told
    said: list[str] = []
    monkeypatch.setattr(prose, "problem", said.append)
    assert unexpected.told(PlainError("This file is empty: choose another."))
    assert unexpected.told(KeyError("4711"))
    assert said[0] == "This file is empty: choose another."
    assert "4711" not in said[1]


def test_data_without_periods_have_a_next_step_in_place_of_a_trend() -> None:
    app = begun()
    app.switch_page("../../pages/trends.py")
    app.query_params["dataset"] = "No period"
    app.run()
    assert "has no periods, so it has no trend: load it with a column that says when" in html_of(app)
    assert "each <b>all" not in html_of(app)
    links = {link.proto.label: link.proto.page for link in app.get("page_link")}
    assert links == {
        "The groups side by side": "disparities",
        "Upload a file with a date or year in each row": "upload",
    }
