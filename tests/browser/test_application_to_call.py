"""From an application, written on a phone, to a team's first call in a workspace of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from equity.access.here import Here
from equity.actions.network import applications
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.network.application_form import application_form
from equity.network.nouns import APPLICATION, COHORT, MEMBER
from equity.store.records import shelf
from equity.store.records.calls import calls_in
from equity.store.workspace.database import workspace_database
from equity.store.workspace.ownership import claim_dataset
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.publishing import Publisher
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.browser.conftest import PATIENCE
from tests.browser.server import Server
from tests.browser.standing import opened, settled, turned_to
from tests.browser.test_learning_call import PHONE, is_for_everyone, joined, window
from tests.pages.people import MAPPING, small_extract

TEAM = (("Ana", "Analyst", "data"), ("Ben", "Nurse", "patient-facing care"), ("Cy", "Lead", "equity"))
FORM = application_form(Path("/nowhere"))


@pytest.fixture
def here(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Here]:
    """The facilitator's workspace; the server is shared, so what the journey made there is taken away again."""
    monkeypatch.setenv("EQUITY_HOME", str(server.home))
    place = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    yield place
    for noun in (MEMBER, APPLICATION, COHORT):
        for kept in shelf.listed(place.database, HOME_WORKSPACE, noun):
            shelf.withdraw(place.database, HOME_WORKSPACE, noun, kept.id, seen_version=kept.version, by=LOCAL_OWNER)


def door_of_a_cohort(page: Page, server: Server) -> str:
    """Begin a cohort and take applications: the address of its form."""
    opened(page, f"{server.url}/network")
    page.get_by_label("Name of the cohort", exact=True).fill("Equity cohort 2027")
    page.get_by_role("button", name="Begin a cohort").click()
    page.get_by_role("button", name="Take applications").click()
    code = page.get_by_test_id("stCode").filter(has_text="/apply/")
    expect(code).to_be_visible()
    return code.inner_text().strip()


def applied(phone: Page, address: str, before_sending: Callable[[], object] = lambda: None) -> None:
    """The whole form, by its labels; what is typed survives a reload before it is sent."""
    phone.goto(address)
    phone.get_by_role("button", name="Begin an application").click()
    expect(phone.locator("[name=organization]")).to_be_visible()
    for question in FORM.questions:
        field = phone.locator(f"[name={question.id}]")
        if question.kind == "yes":
            field.check()
        elif question.kind == "choice":
            field.select_option(question.options[0])
        else:
            field.fill("80" if question.kind == "number" else f"{question.label[:20]} ✓")
    phone.locator("[name=organization]").fill("Harbor clinic")
    for place, (name, role, lens) in enumerate(TEAM):
        row = phone.locator("[data-member]").nth(place)
        row.locator("[data-part=name]").fill(name)
        row.locator("[data-part=role]").fill(role)
        row.locator("[data-part=lens]").select_option(lens)
    expect(phone.get_by_text("Nobody yet brings quality improvement.")).to_be_visible()
    expect(phone.get_by_text("Saved.")).to_be_visible()
    phone.reload()
    expect(phone.locator("[name=organization]")).to_have_value("Harbor clinic")
    expect(phone.get_by_text("Nobody yet brings quality improvement.")).to_be_visible()
    is_for_everyone(phone)
    before_sending()
    phone.get_by_role("button", name="Send the application").click()
    expect(phone.get_by_text("We received your application. You have an answer by")).to_be_visible()


def accepted(page: Page, server: Server) -> None:
    """The facilitator reads what was written and answers."""
    opened(page, f"{server.url}/network")
    expect(page.get_by_text("1 application waits for an answer.")).to_be_visible()
    page.get_by_test_id("stCheckbox").filter(has_text="Harbor clinic").locator("label").click()
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_text("Accepted; received today.")).to_be_visible()
    settled(page)


def with_data(here: Here, team: str, home: Path, folder: Path) -> None:
    """The team's own extract in its own workspace, loaded as from its terminal."""
    claim_dataset(here.database, team, "Harbor visits", on_disk=())
    by = Publisher(here.database, team, LOCAL_OWNER)
    load([small_extract(folder)], "Harbor visits", mapping_from_toml(MAPPING, "test"), "new", home, by=by)


def first_call(browser: Browser, page: Page) -> None:
    """The team looks at its own workspace and starts a call with its own picture; somebody guesses on a phone."""
    turned_to(page, "Settings and roles")
    page.get_by_role("combobox", name="You are looking at").click()
    page.get_by_role("option", name="Harbor clinic", exact=True).click()
    expect(page.get_by_label("Name of this workspace")).to_have_value("Harbor clinic")
    turned_to(page, "Disparities")
    expect(page).to_have_url(re.compile("dataset=Harbor"))
    page.get_by_test_id("stMain").get_by_role("link", name="Start a call").first.click()
    page.get_by_role("button", name="Start the call").click()
    link = page.get_by_test_id("stCode").filter(has_text="/call/")
    expect(link).to_be_visible()
    ana = joined(window(browser, PHONE, dark=True), link.inner_text().strip(), "Ana", "data")
    ana.get_by_label("How wide is the gap").fill("5")
    ana.get_by_role("button", name="Send").click()
    expect(ana.get_by_text("Your guess is in")).to_be_visible()
    is_for_everyone(ana)
    ana.context.close()


def test_from_an_application_to_the_first_call(
    browser: Browser, page: Page, server: Server, here: Here, tmp_path: Path
) -> None:
    page.set_default_timeout(2 * PATIENCE)
    address = door_of_a_cohort(page, server)
    phone = window(browser, PHONE)
    applied(phone, address)
    accepted(page, server)
    phone.reload()
    expect(phone.get_by_text("Welcome to the network.")).to_be_visible()
    phone.context.close()
    [kept] = applications.applications(here)
    team = kept.content.workspace
    with_data(here, team, server.home, tmp_path)
    first_call(browser, page)
    assert [call.ended for call in calls_in(here.database, team)] == [None]
    assert "Harbor visits" not in {call.dataset for call in calls_in(here.database, HOME_WORKSPACE)}
