"""Which lines are the header: found by what stands below them."""

from __future__ import annotations

import pytest

from equity.intake.formats.heading import Wanted, find_heading
from equity.intake.formats.tabular import Heading
from equity.vocabulary import PlainError


def heading(text: str, wanted: Wanted | None = None) -> Heading:
    """The heading of a file whose cells are parted by ``|``; blank lines are no records."""
    lines = [[c.strip() for c in line.split("|")] for line in text.split("\n")]
    top = [(n, cells) for n, cells in enumerate(lines, start=1) if len(cells) > 1 or cells[0]]
    return find_heading(top, "made.csv", wanted or Wanted(lines=None))


def test_one_line() -> None:
    found = heading("Year|Race|Cases\n2023|White|12\n2023|Black|15")
    assert (found.names, found.line, found.lines, found.marker) == (("Year", "Race", "Cases"), 1, 1, "")


def test_titles_above_are_no_header_and_the_header_is_found_again_by_a_cell() -> None:
    found = heading("Report of 2023\nMade up|\n\nState|Cases|Births\nA|12|100\nB|15|200")
    assert (found.line, found.titles, found.marker) == (4, ("Report of 2023", "Made up"), "State")


def test_groups_over_measures_reach_to_the_right() -> None:
    text = "|2023|||2024||\nRace|n|x|Rate|n|x|Rate\nWhite|100|10|10.5|100|12|12.5\nBlack|50|8|16.5|60|9|15.5"
    found = heading(text)
    assert found.names == ("Race", "2023 n", "2023 x", "2023 Rate", "2024 n", "2024 x", "2024 Rate")
    assert (found.line, found.lines, found.marker) == (2, 2, "Race")


def test_years_over_nothing() -> None:
    text = "Time period||2021|2019\nArea|Sex||\n|||\nA|Female|12.5|11.5\nB|Female|-|10.25"
    assert heading(text).names == ("Area", "Sex", "2021", "2019")


def test_a_line_of_units_and_a_line_of_labels_below_codes() -> None:
    found = heading("Year|Race|Rate|Births\n||per 1,000|number\n2023|White|4.5|1000\n2023|Black|7.5|900")
    assert found.names == ("Year", "Race", "Rate per 1,000", "Births number")
    found = heading("GEO_ID|S2701_C01|S2701_C04\nGeography|Everyone|Uninsured\nA1|1000|90\nA2|2000|120")
    assert found.names == ("Geography", "Everyone", "Uninsured")


def test_a_file_without_a_header() -> None:
    found = heading("2023|White|12|100\n2023|Black|15|90\n2024|White|11|100")
    assert (found.lines, found.line, found.names[0]) == (0, 0, "column 1")
    named = heading("2023|White|12\n2023|Black|15", Wanted(lines=0, names=("Year", "Race", "Cases")))
    assert named.names == ("Year", "Race", "Cases")


def test_a_nameless_column_over_values_is_a_column_and_an_empty_one_is_not() -> None:
    assert heading("State|Year|\nA|2023|1.5\nB|2023|2.5").names == ("State", "Year", "column 3")
    assert heading("State|Cases||\nA|2||\nB|3||").names == ("State", "Cases")


def test_a_section_right_below_the_header_is_not_part_of_it() -> None:
    found = heading("Group|Events|People\nRace||\nWhite|12|100\nBlack|15|90")
    assert (found.line, found.lines) == (1, 1)


def test_the_header_is_found_again_next_quarter() -> None:
    text = "Made up|\n|2024|\nRace|n|x\nWhite|120|14\nBlack|70|9"
    found = heading(text, Wanted("Race", lines=2))
    assert (found.names, found.titles) == (("Race", "2024 n", "2024 x"), ("Made up",))


def test_a_header_of_another_form_is_said() -> None:
    with pytest.raises(PlainError, match="has 1 header line where the mapping says 2"):
        heading("Race|n|x\nWhite|120|14\nBlack|70|9", Wanted(lines=2))
