"""What the pages of the work say is read once: school grade 9 at most."""

from __future__ import annotations

import datetime as dt

import pytest

from equity.improvement.milestones import MILESTONES
from equity.improvement.path import Journey, path
from equity.improvement.portfolio import portfolio
from equity.words.work import cycles, drivers, progress_scale, projects
from equity.words.work import path as path_words
from tests.words.test_reading_grade import HIGHEST_GRADE, grade

FOUND = path(Journey("2026-01-01"), {}, portfolio([], [], [], dt.date(2026, 6, 1)), dt.date(2026, 6, 1))
SAID = {
    "what a project is": [projects.PURPOSE, projects.EXAMPLE, projects.NO_AIM],
    "what a test is": [
        cycles.PURPOSE,
        cycles.EXAMPLE,
        cycles.WHY_PREDICT,
        cycles.FIXED,
        cycles.NOT_PROVED,
        cycles.BY_HAND,
    ],
    "what a diagram is": [drivers.PURPOSE, drivers.EXAMPLE, drivers.HOW_TO_READ],
    "the scale": [meaning for _, meaning in progress_scale.STEPS.values()],
    "the path": [
        path_words.PURPOSE,
        path_words.where(FOUND),
        *[path_words.often_next(name, FOUND) for name in MILESTONES],
    ],
    "often next": [said for both in path_words.OFTEN_NEXT.values() for said in both],
}


@pytest.mark.parametrize("name", SAID)
def test_it_is_read_once(name: str) -> None:
    assert grade(" ".join(SAID[name])) <= HIGHEST_GRADE, grade(" ".join(SAID[name]))
