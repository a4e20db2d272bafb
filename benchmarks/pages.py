"""One person at a page: the server's time for a change on each page, and what a real browser makes of it.

The peer is the bare two-chart app on a server of its own, with this checkout's configuration; ours and the peer's are
measured in turn. In the browser a change is picked with the keyboard; the repaint is over when the script has ended and
no chart has changed for a third of a second, and counts until the last change of a chart.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.pairs import of_pairs, seconds
from benchmarks.result import Aim, Result, beside
from benchmarks.sessions import BARE, change, opened
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.server import running_app, running_server
from tests.browser.sessions import Session, connected

PAGES = {
    "disparities": "Disparities",
    "trends": "Gap trends",
    "areas": "Clinical areas",
    "scan": "Largest gaps",
    "summary-measures": "Overall inequality",
    "intersections": "Intersections",
    "where-the-gap-lives": "Gap breakdown",
    "data-completeness": "Data completeness",
}
CHANGES, PARTS = 12, ("measure", "by", "period")
MOVES = ("ArrowDown",) * 6 + ("ArrowUp",) * 6  # through the list and back, never beyond its ends
FIRST_CHARTS = 3
BYTES_A_SECOND, ROUND_TRIP_MILLISECONDS = 10_000_000 / 8, 40
CHANGE, REPAINT, FIRST_CHART = Aim("ours", "most", 50), Aim("ratio", "most", 0.8), Aim("ours", "most", 3.5)
PATIENCE = 60_000
CHARTS = ".js-plotly-plot .main-svg"
WATCH = """
() => {
  const chartOf = (node) => {
    const held = (node.nodeType === 1 ? node : node.parentElement)?.closest('[class*="st-key-chart_"]')
    return held && [...held.classList].find((name) => name.startsWith("st-key-chart_"))
  }
  window.repaint = new Promise((done, failed) => {
    const changed = new Set()
    let start = 0, last = 0
    const observer = new MutationObserver((records) => {
      const charts = start ? records.map((record) => chartOf(record.target)).filter(Boolean) : []
      charts.forEach((chart) => changed.add(chart))
      if (charts.length) last = performance.now()
    })
    observer.observe(document.body, { subtree: true, childList: true, attributes: true })
    const picked = (event) => { if (event.key === "Enter") start = performance.now() }
    document.addEventListener("keydown", picked, { capture: true })
    const wait = () => {
      const idle = document.querySelector('[data-test-script-state="notRunning"]')
      if (changed.size > 1 && idle && performance.now() - last > 350) {
        observer.disconnect()
        document.removeEventListener("keydown", picked, { capture: true })
        done(last - start)
      } else if (start && performance.now() - start > 60000) failed(new Error("no two charts changed in a minute"))
      else requestAnimationFrame(wait)
    }
    wait()
  })
}
"""


def run() -> list[Result]:
    """The lines of this part's table."""
    with TemporaryDirectory(prefix="benchmark-") as made:
        folder = Path(made)
        with running_app("benchmarks/bare_app.py", "/_stcore/health", folder / "bare.log", {}) as (bare, _):
            lines = [_server_time(folder, page, bare) for page in PAGES]
            with running_server(folder) as server, _browser() as browser:
                return [*lines, _repaint(browser, server.url, bare), _first_chart(browser, server.url, bare)]


def _server_time(folder: Path, page: str, bare: str) -> Result:
    """A change by one person alone, on a server that no other page was asked: two of them share their answers."""
    with running_server(folder) as server:
        return asyncio.run(_alone(page, server.url, bare))


async def _alone(page: str, ours: str, bare: str) -> Result:
    async with connected(ours, page) as person, connected(bare, "") as other:
        for session in (person, other):
            await opened(session, {})
        return await _change(PAGES[page], person, other)


async def _change(name: str, person: Session, other: Session) -> Result:
    drawn = random.Random(1)  # noqa: S311 - who picks what, not a secret
    pairs = [(await change(person, PARTS, drawn), await change(other, PARTS, drawn)) for _ in range(CHANGES)]
    times = of_pairs(pairs)
    return beside(f"{name}: server time of a change", "one person", "ms", times, BARE, (CHANGE,), scale=1e3)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_chromium(playwright), args=ARGUMENTS)
        yield started
        started.close()


def _repaint(browser: Browser, ours: str, bare: str) -> Result:
    """From the key that picks a measure until both charts have been drawn again."""
    pages = [_opened(browser, f"{ours}/disparities"), _opened(browser, bare)]
    _, *others = [(_pick_beside(pages[0], move), _pick_beside(pages[1], move)) for move in MOVES]
    times = of_pairs(others)  # the first is not counted: it may still load a script
    for page in pages:
        page.context.close()
    return beside("Disparities: from the pick to both charts repainted", "one browser", "ms", times, BARE, (REPAINT,))


def _opened(browser: Browser, url: str) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    page.locator(CHARTS).nth(1).wait_for(state="attached")
    page.wait_for_timeout(2_000)
    return page


def _pick_beside(page: Page, move: str) -> float:
    """Pick the measure beside the picked one with the keyboard; milliseconds until the charts are still."""
    chosen = page.get_by_role("combobox", name="Measure")
    chosen.click()
    page.get_by_role("option").first.wait_for()
    chosen.press(move)
    page.evaluate(WATCH)
    chosen.press("Enter")
    taken = page.evaluate("window.repaint")
    return float(taken)


def _first_chart(browser: Browser, ours: str, bare: str) -> Result:
    """A first visit over a slow line, nothing kept from before, until the first chart is there."""
    times = of_pairs([(_first_visit(browser, ours), _first_visit(browser, bare)) for _ in range(FIRST_CHARTS)])
    return beside(
        "Home: first chart over 10 Mbit/s with 40 ms", "one browser, first visit", "s", times, BARE, (FIRST_CHART,)
    )


def _first_visit(browser: Browser, url: str) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MILLISECONDS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )

    def visit() -> None:
        page.goto(url, wait_until="commit")
        page.locator(CHARTS).first.wait_for(state="attached", timeout=PATIENCE)

    taken = seconds(visit)
    context.close()
    return taken
