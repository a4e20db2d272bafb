"""Every page, by one table: it opens, says what it is, answers in words, and proves it with a table."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from equity.server.sample_data import PUBLISHED, SAMPLE
from equity.ui.page_registry import ENTRIES, SECTIONS
from equity.words.escaping import html
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import HOSTILE, Open, html_of, with_tables

WITH_ANSWER = ("home", "disparities", "trends", "areas")
OURS = {"header", "section", "div", "span", "h1", "h2", "h3", "p", "b", "ul", "li", "class", "role", "aria-label"}
OURS |= {"details", "summary"}


def tags_of(html: str) -> set[str]:
    """Every tag and attribute that a browser would see."""
    seen: set[str] = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: seen.update({tag, *(name for name, _ in attrs)})  # type: ignore[method-assign]
    parser.feed(html)
    return seen


@pytest.mark.parametrize("name", ENTRIES)
def test_a_page_opens_and_says_what_it_is(open_page: Open, name: str) -> None:
    app = open_page(name)
    assert not app.exception
    text = html_of(app)
    assert "<h1>" in text
    assert html(ENTRIES[name].question) in text or name == "home"
    assert "lens-problem" not in text


@pytest.mark.parametrize("name", WITH_ANSWER)
def test_an_answer_stands_in_words_in_a_picture_and_in_a_table(open_page: Open, name: str) -> None:
    app = with_tables(open_page(name))
    answer = re.search(r'lens-answer"><p>(.+?)</p>', html_of(app))
    assert answer is not None
    assert answer[1].endswith(".")
    charts = charts_of(app)
    assert charts
    for chart in charts:
        assert len(chart.alt) > 40
        assert json.loads(chart.spec)["data"]
    assert len(app.dataframe) == len(charts)
    for table in app.dataframe:
        assert len(table.value) > 0


@pytest.mark.parametrize("name", WITH_ANSWER)
def test_published_rates_without_counts_are_shown_too(open_page: Open, name: str) -> None:
    app = open_page(name, dataset=PUBLISHED)
    assert not app.exception
    assert "lens-answer" in html_of(app)


@pytest.mark.parametrize("name", ENTRIES)
def test_names_from_files_do_nothing(open_page: Open, name: str) -> None:
    app = open_page(name, **({"dataset": HOSTILE} if name in WITH_ANSWER else {}))
    assert not app.exception
    assert tags_of(html_of(app)) <= OURS
    for link in app.get("page_link"):
        assert "](" not in link.proto.label.replace("\\]\\(", "")
    for chart in charts_of(app):
        assert "<img" not in chart.spec
        assert "<script" not in chart.spec


@pytest.mark.parametrize("name", ENTRIES)
def test_each_chart_and_each_field_is_called_by_a_name_of_its_own(open_page: Open, name: str) -> None:
    """Two charts read aloud alike, and two fields with one label, are one to whoever does not see them."""
    app = open_page(name)
    told = [chart.alt for chart in charts_of(app)]
    fields = [field.label for field in app.text_input]
    assert len(set(told)) == len(told)
    assert len(set(fields)) == len(fields)


def test_every_page_has_a_file_and_every_file_a_page() -> None:
    folder = Path(__file__).resolve().parents[2] / "pages"
    assert {path.stem for path in folder.glob("*.py")} == set(ENTRIES)
    assert [entry.url for entries in SECTIONS.values() for entry in entries].count("") == 1


def test_home_greets_with_the_largest_gap_of_the_sample(open_page: Open) -> None:
    app = open_page("home", dataset=SAMPLE)
    text = html_of(app)
    assert "Black or African American patients" in text
    assert "controlled blood pressure" in text
    linked = {link.proto.page for link in app.get("page_link")}
    assert {"disparities", "trends", "areas", "upload", "datasets"} <= linked


@pytest.mark.parametrize(("dataset", "asked"), [(SAMPLE, ["where-the-gap-lives"]), (PUBLISHED, [])])
def test_where_a_gap_is_stands_a_click_from_its_size_where_the_data_tell_places(
    open_page: Open, dataset: str, asked: list[str]
) -> None:
    for name in ("disparities", "trends"):
        links = [link.proto for link in open_page(name, dataset=dataset).get("page_link")]
        assert [link.page for link in links if link.label == "Is it the same within each site?"] == asked
