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
        PageEntry("home", "", "Home", ":material/home:", "What is here, and where to go next."),
        PageEntry(
            "our_path",
            "our-path",
            "Our path",
            ":material/route:",
            "Where are we in our eighteen months, what have we got, and what is next?",
        ),
        PageEntry("glossary", "glossary", "Glossary", ":material/dictionary:", "What do the words here mean?"),
    ),
    "Look": (
        PageEntry(
            "scan",
            "scan",
            "Largest gaps",
            ":material/radar:",
            "Where are the gaps? Every measure and every way to group at once, most people affected first.",
        ),
        PageEntry(
            "disparities",
            "disparities",
            "Disparities",
            ":material/align_horizontal_left:",
            "How do groups compare on one measure, and how many people are affected by a gap?",
        ),
        PageEntry(
            "trends",
            "trends",
            "Gap trends",
            ":material/trending_up:",
            "Is the gap closing, and which group changed?",
        ),
        PageEntry(
            "areas",
            "areas",
            "Clinical areas",
            ":material/grid_view:",
            "Across clinical areas, where are the gaps that affect the most people?",
        ),
        PageEntry(
            "intersections",
            "intersections",
            "Intersections",
            ":material/join_inner:",
            "Is there a group within the groups that neither way to group alone shows?",
        ),
        PageEntry(
            "gap_sources",
            "where-the-gap-lives",
            "Gap breakdown",
            ":material/account_tree:",
            "How much of the gap is within sites, and how much between?",
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
            "Overall inequality",
            ":material/functions:",
            "How large are differences overall?",
        ),
    ),
    "Talk": (
        PageEntry(
            "learning_call",
            "learning-call",
            "Learning call",
            ":material/groups:",
            "Many people, one picture, every voice: guess, look, write, choose, and keep the minutes.",
            "lead_call",
        ),
        PageEntry(
            "presenting",
            "present",
            "Presentation",
            ":material/present_to_all:",
            "The cards that you chose: put them in order, show them one by one in large type, download them.",
        ),
        PageEntry(
            "notes",
            "notes",
            "Notes",
            ":material/forum:",
            "What did we say about our cards, what is still open, and what is new?",
            "read_notes",
        ),
    ),
    "Act": (
        PageEntry(
            "focus",
            "focus",
            "Focus",
            ":material/flag:",
            "Which clinical area do we work on, and how far does that depend on what we think matters?",
        ),
        PageEntry(
            "aims",
            "aims",
            "Aims",
            ":material/adjust:",
            "What do we want to have changed, for whom and by when, and how far have we come?",
        ),
        PageEntry(
            "projects",
            "projects",
            "Projects",
            ":material/science:",
            "What do we try, who does it, what did we expect, and what came of it?",
        ),
        PageEntry(
            "reflections",
            "reflections",
            "Reflections",
            ":material/edit_calendar:",
            "What became of last quarter’s open points, what did we learn, and what does our leader answer?",
        ),
    ),
    "Us": (
        PageEntry(
            "team",
            "team",
            "Team",
            ":material/group:",
            "Who does this work and with which eyes, what was promised, and how do we talk with each other?",
        ),
        PageEntry(
            "history",
            "history",
            "History",
            ":material/history_edu:",
            "What happened here and in the country, what was our part in it, and what do we do now?",
        ),
    ),
    "Share": (
        PageEntry(
            "releases",
            "releases",
            "Releases and links",
            ":material/lock_open_right:",
            "What may leave the team, what is hidden in it and why, and who can open it.",
        ),
        PageEntry(
            "leader",
            "leader",
            "Leader view",
            ":material/smartphone:",
            "A release as a leader reads it: one page, the finding, what is hidden, what is asked.",
            "read_release",
        ),
        PageEntry(
            "network",
            "network",
            "Network",
            ":material/hub:",
            "Who learns together here, who applies to join, and what do teams share?",
            "see_network",
        ),
        PageEntry(
            "evidence_pack",
            "evidence-pack",
            "Evidence pack",
            ":material/fact_check:",
            "What can we show to the network, to surveyors and to our board, and where does each sentence stand?",
            "export",
        ),
    ),
    "Data": (
        PageEntry(
            "upload",
            "upload",
            "Upload",
            ":material/upload_file:",
            "Bring in a data file: drop it, check what its columns mean, look.",
            "upload",
        ),
        PageEntry(
            "datasets",
            "datasets",
            "Datasets",
            ":material/database:",
            "What is loaded, where it came from, what was set aside; go back to an earlier version.",
        ),
        PageEntry(
            "settings",
            "settings",
            "Settings and roles",
            ":material/manage_accounts:",
            "Who you are here, who is in this workspace, and what each role may do.",
        ),
        PageEntry(
            "audit_log",
            "audit-log",
            "Audit log",
            ":material/receipt_long:",
            "Who uploaded, released, opened, exported or changed a role, and when.",
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


def sections(may: Callable[[Action], bool]) -> dict[str, list[StreamlitPage]]:
    """Every page by section, as `st.navigation` takes them; what ``may`` denies is not listed, but has its address."""
    return {
        section: [page(entry.name, "visible" if may(entry.needs) else "hidden") for entry in entries]
        for section, entries in SECTIONS.items()
    }


def leader_pages() -> list[StreamlitPage]:
    """What there is for a reader with a link: the leader view, at the root and at its own address."""
    return [
        st.Page(ENTRIES["leader"].file, title="Equity Lens", url_path="release", default=True),
        page("leader", "hidden"),
    ]


def entry_of(shown: StreamlitPage) -> PageEntry:
    """The row of a page that was asked for."""
    return next(entry for entry in ENTRIES.values() if entry.url == shown.url_path)
