"""A learning call in real browsers: two phones and the facilitator's window, from the link to the minutes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from equity.access.here import Here
from equity.actions import call_minutes, call_opening
from equity.actions.call_opening import Opened
from equity.actions.live_calls import live_call
from equity.store.files.home import home_folder
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.browser.conftest import PATIENCE
from tests.browser.test_axe import AXE
from tests.pages.people import DATASET, small_home
from tests.server.calls_served import on_this_machine, served

CARD = "disparities?measure=Controlled blood pressure&by=race&period=2024"
NARROW, PHONE, LAPTOP = (320, 568), (390, 844), (1280, 720)
SMALL = """() => [...document.querySelectorAll('button, select, input:not([type=checkbox]), textarea, summary')]
    .filter(e => e.getClientRects().length).filter(e => e.getBoundingClientRect().height < 47.5)
    .map(e => e.outerHTML.slice(0, 80))"""


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Opened, str]]:
    """An address, the call there, and the key with which it is led."""
    small_home(tmp_path)
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    plan = call_opening.Plan(DATASET, call_opening.recipes(home_folder(), DATASET, (CARD,)), title="Our call")
    opened = call_opening.open_call(place, home_folder(), plan)
    with served(on_this_machine()) as at:
        yield at, opened, call_opening.lead_key(place, opened.call)


def window(browser: Browser, size: tuple[int, int], *, dark: bool = False) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    return page


def joined(page: Page, address: str, name: str, lens: str) -> Page:
    page.goto(address)
    page.get_by_label("First name").fill(name)
    page.get_by_label("You speak mostly").select_option(lens)
    page.get_by_role("button", name="Join").click()
    expect(page.locator(".write")).to_be_visible()
    return page


def is_for_everyone(page: Page) -> None:
    """Axe has nothing to say, nothing is wider than the screen, nothing that is pressed is too small."""
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(SMALL) == []


def test_from_the_link_to_the_minutes(browser: Browser, call: tuple[str, Opened, str]) -> None:
    at, opened, key = call
    address = at + opened.join
    began = time.monotonic()
    ana = joined(window(browser, NARROW), address, "Ana", "data")
    ana.get_by_label("How wide is the gap").fill("5")
    ana.get_by_role("button", name="Send").click()
    expect(ana.get_by_text("Your guess is in")).to_be_visible()
    assert time.monotonic() - began < 20
    ben = joined(window(browser, PHONE, dark=True), address, "Ben", "equity")
    is_for_everyone(ben)
    lead = window(browser, LAPTOP)
    lead.goto(f"{address}#lead={key}")
    expect(lead.get_by_text("1 of 2 wrote").first).to_be_visible()
    assert key not in lead.url
    lead.get_by_role("button", name="Reveal").click()
    for page in (ana, ben, lead):
        expect(page.locator(".figure .main-svg").first).to_be_visible()
        expect(page.get_by_text("1 of 1 thought the gap was smaller")).to_be_visible()
        is_for_everyone(page)
    for _ in range(2):
        lead.get_by_role("button", name="Next").click()
        lead.wait_for_timeout(300)
    expect(ana.get_by_text("Facts only").first).to_be_visible()

    ana.locator("textarea").fill("Half of a thou")
    ana.reload()  # a phone that slept: the draft is there, word for word
    expect(ana.locator("textarea")).to_have_value("Half of a thou")
    ana.context.set_offline(True)
    expect(ana.get_by_text("Not connected. What you write is kept.")).to_be_visible(timeout=40_000)
    ana.locator("textarea").fill("One group is apart")
    ana.get_by_role("button", name="Send").click()
    expect(ana.get_by_text("It is sent as soon as the line is back").first).to_be_visible()
    ana.context.set_offline(False)
    expect(ben.get_by_text("One group is apart")).to_be_visible()
    expect(ana.get_by_text("Not connected")).to_be_hidden()

    ben.get_by_role("button", name="Add a dot").click()
    expect(ana.get_by_text("● 1")).to_be_visible()
    ben.locator("textarea").fill("They are <b>non-compliant</b>")
    expect(ben.get_by_text("were not reached by")).to_be_visible()
    ben.get_by_label("without my name").check()
    ben.get_by_role("button", name="Send").click()
    expect(ana.get_by_text("They are <b>non-compliant</b>")).to_be_visible()
    is_for_everyone(ana)
    is_for_everyone(lead)

    lead.on("dialog", lambda dialog: dialog.accept())
    lead.get_by_role("button", name="End the call").click()
    expect(ana.get_by_role("heading", name="The call has ended")).to_be_visible()
    live = live_call(workspace_database(), opened.call.id)
    said = call_minutes.as_file(call_minutes.whole_minutes(live, home_folder()), "md").decode()
    assert said.count("One group is apart") == 1
    assert "without a name; team" in said
    assert "1 of 1 thought the gap was smaller" in said
