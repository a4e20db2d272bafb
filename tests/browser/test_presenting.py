"""Presenting in a real browser: asked first with nothing to see on the wire, then revealed; by the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from equity.charts.parts.template import DARK
from tests.browser.conftest import PATIENCE
from tests.browser.server import Server
from tests.browser.standing import opened, settled
from tests.browser.test_axe import AXE, LAPTOP, OUTSIDE, PHONE, faults

DARK_PAPER = f"rgb({', '.join(str(int(DARK.paper[i : i + 2], 16)) for i in (1, 3, 5))})"

HELD_BACK = """() => {
    const later = window.setTimeout;
    window.moves = [];
    window.setTimeout = (does, after, ...more) => after === 1800 ? moves.push(does) : later(does, after, ...more);
}"""
AXIS = "() => document.querySelector('.st-key-presented_room .js-plotly-plot').layout.xaxis.range"
FIRST_ROW = """() => {
    const { annotations = [], shapes = [] } = document.querySelector('.st-key-presented_room .js-plotly-plot').layout;
    const labels = [...annotations, ...shapes].filter(part => part.name === 'label');
    const [first] = labels.sort((one, other) => (one.y ?? one.y0) - (other.y ?? other.y0));
    return (first.text ?? first.label.text).replace(/<[^>]*>/g, '');
}"""


@pytest.fixture
def heard(browser: Browser) -> Iterator[tuple[Page, list[bytes]]]:
    """A page, and all that the server sends it over the websocket."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page, frames = context.new_page(), list[bytes]()

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda sent: frames.append(sent if isinstance(sent, bytes) else sent.encode()))

    page.on("websocket", listen)
    yield page, frames
    context.close()


def test_a_card_is_asked_revealed_and_closed(server: Server, heard: tuple[Page, list[bytes]]) -> None:
    page, frames = heard
    opened(page, f"{server.url}/disparities")
    card = page.locator(".st-key-card_groups")
    title, rate = card.locator("h2").inner_text(), re.compile(rb"\d\d\.\d%")
    card.get_by_role("button", name="Download").click()
    with page.expect_download() as picture:
        page.get_by_role("button", name="Picture").click()
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")
    page.keyboard.press("Escape")
    card.get_by_role("button", name="Add to presentation").click()
    expect(card.get_by_role("button", name="In your presentation")).to_be_visible()
    settled(page)
    frames.clear()
    card.get_by_role("link", name="Present").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Which group has the lowest rate")
    settled(page)
    assert frames
    assert not any(rate.search(frame) for frame in frames)
    assert page.get_by_test_id("stSidebar").is_hidden()
    assert "Reveal" in page.evaluate("document.activeElement.innerText")
    page.evaluate(HELD_BACK)
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    settled(page)
    assert page.evaluate(AXIS) == [0, 100]  # where it was guessed, in the order of the list
    assert page.evaluate(FIRST_ROW) == "American Indian or Alaska Native"
    page.evaluate("() => moves.forEach(move => move())")
    page.wait_for_function(f"() => ({FIRST_ROW})() === 'Black or African American'")
    assert page.evaluate(AXIS)[0] > 0
    expect(page.locator(".st-key-presented_card")).to_contain_text("about 498 more visits would have met the measure")
    assert any(rate.search(frame) for frame in frames)
    page.evaluate(AXE)
    for size in (LAPTOP, PHONE):
        page.set_viewport_size(size)
        settled(page)
        assert page.evaluate(OUTSIDE) == []
        assert faults(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    dark = f"() => getComputedStyle(document.querySelector('.stApp')).backgroundColor === '{DARK_PAPER}'"
    page.wait_for_function(dark)  # as a function: the content policy lets no text be evaluated
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(card.get_by_role("link", name="Present")).to_be_focused()
    page.goto(f"{server.url}/present")
    expect(page.get_by_text("No cards are chosen yet.")).to_be_visible()  # a set lasts as long as the session


@pytest.mark.parametrize("screen", [(1280, 720), (1920, 1080)])
def test_a_slide_is_whole_above_its_buttons(server: Server, browser: Browser, screen: tuple[int, int]) -> None:
    """With what is laid over the chart of the sample, and the words under it."""
    page = browser.new_context(viewport={"width": screen[0], "height": screen[1]}, reduced_motion="reduce").new_page()
    page.set_default_timeout(PATIENCE)
    for address, card in (("trends", "over_time"), ("trends", "multiples"), ("scan?one_group=race:Asian", "one_group")):
        opened(page, f"{server.url}/{address}")
        page.locator(f".st-key-card_{card}").get_by_role("link", name="Present").click()
        expect(page.get_by_role("button", name="Reveal")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="Reveal").click()
        expect(page.locator(".st-key-presented_card .lens-small").last).to_contain_text("Policy: ")
        settled(page)
        ends = page.locator(".st-key-presented_card .lens-small").last.bounding_box()
        bar = page.locator(".st-key-presenting_bar").bounding_box()
        assert ends
        assert bar
        assert ends["y"] + ends["height"] <= bar["y"], (address, card)
    page.context.close()


LINE_AND_MARK = """() => {
    const plot = document.querySelector('.st-key-presented_room .js-plotly-plot');
    const moving = document.getAnimations().map(one => one.effect.target).filter(part => plot.contains(part));
    return [moving.some(part => part.matches('path.js-line')), moving.some(part => part.matches('path.point'))];
}"""


def test_a_revealed_trend_stands_where_it_was_guessed_then_lines_and_marks_move_together(
    server: Server, browser: Browser
) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.set_default_timeout(PATIENCE)
    opened(page, f"{server.url}/trends")
    page.locator(".st-key-card_over_time").get_by_role("link", name="Present").click()
    expect(page.get_by_role("button", name="Reveal")).to_be_visible()
    settled(page)
    page.evaluate(HELD_BACK)
    page.keyboard.press("PageDown")
    expect(page.locator(".st-key-presented_card")).to_be_visible()
    settled(page)
    rates = "() => document.querySelector('.st-key-presented_room .js-plotly-plot').layout.yaxis.range"
    assert page.evaluate(rates) == [0, 100]
    page.evaluate("() => moves.forEach(move => move())")
    page.wait_for_function(f"() => ({rates})()[0] > 0")
    page.wait_for_function(f"() => ({LINE_AND_MARK})().every(Boolean)")
    page.context.close()
