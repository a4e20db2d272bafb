"""Take a picture of every page, on a laptop and on a phone, light and dark, into artifacts/.

python -m tests.browser.pictures
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from equity.ui.page_registry import ENTRIES
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.server import ROOT, running_server

WIDTHS = {"laptop": 1280, "phone": 390}
SCHEMES = ("light", "dark")
TALLEST = 5_000
DRAWN = (
    "[...document.querySelectorAll('[data-testid=stPlotlyChart]')]"
    ".every(c => c.querySelector(':is(.infolayer, .cartesianlayer) :is(text, path)'))"
)


def take_pictures(browser: Browser, url: str, folder: Path) -> list[Path]:
    """One picture a page, width and colour scheme, each as tall as the page."""
    taken = []
    for device, width in WIDTHS.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            for entry in ENTRIES.values():
                page = context.new_page()
                page.goto(f"{url}/{entry.url}")
                page.wait_for_selector("h1", timeout=60_000)
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(500)
                page.wait_for_function(DRAWN, timeout=60_000)
                height = page.get_by_test_id("stMain").evaluate("part => part.scrollHeight")
                page.set_viewport_size({"width": width, "height": min(int(height) + 8, TALLEST)})
                page.wait_for_timeout(900)
                page.wait_for_function(DRAWN, timeout=60_000)
                path = folder / f"{entry.name}-{device}-{scheme}.png"
                page.screenshot(path=path)
                taken.append(path)
                page.close()
            context.close()
    return taken


def main() -> None:
    """Start a server of our own, take the pictures, say where they are."""
    folder = ROOT / "artifacts"
    folder.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        running_server(Path(scratch)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=ARGUMENTS)
        try:
            for path in take_pictures(browser, server.url, folder):
                print(path.relative_to(ROOT))
        except Error as error:
            raise SystemExit(f"A picture could not be taken: {error.message}") from error
        finally:
            browser.close()


if __name__ == "__main__":
    main()
