"""The choice bar: a link is applied whole, what cannot be applied is said, choices stay across pages."""

from __future__ import annotations

import time
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from equity.server.sample_data import PUBLISHED, SAMPLE
from equity.ui.question import choice_bar
from equity.ui.question.address_bar import WENT
from tests.pages.opened import Open, html_of, picked

LINK = {
    "dataset": SAMPLE,
    "measure": "Postpartum visit",
    "by": "payer",
    "reference": "Medicaid",
    "period": "2023-Q3..2024-Q2",
    "where": "site:Northgate",
}


def test_a_link_is_applied_whole(open_page: Open) -> None:
    app = open_page("disparities", **LINK)
    assert picked(app) == {**LINK, "standard": "", "against": ""}
    assert "lens-notice" not in html_of(app)


def test_a_choice_made_after_a_link_stays_whatever_is_pressed_next(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser goes on sending the address that the page was opened with: it is a wish once."""
    monkeypatch.setattr(choice_bar, "STALE_SECONDS", 0.0)
    app = open_page("disparities", **LINK)
    app.selectbox(key="choose_measure").select("Controlled blood pressure").run()
    app.selectbox(key="choose_against").select("reference:average").run()
    app.button(key="pin_groups").click().run()
    assert picked(app)["measure"] == "Controlled blood pressure"
    assert picked(app)["against"] == "reference:average"


def test_what_a_link_asks_in_vain_is_said(open_page: Open) -> None:
    app = open_page("disparities", **{**LINK, "measure": "Gone", "dataset": "Also gone"})
    text = html_of(app)
    assert "There is no dataset “Also gone”" in text
    assert "“Gone” is not a measure" in text
    assert not app.exception


@pytest.mark.parametrize("wish", ["' OR 1=1 --", "race; DROP TABLE cube", "\x00", "🙈", "a" * 5000])
def test_nothing_from_an_address_reaches_the_cube_unlisted(open_page: Open, wish: str) -> None:
    for part in ("measure", "by", "reference", "period", "where", "grain"):
        app = open_page("trends", dataset=SAMPLE, **{part: wish})
        assert not app.exception
        assert "lens-notice" in html_of(app)


def test_choices_stay_across_pages(open_page: Open) -> None:
    app = open_page("disparities", **LINK)
    app.selectbox(key="choose_by").select("language").run()
    for name in ("trends", "areas", "datasets", "disparities"):
        app.query_params.clear()
        app.switch_page(f"../../pages/{name}.py").run()
        assert not app.exception
    kept = picked(app)
    assert kept["by"] == "language"
    assert kept["measure"] == "Postpartum visit"
    assert kept["where"] == "site:Northgate"


def test_an_address_older_than_the_latest_pick_is_no_wish_in_the_moment_after_it(open_page: Open) -> None:
    app = open_page("disparities", **LINK)
    app.selectbox(key="choose_by").select("language").run()
    older = dict(app.session_state["asked_before"])
    assert older["by"] == LINK["by"]
    for asked_at, by in ((time.monotonic(), "language"), (time.monotonic() - choice_bar.STALE_SECONDS, LINK["by"])):
        app.query_params.clear()
        app.query_params.update(older)
        app.session_state["asked_at"], app.session_state["asked_before"] = asked_at, older
        app.session_state[choice_bar.OPENED_WITH] = {}
        app.run()
        assert picked(app)["by"] == by


def test_where_back_led_on_one_page_is_no_wish_of_the_page_that_is_come_to_meanwhile(open_page: Open) -> None:
    app = open_page("disparities", **LINK)
    for went_on, period in (("trends", "2023"), ("disparities", "2022")):
        app.query_params.clear()
        app.query_params.update({**LINK, "period": "2023"})
        app.session_state[WENT] = (went_on, {**LINK, "period": "2022"}, "")
        app.run()
        assert picked(app)["period"] == period
        assert WENT not in app.session_state


def _went_back_while_a_list_says(app: AppTest, period: str, to: str) -> None:
    """Back led to the period ``to``; the list of periods still says ``period``, which counts as picked by Streamlit."""
    app.query_params.clear()
    app.query_params.update({**LINK, "period": to})
    app.selectbox(key="choose_period").select(period).run()
    assert picked(app)["period"] == to
    assert "picked" not in app.session_state


def test_what_a_list_said_before_back_is_no_pick(open_page: Open) -> None:
    app = open_page("disparities", **{**LINK, "period": "2024"})
    app.selectbox(key="choose_period").select("2023").run()
    _went_back_while_a_list_says(app, "2024", "2022")


def test_what_a_list_says_on_the_page_that_was_left_is_no_pick(open_page: Open) -> None:
    app = open_page("disparities", **LINK)
    app.session_state["choosers_of"] = "trends"
    _went_back_while_a_list_says(app, "2023", "2022")


def test_a_pick_that_back_overrules_is_none_of_a_later_run(open_page: Open) -> None:
    app = open_page("disparities", **LINK)
    app.session_state[WENT] = ("disparities", {**LINK, "period": "2022"}, "")
    app.session_state["picked"] = "period"
    app.run()
    assert picked(app)["period"] == "2022"
    assert "picked" not in app.session_state


def test_a_choice_that_another_one_rules_out_is_said(open_page: Open) -> None:
    app = open_page("disparities", **LINK)
    app.selectbox(key="choose_by").select("race").run()
    assert "“Medicaid” is not something to compare with here" in html_of(app)
    assert picked(app)["reference"] == "best"


def test_a_change_of_dataset_keeps_what_it_can(open_page: Open) -> None:
    app = open_page("disparities", **LINK)
    app.selectbox(key="choose_dataset").select(PUBLISHED).run()
    assert not app.exception
    assert picked(app)["dataset"] == PUBLISHED
    assert "lens-notice" in html_of(app)


def test_the_address_says_the_whole_question(open_page: Open) -> None:
    app = open_page("disparities", **LINK)
    written = app.session_state["asked"]
    assert {**LINK, "grain": "quarter"}.items() <= written.items()


def test_one_group_is_looked_at_on_every_measure_from_its_comparison_and_left_again(open_page: Open) -> None:
    app = open_page("disparities", dataset=SAMPLE, measure="Controlled blood pressure", by="race", group="Asian")
    (link,) = [e for e in app.get("page_link") if e.proto.label == "Asian patients on every measure"]
    asked = parse_qs(link.proto.query_string)
    assert asked["one_group"] == ["race:Asian"]
    app = open_page("scan", **{part: values[0] for part, values in asked.items()})
    assert "Asian patients, 2024: no clear gap on 9 measures compared." in html_of(app)
    app.selectbox(key="choose_one_group").select("language:Spanish").run()
    assert "People whose language is Spanish, 2024: " in html_of(app)
    app.selectbox(key="choose_one_group").select("").run()
    assert "Largest gaps, 2024: 10 gaps are clear" in html_of(app)


def test_a_group_of_a_population_is_called_people_by_the_link_and_by_the_page_that_it_opens(open_page: Open) -> None:
    app = open_page("disparities", dataset=PUBLISHED)
    (link,) = [e for e in app.get("page_link") if e.proto.label.endswith(" on every measure")]
    assert link.proto.label == "Black or African American people on every measure"
    app = open_page("scan", **{part: values[0] for part, values in parse_qs(link.proto.query_string).items()})
    assert "Black or African American people" in html_of(app)
    assert "patients" not in html_of(app)


def test_one_group_that_is_none_is_said(open_page: Open) -> None:
    text = html_of(open_page("scan", dataset=SAMPLE, one_group="race:Nobody"))
    assert "“race:Nobody” is not a group that every measure can be looked at for here" in text
    assert "Largest gaps, 2024" in text
