"""The content policy in a real browser: pages draw and upload under it, and injected scripts do not run."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.server import Server
from tests.browser.test_frame import CHART, open_and_wait
from tests.browser.test_upload import counts_file, drop

WATCH = """
window.broken = []
document.addEventListener("securitypolicyviolation", (event) => {
  window.broken.push(`${event.violatedDirective} ${event.blockedURI}`)
})
"""
INJECTED = """
const inline = document.createElement("script")
inline.textContent = "window.ran = 'inline'"
document.head.append(inline)
const other = document.createElement("script")
other.src = "https://evil.example.org/a.js"
document.head.append(other)
"""


def test_pages_break_nothing_of_the_policy_and_injected_scripts_do_not_run(
    server: Server, page: Page, tmp_path: Path
) -> None:
    page.add_init_script(WATCH)
    for address in ("", "disparities", "trends", "scan"):
        open_and_wait(page, f"{server.url}/{address}")
        if address in ("disparities", "trends"):
            expect(page.locator(CHART).first).to_be_visible()
        assert page.evaluate("window.broken") == []
    drop(page, server, counts_file(tmp_path))
    expect(page.get_by_text("The file reads as 1 measure")).to_be_visible()
    assert page.evaluate("window.broken") == []
    page.evaluate(INJECTED)
    page.wait_for_function("window.broken.length >= 2")
    assert page.evaluate("window.ran") is None
