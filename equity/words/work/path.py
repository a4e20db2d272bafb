"""Our path: where the team is in its eighteen months, what stands for each milestone, what teams often do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from equity.improvement.milestones import MILESTONES, Milestone
from equity.improvement.path import MONTHS, QUARTERS, Evidence, Kind, Path, Quarter
from equity.words import numbers
from equity.words.days import describe_day
from equity.words.escaping import one_line

PURPOSE = (
    "Eighteen months, six milestones. Here you see what your workspace already holds for each, and one thing to do "
    "this week. Teams go in different orders and at different speeds; nothing here is a score."
)
MADE_UP = "All of this is made up: a team that does not exist, in month 16 of its 18, on the sample data."
MADE_UP_HERE = "Made up, to show how it can go: nobody here is real. It can all be removed on Our path."
SEE_SAMPLE = "See a made-up team in month 16"
REMOVE_SAMPLE = "Remove the made-up team’s work"
NOTHING = "Nothing here yet."

MILESTONE: Mapping[Milestone, str] = MappingProxyType(
    {
        "history": "History acknowledged",
        "fluency": "Able to talk about structural causes",
        "capability": "Able to use data through an equity lens",
        "focus": "Focus chosen",
        "aims": "Aims set",
        "portfolio": "Projects under way",
    }
)
"""What a milestone is called."""
OFTEN_NEXT: Mapping[Milestone, tuple[str, str]] = MappingProxyType(
    {
        "history": (
            "Write down one thing that happened at your own organization, and who was harmed.",
            "Agree on a statement (what happened, our part, what we do now), or read yours aloud together.",
        ),
        "fluency": (
            "Hold a first learning call: one picture, twenty minutes.",
            "Take the next call to a picture that is hard to talk about.",
        ),
        "capability": (
            "Load your own data and look at its completeness first.",
            "Make a release, so that a leader can read the numbers.",
        ),
        "focus": (
            "Put your clinical areas beside each other and weigh them together.",
            "Keep the day on which you look again.",
        ),
        "aims": (
            "Write one aim: how much, for whom, with whom, by when.",
            "Draw what the aim depends on with people who know the work, or bring the drawing up to date.",
        ),
        "portfolio": (
            "Begin one project, and test it with one person.",
            "Close the open test, and begin the next a little larger.",
        ),
    }
)
"""For each milestone what teams often do next: when nothing stands for it, and when something does."""

PAGES: Mapping[Milestone, str] = MappingProxyType(
    {
        "history": "history",
        "fluency": "learning_call",
        "capability": "upload",
        "focus": "focus",
        "aims": "aims",
        "portfolio": "projects",
    }
)
"""The page on which a milestone is worked on."""

_KINDS: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        "history_event": ("event of your history", "events of your history"),
        "acknowledgement": ("statement", "statements"),
        "letter": ("letter of commitment", "letters of commitment"),
        "call": ("learning call", "learning calls"),
        "reflection": ("reflection", "reflections"),
        "note": ("note", "notes"),
        "dataset": ("version of your data", "versions of your data"),
        "annotation": ("annotation on a trend", "annotations on trends"),
        "release": ("release", "releases"),
        "decision": ("choice of focus", "choices of focus"),
        "aim": ("aim set", "aims set"),
        "drivers": ("driver diagram", "driver diagrams"),
        "project": ("project", "projects"),
        "cycle": ("test of change begun", "tests of change begun"),
        "progress_score": ("view on progress", "views on progress"),
    }
)


def counted(kind: Kind, count: int) -> str:
    """So many of a kind: "3 learning calls"."""
    return f"{numbers.count(count)} {_KINDS[kind][count != 1]}"


def evidence(written: Evidence) -> str:
    """So many of a kind, since when."""
    if written.first == written.latest:
        return f"{counted(written.kind, written.count)}, on {describe_day(written.first)}"
    return f"{counted(written.kind, written.count)}, {describe_day(written.first)} to {describe_day(written.latest)}"


def where(path: Path) -> str:
    """Where the team is, in a sentence."""
    held = sum(bool(path.milestones[name]) for name in MILESTONES)
    has = f"The workspace holds something for {numbers.count(held)} of {len(MILESTONES)} milestones."
    if path.month is None:
        return has
    if path.is_over:
        return f"Your {MONTHS} months are over. {has}"
    return f"Month {path.month} of {MONTHS}, quarter {path.quarter} of {QUARTERS}. {has}"


def often_next(name: Milestone, path: Path) -> str:
    """What teams often do next at a milestone."""
    return f"Often next: {OFTEN_NEXT[name][bool(path.milestones[name])]}"


def this_week(path: Path) -> str:
    """One thing to do this week."""
    about = one_line(path.todo.about, 160).rstrip(".")
    if path.todo.kind == "begin":
        return OFTEN_NEXT[path.todo.milestone][0]
    return {
        "late": f"“{about}”: its day has passed. Do it, or choose another day.",
        "study": f"A test of “{about}” has ended. Write down what happened.",
        "next": f"Next in your projects: “{about}”.",
        "talk": "Hold a learning call on what the newest data say.",
    }[path.todo.kind]


def quarter_name(quarter: Quarter) -> str:
    """A quarter of the path with its months: "Quarter 2, January to March 2024"."""
    first, last = quarter.begins, quarter.ends
    begins = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
    return f"Quarter {quarter.number}, {begins} to {last:%B %Y}"


def quarter_line(path: Path, quarter: Quarter) -> str:
    """A quarter with what was written in it; the one that is now says so."""
    named = f"{quarter_name(quarter)}{' (now)' if quarter.begins <= path.today <= quarter.ends else ''}"
    if quarter.begins > path.today:
        return f"{named}: still to come"
    told = [counted(kind, count) for name in MILESTONES for kind, count in quarter.written[name]]
    return f"{named}: {', '.join(told) or 'nothing written down'}"


def as_of(on: dt.date) -> str:
    """The day from which a page counts that stands still."""
    return f"Told as of {describe_day(on)}."
