"""Access for everyone: axe on every page, the keyboard alone, twice the size, and less motion.

axe-core comes with the package axe-playwright-python and runs inside the page; nothing is fetched. What Streamlit's own
parts do wrong is listed in UPSTREAM, one rule and one place a row; everything else is ours to mend.

Two visits see all pages: one on a laptop by a link to each, on a server that nobody has visited, the other on a phone
by the links of the sidebar. Loading a page anew is what costs, so what its frame must show is looked at here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from equity.charts.parts import template
from equity.ui.page_registry import ENTRIES
from tests.browser.conftest import PATIENCE
from tests.browser.hands import Keys
from tests.browser.server import Server, running_server
from tests.browser.standing import opened, settled, turned_to
from tests.made_once import copied, first_home

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
NAVIGATION = "[data-testid=stSidebar]"
LAPTOP: ViewportSize = {"width": 1280, "height": 900}
TWICE: ViewportSize = {"width": 640, "height": 450}  # a laptop at 200 %: half as wide and half as high
PHONE: ViewportSize = {"width": 390, "height": 844}


OUTSIDE = """() => {
    const wide = document.documentElement.clientWidth;
    return [...document.querySelectorAll('[data-testid=stMain] *')]
        .filter(e => !e.closest('svg, .lens-chart, .st-key-address_writer, .stDataFrame'))
        .filter(e => e.getClientRects().length)
        .map(e => [e, e.getBoundingClientRect()])
        .filter(([e, box]) => box.width > 1 && (box.right > wide + 1 || box.left < -1))
        .map(([e]) => `${e.tagName} ${e.className} ${e.innerText?.slice(0, 60)}`);
}"""
OVERLAPPING = """() => {
    const parts = [...document.querySelectorAll('[data-testid=stMain] :is(.lens-title, .lens-answer, .lens-list, ' +
        '.lens-heading, .lens-small, .lens-text, .lens-chart, [data-testid=stExpander], ' +
        '[data-testid=stSelectbox], [data-testid=stPageLink] p)')]
        .filter(e => e.getClientRects().length && !e.parentElement.closest('details:not([open])'));
    const boxes = parts.map(e => e.getBoundingClientRect());
    const found = [];
    for (let i = 0; i < parts.length; i++) for (let j = i + 1; j < parts.length; j++) {
        if (parts[i].contains(parts[j]) || parts[j].contains(parts[i])) continue;
        const across = Math.min(boxes[i].right, boxes[j].right) - Math.max(boxes[i].left, boxes[j].left);
        const down = Math.min(boxes[i].bottom, boxes[j].bottom) - Math.max(boxes[i].top, boxes[j].top);
        if (across > 2 && down > 6) found.push([parts[i].innerText.slice(0, 60), parts[j].innerText.slice(0, 60)]);
    }
    return found;
}"""
CUT_OFF = """() => [...document.querySelectorAll('.st-key-choice_bar input')]
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.value)"""
"""What is picked in the bar of choices and cannot be read whole."""
PAPER = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
RINGED = """() => {
    for (let part = document.activeElement, up = 0; part && up < 4; part = part.parentElement, up++) {
        const style = getComputedStyle(part);
        if (style.outlineStyle !== 'none' || style.boxShadow !== 'none') return true;
    }
    return false;
}"""


@dataclass(frozen=True)
class Upstream:
    """A fault of Streamlit's own: the rule, the place (a CSS selector that the faulty element matches), and why."""

    rule: str
    place: str
    why: str


STRUCTURE = "https://github.com/streamlit/streamlit/issues/8399"  # open: the structure of Streamlit's pages
UPSTREAM = (
    Upstream(
        "aria-dialog-name",
        "[data-testid=stToast]",
        "st.toast (frontend/lib: Toast) is an alertdialog without a name; no issue of its own was found, it falls "
        f"under {STRUCTURE}. Its words are read out all the same: its content is an alert.",
    ),
)

DRAWING = ".js-plotly-plot"  # one picture with its text; its colours are held by tests/charts/parts/test_template.py
FAULTS = f"""async ([outside, upstream]) => {{
    const drawn = [...document.querySelectorAll('{DRAWING}')].map(plot => [plot, [...plot.childNodes]]);
    for (const [plot] of drawn) plot.replaceChildren();  // thousands of marks that axe would walk through and leave out
    try {{
        const parts = {{exclude: ['{DRAWING}', ...outside]}};
        const found = await axe.run(parts, {{resultTypes: ['violations'], elementRef: true}});
        const known = (fault, node) => upstream.some(([rule, at]) => rule === fault.id && node.element.matches(at));
        return found.violations.filter(fault => ['serious', 'critical'].includes(fault.impact)).flatMap(fault =>
            fault.nodes.filter(node => !known(fault, node))
                .map(node => `${{fault.id}}: ${{node.html.slice(0, 200)}} (${{node.failureSummary}})`));
    }} finally {{
        for (const [plot, parts] of drawn) plot.replaceChildren(...parts);
    }}
}}"""


def faults(page: Page, outside: Sequence[str] = ()) -> list[str]:
    """What axe calls serious or critical by any of its rules, without Streamlit's own, not ``outside``."""
    found: list[str] = page.evaluate(FAULTS, [list(outside), [[known.rule, known.place] for known in UPSTREAM]])
    return found


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that nobody has visited."""
    with running_server(
        tmp_path_factory.mktemp("fresh"), copied(tmp_path_factory, "first_home", first_home)
    ) as started:
        yield started


@pytest.fixture(scope="module")
def empty_window(browser: Browser) -> Iterator[Page]:
    """A laptop's window by daylight, in the context that keeps compiled scripts."""
    page = browser.contexts[0].new_page()
    page.set_default_timeout(PATIENCE)
    page.set_viewport_size(LAPTOP)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    yield page
    page.close()


@pytest.fixture
def laptop(empty_window: Page, fresh: Server) -> Page:
    """A visit by daylight: where the test before left it, or on the glossary, the quickest of pages; with axe in it."""
    if not empty_window.url.startswith(fresh.url):
        opened(empty_window, f"{fresh.url}/{ENTRIES['glossary'].url}")
        empty_window.evaluate(AXE)
    return empty_window


@pytest.fixture(scope="module")
def phone(fresh: Server, browser: Browser) -> Iterator[Page]:
    """A visit in the dark: each page is seen in both colours, which are the same at every width."""
    context = browser.new_context(viewport=PHONE, color_scheme="dark", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    opened(page, f"{fresh.url}/{ENTRIES['glossary'].url}")
    assert page.evaluate(PAPER) == _computed(template.DARK.paper)
    page.evaluate(AXE)
    yield page
    context.close()


def _computed(colour: str) -> str:
    """A colour as a browser says it."""
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


def _stands_in_its_frame(page: Page, name: str) -> None:
    """A link opened the page that it names, and the menu says where one is."""
    if ENTRIES[name].url:
        expect(page.locator("h1").first).to_have_text(ENTRIES[name].title)
    expect(page.locator(".lens-menu a")).to_have_text([other.title for other in ENTRIES.values()])
    expect(page.locator(".lens-menu a[aria-current=page]")).to_have_text(ENTRIES[name].title)
    expect(page.locator(".lens-menu a[aria-current=page]")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("name", [*(name for name, entry in ENTRIES.items() if entry.url), "home"])
def test_a_deep_link_opens_a_page_that_everybody_can_read_on_a_laptop_and_at_twice_the_size(
    fresh: Server, empty_window: Page, name: str
) -> None:
    laptop = empty_window
    laptop.set_viewport_size(LAPTOP)
    opened(laptop, f"{fresh.url}/{ENTRIES[name].url}")
    _stands_in_its_frame(laptop, name)
    assert laptop.evaluate(PAPER) == _computed(template.LIGHT.paper)
    laptop.evaluate(AXE)
    levels = laptop.get_by_role("heading").evaluate_all("all => all.map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    assert laptop.get_by_role("main").count() == 1
    assert laptop.evaluate(CUT_OFF) == []
    assert faults(laptop, () if name == "home" else (NAVIGATION,)) == []  # the sidebar is the same on every page
    laptop.set_viewport_size(TWICE)
    settled(laptop)
    assert laptop.evaluate(OUTSIDE) == []
    assert laptop.evaluate(OVERLAPPING) == []


@pytest.mark.parametrize("name", ENTRIES)
def test_everybody_can_read_the_page_on_a_phone_in_the_dark(phone: Page, name: str) -> None:
    turned_to(phone, ENTRIES[name].title)
    main = phone.get_by_test_id("stMain")
    assert main.evaluate("part => part.scrollTop") == 0  # though the page before was left at its end
    assert main.evaluate("part => part.scrollWidth <= part.clientWidth")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert phone.evaluate(OUTSIDE) == []
    assert faults(phone, (NAVIGATION,)) == []
    main.evaluate("part => part.scrollTo(0, part.scrollHeight)")


def test_the_keyboard_alone_changes_a_choice_and_opens_table_and_method(server: Server, page: Page) -> None:
    opened(page, f"{server.url}/disparities")
    _tab_to(page, "document.activeElement.dataset.testid === 'stSkipToContent'", 1)
    page.keyboard.press("Enter")  # past the sidebar's links
    _tab_to(page, "document.activeElement.getAttribute('aria-label') === 'Group by'", 12)
    before = page.locator(".lens-answer p").first.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".lens-answer p").first).not_to_have_text(before)
    settled(page)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Group by"  # where it was left
    _tab_to(page, "document.activeElement.matches('summary') && document.activeElement.innerText.includes('Table')", 14)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="CSV").first).to_be_visible()
    _tab_to(page, "document.activeElement.matches('summary') && document.activeElement.innerText.includes('How')", 20)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stCode").filter(has_text="SELECT").first).to_be_visible()
    settled(page)
    page.evaluate(AXE)
    assert faults(page, [NAVIGATION]) == []  # now with the table and the method open


def _tab_to(page: Page, reached: str, most: int) -> None:
    """Press Tab until it stands there, and is seen to."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(reached):
            assert page.evaluate(RINGED), "the focus is not to be seen"
            return
    raise AssertionError(f"{most} times Tab did not reach it: {reached}")


MOVING = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(e => {
    const s = getComputedStyle(e);
    const milliseconds = said => parseFloat(said) * (said.trim().endsWith('ms') ? 1 : 1000);
    const longest = said => Math.max(...said.split(',').map(milliseconds));
    return longest(s.animationDuration) > 1 || longest(s.transitionDuration) > 1;
}).map(e => e.className)"""


def test_less_motion_is_respected(laptop: Page) -> None:
    laptop.set_viewport_size(LAPTOP)
    turned_to(laptop, ENTRIES["disparities"].title)
    assert laptop.evaluate(MOVING) == []
    laptop.emulate_media(reduced_motion="no-preference")
    assert laptop.evaluate(MOVING) != []  # who has not asked for less does see things move
    laptop.emulate_media(reduced_motion="reduce")


def test_everybody_can_read_what_is_opened_and_put_beside(laptop: Page) -> None:
    laptop.set_viewport_size(LAPTOP)
    turned_to(laptop, ENTRIES["disparities"].title)
    Keys(laptop).pick(laptop.get_by_role("combobox", name="Compare with …"), 1)
    beside = laptop.locator(".st-key-card_side_by_side")
    beside.get_by_role("button", name="Pin").click()
    expect(beside.get_by_role("button", name="Unpin")).to_be_visible()
    settled(laptop)
    Keys(laptop).pick(laptop.get_by_role("combobox", name="Compare with …"), 1)  # another comparison stands beside it
    pinned = laptop.locator(".st-key-card_pinned")
    expect(pinned).to_be_visible()
    settled(laptop)
    assert faults(laptop, (NAVIGATION,)) == []
    pinned.get_by_role("button", name="Unpin").click()
    expect(pinned).to_have_count(0)
    turned_to(laptop, ENTRIES["explore"].title)
    laptop.get_by_role("button", name="Run", exact=True).click()
    expect(laptop.get_by_text("rows from “Sample health system (made up)”")).to_be_visible()
    settled(laptop)
    assert faults(laptop, (NAVIGATION,)) == []


def test_everybody_can_read_how_people_come_into_a_call(laptop: Page) -> None:
    laptop.set_viewport_size(LAPTOP)
    turned_to(laptop, ENTRIES["learning_call"].title)
    laptop.get_by_role("button", name="Step through a practice call").click()
    expect(laptop.get_by_role("img", name="A code that a phone’s camera reads")).to_be_visible()
    settled(laptop)
    assert faults(laptop, (NAVIGATION,)) == []
    laptop.get_by_role("button", name="End the call").click()
    expect(laptop.get_by_text("Who was there").first).to_be_visible()  # the minutes
    settled(laptop)
    assert faults(laptop, (NAVIGATION,)) == []


def test_everybody_can_read_a_release_before_it_is_made_and_its_link_after(laptop: Page) -> None:
    laptop.set_viewport_size(LAPTOP)
    turned_to(laptop, ENTRIES["releases"].title)
    laptop.get_by_role("combobox", name="Measures").click()
    laptop.get_by_role("option", name="Controlled blood pressure").click()
    laptop.keyboard.press("Escape")
    settled(laptop)
    assert faults(laptop, (NAVIGATION,)) == []
    laptop.get_by_text("I have looked at what is shown").click()
    laptop.get_by_role("button", name="Create release").click()
    expect(laptop.get_by_role("status").filter(has_text="is made")).to_be_visible()
    settled(laptop)  # the last look at how far the release is may still be under way
    laptop.locator("summary").filter(has_text="Links (0)").first.click()
    settled(laptop)
    laptop.get_by_role("button", name="Make a link").first.press("Enter")  # by keyboard: the part may still be opening
    expect(laptop.get_by_test_id("stCode").filter(has_text="/leader?")).to_be_visible()
    settled(laptop)
    assert faults(laptop, (NAVIGATION,)) == []


def test_everybody_can_read_the_sheet_and_an_open_button_in_the_dark(phone: Page) -> None:
    turned_to(phone, ENTRIES["disparities"].title)
    phone.get_by_role("button", name="Change", exact=True).click()
    expect(phone.get_by_role("dialog", name="Change the question")).to_be_visible()
    assert faults(phone, (NAVIGATION,)) == []
    phone.keyboard.press("Escape")
    phone.get_by_role("button", name="Show or hide groups").click()
    expect(phone.get_by_text("Only groups with enough data")).to_be_visible()
    settled(phone)
    assert faults(phone, (NAVIGATION,)) == []
    assert phone.evaluate(OUTSIDE) == []
    phone.keyboard.press("Escape")


def test_on_a_shared_screen_the_title_stands_beside_the_menu_that_is_put_away(laptop: Page) -> None:
    laptop.set_viewport_size({"width": 1280, "height": 720})
    turned_to(laptop, ENTRIES["disparities"].title)
    laptop.get_by_test_id("stSidebar").hover()
    laptop.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    expect(laptop.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    title = laptop.get_by_role("heading", level=1)
    title.click()  # it is under nothing: a click would not arrive
    expect(title).to_be_in_viewport(ratio=1)
    laptop.get_by_test_id("stExpandSidebarButton").click()
    expect(laptop.get_by_test_id("stExpandSidebarButton")).to_have_count(0)
