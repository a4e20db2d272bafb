"""A learning call in five browsers, two at phone size, and the facilitator’s window: from the link to the minutes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from equity.access.here import Here
from equity.actions.calls import call_minutes, call_opening
from equity.actions.calls.call_opening import Opened
from equity.actions.calls.live_calls import live_call
from equity.actions.work import focus
from equity.focus.room import FocusRoom
from equity.store.files.home import home_folder
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.browser.conftest import PATIENCE
from tests.browser.test_axe import AXE
from tests.pages.people import DATASET, small_home
from tests.server.calls.calls_served import on_this_machine, served

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
    kept = focus.open_decision(place, FocusRoom("What to work on", DATASET, 1, stage="weighing"))
    cards = call_opening.recipes(home_folder(), DATASET, (CARD,))
    plan = call_opening.Plan(DATASET, cards, title="Our call", decision=kept.id)
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
    # A stage that was just chosen is there a moment later.
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(SMALL) == []


def sketches(page: Page) -> None:
    """Guess by a number for each group; which group and how far follow from it."""
    page.get_by_text("Or sketch every group").click()
    boxes = page.locator(".points input")
    boxes.nth(0).fill("90")
    boxes.nth(1).fill("5")
    page.get_by_role("button", name="more").nth(1).click()
    expect(boxes.nth(1)).to_have_value("10")
    expect(page.get_by_label("How wide is the gap")).to_have_value("80")
    is_for_everyone(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your guess is in")).to_be_visible()


def weighed(lead: Page, people: list[Page]) -> None:
    """Everybody weighs in private, on phones and laptops; then all points come to all at once."""
    lead.get_by_label("Stages").select_option("weigh")
    given = ("60", "70", "20", "30", "40")
    for person, points in zip(people, given, strict=True):
        person.get_by_label("Patients or visits affected", exact=True).fill(points)
        person.get_by_label("Complete data", exact=True).fill(str(95 - int(points)))
        expect(person.get_by_text("Points left to give: 5.")).to_be_visible()
        person.get_by_role("button", name="Complete data: five more").click()
        expect(person.get_by_text("All 100 points are given.")).to_be_visible()
        person.get_by_role("button", name="I have finished").click()
        expect(person.get_by_text("You have finished.")).to_be_visible()
    is_for_everyone(people[0])
    is_for_everyone(people[1])
    expect(lead.get_by_text("5 of 5 wrote").first).to_be_visible()
    for person, points in zip(people, given, strict=True):
        text = person.locator("main").inner_text()
        assert not [other for other in given if other != points and f"{other} (" in text]
    lead.get_by_role("button", name="Show all weights").click()
    for person in (*people, lead):
        expect(person.get_by_role("heading", name="Our weights")).to_be_visible()
        expect(person.get_by_text("70 (team)").first).to_be_visible()
    for person in (people[0], people[1], lead):
        is_for_everyone(person)


def test_from_the_link_to_the_minutes(browser: Browser, call: tuple[str, Opened, str]) -> None:
    at, opened, key = call
    address = at + opened.join
    ana = joined(window(browser, NARROW), address, "Ana", "data")
    ana.get_by_label("How wide is the gap").fill("5")
    ana.get_by_role("button", name="Send").click()
    expect(ana.get_by_text("Your guess is in")).to_be_visible()
    ben = joined(window(browser, PHONE, dark=True), address, "Ben", "equity")
    is_for_everyone(ben)
    others = [joined(window(browser, LAPTOP), address, name, "community") for name in ("Cy", "Di")]
    eve = window(browser, LAPTOP)
    held: list[Route] = []
    eve.route("**/plotly*", lambda route: held.append(route))  # a slow line: what draws does not arrive for a while
    others.append(joined(eve, address, "Eve", "community"))
    sketches(others[0])
    ana.wait_for_function("globalThis.Plotly")  # there before anything is to be drawn
    lead = window(browser, LAPTOP)
    lead.goto(f"{address}#lead={key}")
    expect(lead.get_by_text("2 of 5 wrote").first).to_be_visible()
    assert key not in lead.url
    lead.get_by_role("button", name="Reveal").click()
    expect(eve.get_by_text("1 of 2 thought the gap was smaller, 1 thought it was larger")).to_be_visible()
    assert eve.locator(".main-svg").count() == 0
    for route in held:
        route.continue_()
    for page in (ana, ben, lead, *others):
        expect(page.locator(".figure .main-svg").first).to_be_visible()
        expect(page.get_by_text("1 of 2 thought the gap was smaller, 1 thought it was larger")).to_be_visible()
        expect(page.get_by_role("heading", name="What we sketched")).to_be_visible()
    for page in (ana, ben, lead, others[0]):
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

    others[1].get_by_label("About").select_option(index=1)
    others[1].locator("textarea").fill("Here it is lowest")
    others[1].get_by_role("button", name="Send").click()
    expect(ana.locator("li", has_text="Here it is lowest")).to_contain_text("about ")
    weighed(lead, [ana, ben, *others])
    stages = lead.get_by_label("Stages")
    for stage in stages.locator("option").evaluate_all("options => options.map(option => option.value)"):
        stages.select_option(stage)
        expect(stages).to_have_value(stage)
        lead.wait_for_timeout(300)
        is_for_everyone(lead)

    lead.on("dialog", lambda dialog: dialog.accept())
    lead.get_by_role("button", name="End the call").click()
    expect(ana.get_by_role("heading", name="The call has ended")).to_be_visible()
    live = live_call(workspace_database(), opened.call.id)
    said = call_minutes.as_file(call_minutes.whole_minutes(live, home_folder()), "md").decode()
    assert said.count("One group is apart") == 1
    assert "without a name; team" in said
    assert "1 of 2 thought the gap was smaller" in said
    assert "about " in said
    assert "20 (community), 30 (community), 40 (community), 60 (team), 70 (team)" in said
