"""An application to a network: from a draft to an answer within thirty calendar days of its receipt.

draft → received (the clock starts) → question asked → accepted, waiting or declined with a reason; withdrawn at any
time before an answer. Each step is kept with its day and its words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from equity.network.application_form import ApplicationForm, open_questions
from equity.vocabulary import PlainError
from equity.vocabulary.lenses import LENSES
from equity.vocabulary.written import is_written

ApplicationState = Literal["draft", "received", "question_asked", "accepted", "waiting", "declined", "withdrawn"]
PROMISED_DAYS: Final = 30
REMINDERS: Final = (14, 21, 28)
"""Days after receipt on which the facilitator is reminded."""
SMALLEST_TEAM, LARGEST_TEAM = 3, 7
FOUR_LENSES: Final = LENSES[:4]
"""The lenses that a team is asked to bring: data, quality improvement, equity, patient-facing care."""

FOLLOWS: Final[Mapping[ApplicationState, tuple[ApplicationState, ...]]] = {
    "draft": ("received", "withdrawn"),
    "received": ("question_asked", "accepted", "waiting", "declined", "withdrawn"),
    "question_asked": ("received", "accepted", "waiting", "declined", "withdrawn"),
    "waiting": ("accepted", "declined", "withdrawn"),
    "accepted": (),
    "declined": (),
    "withdrawn": (),
}
UNANSWERED: Final[tuple[ApplicationState, ...]] = ("received", "question_asked")


@dataclass(frozen=True)
class TeamMember:
    """Somebody of the team that applies: a name, what they do, and the lens that they bring."""

    name: str
    role: str
    lens: str


@dataclass(frozen=True)
class ApplicationStep:
    """One step: the state that it led to, its day (YYYY-MM-DD), who took it, and what was said."""

    state: ApplicationState
    day: str
    by: str
    words: str


@dataclass(frozen=True)
class Application:
    """One application. ``received`` is the day on which the clock started (empty before); ``key_hash`` what opens it
    to its applicant; ``workspace`` the workspace that it became."""

    answers: dict[str, str] = field(default_factory=dict)
    team: tuple[TeamMember, ...] = ()
    state: ApplicationState = "draft"
    received: str = ""
    steps: tuple[ApplicationStep, ...] = ()
    key_hash: str = ""
    workspace: str = ""


def moved(
    application: Application, state: ApplicationState, today: dt.date, *, by: str, words: str = ""
) -> Application:
    """The application in its next state, with the step kept.

    Raises:
        PlainError: the state does not follow, or it needs words (a question, a reason) and has none.
    """
    if state not in FOLLOWS[application.state]:
        raise PlainError(f"This application is {SAID[application.state]}, so it cannot become {SAID[state]}.")
    if state in ("question_asked", "declined") and not is_written(words):
        what = "your question" if state == "question_asked" else "why: a reason is owed to whoever applied"
        raise PlainError(f"Write {what}.")
    received = application.received or (today.isoformat() if state == "received" else "")
    step = ApplicationStep(state, today.isoformat(), by, words.strip())
    return replace(application, state=state, received=received, steps=(*application.steps, step))


SAID: Final[Mapping[ApplicationState, str]] = {
    "draft": "a draft",
    "received": "received",
    "question_asked": "waiting for the applicant’s answer",
    "accepted": "accepted",
    "waiting": "on the waiting list",
    "declined": "declined",
    "withdrawn": "withdrawn",
}


def sent(application: Application, form: ApplicationForm, today: dt.date) -> Application:
    """The draft as received.

    Raises:
        PlainError: a required question is open, or the team has not three to seven people.
    """
    lacking = open_questions(form, application.answers)
    if lacking:
        raise PlainError(f"Still open: {'; '.join(question.label for question in lacking)}")
    named = [member for member in application.team if member.name.strip()]
    if not SMALLEST_TEAM <= len(named) <= LARGEST_TEAM:
        raise PlainError(f"Your team has {len(named)} people so far: name {SMALLEST_TEAM} to {LARGEST_TEAM}.")
    return moved(replace(application, team=tuple(named)), "received", today, by="applicant")


def missing_lenses(application: Application) -> tuple[str, ...]:
    """Which of the four lenses nobody of the team brings: named, never a reason to refuse."""
    brought = {member.lens for member in application.team if member.name.strip()}
    return tuple(lens for lens in FOUR_LENSES if lens not in brought)


def promised_day(application: Application, today: dt.date) -> dt.date:
    """The day by which an answer is promised: thirty calendar days from receipt, or from today for a draft."""
    start = dt.date.fromisoformat(application.received) if application.received else today
    return start + dt.timedelta(days=PROMISED_DAYS)


def age(application: Application, today: dt.date) -> int:
    """Days since receipt; 0 for a draft."""
    return (today - dt.date.fromisoformat(application.received)).days if application.received else 0


def reminder(application: Application, today: dt.date) -> int | None:
    """The latest reminder that is due (14, 21 or 28 days, or 30 when the promise is over); None when there is none."""
    if application.state not in UNANSWERED:
        return None
    days = age(application, today)
    return max((mark for mark in (*REMINDERS, PROMISED_DAYS) if days >= mark), default=None)
