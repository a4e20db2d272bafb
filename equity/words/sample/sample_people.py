"""What the made-up team tells of itself: people, letter, history, reflections. Nothing here happened to anybody.

Dates fit the sample data, which end in December 2024.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from equity.improvement.team.history import Acknowledgement, HistoryEvent
from equity.improvement.team.letters import Letter
from equity.improvement.team.reflections import LeaderReply, OpenPoint, ReflectionPart
from equity.improvement.team.team import NOBODY_HERE, TeamPerson

MADE_UP: Final = "(made up)"


def marked(text: str) -> str:
    """A made-up text that says what it is."""
    return f"Made up: {text}"


def person(content: TeamPerson) -> TeamPerson:
    """Somebody made up, by a name that says so."""
    return replace(content, name=f"{content.name} {MADE_UP}")


PEOPLE: Final = (
    TeamPerson(
        "Rosa",
        ("patient-facing care",),
        commitment="Four hours a week; asks two patients each month what we got wrong.",
        reports_to=NOBODY_HERE,
        joined="2023-10-02",
    ),
    TeamPerson(
        "Ben",
        ("quality improvement",),
        commitment="Leads the tests of change; brings one trend to each call.",
        reports_to=NOBODY_HERE,
        joined="2023-10-02",
    ),
    TeamPerson(
        "Amina",
        ("equity",),
        commitment="Keeps the history; draws the pairs for the relationship practice.",
        reports_to=NOBODY_HERE,
        joined="2023-10-02",
    ),
    TeamPerson(
        "Elena",
        ("patient-facing care",),
        commitment="Runs the tests on visits after a birth; loads the data since Priya left.",
        joined="2023-10-02",
    ),
    TeamPerson(
        "Luz",
        (),
        "community partner",
        "Speaks for the patient council, and takes back what she hears.",
        NOBODY_HERE,
        joined="2024-01-15",
    ),
    TeamPerson(
        "Dr. Marta Klein",
        (),
        "senior leader",
        "Answers each reflection in writing within 14 days.",
        joined="2023-10-02",
    ),
    TeamPerson("James Okoro", (), "alternate", "Answers when Dr. Klein cannot.", joined="2023-10-02"),
    TeamPerson(
        "Priya",
        ("data",),
        commitment="Loads each quarter’s data in its third week.",
        joined="2023-10-02",
        left="2024-05-31",
    ),
)
"""Since Priya left nobody brings the data lens; the third quarter’s reflections ask for it."""

_PROMISES: Final = {
    "time": "Four hours a week for each of the team, paid.",
    "data": "Race, ethnicity and language for every measure, in the third week of each quarter.",
    "naming": "We say racism where we mean it, in our reports too.",
    "reply": "A written answer to each reflection within 14 days.",
}
LETTERS: Final = (
    Letter(
        "Dr. Marta Klein", "Chief medical officer", "2023-10-02", {k: v for k, v in _PROMISES.items() if k != "naming"},
        "We give this team eighteen months, and what it asks for.", valid_until="2024-10-02",
    ),
    Letter(
        "Dr. Marta Klein", "Chief medical officer", "2024-09-30", dict(_PROMISES),
        "We go on, and we have learned to name what we see.", valid_until="2025-09-30",
    ),
)  # fmt: skip
"""The second renews the first, and promises what the first did not."""

EVENTS: Final = (
    HistoryEvent(
        "1958", "The maternity ward of our first hospital was for White mothers only.", "Black families in Northside",
        "The board signed the rule, and kept it for seven years.", "Minutes of the board, 1958 to 1965",
        "Two families tell of it when new staff begin.", "Archive of the hospital, box 12",
        "Who remembers that ward, and what do they tell their daughters about us?", placed=True,
    ),
    HistoryEvent(
        "1994-06", "The clinic at Northside was closed; the next one is two buses away.", "Patients without a car",
        "We counted visits that were lost and not people who stopped coming.", "Luz, who was a patient there",
        "Two late clinics a week, asked for by the patient council.", "",
        "What did we count, and what did we not want to know?", placed=True,
    ),
    HistoryEvent(
        "2020-07-15", "Forty of our staff wrote to the board about racism at work.", "Staff of color",
        "The letter was answered after eleven months.", "The letter, with the names of those who agreed to be named",
        "Every such letter is answered within 30 days.", "Human resources",
        "What made it safe to sign, and for whom was it not?", placed=True,
    ),
)  # fmt: skip

WRITTEN_ON: Final = ("2024-01-20", "2024-02-20", "2024-03-05")
"""The days on which these events were written down."""

STATEMENT: Final = Acknowledgement(
    "Northside (made up)",
    "For seven years Black mothers could not give birth in our hospital; in 1994 we closed the clinic they came to.",
    "Black families in Northside, and those who worked for them.",
    "Our board decided both, and did not ask.",
    "The patient council has two seats where such things are decided, and we report to it each quarter.",
    "The board of directors",
    "2024-03-19",
)


@dataclass(frozen=True)
class Quarter:
    """A quarter's reflection: what was said of milestones, who signed, what was raised, what the leader answered."""

    quarter: str
    parts: tuple[ReflectionPart, ...]
    signed: str
    points: tuple[OpenPoint, ...] = ()
    reply: LeaderReply | None = None
    answered: str = ""


QUARTERS: Final = (
    Quarter(
        "2023-Q4",
        (
            ReflectionPart("fluency", "We met every second week.", "Two of us fall silent when race is named.", "",
                           "Somebody who has led such talks."),
            ReflectionPart("capability", "The first data are loaded.", "Language is missing for a quarter at one site.",
                           "Clerks skip the question when the line is long.", "An hour of IT for the intake form."),
        ),
        "2024-01-18",
        (OpenPoint("Ask IT to put the language question first", "Priya", "2024-02-15", "2023-Q4", "",
                   "The question comes first since March.", "2024-03-12"),),
        LeaderReply("Dr. Marta Klein", "You have begun, and it is hard to talk.",
                    "I pay for a facilitator for three calls", "2024-03-31"),
        "2024-01-29",
    ),
    Quarter(
        "2024-Q1",
        (
            ReflectionPart("history", "Three events are written, one told by Luz.", "The archive answers slowly.",
                           "People here knew; we had not asked.", ""),
            ReflectionPart("focus", "Blood pressure is chosen, with two who see it otherwise.", "", "", ""),
        ),
        "2024-04-16",
        (OpenPoint("Read the statement aloud at the board", "Amina", "2024-03-19", "2024-Q1", "",
                   "Read, approved, and printed in the staff paper.", "2024-04-02"),),
        LeaderReply("Dr. Marta Klein", "The history moved me.", "", ""),
        "2024-04-25",
    ),
    Quarter(
        "2024-Q2",
        (
            ReflectionPart("aims", "Two aims are set, the second for those who saw the focus otherwise.",
                           "The second was rising before we began.", "We say what the data show, not what we did.", ""),
            ReflectionPart("portfolio", "Cuffs at home: treatment changed for 17 of 25 people.",
                           "Visits at home after a birth did not work.", "Ask people where they want to be seen.", ""),
        ),
        "2024-07-17",
        (OpenPoint("Find an interpreter who can be reached in the evening", "Elena", "2024-10-01", "2024-Q2"),),
        LeaderReply("James Okoro", "Two aims, one project that stopped for a good reason.",
                    "I ask the interpreters’ office for evening hours", "2024-10-15"),
        "2024-07-30",
    ),
    Quarter(
        "2024-Q3",
        (
            ReflectionPart("portfolio", "Late clinics are full from the first evening.",
                           "Only one of five sites has tried anything.", "Seven of nine lose pay by day.",
                           "Two hours a week of a nurse."),
            ReflectionPart("aims", "After a birth more Black patients come back than a year ago.",
                           "Blood pressure has not moved: 55 of 100, as before.", "One site cannot move five.", ""),
            ReflectionPart("capability", "Elena loads the data since Priya left.", "Nobody brings the data lens.", "",
                           "Two hours a week of an analyst."),
            ReflectionPart("fluency", "All of us have met all of us once.", "", "Pairs first, then all of us.", ""),
        ),
        "2024-10-15",
        (OpenPoint("Ask the other four sites who keeps the cuffs", "Rosa", "2025-01-24", "2024-Q3"),
         OpenPoint("Find an analyst who brings the data lens", "Elena", "2025-01-31", "2024-Q3")),
        LeaderReply("Dr. Marta Klein", "Full evenings say enough.", "Two hours of a nurse at East clinic, from January",
                    "2025-01-15"),
        "2024-10-24",
    ),
)  # fmt: skip
SIGNED_BY: Final = "Rosa (made up)"
SHARED_WITH_LEADERS: Final = ("progress", "help")
"""The pieces of each milestone that this team lets its leaders read."""
