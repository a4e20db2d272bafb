"""Which pages there are: one row a page, in the order of the sections.

A page's ``url`` is an address that people share: it never changes. Home's is the root.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

PAGES_FOLDER = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True)
class PageEntry:
    """A page: the name of its file in `pages/`, its address, what it is called and the question that it answers."""

    name: str
    url: str
    title: str
    icon: str
    question: str

    @property
    def file(self) -> Path:
        """Where the page is written."""
        return PAGES_FOLDER / f"{self.name}.py"


SECTIONS: dict[str, tuple[PageEntry, ...]] = {
    "Start": (PageEntry("home", "", "Home", ":material/home:", "What is here, and where to go next."),),
    "Look": (
        PageEntry(
            "scan",
            "scan",
            "Scan",
            ":material/radar:",
            "Where are the gaps? Every measure by every grouping at once, most people first.",
        ),
        PageEntry(
            "disparities",
            "disparities",
            "Disparities",
            ":material/align_horizontal_left:",
            "How do groups compare on one measure, and how many people does a gap concern?",
        ),
        PageEntry(
            "trends",
            "trends",
            "Gap trends",
            ":material/trending_up:",
            "Is a gap closing, and because which group moved?",
        ),
        PageEntry(
            "areas",
            "areas",
            "Clinical areas",
            ":material/grid_view:",
            "Across clinical areas, where are the gaps that concern the most people?",
        ),
        PageEntry(
            "intersections",
            "intersections",
            "Intersections",
            ":material/join_inner:",
            "Is there a group within the groups that neither grouping alone shows?",
        ),
        PageEntry(
            "gap_sources",
            "where-the-gap-lives",
            "Where the gap lives",
            ":material/account_tree:",
            "Do groups fare differently at the same places, or are they seen at different ones?",
        ),
        PageEntry(
            "completeness",
            "data-completeness",
            "Data completeness",
            ":material/data_check:",
            "Who is missing from the answer, and does it matter?",
        ),
        PageEntry(
            "summary",
            "summary-measures",
            "Summary measures",
            ":material/functions:",
            "How uneven is it over all groups, in one number, and which number fits?",
        ),
    ),
    "Data": (
        PageEntry(
            "upload",
            "upload",
            "Upload",
            ":material/upload_file:",
            "Bring in an extract: drop a file, check what its columns mean, look.",
        ),
        PageEntry(
            "datasets",
            "datasets",
            "Datasets",
            ":material/database:",
            "What is loaded, where it came from, what was set aside; go back to an earlier version.",
        ),
    ),
}
ENTRIES = {entry.name: entry for entries in SECTIONS.values() for entry in entries}


def page(name: str) -> StreamlitPage:
    """The page of that name, for navigation and for links to it."""
    entry = ENTRIES[name]
    return st.Page(
        entry.file,
        title=entry.title,
        icon=entry.icon,
        url_path=entry.url or None,
        default=not entry.url,
        help=entry.question,
    )


def sections() -> dict[str, list[StreamlitPage]]:
    """Every page by section, as `st.navigation` takes them."""
    return {section: [page(entry.name) for entry in entries] for section, entries in SECTIONS.items()}
