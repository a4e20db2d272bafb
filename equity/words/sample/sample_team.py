"""What the made-up team wrote: nothing here happened, and no name here is anybody's.

Dates fit the sample data, which end in December 2024; months count from October 2023.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from equity.improvement.aims import Aim
from equity.improvement.cycles import Decision, Outcome, Scale
from equity.improvement.drivers import Driver
from equity.improvement.progress_scale import Side
from equity.improvement.projects import Project


@dataclass(frozen=True)
class Test:
    """A test of change: each question with what was expected, what happened, and how the two compare."""

    __test__ = False

    objective: str
    questions: tuple[tuple[str, str, str, Outcome], ...]
    who: str
    what: str
    where: str
    begins: str
    ends: str
    scale: Scale
    learned: str = ""
    decision: Decision | None = None
    why: str = ""
    next_plan: str = ""
    readings: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True)
class View:
    """A view on progress, in a month of the path."""

    month: int
    value: float
    side: Side
    evidence: str
    said_by: str = ""


@dataclass(frozen=True)
class Made:
    """A project with its tests and views; ``month`` is when it was written down."""

    project: Project
    month: int
    first_aim: bool
    tests: tuple[Test, ...] = ()
    scores: tuple[View, ...] = ()


AIMS: Final = (
    Aim(
        measure="Controlled blood pressure",
        by="race",
        group="Black or African American",
        target=0.65,
        by_when="2026-Q4",
        where="at all five sites",
        with_whom="a made-up patient council",
        benefits="Made up: patients with high blood pressure and their families.",
        burdened="Made up: nurses, whose evenings get longer; evening hours are paid and freely chosen.",
        floor=0.02,
    ),
    Aim(
        measure="Postpartum visit",
        by="race",
        group="Black or African American",
        target=0.8,
        by_when="2026-Q2",
        where="at all five sites",
        with_whom="made-up community health workers",
        benefits="Made up: patients after a birth, and their families.",
        burdened="Made up: midwives and schedulers at first, who keep room for these visits.",
        floor=0.02,
        balancing="Timely prenatal care",
    ),
)
"""The first does not move yet; the second, which two of the team would have chosen, goes well."""

DRIVERS: Final = (
    (Driver("p1", "primary", "Visits that people can come to"), (), ()),
    (Driver("p2", "primary", "Care that people trust"), (), ()),
    (Driver("p3", "primary", "Treatment that is stepped up in time", "Controlled blood pressure"), (), ()),
    (Driver("s1", "secondary", "Hours outside of working time"), ("p1",), ()),
    (Driver("s2", "secondary", "Measuring at home counts"), ("p1", "p3"), ()),
    (Driver("s3", "secondary", "The same nurse each time"), ("p2",), ("p3",)),
    (Driver("s4", "secondary", "A plan when a reading is high"), ("p3",), ()),
    (Driver("i1", "idea", "Two late clinics a week"), ("s1",), ()),
    (Driver("i2", "idea", "Lend cuffs for measuring at home"), ("s2",), ()),
    (Driver("i3", "idea", "A nurse calls within three days of a high reading"), ("s4",), ("s3",)),
    (Driver("i4", "idea", "Barbershops as places to measure"), ("s2",), ("s1",)),
)
"""Each driver with what it serves strongly, and weakly."""

PROJECTS: Final = (
    Made(
        Project(
            "Lend cuffs for measuring at home",
            "Patients take a cuff home for two weeks; their readings count like those of a visit.",
            "implementing",
            "Rosa",
            ("Ben", "Amina"),
            "East clinic",
            ("i2",),
            "Agree with the other four sites who keeps the cuffs",
            "2025-01-24",
            "2024-04-01",
        ),
        6,
        True,
        (
            Test(
                "Does a cuff at home give readings that we can use?",
                (("Do five patients bring readings back?", "4 of 5", "5 of 5", "as_predicted"),),
                "Rosa", "Lend five cuffs for two weeks", "East clinic", "2024-04-15", "2024-04-29", "five",
                "All came back; two had measured with the cuff over a sleeve.",
                "adapt", "The readings are good once the sleeve is said.", "Lend 25 cuffs, with a card about sleeves",
            ),
            Test(
                "Do readings at home change treatment?",
                (
                    ("Is treatment changed in two weeks?", "in 15 of 25", "in 17 of 25", "as_predicted"),
                    ("Do people keep measuring?", "20 of 25", "14 of 25", "otherwise"),
                ),
                "Rosa", "Lend 25 cuffs with a card about sleeves", "East clinic", "2024-06-03", "2024-06-28",
                "twenty_five",
                "People stop when nobody answers. A call in the first week keeps them going.",
                "adopt", "Treatment changed sooner, and a call helps people go on.",
                "All patients of East clinic, with a call",
                (("2024-06-10", 21, 25), ("2024-06-17", 18, 25), ("2024-06-24", 14, 25), ("2024-06-28", 14, 25)),
            ),
            Test(
                "Does it hold for everybody at East clinic?",
                (("Do four of five people still measure after four weeks?", "yes, with the call", "", ""),),
                "Amina", "Offer a cuff and a call to everybody with a high reading", "East clinic", "2024-11-04",
                "2025-01-31", "all",
                readings=(("2024-12-02", 61, 80), ("2024-12-30", 97, 124)),
            ),
        ),
        (
            View(7, 2.0, "team", "Five cuffs were lent; nothing has changed for patients yet."),
            View(9, 3.0, "team", "Treatment changed for 17 of 25 people."),
            View(14, 3.5, "team", "Everybody at East clinic is offered a cuff."),
            View(14, 3.0, "advisor", "One site of five; the rate of all sites has not moved clearly.", "Dr. Lee"),
        ),
    ),
    Made(
        Project(
            "Two late clinics a week",
            "Tuesday and Thursday clinics stay open until eight.",
            "testing", "Ben", ("Rosa",), "West clinic", ("i1",),
            "Ask the people who came whether they would have come by day", "2025-01-06", "2024-09-02",
        ),
        10,
        True,
        (
            Test(
                "Do people come at seven in the evening?",
                (("How many of ten places are taken?", "8 of 10", "9 of 10", "as_predicted"),),
                "Ben", "One late clinic", "West clinic", "2024-09-10", "2024-09-10", "five",
                "Seven of nine said they lose pay when they come by day.",
                "adopt", "The places are needed.", "Two evenings a week for two months",
            ),
        ),
        (View(12, 2.5, "team", "Both evenings are full; blood pressure is not measured against it yet."),),
    ),
    Made(
        Project(
            "A nurse calls after a high reading",
            "Within three days of a high reading a nurse calls and agrees on the next step.",
            "planning", "Amina", (), "East clinic", ("i3",), "Find two hours a week for the calls", "2025-02-03",
        ),
        13,
        True,
    ),
    Made(
        Project("Measure at barbershops", "Two barbers measure and tell people where to go.", serves=("i4",)),
        14,
        True,
    ),
    Made(
        Project(
            "Visits at home after a birth",
            "A community health worker visits in the second week, with an interpreter on the phone.",
            "stopped", "Elena", ("Luz",), "North clinic", (), "", "", "2024-05-06", "2024-08-30",
            "Interpreters could not be reached from homes in time; we look for another way.",
        ),
        7,
        False,
        (
            Test(
                "Can we reach people at home in the second week?",
                (("Do we meet three of five at home?", "4 of 5", "2 of 5", "otherwise"),),
                "Elena", "Visit five homes", "North clinic", "2024-05-20", "2024-06-07", "five",
                "Two were at their mothers’; for one no interpreter answered.",
                "abandon", "A phone interpreter is no way to begin.", "Ask parents where they would like to be seen",
            ),
        ),
        (View(10, 2.5, "team", "Tested once; it did not work this way."),),
    ),
    Made(
        Project(
            "The visit after a birth is booked before going home",
            "Whoever goes home after a birth has a day, a time and, if they want it, a ride for the visit.",
            "implementing", "Elena", ("Luz",), "North clinic", (), "Offer the ride at the other four sites",
            "2025-02-10", "2024-08-05",
        ),
        10,
        False,
        (
            Test(
                "Can a day be agreed before people go home?",
                (("How many of five go home with a day?", "all 5", "4 of 5", "in_part"),),
                "Elena", "Ask five people on the ward", "North clinic", "2024-08-12", "2024-08-23", "five",
                "One did not know when her sister could come with her.",
                "adapt", "People plan with whoever helps them.", "Ask when the family is there, and offer a ride",
            ),
            Test(
                "Do people come on the day that they chose?",
                (("How many of 25 come?", "18 of 25", "21 of 25", "otherwise"),),
                "Elena", "Book with the family there, and offer a ride", "North clinic", "2024-09-02", "2024-11-15",
                "twenty_five",
                "More came than we expected; nine took the ride.",
                "adopt", "The ride made the difference, people said.", "Everybody at North clinic",
                (("2024-10-04", 8, 10), ("2024-11-15", 13, 15)),
            ),
        ),
        (
            View(14, 3.5, "team", "21 of 25 came, and the rate of all sites rises."),
            View(14, 3.0, "advisor", "The rate rose before your first test: what is yours of it, one site tells.",
                 "Dr. Lee"),
        ),
    ),
)  # fmt: skip
