"""When a page stands still: its script has run to the end, nothing is a grey box any more, and every chart is drawn."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as NotInTime

MOVING = """() => {
    const app = document.querySelector('[data-testid=stApp]'), main = document.querySelector('[data-testid=stMain]');
    const state = `${app?.dataset.testScriptState}, ${app?.dataset.testConnectionState}`;
    if (state !== 'notRunning, CONNECTED') return state;
    if (!main?.querySelector('h1')) return 'no title';
    const waits = main.querySelector('[data-testid=stSkeleton], [data-stale=true]');
    if (waits) return `waits: ${waits.outerHTML.slice(0, 400)}`;
    const charts = '[class*="st-key-chart_"] [data-testid=stBidiComponentRegular], .lens-chart';
    return [...main.querySelectorAll(charts)].filter(chart => chart.clientWidth)
        .find(chart => !chart.querySelector(':is(.infolayer, .cartesianlayer) :is(text, path)'))
        ?.outerHTML.slice(0, 400) ?? '';
}"""
"""What keeps a page from standing still; empty when it does."""


def settled(page: Page) -> None:
    """Wait until the page stands still. One in the back may not be drawn at all until somebody looks at it."""
    still = f"() => ({MOVING})() === ''"
    try:
        page.wait_for_function(still, polling=50)  # a page in the back is drawn seldom, and would be asked as seldom
    except NotInTime:
        page.bring_to_front()
        page.screenshot()
        try:
            page.wait_for_function(still, polling=50)
        except NotInTime:
            raise AssertionError(f"{page.url} does not stand still: {page.evaluate(MOVING)}") from None


def opened(page: Page, address: str) -> None:
    """Load an address anew and wait until its page stands still."""
    page.goto(address)
    settled(page)


def unfolded(choice: Locator, option: Locator) -> None:
    """Open a choice, as often as it takes: a page that is drawn anew just then closes it."""
    for _ in range(5):
        choice.click()
        try:
            option.first.wait_for(timeout=6_000)
        except NotInTime:
            continue
        return
    raise AssertionError(f"The choice {choice} shows nothing to choose.")


def listed(page: Page, title: str) -> Locator:
    """A page's link in the menu, after its section was opened, where that was closed."""
    line = page.locator(".lens-menu").locator("a").filter(has_text=re.compile(f"^{re.escape(title)}$"))
    expect(line).to_have_count(1)
    if not line.is_visible():
        line.locator("xpath=ancestor::li/button").click()
    return line


def turned_to(page: Page, title: str) -> None:
    """Go to another page by its link in the menu, as people do: nothing is loaded anew."""
    closed = page.get_by_test_id("stExpandSidebarButton")
    on_a_phone = page.evaluate("innerWidth < 768") and closed.is_visible()  # wider, the sidebar opens by itself
    if on_a_phone:
        closed.click()
    listed(page, title).click()
    expect(page.locator("h1").first).to_have_text(title)
    settled(page)
    if on_a_phone and not closed.is_visible():  # it closes by itself, but for the first time
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        expect(closed).to_be_visible()
