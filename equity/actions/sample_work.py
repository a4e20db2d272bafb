"""Made-up work on the sample data: a focus that was chosen and two aims, so that nobody starts before an empty page.

One aim goes well; in the other the gap narrows because others lost, and the conditions of no harm say so. Everybody and
everything in it is made up, has no author, and says that it is made up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from equity.cube import Cube
from equity.focus import room as rooms
from equity.focus.decision import choose_focus
from equity.focus.nouns import DECISION, WEIGHTS
from equity.focus.room import Choice, Criterion, FocusRoom, OwnWeights
from equity.improvement import aims as rules
from equity.improvement.aims import Aim
from equity.improvement.nouns import AIM
from equity.improvement.progress import baseline_of
from equity.lens.choices import Choices
from equity.store.records import shelf
from equity.store.workspace.database import Database
from equity.vocabulary import PeriodRange
from equity.words import focus as words
from equity.words import sample_work as said

BASELINE: Final = "2022"
LATEST: Final = "2024"
BY_WHEN: Final = "2027-Q4"
CRITERIA: Final = tuple(Criterion(*each) for each in said.CRITERIA)
RATINGS: Final = {"Maternal health": (9.0, 9.0), "Hypertension": (6.0, 8.0), "Diabetes": (6.0, 5.0)}
OTHER_RATINGS: Final = (4.0, 4.0)
WEIGHTS_GIVEN: Final = (
    ("data", (30, 20, 10, 10, 20, 10)),
    ("quality improvement", (20, 10, 10, 0, 40, 20)),
    ("equity", (25, 5, 10, 0, 20, 40)),
    ("patient-facing care", (15, 5, 5, 0, 30, 45)),
    ("community", (10, 0, 10, 0, 20, 60)),
)
"""Points on burden, certainty, trend, completeness, and the two criteria of the made-up team's own."""


def put_sample_work(database: Database, workspace: str, cube: Cube) -> bool:
    """Keep the made-up focus and aims in a workspace that has no decision and no aim yet; whether it was done."""
    decided, aimed = shelf.listed(database, workspace, DECISION), shelf.listed(database, workspace, AIM)
    if len(decided) + len(aimed):
        return False
    _put_focus(database, workspace, cube)
    for aim in made_up_aims(cube):
        shelf.add(database, workspace, AIM, aim, by=None)
    return True


def _put_focus(database: Database, workspace: str, cube: Cube) -> None:
    room = chosen_room(cube)
    kept = shelf.add(database, workspace, DECISION, room, by=None)
    for own in weights(room):
        shelf.add(database, workspace, WEIGHTS, own, by=None, parent=kept.id, readers="author")


def chosen_room(cube: Cube) -> FocusRoom:
    """The decision as the made-up team left it: the area that came first under most ways to weigh."""
    held = cube.description
    areas = tuple(dict.fromkeys(m.clinical_area for m in held.measures if m.polarity != "neutral"))
    names = [criterion.name for criterion in CRITERIA]
    ratings = {area: dict(zip(names, RATINGS.get(area, OTHER_RATINGS), strict=True)) for area in areas}
    room = FocusRoom(said.TITLE, held.dataset, held.version, LATEST, areas, criteria=CRITERIA, ratings=ratings)
    choices = Choices(held.dataset, held.version, "", "", period=PeriodRange.parse(LATEST))
    answer = choose_focus(cube, choices, rooms.weighing_of(room, weights(room)), areas=areas)
    first = str(answer.rows["area"][int(answer.rows["first"].to_numpy().argmax())])
    again = str(dt.date.today() + dt.timedelta(days=182))
    choice = Choice(first, said.REASONS, said.DISSENT, said.DECIDED_BY, again)
    return rooms.chosen(replace(room, stage="revealed"), choice, words.finding(answer))


def weights(room: FocusRoom) -> tuple[OwnWeights, ...]:
    """What the five made-up people gave."""
    names = rooms.criteria_of(room)
    given = (
        OwnWeights(lens, {name: float(n) for name, n in zip(names, points, strict=True)})
        for lens, points in WEIGHTS_GIVEN
    )
    return tuple(rooms.finished(room, own) for own in given)


def made_up_aims(cube: Cube) -> tuple[Aim, ...]:
    """The aim that goes well, and the one in which others lose."""
    dataset = cube.description.dataset
    going_well = Aim(
        dataset=dataset, measure="Postpartum visit", by="race", group="Black or African American", target=0.85,
        balancing="Timely prenatal care", **said.GOING_WELL,
    )  # fmt: skip
    at_others_cost = Aim(
        dataset=dataset, measure="Colorectal cancer screening", by="race", group="Asian", target=0.70,
        **said.AT_OTHERS_COST,
    )  # fmt: skip
    return tuple(_set(cube, replace(aim, by_when=BY_WHEN, floor=0.02)) for aim in (going_well, at_others_cost))


def _set(cube: Cube, aim: Aim) -> Aim:
    whole = replace(aim, baseline=baseline_of(cube, aim, BASELINE))
    return rules.as_set(whole, cube.description.measure(aim.measure))
