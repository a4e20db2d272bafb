"""Targets that a measure cannot have are refused with what was likely meant."""

from __future__ import annotations

import pytest

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.vocabulary import Measure, PlainError, refuse_impossible_target


@pytest.mark.parametrize(
    ("target", "says"),
    [
        (70.0, "for 70 % write 0.7"),
        (1.2, "for 1.2 % write 0.012"),
        (-0.1, "write a fraction such as 0.7"),
        (700.0, "write a fraction such as 0.7"),
    ],
)
def test_a_proportion_aims_between_0_and_1(target: float, says: str) -> None:
    with pytest.raises(PlainError, match=says):
        refuse_impossible_target(Measure("Screened", "proportion", "higher_better", target=target))


def test_what_can_be_is_not_refused() -> None:
    for kind, target in (("proportion", 0.0), ("proportion", 1.0), ("rate", 3.5), ("mean", -4.0), ("mean", 30.0)):
        refuse_impossible_target(Measure("M", kind, "lower_better", target=target))  # type: ignore[arg-type]
    with pytest.raises(PlainError, match="a rate is never below 0"):
        refuse_impossible_target(Measure("M", "rate", "lower_better", target=-1.0))


def test_a_mapping_with_such_a_target_is_refused_where_it_is_written() -> None:
    text = """
[extract]
shape = "rows"
[columns]
measure = "measure"
x = "met"
[measures."Screened"]
kind = "proportion"
target = 70
"""
    with pytest.raises(PlainError, match=r"mine\.toml.*Screened.*for 70 % write 0\.7"):
        mapping_from_toml(text, "mine.toml")
