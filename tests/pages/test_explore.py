"""Explore: what is picked is counted, what is written is run and stopped, and only by those who may."""

from __future__ import annotations

import time

import pytest
from streamlit.testing.v1 import AppTest

from equity.explore.nouns import KEPT_SELECT
from equity.server.sample_data import SAMPLE
from equity.store.records import shelf
from equity.store.workspace.database import workspace_database
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import HOSTILE, Open, html_of

SPLIT = '["by:race", "time:year"]'


def opened(open_page: Open, **more: str) -> AppTest:
    app = open_page("explore", dataset=SAMPLE, measure="Controlled blood pressure", period="all", **more)
    assert not app.exception
    return app


def test_a_link_opens_the_groupings_filters_and_drawing_that_it_names(open_page: Open) -> None:
    app = opened(open_page, split=SPLIT, only='[["sex", "Female"]]', drawing="lines")
    text = html_of(app)
    assert "Controlled blood pressure by race and ethnicity, and year" in text or "Controlled blood pressure:" in text
    assert "Female only" in text or "cells" in text
    assert charts_of(app)


@pytest.mark.parametrize("drawing", ["dots", "counts", "lines", "map", "table"])
def test_each_way_to_draw_is_drawn(open_page: Open, drawing: str) -> None:
    app = opened(open_page, split=SPLIT, drawing=drawing)
    assert charts_of(app)
    assert not app.exception


def test_an_odd_link_is_said_and_harmless(open_page: Open) -> None:
    app = opened(open_page, split='["by:no such", "by:race"]', only='[["sex", "nobody"]]')
    assert "are left out" in html_of(app)
    app = opened(open_page, split="{")
    assert "choose anew" in html_of(app)


def test_names_that_attack_are_read_as_written(open_page: Open) -> None:
    app = open_page("explore", dataset=HOSTILE, split='["by:attack", "time:year"]')
    assert not app.exception
    assert "<script>alert" not in html_of(app)


def test_a_query_is_run_and_its_rows_are_shown(open_page: Open) -> None:
    app = opened(open_page)
    app.text_area(key="own_select_text").set_value("SELECT count(*) AS all_rows FROM facts")
    app.button(key="own_select_run").click().run()
    for _ in range(200):
        if "rows from" in html_of(app):
            break
        time.sleep(0.1)
        app.run()
    assert "1 rows from" in html_of(app)
    assert any("all_rows" in each.value.columns for each in app.dataframe)


def test_a_refused_query_says_why(open_page: Open) -> None:
    app = opened(open_page)
    app.text_area(key="own_select_text").set_value("SELECT * FROM read_csv('/etc/passwd')")
    app.button(key="own_select_run").click().run()
    for _ in range(100):
        if "nothing else" in html_of(app):
            return
        time.sleep(0.1)
        app.run()
    pytest.fail("nothing was said")


def test_a_query_at_work_can_be_stopped(open_page: Open) -> None:
    app = opened(open_page)
    app.text_area(key="own_select_text").set_value(
        "SELECT count(*) FROM facts a, facts b, facts c WHERE a.x+b.x+c.x > 2"
    )
    app.button(key="own_select_run").click().run()
    app.button(key="own_select_stop").click().run()
    for _ in range(100):
        if "This was stopped." in html_of(app):
            return
        time.sleep(0.1)
        app.run()
    pytest.fail("it was not stopped")


def test_a_query_is_kept_under_a_name_and_can_be_begun_from(open_page: Open) -> None:
    app = opened(open_page)
    app.text_area(key="own_select_text").set_value("SELECT 7 AS seven FROM facts LIMIT 1")
    app.text_input(key="own_select_name").set_value("Seven")
    app.button(key="own_select_keep_new").click().run()
    again = opened(open_page)
    chosen = again.selectbox(key="own_select_from")
    assert "Seven" in chosen.options
    (kept,) = shelf.listed(workspace_database(), HOME_WORKSPACE, KEPT_SELECT)
    chosen.set_value(kept.id).run()
    assert again.text_area(key="own_select_text").value == "SELECT 7 AS seven FROM facts LIMIT 1"
