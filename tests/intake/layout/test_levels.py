"""Places that hold other places are found by their sums, and by nothing else."""

from __future__ import annotations

from equity.intake.layout.levels import wholes


def test_a_country_with_regions_and_states() -> None:
    amounts = {
        "Land": [100.0, 120.0],
        "North": [40.0, 50.0],
        "South": [60.0, 70.0],
        "A": [10.0, 20.0],
        "B": [30.0, 30.0],
        "C": [25.0, 30.0],
        "D": [35.0, 40.0],
    }
    assert wholes(list(amounts), amounts) == ("Land", "North", "South")


def test_a_country_and_its_states() -> None:
    amounts = {"A": [10.0], "B": [30.0], "Land": [40.0]}
    assert wholes(list(amounts), amounts) == ("Land",)


def test_places_that_do_not_add_up_stay() -> None:
    amounts = {"A": [10.0, 11.0], "B": [30.0, 33.0], "C": [41.0, 44.0]}
    assert wholes(list(amounts), amounts) == ()
