"""The menu of pages: sections that fold, of which the one in use is open; at first few lines, read at a glance.

Streamlit's own menu shows every page, and its sections fold for a pointer alone. It stays, out of sight: a link of
ours presses its link, so that going to a page loads nothing anew, and on a phone closes the menu.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

import streamlit as st

from equity.access.roles import Action
from equity.ui.page_registry import SECTIONS, PageEntry
from equity.words.labels.layout import LAYOUT_TEXTS

MOST_LINES = 8
"""So many lines are seen at first; a menu of no more pages than this does not fold."""
_SCRIPT = (Path(__file__).parent / "menu.js").read_text(encoding="utf-8")


class MenuPage(TypedDict):
    """A page's line; ``place`` counts the pages that are listed, as Streamlit's own menu does."""

    name: str
    title: str
    icon: str
    address: str
    asks: str
    place: int


class MenuSection(TypedDict):
    """A section's lines; one without a title does not fold."""

    title: str
    pages: list[MenuPage]


def menu(current: str, may: Callable[[Action], bool]) -> None:
    """Draw the menu in the side column; ``current`` is the name of the page that is looked at."""
    drawn = menu_sections(may)
    if sum(len(section["pages"]) for section in drawn) < 2:
        return  # one page needs no way to it
    component = st.components.v2.component(
        "menu",
        html=f'<nav class="lens-menu" aria-label="{LAYOUT_TEXTS["pages"]}"></nav>\n',
        js=_SCRIPT,
        isolate_styles=False,
    )
    with st.sidebar.container(key="menu"):
        component(data={"sections": drawn, "current": current}, key="menu_lines")


def menu_sections(may: Callable[[Action], bool]) -> list[MenuSection]:
    """The lines for somebody: Home by itself, then the sections with the pages that are for them.

    A section of one page is that page; where all fit without folding, nothing folds.
    """
    listed = {name: [entry for entry in entries if may(entry.needs)] for name, entries in SECTIONS.items()}
    places = {entry.name: place for place, entry in enumerate(entry for each in listed.values() for entry in each)}
    few = len(places) <= MOST_LINES
    drawn: list[MenuSection] = []
    for section, entries in listed.items():
        alone = [entry for entry in entries if not entry.url]
        rest = [entry for entry in entries if entry.url]
        if alone:
            drawn.append({"title": "", "pages": [_line(entry, places) for entry in alone]})
        if rest:
            folds = len(rest) > 1 and not few
            drawn.append({"title": section if folds else "", "pages": [_line(entry, places) for entry in rest]})
    return drawn


def _line(entry: PageEntry, places: dict[str, int]) -> MenuPage:
    return {
        "name": entry.name,
        "title": entry.title,
        "icon": entry.icon.removeprefix(":material/").removesuffix(":"),
        "address": entry.url or "./",
        "asks": entry.question,
        "place": places[entry.name],
    }
