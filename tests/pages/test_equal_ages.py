"""Rates at equal ages on their pages: crude first, the choice, and the card that it opens."""

from __future__ import annotations

import pytest

from equity.server.sample_data import PUBLISHED, SAMPLE
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import Open, html_of, picked, with_tables


@pytest.mark.parametrize("name", ["disparities", "trends"])
def test_crude_comes_first_and_the_choice_opens_a_card(open_page: Open, name: str) -> None:
    app = open_page(name, dataset=SAMPLE, by="race")
    assert not app.exception
    assert picked(app)["standard"] == ""
    assert "at equal ages" not in html_of(app)
    app = with_tables(open_page(name, dataset=SAMPLE, by="race", standard="us2000"))
    assert not app.exception
    assert picked(app)["standard"] == "us2000"
    text = html_of(app)
    assert "2000 US standard population" in text
    assert "the crude rate is what patients live with" in text
    assert any("equal ages" in chart.alt for chart in charts_of(app))
    assert any("Age-standardized" in table.value.columns for table in app.dataframe)


def test_data_without_ages_offer_no_choice(open_page: Open) -> None:
    for asked in ({"dataset": PUBLISHED}, {"dataset": SAMPLE, "by": "age_band"}):
        app = open_page("disparities", **asked)
        assert not app.exception
        assert "standard" not in picked(app)
