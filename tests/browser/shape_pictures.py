"""Take a picture of the chart at the end of each journey of a well-known shape of file, for docs/analysts.md.

python -m tests.browser.shape_pictures [SHAPE…]
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.server import ROOT
from tests.browser.standing import settled
from tests.browser.studio import save_in_few_colors, studio
from tests.browser.test_shapes import JOURNEYS, walked
from tests.intake.shapes.made_shapes import MAKERS

FOLDER = ROOT / "docs" / "sources"
WIDTH, HEIGHT = 1000, 900
COLORS = 64
UNHURRIED = 8 * PATIENCE


def file_name(shape: str) -> str:
    """The picture of a shape of file: ``uci-diabetes.webp``."""
    return f"{shape.casefold().replace(' ', '-')}.webp"


def _taken(page: Page, path: Path) -> None:
    """The part of the page from the choices to the end of the first chart, in few colors."""
    page.wait_for_timeout(900)  # the chart follows the window a moment later
    settled(page)
    top = page.locator(".st-key-choice_bar").bounding_box()
    chart = page.get_by_role("figure").first.bounding_box()
    assert top is not None and chart is not None
    bottom = chart["y"] + chart["height"]
    page.set_viewport_size({"width": WIDTH, "height": max(HEIGHT, int(bottom) + 40)})
    page.wait_for_timeout(900)
    drawn = Image.open(io.BytesIO(page.screenshot()))
    part = drawn.crop((int(top["x"]) - 12, max(0, int(top["y"]) - 12), WIDTH, int(bottom) + 24))
    save_in_few_colors(part, COLORS, path)


def main() -> None:
    """Start a server of our own, walk the journeys that are named (or all), take their pictures."""
    expect.set_options(timeout=UNHURRIED)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with studio() as here:
        for journey in (j for j in JOURNEYS if j.shape in (sys.argv[1:] or [each.shape for each in JOURNEYS])):
            context = here.browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
            page = context.new_page()
            page.set_default_timeout(UNHURRIED)
            path = MAKERS[journey.shape](here.scratch)
            print(journey.shape, walked(here.server, page, path, journey), "clicks", flush=True)
            _taken(page, FOLDER / file_name(journey.shape))
            context.close()


if __name__ == "__main__":
    main()
