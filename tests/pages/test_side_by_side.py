"""Compare with …: in the address, as a card that can be made again, and on no other card."""

from __future__ import annotations

import pytest

from equity.cards.made_again import made_again
from equity.cards.recipe import recipes_in
from equity.server.sample_data import SAMPLE
from equity.ui.question import answers
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import Open, html_of, picked

ASKED = {"dataset": SAMPLE, "measure": "Controlled blood pressure", "by": "race", "period": "2024"}


@pytest.mark.parametrize("against", ["period:2022", "measure:Postpartum visit", "reference:average", "group:Asian"])
def test_a_link_puts_it_beside_the_question_and_the_card_can_be_made_again(open_page: Open, against: str) -> None:
    app = open_page("disparities", **ASKED, against=against)
    assert not app.exception
    assert picked(app)["against"] == against
    assert len(charts_of(app)) == 3
    made = made_again(*recipes_in(_recipe(app.session_state["asked"])), answers)
    assert made.answer.choices.measure == ASKED["measure"]
    assert made.recipe.wishes["against"] == against


def test_what_cannot_be_put_beside_it_is_said_and_nothing_else_changes(open_page: Open) -> None:
    app = open_page("disparities", **ASKED, against="period:1999")
    said = html_of(app)
    assert "“1999” cannot be put beside this question, so it is left out." in said
    assert said.index("cannot be put beside") < said.index("lens-answer")  # under the bar, not beside the list below
    assert len(charts_of(app)) == 2


def _recipe(asked: dict[str, str]) -> dict[str, str]:
    held = answers.description_of_version(SAMPLE, 1)
    assert held is not None
    return {
        **{k: v for k, v in asked.items() if v},
        "card": "disparities.side_by_side",
        "version": "1",
        "made": held.created,
    }
