"""Asking a release: what a reader outside the team gets comes from here, and from nowhere else.

A release never changes, so an answer is computed once for it and a question, and shared by all who ask: nobody changes
it. Whether it may still be opened is asked each time, on the disk.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import streamlit as st

from equity.cards.card import csv_of
from equity.cards.release_question import ReleaseQuestion, choices_of, usual_question
from equity.lens.answers import Disparities, Trends
from equity.release.create import show
from equity.release.shelf import Release, opened
from equity.release.view import ReleasedCube, as_cube
from equity.store.files.home import home_folder
from equity.vocabulary import Description, PeriodRange, PlainError, Reference

KEPT = 256


@dataclass(frozen=True)
class ReleaseAnswer:
    """What a release answers: groups compared, and the same over time where it holds enough."""

    disparities: Disparities
    trends: Trends | None


def asked_of(release: Release, wish: ReleaseQuestion) -> ReleaseQuestion:
    """The nearest question that the release can answer: whatever is not in its lists is replaced by the usual."""
    description = release.description()
    usual = _usual(release.id, release.created)
    measure = _listed(wish.measure, [m.name for m in description.measures], usual.measure)
    by = _listed(wish.by, [s.name for s in description.stratifiers], usual.by)
    period = _listed(wish.period, [*_years(description), *description.periods], usual.period)
    named = [str(Reference("group", group)) for group in description.stratifier(by).groups]
    groups = ["best", "average", "others", *named]
    return ReleaseQuestion(measure, by, period, _listed(wish.reference, groups, ""))


def opens_with(choices: str) -> tuple[ReleaseQuestion, str]:
    """The question that a link begins with, and what the team asks of the reader, from the link's JSON object."""
    loaded = json.loads(choices or "{}")
    parts = {part: str(loaded.get(part, "")) for part in ("measure", "by", "period", "reference")}
    return ReleaseQuestion(**parts), str(loaded.get("asks", ""))


def told_by(release: Release, question: ReleaseQuestion) -> ReleaseAnswer:
    """The answer, from the frozen cells; raises :class:`PlainError` when the release was revoked meanwhile."""
    opened(home_folder(), release.id)
    return _told(release.id, release.created, question)


def cube_of(release: Release) -> ReleasedCube:
    """The release's frozen cells; raises :class:`PlainError` when it was revoked meanwhile."""
    opened(home_folder(), release.id)
    return _cube(release.id, release.created)


def csv_of_release(release_id: str) -> bytes:
    """All that a release shows, as a CSV in which no cell can be taken for a formula."""
    return csv_of(show(home_folder(), release_id))


@st.cache_resource(max_entries=16, show_spinner=False)
def _cube(release_id: str, created: str) -> ReleasedCube:
    return as_cube(opened(home_folder(), release_id))


@st.cache_resource(max_entries=KEPT, show_spinner=False, hash_funcs={ReleaseQuestion: repr})
def _told(release_id: str, created: str, question: ReleaseQuestion) -> ReleaseAnswer:
    from equity.lens.disparities import disparities
    from equity.lens.over_time.trends import trends

    cube = _cube(release_id, created)
    choices = choices_of(cube, question)
    try:
        over_time = (
            None if cube.plan.grain == "all" else trends(cube, replace(choices, period=PeriodRange()), cube.plan.grain)
        )
    except PlainError:  # too few periods, or none that can be added up
        over_time = None
    return ReleaseAnswer(disparities(cube, choices), over_time)


@st.cache_data(max_entries=KEPT, show_spinner=False)
def _usual(release_id: str, created: str) -> ReleaseQuestion:
    """The question that the release opens with."""
    return usual_question(_cube(release_id, created))


def _listed(wish: str, offered: list[str], usual: str) -> str:
    return wish if wish in offered else usual


def _years(description: Description) -> list[str]:
    return sorted({period[:4] for period in description.periods}, reverse=True)
