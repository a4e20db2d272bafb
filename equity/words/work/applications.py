"""Applications in words: the applicant's page, the facilitator's list, and templates of answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from equity.network.applications import (
    SAID,
    UNANSWERED,
    Application,
    ApplicationState,
    age,
    promised_day,
    reminder,
)
from equity.words import groups
from equity.words.days import describe_day
from equity.words.escaping import one_line

PAGE: Final[Mapping[str, str]] = {
    "begin": "Begin an application",
    "team": "Your team",
    "team_help": "Three to seven people. Between them they see the data, quality improvement, equity and patient care.",
    "name": "Name",
    "role": "What they do",
    "lens": "What they bring",
    "person": "Person",
    "send": "Send the application",
    "answer": "Send your answer",
    "withdraw": "Withdraw it",
    "withdraw_sure": "Press again to withdraw it for good.",
    "saved": "Saved.",
    "saving": "Saving …",
    "lost": "Not saved yet: the line is down. It is tried again.",
    "required": "needed",
    "choose": "Choose",
    "keep": "Keep the address of this page: it is the only way back to your application.",
    "promise": "If you send it today, you have an answer by {day}.",
    "received": "We received your application. You have an answer by {day}.",
    "missing": "Nobody yet brings {lenses}.",
    "languages": "Other languages",
}
"""The applicant's page. Keys are what apply.js asks for."""

TEMPLATES: Final[Mapping[ApplicationState, str]] = {
    "question_asked": "Thank you for applying. Before we decide, we would like to know: ",
    "accepted": "Welcome to the network. We are glad that you join us. We will write to you about the first call.",
    "waiting": "Thank you for applying. All places are taken just now; you are on our waiting list, and we will write "
    "as soon as a place is free.",
    "declined": "Thank you for applying. We cannot offer you a place this time, because ",
}
"""Where an answer may begin; each is changed before it is sent."""

ACTIONS: Final[Mapping[ApplicationState, str]] = {
    "accepted": "Accept",
    "waiting": "Put on the waiting list",
    "question_asked": "Ask a question",
    "declined": "Decline, with a reason",
}


def steps(application: Application) -> list[str]:
    """Each step with its day, who took it and what was said."""
    return [
        f"{describe_day(dt.date.fromisoformat(s.day))}: {SAID[s.state]} ({one_line(s.by, 200)}). {s.words}".rstrip()
        for s in application.steps
    ]


def organization(application: Application) -> str:
    """Who applies."""
    return one_line(application.answers.get("organization", ""), 200) or "An organization without a name"


def standing(application: Application, today: dt.date) -> str:
    """One line of the facilitator's list: state, days, the promised day, and what is due."""
    days = age(application, today)
    since = "today" if days == 0 else "1 day ago" if days == 1 else f"{days} days ago"
    line = f"{groups.started(SAID[application.state])}; received {since}"
    if application.state not in UNANSWERED:
        return f"{line}."
    promised = describe_day(promised_day(application, today))
    due = reminder(application, today)
    late = " The promised day is over." if days > 30 else ""
    nudge = f" Reminder of day {due}." if due is not None and not late else ""
    return f"{line}; answer promised by {promised}.{nudge}{late}"
