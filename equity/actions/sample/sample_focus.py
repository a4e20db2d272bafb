"""The focus of the made-up team on the sample data: six people weighed, one area came first, two saw it otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from equity.cube import Cube
from equity.focus import room as rules
from equity.focus.decision import choose_focus
from equity.focus.room import Choice, Criterion, FocusRoom, OwnWeights
from equity.lens.choices import Choices
from equity.vocabulary import PeriodRange
from equity.words.sample import sample_focus as said
from equity.words.work import focus as words

PERIOD: Final = "2023"
"""The year that was the latest when they chose."""


def chosen_room(cube: Cube) -> FocusRoom:
    """The decision as the made-up team left it, worked out on the sample data."""
    held = cube.description
    areas = tuple(dict.fromkeys(m.clinical_area for m in held.measures if m.polarity != "neutral"))
    criteria = tuple(Criterion(*each) for each in said.CRITERIA)
    ratings = {area: dict(zip((c.name for c in criteria), said.RATINGS[area], strict=True)) for area in areas}
    room = FocusRoom(said.TITLE, held.dataset, held.version, PERIOD, areas, criteria=criteria, ratings=ratings)
    given = weights(room)
    revealed = rules.moved(replace(room, stage="weighing"), "revealed", given)
    choices = Choices(held.dataset, held.version, "", "", period=PeriodRange.parse(PERIOD))
    answer = choose_focus(cube, choices, rules.weighing_of(room, given), areas=areas)
    first = str(answer.rows["area"][int(answer.rows["first"].to_numpy().argmax())])
    choice = Choice(first, said.REASONS, said.DISSENT, said.DECIDED_BY, said.LOOK_AGAIN)
    return rules.chosen(revealed, choice, words.finding(answer))


def weights(room: FocusRoom) -> tuple[OwnWeights, ...]:
    """What the six made-up people gave."""
    names = rules.criteria_of(room)
    given = (
        OwnWeights(lens, {name: float(n) for name, n in zip(names, points, strict=True)})
        for lens, points in said.WEIGHTS
    )
    return tuple(rules.finished(room, own) for own in given)
