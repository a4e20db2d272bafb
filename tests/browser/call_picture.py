"""The picture of a learning call for the README: one phone after the reveal, with everybody's guesses beside it.

Taken by `python -m tests.browser.pictures`, with the made-up health system.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, expect

from equity.access.here import Here
from equity.actions.calls import call_opening
from equity.server.sample_data import SAMPLE
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.browser.conftest import PATIENCE
from tests.browser.server import Server

CARD: Final = "disparities?measure=Controlled blood pressure&by=race&period=2024"
GUESSES: Final = (("Ana", "data", "5"), ("Ben", "equity", "12"), ("Caro", "patient-facing care", "20"))


def call_window(browser: Browser, server: Server) -> Page:
    """A phone in a call of three people whose picture was revealed a moment ago. ``EQUITY_HOME`` is the server's."""
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    plan = call_opening.Plan(SAMPLE, call_opening.recipes(server.home, SAMPLE, (CARD,)), title="Our first call")
    opened = call_opening.open_call(place, server.home, plan)
    address = server.url + opened.join
    phones = [_guessed(browser, address, *each) for each in GUESSES]
    lead = browser.new_page()
    lead.set_default_timeout(4 * PATIENCE)
    lead.goto(f"{address}#lead={call_opening.lead_key(place, opened.call)}")
    lead.get_by_role("button", name="Reveal").click()
    phone = phones[0]
    expect(phone.locator(".figure .main-svg").first).to_be_visible(timeout=4 * PATIENCE)
    expect(phone.get_by_text(re.compile("thought the gap was"))).to_be_visible(timeout=4 * PATIENCE)
    phone.wait_for_timeout(900)  # the strip of guesses is drawn a moment later
    return phone


def _guessed(browser: Browser, address: str, name: str, lens: str, points: str) -> Page:
    """A phone on which somebody has joined and guessed."""
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="light", reduced_motion="reduce")
    page.set_default_timeout(4 * PATIENCE)
    page.goto(address)
    page.get_by_label("First name").fill(name)
    page.get_by_label("You speak mostly").select_option(lens)
    page.get_by_role("button", name="Join").click()
    page.get_by_label("How wide is the gap").fill(points)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your guess is in")).to_be_visible(timeout=4 * PATIENCE)
    return page


def name_of(folder: Path) -> Path:
    """Where the picture is kept."""
    return folder / "call-phone-light.webp"
