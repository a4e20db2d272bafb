"""What an answer allows for, in words."""

from __future__ import annotations

from dataclasses import replace

from equity.words import allowances
from tests.answers_for_tests import BLOOD_PRESSURE, MINUTES, MINUTES_GROUPS, RACE, disparities


def test_a_reference_of_another_year_needs_no_allowance() -> None:
    assert allowances.describe_allowances(disparities()) == ()


def test_luck_in_the_rate_compared_with_is_said_and_so_is_what_is_taken_off() -> None:
    answer = disparities(BLOOD_PRESSURE, RACE)
    rows = answer.rows.assign(excess=answer.rows["excess"] - 20)
    picked = replace(answer, reference=replace(answer.reference, picked=True), rows=rows)
    first, second = allowances.describe_allowances(picked)
    assert first == (
        "The same data showed which group has the highest rate, so some of that rate is luck; "
        "ranges and verdicts allow for it."
    )
    assert second.startswith("As measured the count would be ")
    assert second.endswith("about 20 of that is what picking a group by its rate gives by chance, and is taken off.")


def test_where_no_group_stands_out_none_is_called_the_best() -> None:
    answer = disparities(MINUTES, groups=MINUTES_GROUPS)
    alike = replace(answer, reference=replace(answer.reference, picked=True, told_apart=False))
    assert allowances.describe_allowances(alike) == (
        "No group is named as the best, since chance alone could put it there.",
    )
