"""What draws a chart is asked for with the page, once, after the page's own scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from streamlit import file_util

from equity.server.first_visit import LARGE, FirstVisit, hints
from tests.server.asgi import ask


@pytest.fixture
def front_end(tmp_path: Path) -> Path:
    """A front end whose chart imports what the page has, what the page has not, and what is not there."""
    scripts = tmp_path / "static" / "js"
    scripts.mkdir(parents=True)
    (tmp_path / "index.html").write_text('<script type="module" src="./static/js/index.a1.js"></script>')
    (scripts / "index.a1.js").write_text("")
    chart = 'import{a as b}from"./index.a1.js";import{c}from"./frame.b2.js";import d from`./gone.d4.js`;'
    (scripts / "Chart.c3.js").write_text(chart + " " * LARGE)
    (scripts / "frame.b2.js").write_text('import{c}from"./Chart.c3.js"')
    return tmp_path


def test_a_part_and_all_that_it_needs_beyond_the_page_is_named_the_large_ones_last(front_end: Path) -> None:
    assert hints(front_end, ["Chart"]) == [
        "<./static/js/frame.b2.js>; rel=modulepreload; crossorigin",
        "<./static/js/Chart.c3.js>; rel=modulepreload; crossorigin; fetchpriority=low",
    ]


def test_streamlits_own_chart_is_found() -> None:
    found = hints(Path(file_util.get_static_dir()))
    assert "PlotlyChart." in found[-1]
    assert "fetchpriority=low" in found[-1]
    assert len(found) > 3


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (HTMLResponse("<p>page</p>"), "<./a.js>; rel=modulepreload, <./b.js>; rel=modulepreload"),
        (HTMLResponse("<p>a page of our own</p>", headers={"Content-Security-Policy": "default-src 'none'"}), None),
        (PlainTextResponse("ok"), None),
        (Response(b"{}", media_type="application/json"), None),
    ],
)
def test_pages_carry_the_hints_and_nothing_else_does(answer: Response, expected: str | None) -> None:
    app = FirstVisit(answer, ["<./a.js>; rel=modulepreload", "<./b.js>; rel=modulepreload"])
    got = ask(app, "/disparities")
    assert got.headers.get("link") == expected
    assert got.body == answer.body


def test_without_anything_to_name_a_page_is_passed_on_as_it_is(front_end: Path) -> None:
    assert hints(front_end, ["Elsewhere"]) == []
    assert "link" not in ask(FirstVisit(HTMLResponse("page"), []), "/").headers
