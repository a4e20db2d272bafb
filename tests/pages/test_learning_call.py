"""The page of learning calls: started from a card in two clicks, let in, ended, and its minutes read."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import icalendar
from streamlit.testing.v1 import AppTest

from equity.access.here import Here
from equity.actions.calls import call_moves, call_voices
from equity.actions.calls.call_voices import Wanted
from equity.actions.calls.live_calls import live_call
from equity.actions.work import aims, cycles, projects
from equity.export.calendar import as_calendar
from equity.improvement.aims import Aim
from equity.improvement.nouns import AIM
from equity.improvement.projects import Project
from equity.server.sample_data import SAMPLE
from equity.store.records import shelf
from equity.store.records.calls import Call, calls_in
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.ui.call.running import qr_code
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import HOSTILE, Open, html_of


def calls() -> tuple[Call, ...]:
    return calls_in(workspace_database(), HOME_WORKSPACE)


def with_card(open_page: Open, name: str = "disparities", **choices: str) -> AppTest:
    """The page as the first card's “Start a call” opens it."""
    app = open_page(name, **choices)
    query = next(link.proto.query_string for link in app.get("page_link") if link.proto.label == "Start a call")
    app.switch_page("../../pages/learning_call.py")
    for part, code in parse_qsl(query):
        app.query_params[part] = code
    return app.run()


def started(app: AppTest) -> AppTest:
    return app.button(key="start_call").click().run()


def test_a_card_becomes_a_call_in_two_clicks(open_page: Open) -> None:
    before = len(calls())
    app = with_card(open_page, dataset=SAMPLE, measure="Controlled blood pressure", by="race", period="2024")
    assert "Which group has the lowest rate" in html_of(app)
    app = started(app)
    assert not app.exception
    call = calls()[0]
    assert len(calls()) == before + 1
    shown = html_of(app)
    assert call.title in shown
    address = app.code[0].value
    assert "/call/" in address
    leading = next(link.proto.url for link in app.get("link_button") if link.proto.label == "Lead the call")
    assert leading.startswith(address + "#lead=")
    app.run()
    again = next(link.proto.url for link in app.get("link_button") if link.proto.label == "Lead the call")
    assert again == leading


def test_the_minutes_are_a_page_and_what_became_of_a_test_is_kept(open_page: Open) -> None:
    started(with_card(open_page, dataset=SAMPLE, measure="Controlled blood pressure", by="race", period="2024"))
    live = live_call(workspace_database(), calls()[0].id)
    who = call_voices.participant_of(live, call_voices.join(live, "Ana", "data"))
    call_voices.contribute(live, who, Wanted("g", "predict", "5 points"))
    call_moves.move(live, stage="notice")
    call_voices.contribute(live, who, Wanted("n", "notice", f"I see {HOSTILE}"))
    test = call_voices.contribute(live, who, Wanted("t", "next_test", "Call five people", owner="Ana"))
    call_moves.end(live, None)
    app = open_page("learning_call", minutes=live.call.id)
    assert not app.exception
    shown = html_of(app)
    assert "1 of 1 thought the gap was smaller" in shown
    assert "Call five people" in shown
    assert "<img src=x" not in shown
    assert len(charts_of(app)) == 1
    app.text_input(key=f"became_{test.id}").set_value("It became a project").run()
    live.catch_up()
    assert live.state.contributions[test.id].became == "It became a project"


def test_a_next_test_becomes_a_test_of_change_by_four_fields(open_page: Open) -> None:
    started(with_card(open_page, dataset=SAMPLE, measure="Controlled blood pressure", by="race", period="2024"))
    live, place = (
        live_call(workspace_database(), calls()[0].id),
        Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER),
    )
    who = call_voices.participant_of(live, call_voices.join(live, "Ana", "data"))
    call_moves.move(live, stage="next_test")
    test = call_voices.contribute(
        live, who, Wanted("t", "next_test", "Call five people", owner="Ana", day="2027-03-01")
    )
    call_moves.end(live, None)
    assert "begin one first" in html_of(open_page("learning_call", minutes=live.call.id))
    aim = aims.begin_aim(place, Aim(dataset=SAMPLE, measure="Controlled blood pressure", by="race"))
    project = projects.begin_project(place, aim.id, Project("Call back"))
    app = open_page("learning_call", minutes=live.call.id)
    app.text_input(key=f"test_of_{test.id}_question").set_value("Do they come?")
    app.text_input(key=f"test_of_{test.id}_expects").set_value("4 of 5")
    next(button for button in app.button if button.label == "Keep this test").click().run()
    assert not app.exception
    [kept] = cycles.cycles(place, project.id)
    assert (kept.content.objective, kept.content.who, kept.content.begins) == ("Call five people", "Ana", "2027-03-01")
    assert (kept.content.call, kept.content.shown.measure) == (live.call.id, "Controlled blood pressure")
    assert cycles.open_do(place, kept).content.questions[0].prediction == "4 of 5"
    app.run()
    live.catch_up()
    assert live.state.contributions[test.id].became == "A test of change in “Call back”"
    projects.withdraw_project(place, project)
    shelf.withdraw(place.database, place.workspace, AIM, aim.id, seen_version=aim.version, by=LOCAL_OWNER)


def test_a_call_on_a_hostile_dataset_runs_nothing(open_page: Open) -> None:
    app = started(with_card(open_page, dataset=HOSTILE))
    assert not app.exception
    assert "<img src=x" not in html_of(app)


def test_a_practice_call_is_one_button(open_page: Open) -> None:
    app = open_page("learning_call")
    app.button(key="practice_call").click().run(timeout=60)
    assert not app.exception
    live = live_call(workspace_database(), calls()[0].id)
    assert len(live.state.participants) == 30
    app.button(key="call_end").click().run()
    assert calls()[0].ended is not None


def test_an_open_call_can_be_opened_again_with_a_new_link(open_page: Open) -> None:
    first = started(with_card(open_page, dataset=SAMPLE)).code[0].value
    call = calls()[0]
    app = open_page("learning_call")
    app = app.button(key=f"again_{call.id}").click().run()
    assert "/call/" in app.code[0].value
    assert app.code[0].value != first


def test_a_call_of_no_workspace_is_a_sentence(open_page: Open) -> None:
    app = open_page("learning_call", minutes="elsewhere")
    assert not app.exception
    assert "There is no call" in html_of(app)


def test_an_invitation_is_a_calendar_file_in_utc() -> None:
    start = dt.datetime(2026, 3, 9, 12, 0, tzinfo=ZoneInfo("America/New_York"))
    read = icalendar.Calendar.from_ical(as_calendar("id", "Our; call, 2026", start, 45, "https://x/call/t", "KITE-42"))
    [event] = read.walk("VEVENT")
    assert event.decoded("dtstart") == dt.datetime(2026, 3, 9, 16, 0, tzinfo=dt.UTC)
    assert event.decoded("dtend") - event.decoded("dtstart") == dt.timedelta(minutes=45)
    assert str(event["summary"]) == "Our; call, 2026"
    assert "KITE-42" in str(event["description"])


def test_a_qr_code_is_a_picture_of_the_address() -> None:
    drawn = qr_code("https://example.org/call/abc")
    assert drawn.lstrip().startswith("<?xml")
    assert "<svg" in drawn
    assert qr_code("https://example.org/call/abd") != drawn
