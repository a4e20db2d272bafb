"""A made-up cohort of eight teams, as their packages bring them: for the pictures that docs/network.md tells with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from equity.access.here import Here
from equity.actions.network import cohorts, comparing, membership
from equity.network.cohorts import Cohort
from equity.network.members import Ask, Meeting, Member
from equity.network.nouns import ASK, MEMBER, SHARED_PIECE
from equity.network.pieces import (
    CycleTold,
    DriverTold,
    EffectTold,
    GroupingTold,
    MeasureTold,
    Piece,
    QuestionTold,
    RateRow,
    ReleaseTold,
    Standing,
)
from equity.store.records import shelf
from equity.store.workspace.person import LOCAL_OWNER

MEASURE: Final = MeasureTold("Controlled blood pressure", "proportion", "higher_better", area="Heart")
IDEA: Final = "Call back in the patient’s language"
TEAMS: Final = (
    "Harbor clinic",
    "Mill hospital",
    "Point health center",
    "Cedar clinic",
    "Ridge hospital",
    "Lake clinic",
    "Dune health center",
    "Glen clinic",
)
ASKING: Final = (1, 4)
DAY: Final = "2026-11-02"


def fill(here: Here, home: Path) -> None:
    """Begin the cohort in a workspace: teams, what they share, a question, a call, a comparison."""
    begun = Cohort("Equity cohort 2027 (made up)", "Eight teams, eighteen months", "2027-01-15", "2028-06-30")
    cohorts.begin_cohort(here, begun)
    for number, name in enumerate(TEAMS):
        kept = shelf.add(here.database, here.workspace, MEMBER, _member(number, name), by=LOCAL_OWNER)
        for piece in (_rates(number), _test(number), *([_diagram()] if number == 2 else [])):
            held = shelf.add(here.database, here.workspace, SHARED_PIECE, piece, by=LOCAL_OWNER, parent=kept.id)
        if number == 2:
            asked = Ask(held.content.id, "Who interprets in the evening?", "Ana, Harbor clinic", "A pool of five", "Di")
            shelf.add(here.database, here.workspace, ASK, asked, by=LOCAL_OWNER, parent=held.id)
    call = Meeting("What we learned this quarter", "2026-12-03T16:00:00+00:00", 60, "By video")
    membership.set_meeting(here, call)
    asked_of = next(asked for asked, _ in comparing.comparable(here, home) if asked.group == "Black")
    comparing.make_comparison(here, home, asked_of)


def _member(number: int, name: str) -> Member:
    held = {"history": 1, "aims": number % 2, "portfolio": number % 3}
    wanted = "How do others pay interpreters?" if number in ASKING else ""
    reflected = "2026-Q3" if number % 3 else "2026-Q2"
    standing = Standing("2026-11-20", 3 + number, held, reflected, f"2026-11-{number + 1:02d}", wanted)
    return Member(name, joined="2026-01-15", key="made up", team=f"t{number}", standing=standing)


def _rates(number: int) -> Piece:
    n, rate = 380.0 + 61 * number, 0.52 + 0.021 * ((number * 5) % 8)
    row: RateRow = (0, 0, "Black", "2024", n, round(n * rate), n, rate, rate - 0.05, rate + 0.05)
    told = ReleaseTold(
        f"r{number}", DAY, "Counts below 11 are hidden.", (MEASURE,), (GroupingTold("race", "race"),), (row,)
    )
    return Piece(f"rates{number}", "release", "Rates by group and year", DAY, "s", "comparison", release=told)


def _test(number: int) -> Piece:
    effect = EffectTold(0.01 * number - 0.01, 0.02, "2023", "2024", f"r{number}")
    asked = (QuestionTold("Do more people come back?", "", "Yes, half of them", ""),)
    learned = "People answer when they know the voice."
    cycle = CycleTold(1, MEASURE, "Black", IDEA, "one", asked, "adopt", "", learned, 0.03, effect)
    return Piece(f"test{number}", "cycle", IDEA, DAY, "s", area="Heart", idea=IDEA, cycle=cycle)


def _diagram() -> Piece:
    drivers = (
        DriverTold("p", "primary", "Patients understand what we say"),
        DriverTold("s", "secondary", "Interpreters at every visit", ("p",)),
        DriverTold("i", "idea", IDEA, (), ("s",)),
    )
    title = "Driver diagram: controlled blood pressure"
    return Piece("diagram", "drivers", title, DAY, "s", area="Heart", topic="Interpreters", drivers=drivers)
