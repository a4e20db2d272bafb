"""Take a picture of every page, on a laptop in light colors and on a phone in dark ones, and write the gallery.

python -m tests.browser.pictures
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Error, Page

from equity.server.sample_data import SAMPLE
from equity.ui.page_registry import ENTRIES
from tests.browser.call_picture import call_window, name_of
from tests.browser.conftest import PATIENCE
from tests.browser.server import ROOT, Server
from tests.browser.standing import opened, settled, turned_to
from tests.browser.studio import save_in_few_colors, studio

FOLDER = ROOT / "docs" / "pictures"
GALLERY = ROOT / "docs" / "pictures.md"
WIDTHS = {"laptop": 1280, "phone": 390}
SCHEMES = {"laptop": "light", "phone": "dark"}
HEIGHT, TALLEST = 900, 5_000
COLOURS = 128  # what the pages are drawn with, and their edges
RELEASED = ("--by", "race", "--grain", "year", "--pairs", "none", "--measure", "Postpartum visit")


def take_pictures(browser: Browser, server: Server) -> list[Path]:
    """Two pictures a page, each as tall as the page: wide in light colors, narrow in dark ones."""
    return [path for device in SCHEMES for path in take_for(browser, server, device)]


def take_for(browser: Browser, server: Server, device: str) -> list[Path]:
    """A picture of every page on this device."""
    width, scheme = WIDTHS[device], SCHEMES[device]
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(4 * PATIENCE)
    page = context.new_page()
    opened(page, server.url)
    taken = [_taken(page, name, width, FOLDER / f"{name}-{device}-{scheme}.webp") for name in ENTRIES]
    context.close()
    return taken


def _taken(page: Page, name: str, width: int, path: Path) -> Path:
    """Go to a page, make the window as tall as it is, take its picture, and make the window small again."""
    turned_to(page, ENTRIES[name].title)
    height = int(page.get_by_test_id("stMain").evaluate("part => part.scrollHeight"))
    page.set_viewport_size({"width": width, "height": min(height + 8, TALLEST)})
    page.mouse.move(0, 0)
    page.wait_for_timeout(900)  # charts follow the new height a moment later
    settled(page)
    if page.locator("[data-testid=stException], .lens-problem").count():
        raise SystemExit(f"{path.name} would show a fault: mend the page {name} first.")
    _write(page, path)
    page.set_viewport_size({"width": width, "height": HEIGHT})
    return path


def _write(page: Page, path: Path) -> None:
    """The picture of the window as it is."""
    save_in_few_colors(Image.open(io.BytesIO(page.screenshot())), COLOURS, path)


def _call(browser: Browser, server: Server) -> Path:
    """The picture of a learning call, as tall as what it shows."""
    path, phone = name_of(FOLDER), call_window(browser, server)
    tall = int(phone.evaluate("document.documentElement.scrollHeight"))
    phone.set_viewport_size({"width": WIDTHS["phone"], "height": min(tall, 1_600)})
    phone.wait_for_timeout(900)
    _write(phone, path)
    return path


def write_gallery() -> None:
    """The document that shows them all."""
    lines = [
        "# Every page, wide and narrow",
        "",
        "Made by `python -m tests.browser.pictures`, with the made-up health system.",
    ]
    for name, entry in ENTRIES.items():
        shown = [f"![{entry.title}, {device}, {s}](pictures/{name}-{device}-{s}.webp)" for device, s in SCHEMES.items()]
        lines += ["", f"## {entry.title}", "", entry.question, "", "| laptop, light | phone, dark |", "|---|---|"]
        lines.append(f"| {' | '.join(shown)} |")
    lines += [
        "",
        "## A learning call",
        "",
        "![A learning call on a phone, after the reveal](pictures/call-phone-light.webp)",
    ]
    GALLERY.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _release(home: Path) -> None:
    """A release, so that the pages about sharing have something to show."""
    command = [sys.executable, "-m", "equity", "release", "create", "--dataset", SAMPLE, *RELEASED]
    subprocess.run(
        command, cwd=ROOT, env={**os.environ, "EQUITY_HOME": str(home)}, check=True, stdout=subprocess.DEVNULL
    )


def main() -> None:
    """Start a server of our own, take the pictures, say where they are."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with studio() as here:
        _release(here.server.home)
        try:
            os.environ["EQUITY_HOME"] = str(here.server.home)
            taken = [_call(here.browser, here.server), *take_pictures(here.browser, here.server)]
        except Error as error:
            raise SystemExit(f"A picture could not be taken: {error.message}") from error
    of_pages = {*FOLDER.glob("*-laptop-*.webp"), *FOLDER.glob("*-phone-*.webp")}
    for old in of_pages - set(taken):  # pictures of rows are taken elsewhere and stay
        old.unlink()
    write_gallery()
    print(f"{len(taken)} pictures in {FOLDER.relative_to(ROOT)}, {sum(p.stat().st_size for p in taken) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
