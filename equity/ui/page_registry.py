"""Which pages there are: one row a page, in the order of the sections.

A page's ``url`` is an address that people share: it never changes. Home's is the root.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from equity.access.roles import Action
from equity.words.labels.pages import PAGE_TEXTS

PAGES_FOLDER = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True)
class PageEntry:
    """A page: the name of its file in `pages/`, its address, what it is called and the question that it answers.

    ``needs`` is what somebody must be allowed to do to see it (`equity/access/roles.py`).
    """

    name: str
    url: str
    title: str
    icon: str
    question: str
    needs: Action = "see_workspace"

    @property
    def file(self) -> Path:
        """Where the page is written."""
        return PAGES_FOLDER / f"{self.name}.py"


SECTIONS: dict[str, tuple[PageEntry, ...]] = {
    "Start": (
        PageEntry("home", "", "Home", ":material/home:", PAGE_TEXTS["what_is_here_and_where"]),
        PageEntry(
            "our_path",
            "our-path",
            "Our path",
            ":material/route:",
            PAGE_TEXTS["where_are_we_in_our_eighteen"],
        ),
        PageEntry(
            "glossary", "glossary", "Glossary", ":material/dictionary:", PAGE_TEXTS["what_do_the_words_here_mean"]
        ),
    ),
    "Look": (
        PageEntry(
            "scan",
            "scan",
            "Largest gaps",
            ":material/radar:",
            PAGE_TEXTS["where_are_the_gaps_every_measure"],
        ),
        PageEntry(
            "disparities",
            "disparities",
            "Disparities",
            ":material/align_horizontal_left:",
            PAGE_TEXTS["how_do_groups_compare"],
        ),
        PageEntry(
            "trends",
            "trends",
            "Gap trends",
            ":material/trending_up:",
            PAGE_TEXTS["is_the_gap_closing"],
        ),
        PageEntry(
            "areas",
            "areas",
            "Clinical areas",
            ":material/grid_view:",
            PAGE_TEXTS["across_clinical_areas_where"],
        ),
        PageEntry(
            "intersections",
            "intersections",
            "Intersections",
            ":material/join_inner:",
            PAGE_TEXTS["is_there_a_group_within"],
        ),
        PageEntry(
            "gap_sources",
            "where-the-gap-lives",
            "Gap breakdown",
            ":material/account_tree:",
            PAGE_TEXTS["how_much_of_the_gap"],
        ),
        PageEntry(
            "completeness",
            "data-completeness",
            "Data completeness",
            ":material/data_check:",
            PAGE_TEXTS["who_is_missing_from_the_answer"],
        ),
        PageEntry(
            "summary",
            "summary-measures",
            "Overall inequality",
            ":material/functions:",
            PAGE_TEXTS["how_large_are_differences_overall"],
        ),
        PageEntry(
            "explore",
            "explore",
            "Explore",
            ":material/travel_explore:",
            "What do you want to know that no other page asks?",
        ),
    ),
    "Talk": (
        PageEntry(
            "learning_call",
            "learning-call",
            "Learning call",
            ":material/groups:",
            PAGE_TEXTS["many_people_one_picture_every_voice"],
            "lead_call",
        ),
        PageEntry(
            "presenting",
            "present",
            "Presentation",
            ":material/present_to_all:",
            PAGE_TEXTS["the_cards_that_you_chose_put"],
        ),
        PageEntry(
            "notes",
            "notes",
            "Notes",
            ":material/forum:",
            PAGE_TEXTS["what_did_we_say_about_our"],
            "read_notes",
        ),
    ),
    "Act": (
        PageEntry(
            "focus",
            "focus",
            "Focus",
            ":material/flag:",
            PAGE_TEXTS["which_clinical_area_do_we_work"],
        ),
        PageEntry(
            "aims",
            "aims",
            "Aims",
            ":material/adjust:",
            PAGE_TEXTS["what_do_we_want_to_have"],
        ),
        PageEntry(
            "projects",
            "projects",
            "Projects",
            ":material/science:",
            PAGE_TEXTS["what_do_we_try_who_does"],
        ),
        PageEntry(
            "reflections",
            "reflections",
            "Reflections",
            ":material/edit_calendar:",
            PAGE_TEXTS["what_became_of_last_quarters_open"],
        ),
    ),
    "Us": (
        PageEntry(
            "team",
            "team",
            "Team",
            ":material/group:",
            PAGE_TEXTS["who_does_this_work"],
        ),
        PageEntry(
            "history",
            "history",
            "History",
            ":material/history_edu:",
            PAGE_TEXTS["what_happened_here"],
        ),
    ),
    "Share": (
        PageEntry(
            "releases",
            "releases",
            "Releases and links",
            ":material/lock_open_right:",
            PAGE_TEXTS["what_may_leave_the_team"],
        ),
        PageEntry(
            "leader",
            "leader",
            "Leader view",
            ":material/smartphone:",
            PAGE_TEXTS["a_release_as_a_leader_reads"],
            "read_release",
        ),
        PageEntry(
            "network",
            "network",
            "Network",
            ":material/hub:",
            PAGE_TEXTS["who_learns_together_here_who_applies"],
            "see_network",
        ),
        PageEntry(
            "evidence_pack",
            "evidence-pack",
            "Evidence pack",
            ":material/fact_check:",
            PAGE_TEXTS["what_can_we_show"],
            "export",
        ),
    ),
    "Data": (
        PageEntry(
            "upload",
            "upload",
            "Upload",
            ":material/upload_file:",
            PAGE_TEXTS["bring_in_a_data_file_drop"],
            "upload",
        ),
        PageEntry(
            "datasets",
            "datasets",
            "Datasets",
            ":material/database:",
            PAGE_TEXTS["what_is_loaded_where_it_came"],
        ),
        PageEntry(
            "settings",
            "settings",
            "Settings and roles",
            ":material/manage_accounts:",
            PAGE_TEXTS["who_you_are_here"],
        ),
        PageEntry(
            "audit_log",
            "audit-log",
            "Audit log",
            ":material/receipt_long:",
            PAGE_TEXTS["who_uploaded_released_opened_exported"],
            "read_audit_log",
        ),
    ),
}
ENTRIES = {entry.name: entry for entries in SECTIONS.values() for entry in entries}


def page(name: str, visibility: Literal["visible", "hidden"] = "visible") -> StreamlitPage:
    """The page of that name, for navigation and for links to it.

    Its file is looked up once; each run gets a copy of its own, for navigation marks the one that may run.
    """
    return copy(_page(name, visibility))


@cache
def _page(name: str, visibility: Literal["visible", "hidden"]) -> StreamlitPage:
    entry = ENTRIES[name]
    return st.Page(
        entry.file,
        title=entry.title,
        icon=entry.icon,
        url_path=entry.url or None,
        default=not entry.url,
        visibility=visibility,
        help=entry.question,
    )


def every_page(may: Callable[[Action], bool]) -> list[StreamlitPage]:
    """Every page in its order, as `st.navigation` takes them; what ``may`` denies has its address alone."""
    return [page(entry.name, "visible" if may(entry.needs) else "hidden") for entry in ENTRIES.values()]


def leader_pages() -> list[StreamlitPage]:
    """What there is for a reader with a link: the leader view, at the root and at its own address."""
    return [
        st.Page(ENTRIES["leader"].file, title="Equity Lens", url_path="release", default=True),
        page("leader", "hidden"),
    ]


def entry_of(shown: StreamlitPage) -> PageEntry:
    """The row of a page that was asked for."""
    return next(entry for entry in ENTRIES.values() if entry.url == shown.url_path)
