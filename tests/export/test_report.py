"""The web page: one file that asks for nothing, with the sentence, the figure, the table and what they rest on."""

from __future__ import annotations

import json
import re

from equity.export.report import report
from equity.words.answers.disparities import chart_title, table
from tests.export.made_up_sheets import HOSTILE, of_disparities, of_hostile_names


def without_plotly(page: bytes) -> str:
    """The page but for the charting program's own text, which holds tags and addresses that nobody opens."""
    text = page.decode("utf-8")
    start = text.index("</main>")
    return text[:start]


def test_it_holds_the_answer_and_what_it_rests_on() -> None:
    answer, sheets = of_disparities()
    page = without_plotly(report(sheets))
    for said in (chart_title(answer), "How sure is this?", "Sample, version 1", "March 4, 2026", "Hidden: 1 group"):
        assert said in page
    for cell in table(answer).to_numpy().ravel():
        assert str(cell).replace("'", "&#x27;") in page


def test_it_loads_nothing() -> None:
    page = without_plotly(report(of_disparities()[1]))
    assert not re.search(r"(src|href)\s*=", page)
    assert "default-src 'none'" in page


def test_the_figures_have_their_colours_and_numbers() -> None:
    page = without_plotly(report(of_disparities()[1]))
    figures = [json.loads(text) for text in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page)]
    assert len(figures) == 2
    assert "#000001" not in page
    assert any(trace["type"] == "scatter" for trace in figures[0]["data"])


def test_a_name_that_is_a_script_is_text() -> None:
    page = without_plotly(report(of_hostile_names()))
    assert HOSTILE not in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
