"""What the command line prints."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from equity.words.answers import tables
from tests.answers_for_tests import areas, control_chart, disparities, trends


def test_columns_line_up_and_empty_ones_are_left_out() -> None:
    table = pd.DataFrame({"Group": ["White", "Asian American"], "Rate": ["5%", "10%"], "Gap": ["", ""]})
    assert tables.columns(table) == (
        "Group           Rate\n"
        "──────────────  ────\n"
        "White           5%\n"
        "Asian American  10%"
    )  # fmt: skip


def test_every_answer_starts_with_its_finding() -> None:
    starts = {
        "Controlled blood pressure, 2024: 55.0% of Black": disparities(),
        "Controlled blood pressure, 2022–2024: the gap for Black or African American": trends(),
        "Controlled blood pressure, Black or African American patients. There is likely": control_chart(),
        "Clear gaps, 2024: 3 of 3 clinical areas.": areas(),
    }
    for start, answer in starts.items():
        said = tables.finding_and_table(answer)
        assert said.startswith(start)
        assert said.count("\n\n") >= 1


def test_what_was_remarked_stands_once_below_the_table() -> None:
    added = "People who were seen in several of these years or quarters count in each of them."
    for answer in (disparities(), trends(), areas(), control_chart()):
        said = tables.finding_and_table(replace(answer, remarks=("people_added_over_periods", "hidden_at_source")))
        assert said.count(added) == said.count("Some counts were hidden in the source") == 1
        assert added not in tables.finding_and_table(answer)


def test_groups_that_nobody_could_compare_are_not_called_alike() -> None:
    alike = replace(disparities(), remarks=("groups_cannot_be_told_apart",))
    assert "the groups look alike" in tables.finding_and_table(alike)
    nothing = replace(alike, rows=alike.rows.assign(reliability="too_few"))
    assert "the groups look alike" not in tables.finding_and_table(nothing)
