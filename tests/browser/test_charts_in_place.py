"""Charts in a real browser: changed where they stand, in the theme's colours, and met by mouse, key and finger."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, quote_plus, urlsplit

from playwright.sync_api import Browser, Page, expect

from equity.charts.parts.template import DARK, LIGHT
from equity.server import charts
from tests.browser.conftest import PATIENCE
from tests.browser.server import Server
from tests.browser.standing import opened, settled
from tests.browser.test_axe import PHONE
from tests.browser.test_frame import pick

GROUPS = ".st-key-card_groups .lens-chart"
TIP = ".lens-tip"
FIRST_TEXT = "() => getComputedStyle(document.querySelector('.st-key-card_groups .lens-chart .main-svg text')).fill"
OUTSIDE_OR_OVER = """() => {
    const tip = document.querySelector('.lens-tip').getBoundingClientRect();
    const ring = document.querySelector('.lens-ring:not([hidden])').getBoundingClientRect();
    const [wide, tall] = [document.documentElement.clientWidth, document.documentElement.clientHeight];
    const outside = tip.left < 0 || tip.top < 0 || tip.right > wide || tip.bottom > tall;
    const across = tip.left < ring.right - 9 && tip.right > ring.left + 9;
    const over = across && tip.top < ring.bottom - 9 && tip.bottom > ring.top + 9;
    return [outside, over];
}"""
NO_WIDTH_UNTOLD = """ResizeObserver.prototype.observe = () => {}
addEventListener('DOMContentLoaded', () => document.head.insertAdjacentHTML('beforeend',
    '<style id="no_width">.lens-chart { width: 0 !important }</style>'))"""


def test_a_change_is_drawn_in_the_same_node_and_the_theme_is_followed_at_once(server: Server, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/charts/" in request.url else None)
    opened(page, f"{server.url}/disparities")
    node: Any = page.evaluate_handle("document.querySelector('.st-key-card_groups .lens-chart .js-plotly-plot')")
    pick(page, "Measure", "Postpartum visit")
    page.wait_for_url("**measure=Postpartum+visit**")
    settled(page)
    assert node.evaluate("node => node === document.querySelector('.st-key-card_groups .lens-chart .js-plotly-plot')")
    assert [url for url in asked if url.endswith(charts.PLOTLY)] == [f"{server.url}/{charts.plotly()}"]
    assert page.evaluate(FIRST_TEXT) == _computed(LIGHT.roles[4])
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.wait_for_function(f"() => ({FIRST_TEXT})() === '{_computed(DARK.roles[4])}'")
    assert node.evaluate("node => node.isConnected")


def test_the_words_beside_a_mark_are_whole_by_key_and_read_aloud(server: Server, page: Page) -> None:
    opened(page, f"{server.url}/disparities")
    hand = page.locator(f"{GROUPS} .lens-hand")
    hand.focus()
    page.keyboard.press("Home")
    first = page.locator(f"{GROUPS} [aria-live]")
    expect(first).to_contain_text("Black or African American: 55.0% (53.3% to 56.7%)")
    expect(page.locator(f"{TIP} b")).to_have_text("Black or African American")
    assert page.evaluate(OUTSIDE_OR_OVER) == [False, False]
    page.keyboard.press("ArrowDown")
    expect(first).to_contain_text("Middle Eastern or North African: ")
    page.keyboard.press("ArrowRight")
    expect(first).to_contain_text("Middle Eastern or North African, ")  # one of its sites, in the same row
    page.keyboard.press("Escape")
    expect(page.locator(TIP)).to_have_count(0)


def test_under_the_mouse_and_under_a_finger_that_rests_the_words_are_inside_the_window(
    server: Server, browser: Browser
) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    opened(page, f"{server.url}/disparities")
    hand = page.locator(f"{GROUPS} .lens-hand")
    hand.scroll_into_view_if_needed()
    hand.focus()
    page.keyboard.press("Home")  # to learn where the first mark stands
    box = page.locator(f"{GROUPS} .lens-ring").bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.keyboard.press("Escape")
    page.mouse.move(*middle)
    expect(page.locator(f"{TIP} b")).to_have_text("Black or African American")
    assert page.evaluate(OUTSIDE_OR_OVER) == [False, False]
    page.mouse.move(5, 5)
    expect(page.locator(TIP)).to_have_count(0)
    touch = context.new_cdp_session(page)
    at = [{"x": middle[0], "y": middle[1]}]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": at})
    expect(page.locator(f"{TIP} b")).to_have_text("Black or African American")
    assert page.evaluate(OUTSIDE_OR_OVER) == [False, False]
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    context.close()


def test_from_a_cell_to_a_group_in_focus_and_back_and_forth_in_one_moment(server: Server, page: Page) -> None:
    opened(page, f"{server.url}/areas")
    page.wait_for_url("**measure=**")
    begins = _asked(page)
    cell = page.locator(".st-key-card_map .lens-hand")
    cell.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(page.locator(TIP)).to_contain_text("Click: says more about this comparison beside the chart")
    page.keyboard.press("Enter")
    beside = page.locator(".st-key-comparison_beside")
    expect(beside).to_contain_text("Hispanic or Latino patients: 5.7 points higher (worse)")
    page.wait_for_url("**measure=HbA1c+above+9+percent**")
    assert cell.evaluate("hand => hand === document.activeElement")
    beside.get_by_role("link", name="Open this comparison").click()
    expect(page.locator("h1").first).to_have_text("Disparities")
    settled(page)

    answer = page.locator(".lens-answer p").first
    expect(answer).to_contain_text("Hispanic or Latino patients")
    dot = _mark(page, "card_groups", "Black or African American")
    assert page.locator(f"{GROUPS} .lens-hand").evaluate("hand => hand.style.cursor") == "pointer"
    page.mouse.click(*dot)
    expect(answer).to_contain_text("Black or African American patients")
    page.wait_for_url("**group=Black+or+African+American**")
    page.go_back()
    expect(answer).to_contain_text("Hispanic or Latino patients")
    page.go_forward()
    expect(answer).to_contain_text("Black or African American patients")
    settled(page)

    entries = page.evaluate("history.length")
    page.evaluate("() => { history.back(); setTimeout(() => history.back(), 15) }")  # twice in one moment
    expect(page.locator("h1").first).to_have_text("Clinical areas")
    settled(page)
    page.go_forward()
    expect(answer).to_contain_text("Hispanic or Latino patients")
    settled(page)
    page.go_forward()
    expect(answer).to_contain_text("Black or African American patients")
    settled(page)
    page.go_back()  # the click on a group
    expect(answer).to_contain_text("Hispanic or Latino patients")
    settled(page)
    page.go_back()  # the link to the comparison
    expect(page.locator("h1").first).to_have_text("Clinical areas")
    expect(beside).to_contain_text("Hispanic or Latino patients: 5.7 points higher (worse)")
    settled(page)
    page.go_back()
    expect(beside).to_contain_text("13.5 points lower (worse)")
    assert page.evaluate("history.length") == entries  # nobody's page was put between
    page.wait_for_url(f"**measure={quote_plus(begins['measure'])}**")
    assert _asked(page) == begins


def test_nothing_looks_clickable_that_is_not(server: Server, page: Page) -> None:
    opened(page, server.url)
    hand = page.locator(".lens-hand").first
    hand.focus()
    page.keyboard.press("Home")
    expect(page.locator(f"{TIP} em")).to_have_count(0)  # Home has no choice bar
    assert hand.evaluate("hand => hand.style.cursor") == ""


def _mark(page: Page, card: str, name: str) -> tuple[float, float]:
    """Where a row's mark stands, met by the mouse."""
    hand = page.locator(f".st-key-{card} .lens-hand")
    hand.focus()
    page.keyboard.press("Home")
    while page.locator(f"{TIP} b").inner_text() != name:
        page.keyboard.press("ArrowDown")
    box = page.locator(f".st-key-{card} .lens-ring").bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    expect(page.locator(f"{TIP} em")).to_contain_text("in focus on every page")
    return middle


def _asked(page: Page) -> dict[str, str]:
    return {part: codes[0] for part, codes in parse_qs(urlsplit(page.url).query).items()}


def _computed(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


def test_a_chart_whose_place_gets_its_width_later_is_drawn_without_being_told(server: Server, page: Page) -> None:
    """As in a window in the back, which gets no frames, so that no observer says what became of a place."""
    page.add_init_script(NO_WIDTH_UNTOLD)
    page.goto(f"{server.url}/disparities")
    page.locator(".lens-chart[role=figure]").first.wait_for(state="attached")
    assert page.locator(".lens-chart .main-svg").count() == 0
    page.evaluate("document.querySelector('#no_width').remove()")
    settled(page)
    expect(page.locator(".lens-chart .main-svg").first).to_be_attached()
