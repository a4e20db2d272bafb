"""A team's decisions about a chart in a real browser: frozen, split, annotated and shared."""

from __future__ import annotations

from urllib.parse import quote_plus

from playwright.sync_api import Browser, Page, expect

from equity.server.sample_data import SAMPLE
from tests.browser.server import Server

CHART = ".js-plotly-plot .main-svg"
DATASET = f"dataset={quote_plus(SAMPLE)}"
QUESTION = f"{DATASET}&measure=Controlled+blood+pressure&by=race&grain=quarter&group=Black+or+African+American"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def done(page: Page, name: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_baseline_an_annotation_a_phase_and_a_shared_link(server: Server, page: Page, browser: Browser) -> None:
    page.goto(f"{server.url}/trends?{QUESTION}")
    expect(page.locator(CHART).nth(1)).to_be_visible()

    press(page, "Freeze a baseline")
    done(page, "Freeze")
    card = page.locator(".st-key-card_multiples")
    expect(card).to_contain_text("The middle and the limits are frozen on Q1 2022 to Q2 2023")

    press(page, "Add an annotation")
    page.get_by_label("What happened?").fill("New interpreter service")
    done(page, "Add")
    expect(page.locator(".st-key-card_over_time")).to_contain_text("1: New interpreter service, Q3 2023")

    press(page, "Split a phase")
    page.get_by_label("What changed?").fill("Nurses call back within a day")
    for question in page.get_by_role("dialog").get_by_role("radiogroup").all():
        question.get_by_text("yes", exact=True).click()
    done(page, "Split here")
    expect(card).to_contain_text("A new phase, with limits of its own, begins in Q3 2023")

    page.get_by_role("radio", name="month").click()
    page.wait_for_url("**grain=month**")
    expect(card).to_contain_text("begins in July 2023")
    link = page.url

    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    other = context.new_page()
    other.goto(link)
    same = other.locator(".st-key-card_multiples")
    expect(same).to_contain_text("frozen on January 2022 to June 2023", timeout=30_000)
    expect(same).to_contain_text("begins in July 2023")
    expect(same).to_contain_text("1: New interpreter service, Q3 2023")
    expect(other.locator(".st-key-card_over_time").get_by_role("figure")).to_be_visible()
    assert other.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_two_people_decide_at_once_and_nothing_is_lost(server: Server, page: Page, browser: Browser) -> None:
    address = f"{server.url}/trends?{DATASET}&measure=HbA1c+above+9+percent&by=payer&grain=quarter"
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    theirs = context.new_page()
    for one in (page, theirs):
        one.goto(address)
        expect(one.locator(CHART).nth(1)).to_be_visible(timeout=30_000)

    press(page, "Leave a point out")
    press(theirs, "Leave a point out")
    theirs.get_by_label("Why does it not count?").fill("A storm closed the clinic")
    done(theirs, "Leave it out")

    page.get_by_label("Why does it not count?").fill("The lab counted twice")
    page.get_by_role("dialog").get_by_role("combobox", name="Which point").click()
    page.get_by_role("option", name="Q1 2022", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Leave it out", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("A storm closed the clinic")
    expect(dialog).to_contain_text("The lab counted twice")
    done(page, "Add mine to theirs")
    expect(page.locator(".st-key-card_multiples")).to_contain_text("Q1 2022 and Q4 2024")
    context.close()
