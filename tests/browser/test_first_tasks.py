"""Five things that somebody wants who has never been here, each on the page where one would look, in few clicks.

What is the largest gap? How sure is that? Is it closing? Who is missing? Share it. The answers must stand on the first
screen of a laptop: nobody who looks for them scrolls.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.server import Server
from tests.browser.standing import opened, settled, turned_to

ON_SCREEN = """part => {
    const box = part.getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.top + Math.min(box.height, 48) <= window.innerHeight;
}"""


A_MOMENT = 400  # milliseconds


class Stranger:
    """Somebody at a laptop: looks at the first screen, clicks, and counts the clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.get_by_test_id("stMain")
        self.clicks = 0

    def sees(self, part: Locator) -> None:
        expect(part).to_be_visible()
        assert part.evaluate(ON_SCREEN), f"not on the first screen: {part.inner_text()}"

    def reads(self, said: str) -> None:
        part = self.page.locator(".lens-answer p").filter(has_text=said)
        expect(part).to_be_visible()
        self.sees(part)

    def click(self, part: Locator) -> None:
        part.click()
        self.clicks += 1
        self.looks()

    def looks(self) -> None:
        """Wait as people do: what was done takes a moment to reach the server, and only then does the page move."""
        settled(self.page)
        self.page.wait_for_timeout(A_MOMENT)
        settled(self.page)

    def follow(self, words: str) -> None:
        link = self.main.get_by_role("link", name=words, exact=True).first
        self.sees(link)
        self.click(link)


@pytest.fixture(scope="module")
def visit(server: Server, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    opened(page, server.url)
    yield page
    context.close()


@pytest.fixture
def somebody(visit: Page) -> Stranger:
    """At home, where everybody begins."""
    turned_to(visit, "Home")
    return Stranger(visit)


def test_what_is_the_largest_gap(somebody: Stranger) -> None:
    somebody.reads("55.0% of visits by Black or African American patients")
    somebody.reads("about 498 more visits would have met the measure")
    somebody.sees(somebody.page.get_by_text("reliable", exact=False).first)
    assert somebody.clicks == 0


def test_how_sure_is_that(somebody: Stranger) -> None:
    somebody.follow("How sure is this?")
    somebody.sees(somebody.page.get_by_role("heading", name="How sure is this?"))
    somebody.sees(somebody.page.get_by_text("The gap for Black or African American patients is large and clear."))
    assert somebody.clicks == 1


def test_is_it_closing(somebody: Stranger) -> None:
    somebody.follow("Is this gap closing?")
    somebody.reads("no clear change")
    assert somebody.clicks == 1


def test_who_is_missing(somebody: Stranger) -> None:
    somebody.follow("Who is missing?")
    somebody.reads("race and ethnicity recorded for 91% of visits")
    assert somebody.clicks == 1


def test_share_it(somebody: Stranger, browser: Browser) -> None:
    somebody.follow("Share it")
    somebody.click(somebody.page.get_by_role("combobox", name="Measures"))
    somebody.click(somebody.page.get_by_role("option", name="Controlled blood pressure"))
    somebody.page.keyboard.press("Escape")
    somebody.looks()
    somebody.click(somebody.page.get_by_text("I have looked at what is shown"))
    somebody.click(somebody.page.get_by_role("button", name="Create release"))
    frozen = somebody.page.get_by_role("status").filter(has_text="is made")
    expect(frozen).to_be_visible()
    somebody.click(somebody.page.locator("summary").filter(has_text="Links (0)").first)
    somebody.click(somebody.page.get_by_role("button", name="Make a link").first)
    address = somebody.page.get_by_test_id("stCode").filter(has_text="/leader?").inner_text().strip()
    assert somebody.clicks <= 7
    phone = browser.new_context(viewport={"width": 390, "height": 844})
    try:
        reader = phone.new_page()
        opened(reader, address)
        finding = reader.locator(".lens-answer p").filter(has_text="Controlled blood pressure")
        expect(finding).to_be_visible()
        assert finding.evaluate(ON_SCREEN)
    finally:
        phone.close()
