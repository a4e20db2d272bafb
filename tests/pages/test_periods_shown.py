"""From which period to which Gap trends looks: in the address, in every card of the page, and in a card's link."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from equity.cards.made_again import asked_first, made_again
from equity.cards.recipe import recipes_in
from equity.server.sample_data import SAMPLE
from equity.ui.question import answers
from equity.words.answers.predictions import Times
from tests.pages.opened import Open, html_of

ASKED = {"dataset": SAMPLE, "measure": "Controlled blood pressure", "by": "race", "grain": "quarter"}


def test_a_link_looks_at_a_stretch_of_periods(open_page: Open) -> None:
    app = open_page("trends", **ASKED, span="2022-Q3..2024-Q2")
    assert not app.exception
    said = html_of(app)
    assert "Q3 2022 to Q2 2024" in said
    assert "Q4 2024" not in said
    assert "picked for what they show can make chance look like change" in said


def test_a_stretch_is_picked_and_taken_back(open_page: Open) -> None:
    app = opened(open_page("trends", **ASKED))
    app.selectbox(key="periods_first").set_value("2023-Q1").run()
    assert app.session_state["asked"]["span"] == "2023-Q1..2024-Q4"
    assert opened(app).selectbox(key="periods_last").options[0] == "Q2 2023"
    app.selectbox(key="periods_last").set_value("2024-Q1").run()
    assert app.session_state["asked"]["span"] == "2023-Q1..2024-Q1"
    assert "Q1 2023 to Q1 2024" in html_of(app)
    opened(app).button(key="periods_every").click().run()
    assert app.session_state["asked"]["span"] == ""
    assert "2022–2024" in html_of(app)


def test_from_the_first_to_the_last_is_every_period(open_page: Open) -> None:
    app = opened(open_page("trends", **ASKED, span="2022"))
    assert [app.selectbox(key=f"periods_{end}").value for end in ("first", "last")] == ["2022-Q1", "2022-Q4"]
    app.selectbox(key="periods_last").set_value("2024-Q4").run()
    assert app.session_state["asked"]["span"] == ""


@pytest.mark.parametrize("wish", ["2031..2032", "2024-Q1", "yesterday<b>"])
def test_what_holds_no_two_periods_is_said_and_every_period_is_drawn(open_page: Open, wish: str) -> None:
    app = open_page("trends", **ASKED, span=wish)
    assert not app.exception
    assert app.session_state["asked"]["span"] == ""
    assert f"does not hold two periods of “{SAMPLE}”" in html_of(app)


@pytest.mark.parametrize("card", ["trends.over_time", "trends.multiples"])
def test_a_card_made_again_from_its_link_looks_at_the_same_periods(open_page: Open, card: str) -> None:
    held = answers.description_of_version(SAMPLE, 1)
    assert held is not None
    link = {**ASKED, "span": "2023", "card": card, "version": "1", "made": held.created}
    made = made_again(*recipes_in(link), answers)
    assert {period[:4] for period in made.numbers()["period"]} == {"2023"}
    assert dict(made.recipe.codes)["span"] == "2023"


def test_control_charts_each_fill_their_own_scale_where_that_is_picked(open_page: Open) -> None:
    held = answers.description_of_version(SAMPLE, 1)
    assert held is not None
    link = {**ASKED, "card": "trends.multiples", "version": "1", "made": held.created}
    one, own = (made_again(*recipes_in({**link, **more}), answers).figure.layout for more in ({}, {"scale": "own"}))
    assert one.yaxis.range == one.yaxis2.range
    assert own.yaxis.range != own.yaxis2.range
    app = open_page("trends", **ASKED, scale="own")
    assert app.selectbox(key="choose_scale").value == "own"
    assert "choose_scale" not in {each.key for each in open_page("trends", **ASKED, group="Asian").selectbox}


def test_what_is_asked_before_the_picture_is_of_the_same_periods(open_page: Open) -> None:
    held = answers.description_of_version(SAMPLE, 1)
    assert held is not None
    for card in ("trends.over_time", "trends.multiples", "trends.equal_ages"):
        link = {**ASKED, "span": "2023-Q2..2024-Q1", "standard": "us2000", "card": card}
        (made,) = recipes_in({**link, "version": "1", "made": held.created})
        frame = asked_first(made, answers).frame
        assert isinstance(frame, Times)
        assert (frame.first, frame.last) == ("Apr 2023", "Mar 2024")


def opened(app: AppTest) -> AppTest:
    """The page with the choice of periods open: a test has no browser that would keep it so."""
    app.session_state["periods_shown"] = True
    return app.run()
