"""What the command that writes pages out writes of one page: what is read, what is drawn, the same each time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1.element_tree import Selectbox

from tests.pages.opened import Open, with_tables
from tests.pages.written_out import _other_choices, _place_of, write_page


def test_a_page_is_written_as_it_is_read_and_drawn(open_page: Open, tmp_path: Path) -> None:
    app = with_tables(open_page("summary"))
    for name in ("once", "twice"):
        write_page(tmp_path / name, app)
    once, twice = (
        {path.name: path.read_text("utf-8") for path in (tmp_path / name).iterdir()} for name in ("once", "twice")
    )
    assert once == twice
    said = once["page.txt"]
    assert "Overall inequality" in said
    assert "figure 1: " in said
    assert "Mean difference from the best group," in said, "the table stands with commas between its cells"
    assert "made=" not in said
    figure = json.loads(once["figure 1.json"])
    assert all(isinstance(number, float) for number in figure["data"][-1]["x"]), "arrays are numbers, not bytes"


def test_choices_that_differ_by_a_sign_alone_are_told_apart(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Selectbox, "index", property(_place_of))
    app = open_page("trends")
    charts = app.selectbox(key="choose_chart").options
    assert {"p chart", "p′ chart"} <= set(charts)
    others = [(key, label) for key, _, label in _other_choices(app, len(charts))]
    assert len(set(others)) == len(others)
