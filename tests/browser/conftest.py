"""What the browser tests share: one server, one browser, a fresh page for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from equity.access.here import Here
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.server import Server, running_server
from tests.made_once import copied, first_home

DESKTOP: Final[ViewportSize] = {"width": 1280, "height": 900}
PATIENCE = 30_000  # milliseconds: a slow machine that runs other tests beside these
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey in a real browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the sample data and nothing else, as it stands after its first start."""
    home = copied(tmp_path_factory, "first_home", first_home)
    with running_server(tmp_path_factory.mktemp("browser"), home) as started:
        yield started


@pytest.fixture(scope="session")
def clinics(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a county's two years and nothing else."""
    from tests.browser.clinics import county_server

    with county_server(tmp_path_factory.mktemp("clinics")) as started:
        yield started


@pytest.fixture
def county(clinics: Server, monkeypatch: pytest.MonkeyPatch) -> Here:
    """That server's workspace, for what a test does there itself."""
    monkeypatch.setenv("EQUITY_HOME", str(clinics.home))
    return Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for all tests. Its first context keeps files and compiled scripts on disk, as people's browsers do.

    Compiling Streamlit's front end takes half of loading a page; a context of one's own does it each time.
    """
    with sync_playwright() as playwright:
        kept = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("chromium"),
            executable_path=find_chromium(playwright),
            args=ARGUMENTS,
            viewport=DESKTOP,
            reduced_motion="reduce",
        )
        assert kept.browser is not None
        yield kept.browser
        kept.close()


@pytest.fixture(autouse=True)
def windows_go_with_their_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Windows of its own that a test opened go with it: their pages would go on asking and take time from the rest."""
    browser = request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    before = list(browser.contexts) if browser is not None else []
    yield
    for context in browser.contexts if browser is not None else []:
        if context not in before:
            context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own for a test, at desktop size, in the context that keeps files; what pages left there is gone."""
    context = browser.contexts[0]
    before = len(context.pages)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    yield opened
    if opened.url.startswith("http"):
        opened.evaluate("localStorage.clear()")
    for each in context.pages[before:]:
        each.close()
    context.clear_cookies()
