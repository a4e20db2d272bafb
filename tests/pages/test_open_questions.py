"""A file that leaves something open: the questions come first, one click each, and Load waits for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from equity.server import sample_data
from equity.store.files.versions import current_version
from equity.ui.upload import upload_flow
from equity.ui.upload.on_the_way import Arrived, Upload
from equity.vocabulary.doubt import Answer, OpenQuestion, Setting
from tests.pages.opened import begun, html_of, turned_to
from tests.pages.test_upload_and_datasets import load, take

FILE = "Year,Race,Met,Enrolled,Eligible\n" + "".join(
    f"{year},{race},{met},{enrolled},{eligible}\n"
    for year, race, met, enrolled, eligible in (
        (2023, "White", 300, 900, 411),
        (2023, "Black", 240, 880, 398),
        (2024, "White", 310, 905, 420),
        (2024, "Black", 250, 890, 401),
    )
)
DENOMINATOR = OpenQuestion(
    key="denominator:Met",
    columns=("Met", "Enrolled", "Eligible"),
    sentence="Out of which number are they counted?",
    answers=(
        Answer("Eligible: White, 2023: 300 of 411 = 73.0%", (Setting(("columns", "n"), "Eligible"),)),
        Answer("Enrolled: White, 2023: 300 of 900 = 33.3%", (Setting(("columns", "n"), "Enrolled"),)),
    ),
    confidence=0.6,
    why="Both columns are larger than the first on every line.",
)
POLARITY = OpenQuestion(
    key="polarity:Met",
    columns=("Met",),
    sentence="Is more of **this** better?",
    answers=(
        Answer("Higher is better", (Setting(("measures", "Met", "polarity"), "higher_better"),)),
        Answer("Lower is better", (Setting(("measures", "Met", "polarity"), "lower_better"),)),
    ),
    confidence=0.5,
    why="Its name does not say.",
)


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An inbox with one file, of which two things are open."""
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sample_data.STATUS, "state", "ready")
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "counts.csv").write_text(FILE, encoding="utf-8")
    monkeypatch.setenv("EQUITY_INBOX", str(folder))

    look = upload_flow._proposed

    def with_questions(arrived: Arrived, sheet: str) -> Upload:
        upload = look(arrived, sheet)
        start, proposal = upload.start, upload.proposal
        if not upload.follows_proposal:
            return upload
        [name] = start.measures
        measures = {"Met": replace(start.measures[name], name="Met")}
        columns = {**start.columns, "measure": replace(start.columns["measure"], value="Met")}
        start = replace(start, measures=measures, columns=columns)
        return replace(upload, start=start, proposal=replace(proposal, questions=(DENOMINATOR, POLARITY)))

    monkeypatch.setattr(upload_flow, "_proposed", with_questions)
    yield folder
    st.cache_data.clear()
    st.cache_resource.clear()


def opened() -> AppTest:
    return take(turned_to(begun(), "upload").run(), "counts.csv")


def test_the_questions_come_first_and_load_waits_for_all_of_them(inbox: Path) -> None:
    app = opened()
    assert not app.exception
    assert "2 questions first" in html_of(app)
    assert not [b for b in app.button if b.key == "load"]
    assert ["300 of 411" in label for label in app.radio[0].options] == [True, False]
    assert app.radio[0].value is None
    app.radio[0].set_value(1).run()
    assert "One question before this can be loaded" in html_of(app)
    assert not [b for b in app.button if b.key == "load"]
    app.radio[1].set_value(0).run()
    assert "questions" not in html_of(app)
    assert [b for b in app.button if b.key == "load"]


def test_what_was_answered_is_what_is_read_and_loaded(inbox: Path, tmp_path: Path) -> None:
    app = opened()
    app.radio[0].set_value(1).run()
    app.radio[1].set_value(1).run()
    assert "White, 2023: 300 of 900 = 33.3%; lower is better; file line 2." in html_of(app)
    app.radio[0].set_value(0).run()
    assert "White, 2023: 300 of 411 = 73.0%; lower is better; file line 2." in html_of(app)
    next(t for t in app.text_input if t.label == "Name of the dataset").set_value("Counts").run()
    assert "is loaded" in html_of(load(app))
    held = current_version(tmp_path / "home", "Counts").description()
    assert [m.polarity for m in held.measures] == ["lower_better"]
    again = opened()
    assert "It has the columns of “Counts”" in html_of(again)
    assert not again.radio or "Name of the dataset" not in [r.label for r in again.radio]
    assert "question" not in html_of(again)


def test_a_name_in_a_question_is_text(inbox: Path) -> None:
    assert "\\*\\*this\\*\\*" in opened().radio[1].label


def test_a_load_that_leaves_many_rows_out_is_confirmed_first(inbox: Path) -> None:
    lines = "".join(f"{2025 + i},White,{30 + i},900,{0 if i % 4 == 0 else 411}\n" for i in range(12))
    (inbox / "counts.csv").write_text(FILE + lines, encoding="utf-8")
    app = opened()
    app.radio[0].set_value(0).run()
    app.radio[1].set_value(0).run()
    assert next(b for b in app.button if b.key == "load").disabled
    asked = next(c for c in app.checkbox if "rows with data are used" in c.label)
    assert asked.label == "Load it although only 13 of 16 rows with data are used"
    asked.check().run()
    assert not next(b for b in app.button if b.key == "load").disabled
