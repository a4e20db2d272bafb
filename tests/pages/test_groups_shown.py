"""Show or hide groups: in the address, said under the picture, and in whatever is made from the card."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from equity.cards.made_again import made_again
from equity.cards.recipe import recipes_in
from equity.server.sample_data import SAMPLE
from equity.ui.question import answers
from tests.pages.opened import Open, html_of

ASKED = {"dataset": SAMPLE, "measure": "Controlled blood pressure", "by": "race", "period": "2024"}


def test_a_link_leaves_groups_out_and_says_which(open_page: Open) -> None:
    app = open_page("disparities", **ASKED, hide="Asian,Declined")
    assert not app.exception
    assert app.session_state["asked"]["hide"] == "Asian,Declined"
    text = html_of(app)
    assert text.count("Left out by choice: Asian and Declined.") == 2
    assert "498 more visits" in text  # no number changes


def test_groups_with_too_little_data_can_be_left_out_by_hand_and_come_back(open_page: Open) -> None:
    app = open_page("disparities", **ASKED)
    opened(app).checkbox(key="groups_enough").check().run()
    assert app.session_state["asked"]["hide"] == "*"
    opened(app).multiselect(key="groups_hidden").select("Asian").run()
    assert app.session_state["asked"]["hide"] == "*,Asian"
    assert "Left out by choice: Asian." in html_of(app)
    opened(app).button(key="groups_every").click().run()
    assert app.session_state["asked"]["hide"] == ""
    assert "Left out" not in html_of(app)


def opened(app: AppTest) -> AppTest:
    """The page with the choice of groups open: a test has no browser that would keep it so."""
    app.session_state["groups_shown"] = True
    return app.run()


def test_what_is_no_group_here_is_refused_and_every_group_is_drawn(open_page: Open) -> None:
    app = open_page("disparities", **ASKED, hide="Nobody<b>")
    assert not app.exception
    assert app.session_state["asked"]["hide"] == ""


@pytest.mark.parametrize("page", ["disparities.groups", "trends.over_time"])
def test_a_card_made_again_from_its_link_leaves_the_same_groups_out(open_page: Open, page: str) -> None:
    held = answers.description_of_version(SAMPLE, 1)
    assert held is not None
    link = {**ASKED, "hide": "*,Asian", "card": page, "version": "1", "made": held.created}
    card = made_again(*recipes_in(link), answers)
    assert "Left out by choice: Asian." in card.caption
    assert "Asian" not in card.numbers()["group"].tolist()
    assert dict(card.recipe.codes)["hide"] == "*,Asian"
