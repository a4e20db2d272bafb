"""How the made-up team chose its focus: what it weighed, how, and why. None of them is anybody."""

from __future__ import annotations

from typing import Final

TITLE: Final = "What to work on first (made up)"
CRITERIA: Final = (
    ("feasibility", "Nothing here is ours to change.", "We can change it ourselves this year."),
    ("asked for by patients", "Nobody has asked for it.", "Patients and the community ask for it again and again."),
    ("harm if we wait", "A year from now it is the same.", "Somebody may die of it this year."),
)
RATINGS: Final = {
    "Hypertension": (8.0, 9.0, 7.0),
    "Maternal health": (6.0, 6.0, 9.0),
    "Diabetes": (5.0, 6.0, 6.0),
    "Behavioral health": (3.0, 5.0, 6.0),
    "Cancer screening": (5.0, 3.0, 5.0),
    "Emergency care": (4.0, 4.0, 3.0),
}
"""What the team agreed on for each area, from 0 to 10, in the order of the criteria."""
WEIGHTS: Final = (
    ("data", (30, 20, 15, 15, 10, 5, 5)),
    ("quality improvement", (20, 10, 10, 0, 40, 10, 10)),
    ("equity", (20, 5, 10, 5, 10, 30, 20)),
    ("patient-facing care", (15, 5, 0, 0, 30, 35, 15)),
    ("patient-facing care", (5, 0, 5, 0, 10, 20, 60)),
    ("community", (10, 0, 5, 0, 10, 25, 50)),
)
"""The lens of each of six, and their points on burden, certainty, trend, completeness and the team's own criteria."""
REASONS: Final = (
    "Made up, like everything here: the gap affects the most people, it does not close by itself, the clinics can "
    "change it this year, and the patient council asked for it."
)
DISSENT: Final = (
    "Made up: two of us would begin with care after a birth, where fewer people are affected and harm is greater. It "
    "is our second aim."
)
DECIDED_BY: Final = "a made-up team of six"
LOOK_AGAIN: Final = "2025-03-04"
