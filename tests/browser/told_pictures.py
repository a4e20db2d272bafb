"""Take the pictures that docs/calls.md and docs/teams.md tell with, into docs/told/: a practice call, a made-up team.

python -m tests.browser.told_pictures
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from equity.access.here import Here
from equity.actions.calls import call_moves, call_opening
from equity.actions.calls.live_calls import live_call
from equity.actions.calls.practice_call import open_practice
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.server.sample_data import SAMPLE
from equity.sharing import make_release
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.browser.conftest import PATIENCE
from tests.browser.server import ROOT, Server
from tests.browser.standing import opened, settled
from tests.browser.studio import save_in_few_colors, studio

FOLDER = ROOT / "docs" / "told"
PHONE, LAPTOP, TALL, TALL_PHONE = (390, 844), (1280, 720), (1280, 1500), (390, 1300)
ONE = ("Controlled blood pressure",)
COLOURS = 128
OF_THE_TEAM = {
    "our-path": "path",
    "focus": "focus",
    "projects": "projects",
    "aims": "aims",
    "reflections": "reflection",
}


def take(browser: Browser, server: Server) -> list[Path]:
    """All of them, as tall as the window."""
    return [*_of_a_call(browser, server), *_of_a_team(browser, server), _of_a_leader(browser, server)]


def window(browser: Browser, size: tuple[int, int]) -> Page:
    """A window of its own, patient with a slow machine."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    context.set_default_timeout(6 * PATIENCE)
    return context.new_page()


def _of_a_call(browser: Browser, server: Server) -> list[Path]:
    """A phone that guesses, the same after the reveal, and the window of whoever leads."""
    os.environ["EQUITY_HOME"] = str(server.home)
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    call = open_practice(place, server.home, SAMPLE)
    address, key = f"{server.url}{call.join}", call_opening.lead_key(place, call.call)
    phone, lead = window(browser, PHONE), window(browser, LAPTOP)
    phone.goto(address)
    phone.get_by_label("First name").fill("Ana")
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_label("How wide is the gap")).to_be_visible()
    taken = [kept_picture(phone, "call-phone-guess")]
    call_moves.move(live_call(place.database, call.call.id), stage="reveal")
    call_moves.move(live_call(place.database, call.call.id), stage="notice")
    expect(phone.locator(".figure .main-svg").first).to_be_visible()
    phone.locator(".write textarea").scroll_into_view_if_needed()
    taken.append(kept_picture(phone, "call-phone-notice"))
    lead.goto(f"{address}#lead={key}")
    expect(lead.locator(".figure .main-svg").first).to_be_visible()
    taken.append(kept_picture(lead, "call-lead"))
    return taken


def _of_a_team(browser: Browser, server: Server) -> list[Path]:
    """A made-up team's pages, fifteen months in."""
    page = window(browser, TALL)
    opened(page, f"{server.url}/our-path")
    expect(page.get_by_text("All of this is made up")).to_be_visible()
    taken = []
    for address, name in OF_THE_TEAM.items():
        opened(page, f"{server.url}/{address}")
        taken.append(kept_picture(page, f"team-{name}"))
    return taken


def _of_a_leader(browser: Browser, server: Server) -> Path:
    """A leader's phone: a release, and what the made-up team asks for and lets them read."""
    here, plan = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER), Plan(("race",), "year", "none", measures=ONE)
    make_release(here.database, server.home, here.workspace, SAMPLE, plan, policy_of("cms"), by=LOCAL_OWNER)
    phone = window(browser, TALL_PHONE)
    opened(phone, f"{server.url}/leader")
    return kept_picture(phone, "team-leader")


def kept_picture(page: Page, name: str) -> Path:
    """The window's picture in few colors, without loss."""
    page.wait_for_timeout(900)
    if page.get_by_test_id("stMain").count():
        settled(page)
    path = FOLDER / f"{name}.webp"
    save_in_few_colors(Image.open(io.BytesIO(page.screenshot())), COLOURS, path)
    return path


def main() -> None:
    """Start a server of our own, take the pictures, say where they are."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with studio() as here:
        taken = take(here.browser, here.server)
    print(f"{len(taken)} pictures in {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
