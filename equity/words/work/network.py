"""The page Network in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from equity.network.applications import UNANSWERED, Application, reminder
from equity.network.cohorts import Cohort
from equity.store.records.kept import Kept
from equity.words.days import describe_day

PURPOSE: Final = (
    "A cohort is a space for teams that learn together: who applies, who joins, and what each chooses to share. It has "
    "a workspace of its own, with a facilitator; no team’s full numbers ever come here."
)
EXAMPLE: Final = (
    "Made-up example: “Equity cohort 2027”, 18 months, eight teams; three applications wait for an answer, one for "
    "21 days."
)
WHO_BEGINS: Final = "An owner of this workspace can begin a cohort here."
NOT_ALLOWED: Final = (
    "The application form is not served yet: an administrator allows it with the setting EQUITY_APPLICATIONS=on."
)
DOOR_OPEN: Final = "Applications are taken. Who holds the address can begin one."
OPEN: Final = "Take applications"
OPEN_AGAIN: Final = "Make a new address"
CLOSE: Final = "Take no more"
SHOWN_ONCE: Final = "The address for applicants, shown once: copy it now. A new one closes this one."
WHAT_THEY_WROTE: Final = "What they wrote"
STEPS: Final = "What happened"
HAND_OVER: Final = (
    "You take care of this team’s workspace until one of its own people has joined as its owner. Send them this code; "
    "you are out of it as soon as they take it up."
)


def dates(cohort: Cohort) -> str:
    """From when to when."""
    start, end = (describe_day(dt.date.fromisoformat(day)) if day else "" for day in (cohort.starts, cohort.ends))
    if start and end:
        return f"From {start} to {end}."
    return f"From {start}." if start else f"Until {end}." if end else "No dates are set yet."


def waiting(every: Sequence[Kept[Application]], drafts: int, today: dt.date) -> str:
    """How many wait for an answer, how many of them have a reminder, and how many drafts are being written."""
    open_ones = [kept.content for kept in every if kept.content.state in UNANSWERED]
    due = sum(reminder(application, today) is not None for application in open_ones)
    count = "1 application waits" if len(open_ones) == 1 else f"{len(open_ones)} applications wait"
    nudged = f", {due} of them for 14 days or longer" if due else ""
    writing = "1 draft is" if drafts == 1 else f"{drafts} drafts are"
    return f"{count} for an answer{nudged}. {writing} being written."


def answer_to(count: int) -> str:
    """The heading of the answer."""
    if not count:
        return "Tick those that you want to answer"
    return "Answer one application" if count == 1 else f"Answer {count} applications with the same words"


def send_to(count: int) -> str:
    """The button under it."""
    return "Send this answer" if count == 1 else f"Send this answer to {count}"
