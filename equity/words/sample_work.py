"""What the made-up team of the sample data says. None of them is anybody, and each text says so."""

from __future__ import annotations

from typing import Final, TypedDict


class Said(TypedDict):
    """The parts of an aim that people write."""

    where: str
    with_whom: str
    benefits: str
    burdened: str


TITLE: Final = "Made-up example: what to work on first"
CRITERIA: Final = (
    ("feasibility", "Nothing here is ours to change.", "We can change it ourselves this year."),
    ("asked for by patients", "Nobody has asked for it.", "Patients and the community ask for it again and again."),
)
REASONS: Final = (
    "Made up, like everything here: patients asked for it, the clinics can change it themselves, and it came first "
    "under most ways to weigh."
)
DISSENT: Final = (
    "Made up: one of us would begin where the data affect most people, and asks to look again in half a year."
)
DECIDED_BY: Final = "a made-up team of five"
GOING_WELL: Final = Said(
    where="at all five sites",
    with_whom="a made-up patient council",
    benefits="Made up: patients after a birth, and their families.",
    burdened="Made up: midwives and schedulers at first, who keep room for these visits.",
)
AT_OTHERS_COST: Final = Said(
    where="at all five sites",
    with_whom="a made-up community group",
    benefits="Made up: patients from 45 to 75 who are not screened yet.",
    burdened="Made up: others who wait for the same appointments.",
)
