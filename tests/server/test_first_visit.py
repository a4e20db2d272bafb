"""What draws a chart is asked for with the page, once, after the page's own scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from streamlit import file_util

from equity.charts.parts import template
from equity.server import charts
from equity.server.compression import KEEP
from equity.server.first_visit import LARGE, FirstVisit, hints
from equity.ui.streamlit_host import HOST
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


def test_streamlits_own_parts_are_found_and_what_draws_charts_comes_last() -> None:
    found = [*hints(Path(file_util.get_static_dir())), *charts.first_hints()]
    assert any("BidiComponent." in link for link in found)
    assert found[-1] == f"<./{charts.plotly()}>; rel=preload; as=script; fetchpriority=low"
    assert f"<./{charts.program()}>; rel=modulepreload" in found
    assert len(found) > 3


def test_each_script_is_kept_for_good_at_its_own_version_alone_and_nothing_else_is_served() -> None:
    app = Starlette(routes=charts.routes(HOST))
    for name in (*charts.SCRIPTS, *charts.MADE):
        got = ask(app, f"/charts/{charts.version()}/{name}")
        assert (got.status, got.headers["cache-control"]) == (200, KEEP), name
        assert got.headers["content-type"].startswith("text/javascript")
        assert ask(app, f"/charts/of-yesterday/{name}").headers["cache-control"] == "no-cache"
    assert ask(app, f"/{charts.plotly()}").headers["cache-control"] == KEEP
    for name in ("__init__.py", "..%2fcharts%2f__init__.py", "template.py", "plotly.js"):
        assert ask(app, f"/charts/{charts.version()}/{name}").status == 404


def test_the_scripts_paint_as_the_template_does() -> None:
    made = ask(Starlette(routes=charts.routes(HOST)), f"/charts/{charts.version()}/palettes.js").body.decode()
    palettes = json.loads(made.removeprefix("export const PALETTES = "))
    assert palettes["dark"][template.FOCUS] == template.DARK.roles[0]
    assert palettes["light"][template.PAPER] == template.LIGHT.paper
    assert list(palettes["dark"])[:10] == [f"#0000{i:02d}" for i in range(1, 11)]  # draw.js takes the roles in order


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
