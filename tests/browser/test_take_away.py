"""A card is taken away from the page: slides and a page that works without a network, made when they are asked for."""

from __future__ import annotations

import io

from playwright.sync_api import Browser, Page, expect
from pptx import Presentation

from tests.browser.server import Server
from tests.browser.standing import opened


def taken(page: Page, label: str) -> bytes:
    with page.expect_download() as downloading:
        page.get_by_role("button", name=label).first.click()
    return downloading.value.path().read_bytes()


def test_a_card_becomes_slides_and_a_page_of_its_own(server: Server, browser: Browser, page: Page) -> None:
    opened(page, f"{server.url}/disparities")  # a card that is still growing takes what it opened out of sight
    page.get_by_role("button", name="Download").first.click()
    expect(page.get_by_role("button", name="PowerPoint")).to_be_visible()
    title = page.locator(".st-key-card_groups h2").inner_text()
    deck = Presentation(io.BytesIO(taken(page, "PowerPoint")))
    assert deck.slides[1].shapes.title.text_frame.text == " ".join(title.split())
    assert any(shape.has_chart for shape in deck.slides[1].shapes)
    content = taken(page, "Web page").decode("utf-8")
    context = browser.new_context(offline=True)
    try:
        alone = context.new_page()
        alone.set_content(content)
        expect(alone.locator(".main-svg").first).to_be_visible()
        expect(alone.locator("h2")).to_have_text(title)
    finally:
        context.close()
