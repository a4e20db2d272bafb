"""The frame in a real browser: addresses open the right page, choices stay, nothing else is asked for a byte.

That a deep link opens each page, on a server that nobody has visited, is seen in test_axe.py.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from equity.server.sample_data import SAMPLE
from equity.ui.layout.menu import MOST_LINES
from equity.ui.page_registry import ENTRIES
from tests.browser.server import Server
from tests.browser.standing import listed, opened, settled, turned_to, unfolded

CHART = ".js-plotly-plot .main-svg"


def open_and_wait(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1").first).to_be_visible()


def asked(page: Page) -> dict[str, str]:
    return {part: codes[0] for part, codes in parse_qs(urlsplit(page.url).query).items()}


def pick(page: Page, label: str, option: str) -> None:
    wanted = page.get_by_role("option", name=option, exact=True)
    unfolded(page.get_by_role("combobox", name=label), wanted)
    wanted.click()


def test_every_page_is_one_click_from_home(server: Server, page: Page) -> None:
    open_and_wait(page, server.url)
    for entry in ENTRIES.values():
        if entry.url:
            page.locator(".st-key-every_page").get_by_role("link", name=entry.title).first.click()
            expect(page.locator("h1").first).to_have_text(entry.title)
            assert urlsplit(page.url).path == f"/{entry.url}"
            turned_to(page, ENTRIES["home"].title)


def test_the_menu_folds_and_the_keyboard_goes_through_it(server: Server, page: Page) -> None:
    opened(page, server.url)
    lines = page.locator(".lens-menu :is(a, button):visible")
    assert lines.count() <= MOST_LINES
    look = page.get_by_role("navigation", name="Pages").get_by_role("button", name="Look", exact=True)
    expect(look).to_have_attribute("aria-expanded", "false")
    look.focus()
    page.keyboard.press("Enter")
    expect(look).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Disparities")
    page.keyboard.press("Enter")
    expect(page.locator("h1").first).to_have_text("Disparities")
    settled(page)
    expect(page.locator(".lens-menu a[aria-current=page]")).to_be_focused()
    expect(look).to_have_attribute("aria-expanded", "true")
    turned_to(page, "Glossary")
    expect(look).to_have_attribute("aria-expanded", "false")


def test_on_a_shared_screen_the_bar_is_one_line_and_the_whole_first_picture_is_seen(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    opened(page, f"{server.url}/glossary")
    for name in ("disparities", "trends", "areas", "scan", "completeness", "gap_sources"):
        turned_to(page, ENTRIES[name].title)
        lists = page.locator(".st-key-choice_bar > [class*=st-key-choose_]")
        tops = lists.evaluate_all("all => all.map(one => one.getBoundingClientRect()).map(b => (b.top + b.bottom) / 2)")
        assert max(tops) - min(tops) < 4
        picture = page.locator("[class*=st-key-card_] .lens-chart").first.bounding_box()
        answer = page.locator(".lens-answer").first.bounding_box()
        assert picture is not None
        assert answer is not None
        assert 0 < answer["y"] < picture["y"]
        assert picture["y"] + picture["height"] <= 720, name


def test_on_a_phone_the_question_is_a_sentence_and_its_choices_a_sheet(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, f"{server.url}/disparities")
    said = page.locator(".lens-question p")
    expect(said).to_contain_text("Controlled blood pressure by race and ethnicity compared with the best group in 2024")
    expect(page.get_by_role("combobox", name="Measure")).to_be_hidden()
    answer = page.locator(".lens-answer").first.bounding_box()
    assert answer is not None
    assert answer["y"] < 844 / 2
    page.get_by_role("button", name="Change", exact=True).press("Enter")
    sheet = page.get_by_role("dialog", name="Change the question")
    expect(sheet).to_be_visible()
    expect(page.get_by_role("button", name="Show the answer")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(sheet.locator(":focus")).to_have_count(1)
    pick(page, "Group by", "payer")
    expect(said).to_contain_text("by payer")
    page.wait_for_url("**by=payer**")
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Change", exact=True)).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_choices_stay_over_pages_reloads_and_the_back_button(server: Server, page: Page) -> None:
    open_and_wait(page, f"{server.url}/disparities")
    expect(page.locator(CHART).first).to_be_visible()
    pick(page, "Measure", "Postpartum visit")
    page.wait_for_url("**measure=Postpartum+visit**")
    pick(page, "Group by", "payer")
    page.wait_for_url("**by=payer**")
    pick(page, "Compared with", "Medicaid")
    page.wait_for_url("**reference=Medicaid**")
    chosen = asked(page)
    assert chosen["dataset"] == SAMPLE

    listed(page, "Gap trends").click()
    expect(page.locator("h1").first).to_have_text("Gap trends")
    page.wait_for_url("**/trends?**reference=Medicaid**")
    assert asked(page) == chosen

    page.reload()
    expect(page.get_by_role("combobox", name="Compared with")).to_have_value("Medicaid")
    assert asked(page) == chosen

    page.get_by_role("radio", name="year").click()
    page.wait_for_url("**grain=year**")
    page.go_back()  # undoes the choice, in the moment after it, and stays on the page
    page.wait_for_url("**grain=quarter**")
    expect(page.get_by_role("radio", name="quarter")).to_be_checked()
    assert urlsplit(page.url).path == "/trends"
    page.go_back()
    expect(page.locator("h1").first).to_have_text("Disparities")
    page.wait_for_timeout(500)
    assert urlsplit(page.url).path == "/disparities"
    assert asked(page) == chosen


def test_a_link_that_asks_for_what_is_not_there_says_so(server: Server, page: Page) -> None:
    open_and_wait(page, f"{server.url}/disparities?dataset=Elsewhere&measure=Postpartum+visit&by=payer")
    expect(page.get_by_role("status").filter(has_text="There is no dataset “Elsewhere”")).to_be_visible()
    expect(page.get_by_role("combobox", name="Measure")).to_have_value("Postpartum visit")


def test_the_page_talks_to_this_server_alone_and_its_files_come_compressed(server: Server, page: Page) -> None:
    elsewhere: list[str] = []
    packed: dict[str, str] = {}
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((server.url, "data:", "blob:")) else elsewhere.append(request.url)
        ),
    )
    page.on(
        "response",
        lambda answer: (
            packed.update({answer.url: answer.headers.get("content-encoding", "")})
            if "/static/js/" in answer.url
            else None
        ),
    )
    open_and_wait(page, f"{server.url}/disparities")
    expect(page.locator(CHART).first).to_be_visible()
    assert elsewhere == []
    assert packed
    assert set(packed.values()) == {"br"}


def test_a_chart_speaks_and_its_table_opens_from_the_keyboard(server: Server, page: Page) -> None:
    open_and_wait(page, f"{server.url}/disparities")
    picture = page.get_by_role("figure").first
    expect(picture).to_be_visible()
    assert "Black or African American" in str(picture.get_attribute("aria-label"))
    summary = page.locator("summary").filter(has_text="Table").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Download CSV").first).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download CSV").first.click()
    text = downloading.value.path().read_text(encoding="utf-8-sig")
    assert text.startswith("group,kind,rows,people,n,x,rate")
    assert "Black or African American" in text


def test_how_it_was_computed_shows_the_sql(server: Server, page: Page) -> None:
    open_and_wait(page, f"{server.url}/disparities")
    page.locator("summary").filter(has_text="How was this computed?").first.click()
    expect(page.get_by_test_id("stCode").filter(has_text="SELECT").first).to_be_visible()
