"""For whoever takes pictures: a server and a Chromium of their own, and a picture in few colors."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.server import Server, running_server


@dataclass(frozen=True)
class Studio:
    """A server with the sample data, a browser, and a folder that goes with them."""

    server: Server
    browser: Browser
    scratch: Path


@contextmanager
def studio() -> Iterator[Studio]:
    """Both, until the block ends."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        running_server(Path(scratch)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=ARGUMENTS)
        try:
            yield Studio(server, browser, Path(scratch))
        finally:
            browser.close()


def save_in_few_colors(drawn: Image.Image, colors: int, path: Path) -> None:
    """Write a picture in so many colors, without dithering or loss: letters stay sharp and the file small."""
    few = drawn.convert("RGB").quantize(colors, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.convert("RGB").save(path, "WEBP", lossless=True, quality=100, method=4)
