"""What people weigh, read from a file: each slip is named with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from equity.focus.weighing import read_weighing, weighing_of
from equity.vocabulary import PlainError

GOOD = {
    "criteria": ["feasibility", "harm if we wait"],
    "ratings": {"Diabetes": {"feasibility": 7}, "Maternal health": {"feasibility": 3}},
    "weights": [{"burden": 60, "feasibility": 40}, {"feasibility": 100}],
}


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(GOOD), encoding="utf-8-sig")
    found = read_weighing(file)
    assert found.criteria == ("feasibility", "harm if we wait")
    assert found.rated == ("feasibility",)
    assert found.weights[0] == {"burden": 60.0, "feasibility": 40.0}


def test_parts_may_be_left_out() -> None:
    assert weighing_of({}, "w.json").weights == ()


def test_a_data_criterion_among_the_criteria_is_the_data_one() -> None:
    assert weighing_of({"criteria": ["burden", "feasibility"]}, "w.json").criteria == ("feasibility",)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"weight": []}, "alone"),
        ({"criteria": "feasibility"}, "no list"),
        ({"criteria": [""]}, "no list"),
        ({"ratings": {"Diabetes": {"feasibility": 11}}}, "“Diabetes” on “feasibility”"),
        ({"ratings": {"Diabetes": {"feasibility": True}}}, "0 to 10"),
        ({"ratings": {"Diabetes": {"burden": 3}}}, "taken from the data"),
        ({"ratings": {"Diabetes": {"cost": 3}}}, "not among its criteria"),
        ({"ratings": ["Diabetes"]}, "not of the form"),
        ({"weights": [{"burden": 1}, {"cost": 100}]}, "Set 2 of weights"),
        ({"weights": [{"burden": -1}]}, "not a number of 0 or more"),
        ({"weights": [{"burden": 0}]}, "no points"),
        ({"weights": {"burden": 1}}, "no list"),
    ],
)
def test_a_slip_is_named(change: dict[str, object], named: str) -> None:
    with pytest.raises(PlainError, match=named):
        weighing_of({**GOOD, **change}, "w.json")


def test_a_file_that_is_not_there_or_not_json_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match="cannot be read"):
        read_weighing(tmp_path / "nothing.json")
    for content in (b'{"criteria": [', b"\xff\xfe{", b"[" * 100_000):
        (tmp_path / "w.json").write_bytes(content)
        with pytest.raises(PlainError, match="is not JSON"):
            read_weighing(tmp_path / "w.json")
