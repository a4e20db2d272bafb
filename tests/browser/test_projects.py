"""Projects in a real browser: a made-up team's path leads to a project; two people who write at once lose nothing."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.server import Server
from tests.browser.standing import opened, settled, turned_to
from tests.browser.test_axe import AXE, LAPTOP, NAVIGATION, OUTSIDE, PHONE, faults


def test_two_people_change_at_once_what_the_path_leads_to(server: Server, page: Page, browser: Browser) -> None:
    opened(page, f"{server.url}/our-path")
    expect(page.get_by_text("All of this is made up")).to_be_visible(timeout=PATIENCE)
    page.get_by_test_id("stMain").get_by_role("link", name="Projects").first.click()
    expect(page.locator(".lens-heading").first).to_have_text("Two late clinics a week")  # the one whose day has passed
    settled(page)
    assert page.get_by_test_id("stMain").get_by_text("9 of 10").count() or page.get_by_text("as we expected").count()
    other = browser.new_context(viewport=PHONE, color_scheme="dark", reduced_motion="reduce")
    other.set_default_timeout(PATIENCE)
    second = other.new_page()
    opened(second, page.url)
    for somebody in (page, second):
        somebody.get_by_text("Change this project").click()
    _type(page, "Site", "North clinic")
    expect(page.locator(".lens-text").first).to_contain_text("at North clinic")  # kept as it is typed
    _type(second, "Site", "South clinic")
    expect(second.get_by_role("heading", name="Theirs")).to_be_visible()
    for place in ("North clinic", "South clinic"):
        expect(second.locator(".lens-list", has_text=place).first).to_be_visible()
    second.evaluate(AXE)
    settled(second)
    assert faults(second, [NAVIGATION]) == []  # with both texts before one's eyes
    second.get_by_role("button", name="Save mine over theirs").click()
    expect(second.locator(".lens-text").first).to_contain_text("at South clinic")
    opened(second, second.url)  # kept: it is there for whoever comes anew
    expect(second.locator(".lens-text").first).to_contain_text("at South clinic")
    assert second.evaluate(OUTSIDE) == []
    second.evaluate(AXE)
    assert faults(second, [NAVIGATION]) == []
    other.close()
    page.set_viewport_size(LAPTOP)
    page.get_by_role("button", name="All projects", exact=True).click()
    page.get_by_role("button", name="Lend cuffs").click()
    expect(page.locator(".lens-heading").first).to_have_text("Lend cuffs for measuring at home")
    turned_to(page, "Our path")
    page.get_by_test_id("stMain").get_by_role("link", name="Projects").first.click()
    expect(page.locator(".lens-heading").first).to_have_text("Two late clinics a week")  # not the one opened before
    opened(page, f"{server.url}/projects")
    expect(page.locator("svg[role=group] g[tabindex='0']").first).to_be_visible()
    page.evaluate(AXE)
    assert faults(page, [NAVIGATION]) == []
    opened(page, f"{server.url}/our-path")
    page.get_by_role("button", name="Remove the made-up team’s work").click()
    page.get_by_role("button", name="See a made-up team").click()
    expect(page.get_by_text("All of this is made up")).to_be_visible()


def _type(page: Page, label: str, text: str) -> None:
    """Type into a field, letter by letter, and stay in it."""
    field = page.get_by_label(label, exact=True)
    field.fill("")
    field.press_sequentially(text)
