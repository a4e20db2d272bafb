"""The decision room's rules: what must be there before people weigh, who may be seen when, what a choice needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.focus import room as rules
from equity.focus.room import Choice, Criterion, FocusRoom, OwnWeights
from equity.vocabulary import PlainError

FEASIBLE = Criterion("feasibility", "Out of our hands", "Ours to change this year")
ROOM = FocusRoom(
    "What to work on",
    "Sample",
    1,
    "2024",
    areas=("Diabetes", "Hypertension"),
    criteria=(FEASIBLE,),
    ratings={"Diabetes": {"feasibility": 7.0}, "Hypertension": {"feasibility": 3.0}},
)
DONE = OwnWeights("data", {"burden": 60.0, "feasibility": 40.0}, finished=True)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"criteria": (Criterion("", "a", "b"),)}, "has no name"),
        ({"criteria": (Criterion("cost", "", "b"),)}, "what 0 and what 10 mean"),
        ({"criteria": (FEASIBLE, FEASIBLE)}, "is a criterion twice"),
        ({"criteria": (Criterion("Burden", "a", "b"),)}, "is a criterion twice"),
        ({"criteria": tuple(Criterion(f"c{i}", "a", "b") for i in range(9))}, "8 are the most"),
        ({"ratings": {}}, "“Diabetes” has no rating on “feasibility”"),
        ({"ratings": {"Diabetes": {"feasibility": 11.0}}}, "not from 0 to 10"),
    ],
)
def test_a_room_that_cannot_be_weighed_yet_says_why(change: dict[str, object], named: str) -> None:
    with pytest.raises(PlainError, match=named):
        rules.moved(replace(ROOM, **change), "weighing")  # type: ignore[arg-type]


def test_the_stages_follow_one_another_and_no_other_way() -> None:
    room = rules.moved(ROOM, "weighing")
    assert rules.moved(room, "preparing").stage == "preparing"
    with pytest.raises(PlainError, match="Nobody has finished"):
        rules.moved(room, "revealed")
    room = rules.moved(room, "revealed", [DONE])
    assert room.revealed == (replace(DONE, lens="team"),)
    revising = rules.moved(room, "revising")
    assert revising.revealed == (), "weighing anew is as private as the first time"
    room = rules.moved(revising, "settled", [DONE, DONE])
    for stage in ("preparing", "weighing", "revealed", "revising"):
        with pytest.raises(PlainError, match="moved on"):
            rules.moved(room, stage)  # type: ignore[arg-type]
    with pytest.raises(PlainError, match="moved on"):
        rules.moved(ROOM, "revealed", [DONE])


@pytest.mark.parametrize(
    ("points", "named"),
    [
        ({"burden": 60.0, "feasibility": 39.0}, "give 1 more"),
        ({"burden": 60.0, "feasibility": 41.0}, "take 1 away"),
        ({"burden": 120.0, "feasibility": -20.0}, "below 0"),
        ({"cost": 100.0}, "no criterion here"),
    ],
)
def test_weights_are_finished_when_they_add_up(points: dict[str, float], named: str) -> None:
    with pytest.raises(PlainError, match=named):
        rules.finished(ROOM, OwnWeights("data", points))
    assert rules.finished(ROOM, replace(DONE, finished=False)).finished


def test_the_widest_disagreement_comes_first_and_a_lens_of_one_is_the_team() -> None:
    weights = (
        DONE,
        OwnWeights("data", {"burden": 10.0, "feasibility": 40.0, "trend": 50.0}, finished=True),
        OwnWeights("equity", {"burden": 40.0, "feasibility": 60.0}, finished=True),
        OwnWeights("care", {"burden": 100.0}),
    )
    found = rules.spreads(ROOM, weights)
    assert [spread.criterion for spread in found[:3]] == ["burden", "trend", "feasibility"]
    assert found[0].points == (("data", 10.0), ("team", 40.0), ("data", 60.0))
    assert found[0].range == 50.0


def test_only_what_is_finished_is_weighed() -> None:
    found = rules.weighing_of(ROOM, (DONE, replace(DONE, finished=False)))
    assert found.weights == ({"burden": 60.0, "feasibility": 40.0},)
    assert found.ratings == ROOM.ratings


def test_a_choice_has_reasons_deciders_and_a_day() -> None:
    room = replace(ROOM, stage="settled")
    choice = Choice("Diabetes", "It can be changed", "", "The team", "2027-06-01")
    assert rules.chosen(room, choice, "said").choice == choice
    assert rules.chosen(room, choice, "said").stage == "chosen"
    for change, named in (
        ({"area": "Dentistry"}, "not among the areas compared"),
        ({"reasons": " "}, "why this area"),
        ({"decided_by": ""}, "who decided"),
        ({"look_again": ""}, "a day"),
    ):
        with pytest.raises(PlainError, match=named):
            rules.chosen(room, replace(choice, **change), "said")  # type: ignore[arg-type]
