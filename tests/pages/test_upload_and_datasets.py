"""A messy file from the inbox to a dataset, the next quarter with one click, and what the Datasets page then tells."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from equity.loading import load_elsewhere
from equity.server import sample_data
from equity.store.files.versions import current_version, dataset, datasets
from tests.cube.engines.duckdb_elsewhere import DuckdbElsewhere
from tests.extracts_elsewhere import COUNTS
from tests.pages.opened import begun, html_of, turned_to

HEADER = "Month*,Patient name,Race/Ethnicity,Band,Seen in 30 days"
RACES = ("Black/African American", "White", "Hispanic/Latino", "=cmd()")
LONGEST_LOAD = 60.0


def quarter(path: Path, months: tuple[str, ...]) -> Path:
    """Title lines, a column that identifies people, a total beside its parts, a formula for a group, notes below."""
    lines = ["Follow-up after discharge,,,,", ",,,,", HEADER]
    for month in months:
        for place, race in enumerate(RACES):
            lines += [
                f"{month},Ann Lee {i},{race},{('18-44', '45-64')[i % 2]},{'Yes' if i % (place + 2) else 'No'}"
                for i in range(40)
            ]
    lines += [f"{months[-1]},Bo Ray,White,18-44,maybe", ",,,,", "Note: preliminary,,,,"]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sample_data.STATUS, "state", "ready")  # no sample is waited for
    folder = tmp_path / "inbox"
    folder.mkdir()
    monkeypatch.setenv("EQUITY_INBOX", str(folder))
    yield folder
    st.cache_data.clear()
    st.cache_resource.clear()


def opened(page: str) -> AppTest:
    return turned_to(begun(), page).run()


def take(app: AppTest, file: str) -> AppTest:
    app.selectbox(key="inbox_file").select(file).run()
    return app.button(key="inbox_open").click().run()


def load(app: AppTest) -> AppTest:
    app.button(key="load").click().run()
    end = time.monotonic() + LONGEST_LOAD
    while "is loaded" not in html_of(app) and time.monotonic() < end:
        time.sleep(0.1)
        app.run()
    return app


def first_load(inbox: Path) -> AppTest:
    quarter(inbox / "followup.csv", ("2024-01", "2024-02", "2024-03"))
    app = take(opened("upload"), "followup.csv")
    app.text_input(key=next(t.key for t in app.text_input if t.label == "Name of the dataset")).set_value("Follow-up")
    return load(app)


def test_a_messy_file_is_corrected_in_place_and_loaded(inbox: Path, tmp_path: Path) -> None:
    quarter(inbox / "followup.csv", ("2024-01", "2024-02", "2024-03"))
    app = take(opened("upload"), "followup.csv")
    assert not app.exception
    assert "480 are used" in html_of(app)
    called = next(t for t in app.text_input if t.label.startswith("Name on screen of the grouping band"))
    called.set_value("Age").run()
    total = next(m for m in app.multiselect if m.label == "Totals to leave out")
    total.set_value(["=cmd()"]).run()
    assert "360 are used" in html_of(app)
    next(t for t in app.text_input if t.label == "Name of the dataset").set_value("Follow-up").run()
    assert "is loaded" in html_of(load(app))
    held = current_version(tmp_path / "home", "Follow-up").description()
    assert {s.label for s in held.stratifiers} >= {"Age"}
    assert "=cmd()" not in {c.value for s in held.stratifiers for c in s.categories}
    assert held.rows_in == held.rows_used + held.rows_set_aside
    assert held.rows_used == 360
    assert (inbox / "followup.csv").exists()
    assert list((tmp_path / "home" / "staging").iterdir()) == []
    assert b"Ann Lee" not in b"".join(f.read_bytes() for f in (tmp_path / "home").rglob("*") if f.is_file())


def test_the_next_quarter_is_added_with_one_click(inbox: Path, tmp_path: Path) -> None:
    first_load(inbox)
    quarter(inbox / "next.csv", ("2024-04", "2024-05", "2024-06"))
    app = take(opened("upload"), "next.csv")
    assert "It has the columns of “Follow-up”" in html_of(app)
    load(app)
    held = dataset(tmp_path / "home", "Follow-up").current.description()
    assert held.version == 2
    assert held.periods == tuple(f"2024-0{month}" for month in range(1, 7))


def test_the_same_periods_again_take_their_place(inbox: Path, tmp_path: Path) -> None:
    first_load(inbox)
    quarter(inbox / "again.csv", ("2024-03", "2024-04"))
    load(take(opened("upload"), "again.csv"))
    held = dataset(tmp_path / "home", "Follow-up").current.description()
    assert held.periods == ("2024-01", "2024-02", "2024-03", "2024-04")
    assert held.rows_used == 4 * 160


def test_a_measure_that_the_file_does_not_name_is_called_as_people_call_it(inbox: Path, tmp_path: Path) -> None:
    quarter(inbox / "followup_final_v3.csv", ("2024-01", "2024-02"))
    app = take(opened("upload"), "followup_final_v3.csv")
    table = next(key for key in app.session_state if str(key).endswith("_measures"))
    app.session_state[table] = {"edited_rows": {0: {"Measure": "Seen soon", "Target": 80}}}
    app.run()
    load(app)
    [held] = (each.current.description() for each in datasets(tmp_path / "home"))
    assert [(measure.name, measure.target) for measure in held.measures] == [("Seen soon", 0.8)]


def test_what_the_checks_find_is_said_in_the_words_of_the_page(inbox: Path) -> None:
    lines = ["Month,Clinic,Seen", *(f"2024-0{1 + i % 3},{('All sites', 'A', 'B')[i % 3]},{i % 2}" for i in range(300))]
    lines += ["2024-01,A,"]
    (inbox / "seen.csv").write_text("\n".join(lines), encoding="utf-8")
    text = html_of(take(opened("upload"), "seen.csv"))
    assert "the outcome (x) is not given" in text
    assert "If it is one, pick it under “Totals to leave out”." in text
    assert "[stratifiers" not in text


def test_loading_waits_for_a_grouping_or_for_none(inbox: Path, tmp_path: Path) -> None:
    lines = [f"2024-{month:02d},{200 + month},{90 + month}" for month in range(1, 13)]
    (inbox / "clinic.csv").write_text("\n".join(["month,patients,met", *lines]), encoding="utf-8")
    app = take(opened("upload"), "clinic.csv")
    assert "Which column groups people?" in html_of(app)
    assert app.button(key="load").disabled
    next(box for box in app.checkbox if box.label.startswith("None: show all patients")).check().run()
    assert "Which column groups people?" not in html_of(app)
    assert "is loaded" in html_of(load(app))
    held = current_version(tmp_path / "home", "Clinic").description()
    assert [s.name for s in held.stratifiers] == ["everyone"]
    assert held.stratifiers[0].groups == ("Everyone",)


def test_a_file_is_put_away_and_gone_from_the_disk(inbox: Path, tmp_path: Path) -> None:
    quarter(inbox / "followup.csv", ("2024-01", "2024-02"))
    app = take(opened("upload"), "followup.csv")
    assert list((tmp_path / "home" / "staging").iterdir())
    app.button(key="put_away").click().run()
    assert "What to bring" in html_of(app)
    assert list((tmp_path / "home" / "staging").iterdir()) == []
    assert (inbox / "followup.csv").exists()


def test_a_workbook_of_two_sheets_asks_which(inbox: Path) -> None:
    rows = pd.DataFrame(
        {"Year": [2023, 2024] * 2, "Race": ["A", "A", "B", "B"], "Cases": [4, 5, 6, 7], "Population": 100}
    )
    with pd.ExcelWriter(inbox / "two.xlsx") as book:
        rows.to_excel(book, sheet_name="Counts", index=False)
        rows.assign(Cases=1).head(2).to_excel(book, sheet_name="Other", index=False)
    app = take(opened("upload"), "two.xlsx")
    assert "Of 4 rows" in html_of(app)
    next(s for s in app.selectbox if s.label == "The table is on the sheet").select("Other").run()
    assert not app.exception
    assert "Of 2 rows" in html_of(app)


def test_the_datasets_page_tells_what_is_in_what_was_set_aside_and_what_changed(inbox: Path) -> None:
    first_load(inbox)
    quarter(inbox / "next.csv", ("2024-04",))
    load(take(opened("upload"), "next.csv"))
    app = opened("datasets")
    for title in ("Data dictionary", "Rows set aside", "What changed"):
        key = next(e.key for e in app.expander if e.label == title and "follow" in (e.key or ""))
        app.session_state[key] = True
    app.run()
    assert not app.exception
    text = html_of(app)
    assert "rows in = 640 used + " in text
    assert "Version 2 beside version 1: " in text
    tables = [table.value for table in app.dataframe]
    assert any("Recoding" in t.columns for t in tables)
    assert any("=cmd()" in set(t.get("Category", [])) for t in tables)
    reasons = next(t for t in tables if "Reason" in t.columns)
    assert reasons["Rows"].sum() == 2 * 3  # "maybe", the empty line and the note, in each quarter
    changed = next(t for t in tables if "Why" in t.columns)
    assert set(changed["Why"]) == {"new period"}


def test_a_dataset_counted_elsewhere_tells_why_rows_were_set_aside_without_their_list(
    inbox: Path, tmp_path: Path
) -> None:
    with DuckdbElsewhere() as engine:
        pq.write_table(COUNTS.table(), inbox / "counts.parquet")
        load_elsewhere(engine, [str(inbox / "counts.parquet")], "Far", COUNTS.meaning(), tmp_path / "home")
    app = opened("datasets")
    app.session_state[next(e.key for e in app.expander if e.label == "Rows set aside")] = True
    app.run()
    assert not app.exception
    assert "The rows stayed on The other DuckDB, and so did the list of their lines." in html_of(app)
    assert f"{inbox / 'counts.parquet'} (on The other DuckDB)" in html_of(app)
    held = current_version(tmp_path / "home", "Far").description()
    reasons = next(t.value for t in app.dataframe if "Reason" in t.value.columns)
    assert reasons["Rows"].sum() == held.rows_set_aside > 0
