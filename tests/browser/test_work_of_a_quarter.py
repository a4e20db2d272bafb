"""What a team does with an aim between two extracts: drivers, a test with its prediction, a reflection that a leader
answers on a phone; and with the next extract all of them show what changed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from equity.access.here import Here
from equity.actions.work import aims, cycles, drivers, focus, projects, reflections
from equity.cube import open_cube
from equity.focus.room import Choice, FocusRoom
from equity.improvement.aims import Aim
from equity.improvement.progress import baseline_of
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.sharing import make_release
from equity.store.files.versions import current_version
from equity.words.work import reflections as words
from tests.browser.clinics import DATASET, next_extract, picked, pressed, typed, until, without_other_aims
from tests.browser.conftest import PATIENCE
from tests.browser.server import Server
from tests.browser.standing import opened, settled, turned_to, unfolded
from tests.browser.test_learning_call import PHONE, window

AIM = Aim(
    dataset=DATASET,
    measure="Diabetes control",
    by="race",
    group="Black",
    target=0.62,
    by_when="2027-Q4",
    where="at all clinics",
    with_whom="the patient council",
    benefits="Patients",
    burdened="Nurses, at first",
    floor=0.02,
)


@pytest.fixture
def aim(county: Here, clinics: Server) -> str:
    """The focus that the team chose, and its one aim on the county's data; the aim's id."""
    if focus.current_focus(county) is None:
        choice = Choice("Diabetes", "The clinics can change it themselves", "", "All of us", "2027-06-30")
        room = FocusRoom("What to work on", DATASET, 1, areas=("Diabetes",), stage="chosen", choice=choice)
        focus.open_decision(county, room)
    without_other_aims(county, DATASET)
    if held := aims.aims(county):
        return held[0].id
    cube = open_cube(current_version(clinics.home, DATASET).folder)
    whole = replace(AIM, baseline=baseline_of(cube, AIM, "2024"))
    return aims.set_aim(county, aims.begin_aim(county, AIM), whole, cube).id


def drawn(page: Page, clinics: Server, county: Here, aim: str) -> None:
    """A driver diagram with a driver and an idea under it."""
    opened(page, f"{clinics.url}/projects")
    pressed(page, "Begin a driver diagram")
    typed(page, "In a few words", "Visits that people can come to")
    pressed(page, "Keep this driver")
    until(lambda: len((drivers.diagram(county, aim) or pytest.fail()).content.drivers) == 1)
    settled(page)
    page.get_by_text("Add or change a driver or idea").click()  # folded, now that there is one
    typed(page, "In a few words", "Hours outside of working time")
    page.keyboard.press("Tab")
    page.wait_for_timeout(500)
    settled(page)  # what was typed is read, and the lists stand still
    page.get_by_role("combobox", name="It serves", exact=True).click()
    page.get_by_role("option", name="Visits that people can come to").click()
    page.keyboard.press("Escape")
    pressed(page, "Keep this driver")
    expect(page.locator("svg[role=group] g[tabindex='0']")).to_have_count(3)  # the aim and its two drivers


def a_test_of_change(page: Page, county: Here) -> str:
    """A project with a test of change: predicted, done, studied, decided; the project's id."""
    typed(page, "What is tried, in a few words", "Two late clinics a week")
    pressed(page, "Begin a project")
    expect(page.locator(".lens-heading").first).to_have_text("Two late clinics a week")
    pressed(page, "Begin a test of change")
    typed(page, "Question", "Do people come after work?")
    typed(page, "What we expect", "8 of 10 come")
    typed(page, "Who does it", "Rosa")
    page.get_by_role("spinbutton", name="year, First day").click()
    page.keyboard.type("20250106")
    page.keyboard.press("Escape")  # the calendar that opened by itself
    [project] = projects.projects(county)
    until(lambda: cycles.cycles(county, project.id)[0].content.begins == "2025-01-06")
    pressed(page, "Open Do")
    expect(page.get_by_text("8 of 10 come (written before").first).to_be_visible()
    pressed(page, "It was done: open Study")
    typed(page, "What happened", "9 of 10 came")
    picked(page, "That was", "as we expected")
    pressed(page, "Open Act")
    page.get_by_text("Adopt", exact=True).click()
    page.get_by_label("Because we learned").fill("People come when it is after work.")
    pressed(page, "Close this test")
    expect(page.get_by_text("as we expected").first).to_be_visible()
    return project.id


def reflected(page: Page, clinics: Server, county: Here) -> str:
    """The quarter's reflection: written, signed, one piece shared; the leader's link."""
    plan, policy = Plan(("race",), "year", "none"), policy_of("cms")
    make_release(county.database, clinics.home, county.workspace, DATASET, plan, policy, by=county.person)
    opened(page, f"{clinics.url}/reflections")
    pressed(page, words.BEGIN)
    expect(page.get_by_role("heading", name="The six milestones")).to_be_visible()
    [kept] = reflections.reflections(county)
    milestone = page.locator(f"[class*='st-key-milestone_{kept.id}_portfolio']")
    milestone.locator("summary").click()
    milestone.get_by_role("button", name="Write on this").click()
    typed(page, words.PIECE_NAMES["progress"], "Two late clinics began.")
    until(lambda: "began." in "".join(part.content.progress for part in reflections.written(county, kept.id).parts))
    pressed(page, words.SIGN)
    expect(page.get_by_text("The local owner, ").first).to_be_visible()
    settled(page)
    page.get_by_text("Share it piece by piece").click()
    page.wait_for_timeout(500)
    settled(page)
    unfolded(page.get_by_role("combobox", name=words.LEADERS_READ), page.get_by_role("option"))
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    pressed(page, f"Keep: {words.LEADERS_READ.lower()}")
    expect(page.get_by_text("Leaders read one piece.")).to_be_visible()
    settled(page)
    if not page.get_by_role("button", name=words.MAKE_LINK).is_visible():
        page.get_by_text("Share it piece by piece").click()
    pressed(page, words.MAKE_LINK)
    link = page.get_by_test_id("stCode").first
    expect(link).to_be_visible()
    return link.inner_text().strip()


def answered(phone: Page, address: str) -> None:
    """The leader reads on a phone and says what they will do."""
    phone.set_default_timeout(2 * PATIENCE)
    opened(phone, address)
    expect(phone.get_by_text("Two late clinics began.")).to_be_visible()
    phone.get_by_label(words.NAME, exact=True).fill("Dr. Ade")
    phone.get_by_label(words.READ, exact=True).fill("The late clinics began.")
    phone.get_by_label(words.WILL_DO, exact=True).fill("Pay the evening hours")
    pressed(phone, words.SEND)
    expect(phone.get_by_text(words.THANKS)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_an_aim_to_what_changed(
    clinics: Server, county: Here, aim: str, browser: Browser, page: Page, tmp_path: Path
) -> None:
    page.set_default_timeout(2 * PATIENCE)
    drawn(page, clinics, county, aim)
    project = a_test_of_change(page, county)
    link = reflected(page, clinics, county)
    phone = window(browser, PHONE, dark=True)
    answered(phone, link)
    phone.context.close()
    next_extract(clinics, tmp_path, "2025-Q3", "2025-Q4", gained=0.06)
    opened(page, f"{clinics.url}/aims")
    expect(page.get_by_text(re.compile("60% of the change is reached")).first).to_be_visible()
    opened(page, f"{clinics.url}/projects?project={project}")
    expect(page.get_by_text("as we expected").first).to_be_visible()
    page.get_by_text("What the data say around this test").first.click()
    expect(page.get_by_text("Diabetes control").first).to_be_visible()
    turned_to(page, "Reflections")
    expect(page.get_by_text("Pay the evening hours").first).to_be_visible()
    turned_to(page, "Our path")
    for held in ("1 driver diagram", "1 project", "1 test of change"):
        expect(page.get_by_text(re.compile(held)).first).to_be_visible()


def heard(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for the server while the line, which runs through this test, goes on."""
    late = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < late
        page.wait_for_timeout(200)


def test_words_typed_as_the_line_drops_are_kept(clinics: Server, county: Here, aim: str, page: Page) -> None:
    """The line to the server drops as somebody writes in a reflection; when it is back, every letter is kept."""
    lines: list[WebSocketRoute] = []
    down = False

    def through(line: WebSocketRoute) -> None:
        if down:
            line.close()
            return
        line.connect_to_server()
        lines.append(line)

    page.route_web_socket(re.compile("_stcore/stream"), through)
    kept = reflections.begin_reflection(county, "2025-Q2")
    part = reflections.begin_part(county, kept, "history")

    def said() -> str:
        return reflections.written(county, kept.id).parts[0].content.progress

    opened(page, f"{clinics.url}/reflections")
    if page.get_by_role("combobox", name="Quarter").count():
        picked(page, "Quarter", words.quarter("2025-Q2"))
        settled(page)
    page.locator(f"[class*='st-key-milestone_{kept.id}_history']").locator("summary").click()
    typed(page, words.PIECE_NAMES["progress"], "Before.")
    heard(page, lambda: said() == "Before.")
    typed(page, words.PIECE_NAMES["progress"], " Just before.")
    down = True
    for line in lines:
        line.close()
    field = page.get_by_label(words.PIECE_NAMES["progress"], exact=True)
    expect(field).to_be_disabled()  # nobody writes where nobody hears
    page.wait_for_timeout(3_000)
    assert said() == "Before."
    down = False
    heard(page, lambda: said() == "Before. Just before.")
    expect(field).to_have_value("Before. Just before.")
    assert part.version < reflections.written(county, kept.id).parts[0].version
