"""Presenting: each card asked before it is shown, made again from a link alone; and the set of chosen cards."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qsl

import openpyxl
import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from equity.cards.recipe import NOT_HERE, ODD
from equity.server.sample_data import SAMPLE
from equity.store.workspace.audit_log import entries
from equity.store.workspace.database import workspace_database
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import HOSTILE, Open, begun, html_of, turned_to, with_tables
from tests.pages.people import DATASET, small_home

CARDS = {
    "disparities": ["groups", "gaps"],
    "trends": ["over_time", "multiples", "pace"],
    "areas": ["map", "ranked"],
    "scan": ["ranked", "map"],
    "intersections": ["map", "dots", "model"],
    "gap_sources": ["sites", "split", "funnel", "model"],
    "completeness": ["place", "bounds", "time"],
    "summary": ["in_units", "over_time"],
}
PRESENTED = re.compile(r'lens-presented"><h1>(.+?)</h1>')
HEADING = re.compile(r'<h2 class="lens-heading">(.+?)</h2>')


def link_of(app: AppTest) -> dict[str, str]:
    """The parameters of the page's link that presents its cards."""
    links = [link.proto for link in app.get("page_link") if link.proto.label == "Present this page"]
    return dict(parse_qsl(links[0].query_string))


def presented(app: AppTest) -> AppTest:
    """The cards of a page that is open, presented by its own link."""
    link = link_of(app)
    app.switch_page("../../pages/presenting.py")
    for part, code in link.items():
        app.query_params[part] = code
    return app.run()


def forward(app: AppTest) -> AppTest:
    return app.button(key="present_forward").click().run()


def drawn(app: AppTest) -> list[dict[str, object]]:
    return [json.loads(chart.spec) for chart in charts_of(app)]


@pytest.mark.parametrize("name", CARDS)
def test_each_card_is_asked_first_and_then_the_same_as_on_its_page(open_page: Open, name: str) -> None:
    page = open_page(name, dataset=SAMPLE)
    if name == "trends":  # on its page this card waits for a date; presented, it takes the usual one
        page.button_group(key="close_by_quarter_2024-Q4").select("2026-Q4").run()
    link, figures = link_of(page), drawn(page)
    titles = HEADING.findall(html_of(page))
    assert link["card"] == ",".join(f"{name}.{card}" for card in CARDS[name])
    values = {cell for table in with_tables(page).dataframe for cell in table.value.astype(str).to_numpy().ravel()}
    secret = {cell for cell in values if re.search(r"\d[%.]|\d points", cell)}
    assert secret
    app = presented(page)
    for at in range(len(CARDS[name])):
        assert not app.exception
        text = html_of(app)
        assert "Say it aloud, then reveal." in text
        assert f"{at + 1} of {len(CARDS[name])}" in text
        assert app.button(key="present_forward").label == "Reveal"
        sent = text + "".join(chart.spec + chart.alt for chart in charts_of(app))
        assert not [cell for cell in secret if cell in sent]
        assert not app.dataframe
        forward(app)
        assert PRESENTED.findall(html_of(app))[0] in titles
        assert drawn(app)[-1] in figures
        if at + 1 < len(CARDS[name]):
            forward(app)
    assert app.button(key="present_forward").disabled


def test_nothing_is_asked_of_a_lens_before_it_is_revealed(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = presented(open_page("disparities", dataset=SAMPLE))
    asked: list[object] = []
    monkeypatch.setattr("equity.ui.question.answers.disparities", asked.append)
    app.run()
    assert "Say it aloud" in html_of(app)
    assert asked == []
    forward(app)
    assert len(asked) == 1


def test_forward_back_and_a_card_that_was_revealed_stays_so(open_page: Open) -> None:
    app = presented(open_page("disparities", dataset=SAMPLE))
    assert app.button(key="present_back").disabled
    forward(forward(app))
    assert "2 of 2" in html_of(app)
    app.button(key="present_back").click().run()
    assert app.button(key="present_forward").label == "Next"
    forward(forward(app))
    assert app.button(key="present_forward").disabled


def test_close_leads_back_to_the_page_with_its_question(open_page: Open) -> None:
    app = presented(open_page("disparities", dataset=SAMPLE, by="language"))
    app.button(key="present_close").click().run()
    assert not app.exception
    assert app.selectbox(key="choose_by").value == "language"


def test_a_link_that_was_changed_shows_a_sentence(open_page: Open) -> None:
    app = open_page("disparities", dataset=SAMPLE)
    link = link_of(app)
    app.switch_page("../../pages/presenting.py")
    for change, said in (
        ({"version": "99"}, NOT_HERE.format(dataset=SAMPLE, version=99)),
        ({"made": "2020-01-01"}, NOT_HERE.format(dataset=SAMPLE, version=1)),
        ({"dataset": "elsewhere"}, NOT_HERE.format(dataset="elsewhere", version=1)),
        ({"card": "disparities.nothing"}, ODD),
        ({"card": "nowhere.groups"}, ODD),
        ({"measure": "<script>alert(1)</script>"}, ODD),
        ({"version": "²"}, ODD),
        ({"version": "-1"}, ODD),
    ):
        for part, code in {**link, **change}.items():
            app.query_params[part] = code
        app.run()
        assert not app.exception
        text = html_of(app)
        assert said in text, change
        assert "<script" not in text
        assert not charts_of(app)


def test_hostile_names_do_nothing_when_they_are_asked_about_and_shown(open_page: Open) -> None:
    app = presented(open_page("disparities", dataset=HOSTILE))
    for _ in range(2):
        assert not app.exception
        assert "<img" not in html_of(app)
        assert all("<img" not in chart.spec for chart in charts_of(app))
        forward(app)


def chosen(open_page: Open) -> AppTest:
    """The page of the set, with three cards chosen on two pages."""
    app = open_page("disparities", dataset=SAMPLE)
    for key in ("keep_groups", "keep_gaps"):
        app.button(key=key).click().run()
    assert app.button(key="keep_groups").label == "In your presentation"
    app.switch_page("../../pages/areas.py").run()
    app.button(key="keep_map").click().run()
    app.switch_page("../../pages/presenting.py").run()
    assert not app.exception
    return app


def test_the_set_outlives_pages_and_is_put_in_order_and_presented(open_page: Open) -> None:
    app = chosen(open_page)
    first, second, third = HEADING.findall(html_of(app))[:3]
    assert "every way of grouping" in html_of(app)
    assert f"Data: {SAMPLE}, version 1." in html_of(app)
    app.button(key="move_Down_0").click().run()
    app.button(key="remove_2").click().run()
    kept = HEADING.findall(html_of(app))[:2]
    assert [title[3:] for title in kept] == [second[3:], first[3:]]
    assert third[3:] not in html_of(app)
    app.toggle(key="ask_first").set_value(False).run()
    app.button(key="present_chosen").click().run()
    assert PRESENTED.findall(html_of(app)) == [second[3:]]
    forward(app)
    assert PRESENTED.findall(html_of(app)) == [first[3:]]
    app.button(key="present_close").click().run()
    assert "2 cards are chosen." in html_of(app)
    assert "They stay while this window is open" in html_of(app)
    for _ in range(2):
        app.button(key="remove_0").click().run()
    assert "No cards are chosen yet." in html_of(app)


def test_the_set_is_taken_away_with_the_numbers_of_its_cards(open_page: Open) -> None:
    app = chosen(open_page)
    rates = {}
    for ending in ("pptx", "html", "xlsx"):
        app.button(key=f"make_{ending}").click().run()
        assert not app.exception
        rates[ending] = app.session_state["made_file"].content
    deck = Presentation(io.BytesIO(rates["pptx"]))
    series = next(shape for shape in deck.slides[1].shapes if shape.has_chart).chart.plots[0]
    shown = dict(zip(series.categories, series.series[0].values, strict=True))
    book = openpyxl.load_workbook(io.BytesIO(rates["xlsx"]))
    rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    start = next(i for i, row in enumerate(rows) if row[0] == "group")
    numbers = {row[0]: row[rows[start].index("rate")] for row in rows[start + 1 :]}
    for group, value in shown.items():
        assert value / 100 == pytest.approx(numbers[group])
    assert len(book.worksheets) == 4
    assert rates["html"].decode().count("<article") == 3
    app.button(key="remove_0").click().run()
    assert "made_file" not in app.session_state


def test_a_card_stays_with_the_version_that_it_was_chosen_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    small_home(tmp_path)
    app = turned_to(begun(20), "disparities").run()
    before = drawn(app)[0]
    app.button(key="keep_groups").click().run()
    small_home(tmp_path, seed=11)
    assert drawn(app.run())[0] != before
    app.switch_page("../../pages/presenting.py").run()
    assert f"Data: {DATASET}, version 1." in html_of(app)
    app.button(key="present_chosen").click().run()
    assert drawn(forward(app))[-1] == before


def test_a_picture_is_written_to_the_log_and_no_more_cards_are_taken_than_a_set_holds(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("disparities", dataset=SAMPLE)
    app.session_state["take_groups"] = True
    app.run().button(key="png_groups").click().run()
    assert not app.exception
    logged = entries(workspace_database(), HOME_WORKSPACE)[0]
    assert logged.action == "exported"
    assert logged.subject.endswith("(picture)")
    monkeypatch.setattr("equity.ui.presenting.card_set.MOST", 1)
    app.button(key="keep_groups").click().run()
    app.button(key="keep_gaps").click().run()
    assert app.button(key="keep_gaps").label == "Add to presentation"
    assert "the most there can be" in app.toast[0].value
