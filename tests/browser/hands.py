"""Three ways to do the same on a page: with a mouse, by the keyboard alone, and with a finger on a phone."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from tests.browser.standing import unfolded

TIP = ".lens-tip"
MOST_TABS, MOST_MARKS = 160, 20
DOWN = "ArrowDown"
IS_FOCUSED = "part => part === document.activeElement || part.contains(document.activeElement)"


class Hand(Protocol):
    """What somebody does on a page, without a typed word."""

    def press(self, part: Locator) -> None:
        """A link or a button."""

    def ask(self, card: Locator, name: str, arrow: str = DOWN) -> None:
        """A mark of a card's chart whose words hold ``name``; ``arrow`` leads there from the first one."""

    def stretch(self, card: Locator) -> None:
        """Two years or so of a chart over time."""

    def pick(self, choice: Locator, places: int) -> None:
        """The option so many places below the one that is picked."""


class Mouse:
    """A mouse that points and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, part: Locator) -> None:
        part.click()

    def ask(self, card: Locator, name: str, arrow: str = DOWN) -> None:
        self.at(*_middle(self.page, card, name, arrow))

    def at(self, x: float, y: float) -> None:
        self.page.mouse.click(x, y)

    def stretch(self, card: Locator) -> None:
        left, right, y = _along(card)
        self.page.mouse.move(left, y)
        self.page.mouse.down()
        self.page.mouse.move(right, y, steps=5)
        expect(card.locator(".lens-span")).to_be_visible()
        self.page.mouse.up()

    def pick(self, choice: Locator, places: int) -> None:
        options = self.page.get_by_role("option")
        unfolded(choice, options)
        options.nth(places).click()


class Finger(Mouse):
    """A finger on a phone: it taps, and draws along the axis."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.touch = page.context.new_cdp_session(page)
        self.touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})

    def press(self, part: Locator) -> None:
        part.scroll_into_view_if_needed()
        self.at(*_centre(part))

    def at(self, x: float, y: float) -> None:
        self.drawn((x, y))

    def stretch(self, card: Locator) -> None:
        left, right, y = _along(card)
        self.drawn(*[(left + step * (right - left) / 6, y) for step in range(7)])

    def drawn(self, *places: tuple[float, float]) -> None:
        """Put the finger down at the first place, draw it over the others, lift it."""
        for i, (x, y) in enumerate(places):
            at = {"type": "touchMove" if i else "touchStart", "touchPoints": [{"x": x, "y": y}]}
            self.touch.send("Input.dispatchTouchEvent", at)
        self.touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


class Keys:
    """The keyboard alone: Tab until it stands there, arrows, Enter."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, part: Locator) -> None:
        """Walk there by Tab, from wherever the keyboard stands."""
        expect(part).to_be_attached()
        for _ in range(MOST_TABS):
            if part.evaluate(IS_FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{MOST_TABS} times Tab did not reach {part}")

    def press(self, part: Locator) -> None:
        self.reach(part)
        self.page.keyboard.press("Enter")

    def ask(self, card: Locator, name: str, arrow: str = DOWN) -> None:
        self.reach(card.locator(".lens-hand"))
        _walk(self.page, name, arrow)
        self.page.keyboard.press("Enter")

    def stretch(self, card: Locator) -> None:
        self.reach(card.locator(".lens-hand"))
        self.page.keyboard.press("Home")
        for _ in range(7):
            self.page.keyboard.press("Shift+ArrowLeft")
        self.page.keyboard.press("Enter")

    def pick(self, choice: Locator, places: int) -> None:
        self.reach(choice)
        self.page.keyboard.press("ArrowDown")  # opens the list
        for _ in range(places):
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")


def _walk(page: Page, name: str, arrow: str) -> None:
    """From the first mark on, by one arrow key, to the mark whose words hold ``name``."""
    page.keyboard.press("Home")
    tip = page.locator(TIP)
    expect(tip).to_be_visible()
    for _ in range(MOST_MARKS):
        if name in tip.inner_text():
            return
        page.keyboard.press(arrow)
    raise AssertionError(f"{arrow} leads to no mark with “{name}”; the last was {tip.inner_text()}")


def _middle(page: Page, card: Locator, name: str, arrow: str) -> tuple[float, float]:
    """Where a mark stands in the window: the keys find it and tell where; the hand then leaves it and comes anew."""
    hand = card.locator(".lens-hand")
    hand.scroll_into_view_if_needed()
    hand.focus()
    _walk(page, name, arrow)
    ring = card.locator(".lens-ring")
    ring.scroll_into_view_if_needed()
    middle = _centre(ring)
    page.keyboard.press("Escape")
    return middle


def _centre(part: Locator) -> tuple[float, float]:
    box = part.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _along(card: Locator) -> tuple[float, float, float]:
    hand = card.locator(".lens-hand")
    hand.scroll_into_view_if_needed()
    box = hand.bounding_box()
    assert box
    return box["x"] + 0.15 * box["width"], box["x"] + 0.45 * box["width"], box["y"] + 150
