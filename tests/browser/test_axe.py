"""Access for everyone: axe on every page, the keyboard alone, twice the size, and less motion.

axe-core comes with the package axe-playwright-python and runs inside the page; nothing is fetched. What Streamlit's own
parts do wrong is listed in UPSTREAM, one rule and one place a row; everything else is ours to mend.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from equity.charts import template
from equity.ui.page_registry import ENTRIES
from tests.browser.conftest import PATIENCE
from tests.browser.server import Server

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
CHARTS_DRAWN = "[...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(c => c.querySelector('.main-svg'))"
QUIET = "!document.querySelector('[data-testid=stStatusWidget]')"
NAVIGATION = "[data-testid=stSidebar]"
CONTRAST = ("color-contrast",)
LAPTOP: ViewportSize = {"width": 1280, "height": 900}
TWICE: ViewportSize = {"width": 640, "height": 450}  # a laptop at 200 %: half as wide, each pixel two
PHONE: ViewportSize = {"width": 390, "height": 844}


OUTSIDE = """() => {
    const wide = document.documentElement.clientWidth;
    return [...document.querySelectorAll('[data-testid=stMain] *')]
        .filter(e => !e.closest('svg, .stPlotlyChart, .st-key-address, .stDataFrame') && e.getClientRects().length)
        .map(e => [e, e.getBoundingClientRect()])
        .filter(([e, box]) => box.width > 1 && (box.right > wide + 1 || box.left < -1))
        .map(([e]) => `${e.tagName} ${e.className} ${e.innerText?.slice(0, 60)}`);
}"""
OVERLAPPING = """() => {
    const parts = [...document.querySelectorAll('[data-testid=stMain] :is(.lens-title, .lens-answer, .lens-list, ' +
        '.lens-heading, .lens-small, .lens-text, [data-testid=stPlotlyChart], [data-testid=stExpander], ' +
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


UPSTREAM = (
    Upstream(
        "list",
        "ul[data-testid=stSidebarNavItems]",
        "Streamlit's navigation puts the sections of a list in <div>s between <ul> and <li> "
        "(streamlit, frontend/app SidebarNav and NavSection); the links keep their names and their order.",
    ),
    Upstream(
        "listitem",
        "[data-testid=stSidebarNavItems] li",
        "The other half of the same: <li> of which the parent is a section's <div>.",
    ),
)

FAULTS = """async ([rules, outside]) => {
    const options = rules.length ? {runOnly: {type: 'rule', values: rules}} : {};
    const found = await axe.run({exclude: outside}, {...options, resultTypes: ['violations']});
    return found.violations.filter(fault => ['serious', 'critical'].includes(fault.impact)).flatMap(fault =>
        fault.nodes.map(node => ({rule: fault.id, target: node.target.join(' '), html: node.html.slice(0, 200),
                                  why: node.failureSummary})));
}"""
DRAWINGS = [".js-plotly-plot"]  # one picture with its text; its colours are held by tests/charts/test_template.py


def faults(page: Page, rules: Sequence[str] = (), outside: Sequence[str] = ()) -> list[str]:
    """What axe calls serious or critical, without Streamlit's own; every rule or only these, not ``outside``."""
    found: list[dict[str, Any]] = page.evaluate(FAULTS, [list(rules), [*DRAWINGS, *outside]])
    return [f"{f['rule']}: {f['html']} ({f['why']})" for f in found if not _is_upstream(page, f)]


def _is_upstream(page: Page, fault: dict[str, Any]) -> bool:
    places = [known.place for known in UPSTREAM if known.rule == fault["rule"]]
    matches = "([target, place]) => document.querySelector(target)?.matches(place) ?? false"
    return any(page.evaluate(matches, [fault["target"], place]) for place in places)


def opened(page: Page, address: str) -> None:
    """Open a page and wait until it stands still."""
    page.goto(address)
    expect(page.locator("h1").first).to_be_visible()
    settled(page)


def settled(page: Page) -> None:
    page.wait_for_function(f"{QUIET} && {CHARTS_DRAWN}")


def lit(page: Page, scheme: str) -> None:
    """Turn the light on or off, and wait until the page has followed."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    paper = (template.DARK if scheme == "dark" else template.LIGHT).paper
    red, green, blue = (int(paper[i : i + 2], 16) for i in (1, 3, 5))
    page.wait_for_function(
        f"getComputedStyle(document.querySelector('.stApp')).backgroundColor === 'rgb({red}, {green}, {blue})'"
    )


@pytest.fixture(scope="module")
def room(browser: Browser) -> Iterator[BrowserContext]:
    """One context for every page: the front end's files are read once."""
    context = browser.new_context(viewport=LAPTOP, reduced_motion="reduce", device_scale_factor=2)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.mark.parametrize("name", ENTRIES)
def test_everybody_can_read_the_page(server: Server, room: BrowserContext, name: str) -> None:
    page = room.new_page()
    try:
        opened(page, f"{server.url}/{ENTRIES[name].url}")
        levels = page.get_by_role("heading").evaluate_all("all => all.map(h => Number(h.tagName[1]))")
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), levels
        assert page.get_by_role("main").count() == 1
        page.evaluate(AXE)
        outside = [] if name == "home" else [NAVIGATION]  # the same on every page
        found = {"laptop, light": faults(page, outside=outside)}
        lit(page, "dark")
        found["laptop, dark"] = faults(page, CONTRAST, outside)  # light or dark, the parts are the same
        page.set_viewport_size(TWICE)
        settled(page)
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate(OVERLAPPING) == []
        page.set_viewport_size(PHONE)
        settled(page)
        found["phone, dark"] = faults(page, outside=[NAVIGATION])
        lit(page, "light")
        found["phone, light"] = faults(page, CONTRAST, [NAVIGATION])
        assert found == {where: [] for where in found}
    finally:
        page.close()


def test_the_keyboard_alone_changes_a_choice_and_opens_table_and_method(server: Server, page: Page) -> None:
    opened(page, f"{server.url}/disparities")
    settled(page)
    page.locator("h1").first.click()  # from the top of the page's own part, where a screen reader's jump also lands
    # A page drawn anew under the focus starts over at the very top, before the sidebar's links: allow for those.
    _tab_to(page, "document.activeElement.getAttribute('aria-label') === 'Grouped by'", 60)
    before = page.locator(".lens-answer p").first.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".lens-answer p").first).not_to_have_text(before)
    settled(page)
    _tab_to(page, "document.activeElement.matches('summary') && document.activeElement.innerText.includes('Table')", 40)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="CSV").first).to_be_visible()
    _tab_to(page, "document.activeElement.matches('summary') && document.activeElement.innerText.includes('How')", 30)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stCode").filter(has_text="SELECT").first).to_be_visible()
    settled(page)
    page.evaluate(AXE)
    assert faults(page) == []  # now with the table and the method open


def _tab_to(page: Page, reached: str, most: int) -> None:
    """Press Tab until it stands there, and is seen to."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(reached):
            assert page.evaluate(RINGED), "the focus is not to be seen"
            return
    raise AssertionError(f"{most} times Tab did not reach it: {reached}")


def test_less_motion_is_respected(server: Server, page: Page) -> None:
    opened(page, f"{server.url}/disparities")
    moving = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(e => {
        const s = getComputedStyle(e);
        const milliseconds = said => parseFloat(said) * (said.trim().endsWith('ms') ? 1 : 1000);
        const longest = said => Math.max(...said.split(',').map(milliseconds));
        return longest(s.animationDuration) > 1 || longest(s.transitionDuration) > 1;
    }).map(e => e.className)"""
    assert page.evaluate(moving) == []
