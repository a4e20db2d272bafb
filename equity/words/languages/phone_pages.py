"""The languages of the pages that open on a phone without an account: weighing a decision, applying to a cohort.

What a team or a network wrote itself (a decision's title, the form's questions, an answer) stays as it was written.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from equity.network.applications import (
    SAID,
    UNANSWERED,
    Application,
    ApplicationState,
    missing_lenses,
    promised_day,
)
from equity.words.call import weighing_page
from equity.words.languages.english import ENGLISH
from equity.words.languages.language import Language
from equity.words.languages.spanish_phone import SPANISH_PHONE
from equity.words.work.applications import ACTIONS, PAGE

ENGLISH_PHONE: Final = Language(
    ENGLISH.code,
    ENGLISH.own_name,
    {
        **{f"weigh.{key}": text for key, text in weighing_page.PAGE.items()},
        **{f"apply.{key}": text for key, text in PAGE.items()},
        **{f"state.{state}": text for state, text in SAID.items()},
        "day": ENGLISH.texts["day"],
        "and": " and ",
    },
    months=ENGLISH.months,
)
PHONE_LANGUAGES: Final = {of.code: of for of in (ENGLISH_PHONE, SPANISH_PHONE)}
"""By code, the usual one first."""


def finished(of: Language, count: int) -> str:
    """How many people have finished weighing; never who."""
    return of.say("weigh.finished.none") if count == 0 else of.counted("weigh.finished", count, n=f"{count:,}")


def promise(of: Language, application: Application, today: dt.date) -> str:
    """What an applicant is told of time, from the first minute."""
    when = of.day(promised_day(application, today))
    if application.state == "draft":
        return of.say("apply.promise", day=when)
    return of.say("apply.received", day=when) if application.state in UNANSWERED else ""


def answered(of: Language, application: Application) -> str:
    """What the network said last, for the applicant; empty before it said anything."""
    said = [step for step in application.steps if step.state in ACTIONS]
    if not said:
        return ""
    state, last = _state(of, said[-1].state), said[-1]
    words = f" {last.words}" if last.words else ""
    return f"{state[:1].upper()}{state[1:]}, {of.day(dt.date.fromisoformat(last.day))}.{words}"


def lenses_missing(of: Language, application: Application) -> str:
    """Which of the four lenses nobody of the team brings; empty when none is missing."""
    names = [of.name(lens) for lens in missing_lenses(application)]
    if not names:
        return ""
    listed = of.say("and").join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    return of.say("apply.missing", lenses=listed)


def _state(of: Language, state: ApplicationState) -> str:
    return of.say(f"state.{state}")
