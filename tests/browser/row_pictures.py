"""Take the pictures of docs/network.md into docs/told/: what a network asks of its teams, with made-up teams.

python -m tests.browser.row_pictures
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, expect, sync_playwright

from equity.access.here import Here
from equity.actions.sample.sample_team import fill as fill_team
from equity.actions.sample.sample_team import may_fill
from equity.cube import open_cube
from equity.server.sample_data import SAMPLE
from equity.store.files.versions import current_version
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.conftest import PATIENCE
from tests.browser.server import ROOT, Server, running_server
from tests.browser.standing import opened, settled
from tests.browser.test_application_to_call import accepted, applied
from tests.browser.told_pictures import FOLDER, PHONE, kept_picture, window
from tests.network import made_up_cohort

WIDE: Final = (1280, 1100)
OF_THE_TEAM: Final = ("history", "focus", "aims", "team", "evidence-pack")
VIEWS: Final = {"Gallery": "row-gallery", "Comparisons": "row-comparisons", "What was tried": "row-tried"}


def take(browser: Browser, server: Server) -> list[Path]:
    """All of them: the team's pages, an application on a phone, the facilitator's page, the cohort's views."""
    os.environ["EQUITY_HOME"] = str(server.home)
    here = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    if may_fill(here):
        fill_team(here, open_cube(current_version(server.home, SAMPLE).folder))
    page = window(browser, WIDE)
    taken = [_opened(page, server, name, f"row-{name}") for name in OF_THE_TEAM]
    made_up_cohort.fill(here, server.home)
    taken += _of_an_application(browser, server, page)
    taken += [_view(page, *each) for each in VIEWS.items()]
    return taken


def _opened(page: Page, server: Server, address: str, name: str) -> Path:
    opened(page, f"{server.url}/{address}")
    return kept_picture(page, name)


def _of_an_application(browser: Browser, server: Server, page: Page) -> list[Path]:
    opened(page, f"{server.url}/network")
    page.get_by_role("button", name="Take applications").click()
    code = page.get_by_test_id("stCode").filter(has_text="/apply/")
    expect(code).to_be_visible()
    phone = window(browser, PHONE)
    taken: list[Path] = []
    applied(phone, code.inner_text().strip(), before_sending=lambda: taken.append(_form(phone)))
    opened(page, f"{server.url}/network")
    taken.append(kept_picture(page, "row-teams"))
    page.get_by_test_id("stCheckbox").filter(has_text="Harbor clinic").scroll_into_view_if_needed()
    taken.append(kept_picture(page, "row-applications"))
    accepted(page, server)
    return taken


def _form(phone: Page) -> Path:
    phone.locator("[data-member]").first.scroll_into_view_if_needed()
    return kept_picture(phone, "row-application")


def _view(page: Page, view: str, name: str) -> Path:
    page.get_by_test_id("stMain").get_by_text(view, exact=True).first.click()
    settled(page)
    if view == "Gallery":
        page.get_by_text("Driver diagram: controlled blood pressure").first.click()
        settled(page)
    return kept_picture(page, name)


def main() -> None:
    """Start a server of our own, take the pictures, say where they are."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=6 * PATIENCE)
    with (
        tempfile.TemporaryDirectory() as scratch,
        running_server(Path(scratch)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=ARGUMENTS)
        try:
            taken = take(browser, server)
        finally:
            browser.close()
    print(f"{len(taken)} pictures in {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
