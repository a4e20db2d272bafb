"""The tour of the first minute: five steps, left at any time, and only where the made-up system is looked at."""

from __future__ import annotations

from equity.server.sample_data import PUBLISHED, SAMPLE
from equity.ui.layout.tour import STEPS
from tests.pages.opened import Open, html_of


def test_five_steps_and_then_no_more(open_page: Open) -> None:
    app = open_page("home", dataset=SAMPLE)
    for at, (name, _, _) in enumerate(STEPS, start=1):
        assert f"{at} of 5: {name}" in html_of(app)
        app.button(key="tour_next").click().run()
        assert not app.exception
    assert "of 5:" not in html_of(app)


def test_it_can_be_left_at_once(open_page: Open) -> None:
    app = open_page("home", dataset=SAMPLE)
    app.button(key="tour_leave").click().run()
    assert "of 5:" not in html_of(app)


def test_data_of_ones_own_are_not_toured(open_page: Open) -> None:
    assert "of 5:" not in html_of(open_page("home", dataset=PUBLISHED))


def test_the_last_step_leads_to_a_practice_call(open_page: Open) -> None:
    assert STEPS[-1][2] == "learning_call"
    app = open_page("learning_call")
    assert "Step through a practice call" in [button.label for button in app.button]
