"""A pinned card stays beside what is asked next, in the session and by a link; an odd one is refused in a sentence."""

from __future__ import annotations

from equity.server.sample_data import SAMPLE
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import Open, html_of

ASKED = {"dataset": SAMPLE, "measure": "Controlled blood pressure", "by": "race", "period": "2024"}


def test_a_pinned_card_stays_while_the_question_changes_and_goes_when_it_is_unpinned(open_page: Open) -> None:
    app = open_page("disparities", **ASKED)
    first = charts_of(app)[0].alt
    app.button(key="pin_groups").click().run()
    assert len(charts_of(app)) == 2  # itself is not laid beside itself
    app.selectbox(key="choose_measure").set_value("Postpartum visit").run()
    drawn = [chart.alt for chart in charts_of(app)]
    assert len(drawn) == 3
    assert drawn[0] == first
    assert "Postpartum visit" in drawn[1]
    app.switch_page("../../pages/trends.py").run()
    assert charts_of(app)[0].alt == first
    pinned = app.session_state["pinned"]

    app.button(key="unpin").click().run()
    assert first not in [chart.alt for chart in charts_of(app)]

    app.query_params["pinned"] = pinned  # as a request that is older than the click carries it
    assert first not in [chart.alt for chart in charts_of(app.run())]
    linked = open_page("trends", **ASKED, pinned=pinned)
    assert charts_of(linked)[0].alt == first


def test_what_was_never_a_card_is_said_and_can_be_unpinned(open_page: Open) -> None:
    for odd in (
        "nonsense",
        "card=disparities.groups&version=1&made=&dataset=Gone",
        "card=a.b,c.d&version=1",
        "%00" * 900,
    ):
        app = open_page("disparities", **ASKED, pinned=odd)
        assert not app.exception
        assert "lens-notice" in html_of(app)
        app.button(key="unpin").click().run()
        assert "card_pinned" not in html_of(app)
        assert len(charts_of(app)) == 2
