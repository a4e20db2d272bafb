"""The models and the assumptions on their pages: their cards, their sentences, the two sliders."""

from __future__ import annotations

from equity.server.sample_data import SAMPLE
from tests.pages.opened import Open, html_of

QUESTION = {"dataset": SAMPLE, "measure": "Controlled blood pressure", "by": "race", "period": "2024"}


def test_combined_groups_have_their_model(open_page: Open) -> None:
    app = open_page("intersections", **QUESTION, second="payer")
    assert not app.exception
    assert "of all variation lies between combined groups" in html_of(app)
    assert "does not make a gap small" in html_of(app)


def test_the_gap_at_the_same_site_stands_beside_the_one_as_measured(open_page: Open) -> None:
    app = open_page("gap_sources", **QUESTION, within="site")
    assert not app.exception
    text = html_of(app)
    assert text.index("pts lower as measured") < text.index("At the same site, the model")


def test_sliders_move_the_gap_of_those_not_recorded(open_page: Open) -> None:
    app = open_page("completeness", **QUESTION)
    assert not app.exception
    assert "If that is so, the gap for Black or African American patients" in html_of(app)
    assert "their share of those recorded" in html_of(app)
    app.slider[0].set_value(90).run()
    assert not app.exception
    text = html_of(app)
    assert "Assumed: 90% of the" in text
    app.select_slider[0].set_value(10).run()
    assert not app.exception
    assert html_of(app) != text


def test_the_funnel_of_a_rate_may_be_the_reference_groups_and_that_of_a_gap_not(open_page: Open) -> None:
    app = open_page("gap_sources", **QUESTION, within="site")
    key = next(s.key for s in app.selectbox if (s.key or "").startswith("funnel_group_"))
    first, compared = app.selectbox(key=key).value, app.selectbox(key=key).options
    app.segmented_control(key="funnel_of").set_value("rate").run()
    assert app.selectbox(key=key).value == first
    reference = app.selectbox(key=key).options[-1]
    assert app.selectbox(key=key).options == [*compared, reference]
    app.selectbox(key=key).select(reference).run()
    assert not app.exception
    assert f"of {reference} patients" in html_of(app) or f"for {reference} patients" in html_of(app)
    app.segmented_control(key="funnel_of").set_value("gap").run()
    assert not app.exception
    assert app.selectbox(key=key).options == compared
    assert app.selectbox(key=key).value == first
