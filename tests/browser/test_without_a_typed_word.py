"""From Home to a slide without a typed word: by mouse, by keyboard alone, by finger; Back leads all the way home.

Each step is one address and one entry of the browser's history: Back is held against the addresses of the way there,
walked once (the history is the same, whatever hand made it).
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.hands import TIP, Finger, Hand, Keys, Mouse
from tests.browser.server import Server
from tests.browser.standing import opened, settled
from tests.browser.test_axe import PHONE

SHARED_SCREEN: ViewportSize = {"width": 1280, "height": 720}
BLACK = "Black or African American"
IN_ADDRESS = """asked => Object.entries(asked).every(([part, code]) =>
    new URLSearchParams(location.search).get(part)?.includes(code))"""
AT = """place => `${location.pathname}?${[...new URLSearchParams(location.search)].sort()
    .map(([part, code]) => `${part}=${code}`).join('&')}` === place"""


def test_by_mouse_and_back_all_the_way_home(server: Server, page: Page) -> None:
    page.set_viewport_size(SHARED_SCREEN)
    opened(page, server.url)
    way = _from_home_to_a_slide(page, Mouse(page))
    for place in reversed(way[:-1]):
        page.go_back()
        _stands_at(page, place)
    expect(page.locator("h1").first).to_have_text("Home")
    _there_and_back_without_waiting(page, way)


def test_by_the_keyboard_alone(server: Server, page: Page) -> None:
    page.set_viewport_size(SHARED_SCREEN)
    opened(page, server.url)
    _home_in_one_stride(page, _from_home_to_a_slide(page, Keys(page)))


def test_with_a_finger_on_a_phone(server: Server, page: Page) -> None:
    page.set_viewport_size(PHONE)
    opened(page, server.url)
    _home_in_one_stride(page, _from_home_to_a_slide(page, Finger(page)))


def _from_home_to_a_slide(page: Page, hand: Hand) -> list[str]:
    """The way; gives the places that it led over, each another one and each one step of Back."""
    title, main = page.locator("h1").first, page.get_by_test_id("stMain")
    answer, groups = page.locator(".lens-answer p").first, page.locator(".st-key-card_groups")
    way, entries = [_place(page)], page.evaluate("history.length")

    def came_to(**asked: str) -> None:
        page.wait_for_function(IN_ADDRESS, arg=asked)
        settled(page)
        way.append(_place(page))

    hand.press(page.locator(".st-key-every_page").get_by_role("link", name="Clinical areas").first)
    expect(title).to_have_text("Clinical areas")
    came_to(measure="")
    hand.ask(page.locator(".st-key-card_map"), "Diabetes by race and ethnicity")
    came_to(measure="HbA1c above 9 percent", group="Hispanic or Latino")
    hand.press(page.locator(".st-key-comparison_beside").get_by_role("link", name="Open this comparison"))
    expect(title).to_have_text("Disparities")
    came_to(group="Hispanic or Latino")
    hand.ask(groups, BLACK)
    came_to(group=BLACK)
    expect(answer).to_contain_text(f"{BLACK} patients")
    hand.press(main.get_by_role("link", name="Is this gap closing?").first)
    expect(title).to_have_text("Gap trends")
    expect(page.get_by_role("combobox", name="Group", exact=True)).to_have_value(BLACK)
    came_to(group=BLACK)
    hand.stretch(page.locator(".st-key-card_over_time"))
    expect(title).to_have_text("Disparities")
    came_to(period="..")
    hand.ask(groups, "Northgate", "ArrowRight")
    came_to(where="site:Northgate")
    expect(answer).to_contain_text("Northgate only")
    hand.pick(page.get_by_role("combobox", name="Compare with …"), 1)
    came_to(against=":")
    beside = page.locator(".st-key-card_side_by_side")
    hand.press(beside.get_by_role("button", name="Pin"))
    came_to(pinned="side_by_side")
    hand.press(beside.get_by_role("link", name="Present"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("?")
    came_to(measure="")
    assert len(set(way)) == len(way) == 11
    assert page.evaluate("history.length") == entries + len(way) - 1
    expect(page.locator(TIP)).to_have_count(0)
    return way


def _home_in_one_stride(page: Page, way: list[str]) -> None:
    page.evaluate("steps => history.go(-steps)", len(way) - 1)
    _stands_at(page, way[0])
    expect(page.locator("h1").first).to_have_text("Home")


def _there_and_back_without_waiting(page: Page, way: list[str]) -> None:
    """Forward and Back as fast as they can be pressed: the page and its choices are those of the address at the end."""
    period = page.get_by_role("combobox", name="Period", exact=True)
    for last, step, said in ((8, 1, "Q2 2022 to Q4 2023"), (3, -1, "2024"), (6, 1, "Q2 2022 to Q4 2023")):
        for _ in range(abs(last - way.index(_place(page)))):
            page.evaluate("step => history.go(step)", step)
        _stands_at(page, way[last])
        expect(period).to_have_value(said)


def _stands_at(page: Page, place: str) -> None:
    page.wait_for_function(AT, arg=place)
    settled(page)
    assert _place(page) == place


def _place(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.path}?{'&'.join(f'{part}={code}' for part, code in sorted(parse_qsl(parts.query)))}"
