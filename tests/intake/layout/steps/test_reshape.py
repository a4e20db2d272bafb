"""Each step of a layout, by what it makes of a small table."""

from __future__ import annotations

import pytest

from equity.intake.formats.tabular import Table
from equity.intake.layout.steps.reshape import reshape
from equity.intake.layout.two_numbers import split_cell
from equity.vocabulary import PlainError
from equity.vocabulary.layout import Across, Down, Everyone, Latest, Layout, Topics


def table(text: str) -> Table:
    """A table whose first line is its header; cells are parted by ``|``."""
    lines = [[c.strip() for c in line.split("|")] for line in text.strip("\n").split("\n")]
    return Table("made.csv", tuple(lines[0]), 1, lambda: ((n, list(r)) for n, r in enumerate(lines[1:], start=2)))


def rows(text: str, layout: Layout) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """The header and the rows of the table that the layout makes."""
    tidy = reshape(table(text), layout)
    return tidy.header, list(tidy.rows())


def test_a_tidy_table_stays_the_same_object() -> None:
    given = table("Race|x\nWhite|1")
    assert reshape(given, Layout()) is given


def test_years_across_become_rows_and_a_missing_cell_no_row() -> None:
    across = Across(("Year",), {"2020": ("2020", "Rate"), "2021": ("2021", "Rate")})
    header, found = rows("State|2020|2021\nA|1|2\nB|-|4", Layout(across=across))
    assert header == ("State", "Year", "Rate")
    assert found == [(2, ["A", "2020", "1"]), (2, ["A", "2021", "2"]), (3, ["B", "2021", "4"])]


def test_a_year_that_has_come_is_read_like_its_neighbours_and_one_that_has_gone_is_not_missed() -> None:
    across = Across(
        ("Year",),
        {
            "2020 births": ("2020", "births"),
            "2020 deaths": ("2020", "deaths"),
            "2021 births": ("2021", "births"),
            "2021 deaths": ("2021", "deaths"),
        },
    )
    text = "State|2021 births|2021 deaths|2022 births|2022 deaths\nA|100|1|200|2"
    assert rows(text, Layout(across=across))[1] == [(2, ["A", "2021", "100", "1"]), (2, ["A", "2022", "200", "2"])]


def test_a_span_of_years_that_has_moved_on_is_read_like_the_one_before() -> None:
    across = Across(("Year",), {"2018-2022 x": ("2018-2022", "x"), "2018-2022 n": ("2018-2022", "n")})
    text = "Race|2019-2023 x|2019-2023 n\nWhite|1|100"
    assert rows(text, Layout(across=across))[1] == [(2, ["White", "2019-2023", "1", "100"])]


def test_a_group_that_has_gone_is_missed_by_name() -> None:
    across = Across(("Race",), {"Asian": ("Asian", "Rate"), "White": ("White", "Rate")})
    with pytest.raises(PlainError, match="no column “Asian”"):
        rows("State|White\nA|1", Layout(across=across))


def test_groups_across_several_numbers_stand_side_by_side() -> None:
    across = Across(
        ("Race",),
        {
            "White_yes": ("White", "yes"),
            "White_total": ("White", "total"),
            "Black_yes": ("Black", "yes"),
            "Black_total": ("Black", "total"),
        },
    )
    header, found = rows("Year|White_yes|White_total|Black_yes|Black_total\n2024|3|4|5|9", Layout(across=across))
    assert header == ("Year", "Race", "yes", "total")
    assert found == [(2, ["2024", "White", "3", "4"]), (2, ["2024", "Black", "5", "9"])]


def test_a_line_without_any_value_is_kept_to_be_set_aside() -> None:
    across = Across(("Race",), {"White": ("White", "x"), "Black": ("Black", "x")})
    assert rows("Year|White|Black\nSource: made up||", Layout(across=across))[1] == [(2, ["Source: made up", "", ""])]


def test_cells_beyond_the_header_stay_at_the_end() -> None:
    across = Across(("Race",), {"White": ("White", "x")})
    assert rows("Year|White\n2024|1|stray", Layout(across=across))[1] == [(2, ["2024", "White", "1", "stray"])]


def test_sections_are_repeated_beside_their_rows() -> None:
    header, found = rows("Group|x|n\nRace||\nWhite|1|2\nSex||\nFemale|3|4", Layout(section="Topic"))
    assert header == ("Group", "x", "n", "Topic")
    assert found == [(3, ["White", "1", "2", "Race"]), (5, ["Female", "3", "4", "Sex"])]


def test_an_empty_cell_repeats_the_one_above_and_an_outer_group_starts_inner_ones_anew() -> None:
    _, found = rows("Year|Race|x\n2023|White|1\n|Black|2\n2024|White|3\n|Black|4", Layout(fill=("Year",)))
    assert [cells[0] for _, cells in found] == ["2023", "2023", "2024", "2024"]
    _, found = rows("Year|Race|x\n2023|White|1\n||2\n2024||3", Layout(fill=("Year", "Race")))
    assert [cells[:2] for _, cells in found] == [["2023", "White"], ["2023", "White"], ["2024", ""]]


def test_only_rows_that_are_wanted_are_kept_and_signs_are_part_of_a_text() -> None:
    text = "Age|standardized|x\n<65|FALSE|1\n>=65|FALSE|2\n<65|TRUE|3"
    _, found = rows(text, Layout(keep={"standardized": ("False",), "Age": ("<65",)}))
    assert found == [(2, ["<65", "FALSE", "1"])]


@pytest.mark.parametrize(
    ("text", "kind", "parts"),
    [
        ("45.2 (43.1-47.3)", "estimate and range", ["45.2", "43.1", "47.3"]),
        ("45.2% (43.1% - 47.3%)", "estimate and range", ["45.2%", "43.1", "47.3"]),
        ("638 [427-1010]", "estimate and range", ["638", "427", "1010"]),
        ("12,5 (11,0; 14,2)", "estimate and range", ["12,5", "11,0", "14,2"]),
        ("0.8 (95% CI: 0.5 to 1.2)", "estimate and range", ["0.8", "0.5", "1.2"]),
        ("-1.2 (-2.0, -0.4)", "estimate and range", ["-1.2", "-2.0", "-0.4"]),
        ("113,888 (8.6)", "count and percent", ["113,888", "8.6"]),
        ("2.18e+07 (100.0)", "count and percent", ["2.18e+07", "100.0"]),
        ("Suppressed", "count and percent", None),
        ("12", "estimate and range", None),
    ],
)
def test_a_cell_of_several_numbers_is_taken_apart(text: str, kind: str, parts: list[str] | None) -> None:
    assert split_cell(text, kind) == parts


def test_a_split_column_keeps_its_name_and_what_cannot_be_split() -> None:
    header, found = rows("Race|Rate\nWhite|4 (3-5)\nBlack|*", Layout(split={"Rate": "estimate and range"}))
    assert header == ("Race", "Rate", "Rate lower", "Rate upper")
    assert found == [(2, ["White", "4", "3", "5"]), (3, ["Black", "*", "", ""])]


def test_a_row_of_everyone_stands_beside_the_rows_below_it() -> None:
    everyone = Everyone("Row", "N", "count", "N")
    text = "Row|Race|count|count percent\nN|White|100|\nN|Black|50|\ntested|White|8|8.0\ntested|Black|3|6.0"
    header, found = rows(text, Layout(everyone=everyone))
    assert header[-1] == "N"
    assert found == [(4, ["tested", "White", "8", "8.0", "100"]), (5, ["tested", "Black", "3", "6.0", "50"])]


def test_numbers_under_one_another_come_side_by_side() -> None:
    down = Down("What", "Value", {"Deaths": "Deaths", "Births": "Births"})
    text = "State|What|Value\nA|Deaths|3\nA|Births|100\nB|Births|200\nB|Deaths|5"
    header, found = rows(text, Layout(down=down))
    assert header == ("State", "Deaths", "Births")
    assert found == [(2, ["A", "3", "100"]), (4, ["B", "5", "200"])]


def test_a_number_twice_for_the_same_rows_is_refused_with_its_line() -> None:
    down = Down("What", "Value", {"Deaths": "Deaths"})
    with pytest.raises(PlainError, match=r"line 3: “Deaths” stands twice"):
        rows("State|What|Value\nA|Deaths|3\nA|Deaths|4", Layout(down=down))


def test_of_running_totals_the_last_day_of_a_month_is_kept() -> None:
    text = "Race|date|x\nWhite|2022-01-05|1\nWhite|2022-01-16|5\nWhite|2022-02-01|6"
    _, found = rows(text, Layout(latest=Latest("date", "month")))
    assert [cells[2] for _, cells in found] == ["5", "6"]


def test_texts_of_two_columns_are_joined() -> None:
    header, found = rows("Row|Section|x\nN|All|1\nN||2", Layout(join={"Measure": ("Row", "Section")}))
    assert header[-1] == "Measure"
    assert [cells[-1] for _, cells in found] == ["N, All", "N"]


def test_of_a_row_only_the_groups_are_said_that_are_not_everyone() -> None:
    topics = Topics((("Area Type", "Area"), ("", "Sex")), ("Persons",))
    text = (
        "Area Type|Area|Sex|x\nLand|Land|Persons|9\nRegion|North|Persons|5\nLand|Land|Female|4\nRegion|North|Female|2"
    )
    header, found = rows(text, Layout(topics=topics))
    assert header[-2:] == ("Dimension", "Dimension group")
    assert [cells[-2:] for _, cells in found] == [
        ["Total", "Total"],
        ["Region", "North"],
        ["Sex", "Female"],
        ["Region and Sex", "North, Female"],
    ]
