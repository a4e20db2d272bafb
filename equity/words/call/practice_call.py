"""What the made-up people of the practice call say. None of them is anybody, and the page says so."""

from __future__ import annotations

from typing import Final

TITLE: Final = "Practice call: made-up data, made-up people"
_LISTED: Final = """
Ada Amir Ana Ben Carmen Chidi Dana Dev Elena Farah Grace Hana Ines Jamal Jo Kai Leila Luis Maya Mei Nadia Omar Priya
Quinn Rosa Sam Tala Uma Vera Yusuf
"""
NAMES: Final = tuple(_LISTED.split())
GUESSED_GROUPS: Final[tuple[str, ...]] = (
    "Black or African American patients",
    "Black or African American patients",
    "Hispanic or Latino patients",
    "American Indian or Alaska Native patients",
    "Asian patients",
)
LOOK_AT: Final = (
    "The same picture by language.",
    "Each site on its own: is it the same everywhere?",
)
NOTICED: Final = (
    "One group is clearly apart from all others.",
    "The ranges of the two smallest groups are very wide.",
    "The group with the highest rate is still well below what we hoped for.",
    "Two groups lie so close together that we cannot tell them apart.",
    "Race is not recorded for some of the visits.",
    "The gap is wider than most of us guessed.",
)
WONDERED: Final = (
    "Is it the same at every site?",
    "How often is a follow-up visit offered, and at which hours?",
    "Who has no recorded race, and would that change the picture?",
    "Did anything in our recheck process change last year?",
    "What do patients tell us about getting here twice in a month?",
)
SO_WHAT: Final = (
    "Uncontrolled pressure means strokes that we could prevent.",
    "Our recheck depends on people coming back within two weeks in working hours.",
    "We send the reminder letter in English only.",
)
TESTS: Final = (
    ("Offer a same-day recheck by a nurse to the next ten patients whose pressure is high.", "Maya", "2026-03-09"),
    ("Call five patients who did not come back and ask what would have made it possible.", "Luis", "2026-03-11"),
)
