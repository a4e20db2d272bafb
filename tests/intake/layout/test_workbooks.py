"""Workbooks as people make them: merged cells, percents, formulas that were never calculated, titles and notes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from equity.intake.formats.heading import Wanted
from equity.intake.formats.open_table import open_table
from equity.intake.formats.tabular import Table
from equity.intake.proposal.propose import propose
from equity.vocabulary import PlainError


def opened(book: openpyxl.Workbook, folder: Path) -> Table:
    """The workbook's one sheet as a table of its own finding."""
    book.save(folder / "made.xlsx")
    return open_table(folder / "made.xlsx", folder, wanted=Wanted(lines=None))


def book(rows: list[list[object]], merged: tuple[str, ...] = ()) -> openpyxl.Workbook:
    """A workbook of one sheet."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for block in merged:
        made.active.merge_cells(block)
    return made


def test_a_label_merged_over_rows_stands_in_each_of_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Race", "Year", "Cases", "People"]]
    for race in ("White", "Black"):
        rows += [[race, 2021, 30, 100], [None, 2022, 35, 110], [None, 2023, 31, 120], [None, 2024, 28, 130]]
    table = opened(book(rows, ("A2:A5", "A6:A9")), tmp_path)
    assert [cells[0] for _, cells in table.rows()] == ["White"] * 4 + ["Black"] * 4


def test_years_merged_over_measures_make_a_header_of_two_lines(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Made-up report of two years", None, None, None, None],
        [None, 2022, None, 2023, None],
        ["Race", "Cases", "People", "Cases", "People"],
        ["White", 30, 100, 35, 110],
        ["Black", 20, 80, 25, 90],
        ["Notes: nobody is described here, and this line is long enough to be a note below a table.", None, None],
    ]
    table = opened(book(rows, ("A1:E1", "B2:C2", "D2:E2", "A6:E6")), tmp_path)
    assert table.header == ("Race", "2022 Cases", "2022 People", "2023 Cases", "2023 People")
    assert table.titles == ("Made-up report of two years",)
    layout = propose(tmp_path / "made.xlsx").mapping.layout
    assert layout.across is not None
    assert layout.across.into == ("Year",)
    assert layout.across.columns["2022 Cases"] == ("2022", "Cases")


def test_a_number_merged_over_rows_is_not_repeated(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Sex", "Cases", "People"], ["F", 3, 100], ["M", 4, None], ["X", 1, 50]]
    table = opened(book(rows, ("C2:C3",)), tmp_path)
    assert [cells[2:] for _, cells in table.rows()] == [["100"], [], ["50"]]


def test_a_fraction_that_is_shown_as_a_percent_is_a_percent(tmp_path: Path) -> None:
    made = book([["Race", "Vaccinated (%)"], ["White", 0.452], ["Black", 0.07], ["Asian", 1]])
    for row in (2, 3, 4):
        made.active.cell(row, 2).number_format = "0.0%"
    assert [cells[1] for _, cells in opened(made, tmp_path).rows()] == ["45.2%", "7%", "100%"]


def test_formulas_that_were_never_calculated_are_said_and_named(tmp_path: Path) -> None:
    made = book([["Race", "Cases", "People"], ["White", 30, "=B2+70"], ["Black", 20, "=B3+60"]])
    with pytest.raises(PlainError, match=r"cell C2: 2 formulas have no stored value; open the workbook"):
        opened(made, tmp_path)


def test_a_header_that_ends_before_its_last_column(tmp_path: Path) -> None:
    table = opened(book([["State", "Year"], ["Alpha", 2023, 1.5], ["Beta", 2023, 2.5]]), tmp_path)
    assert table.header == ("State", "Year", "column 3")


def several(folder: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    """A workbook of several sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(folder / "several.xlsx")
    return folder / "several.xlsx"


RACE: list[list[object]] = [["Race", "Year", "Cases", "People"], ["White", 2023, 30, 100], ["Black", 2023, 20, 80]]
SEX: list[list[object]] = [["Sex", "Year", "Cases", "People"], ["Female", 2023, 30, 100], ["Male", 2023, 20, 80]]
NOTES: list[list[object]] = [["About this workbook"], ["It is made up."]]


def test_the_only_sheet_with_a_table_is_read_without_a_question(tmp_path: Path) -> None:
    proposal = propose(several(tmp_path, ("Read me", NOTES), ("Data", RACE)))
    assert proposal.mapping.sheet == "Data"
    assert not [q for q in proposal.questions if q.key == "sheet"]


def test_several_sheets_with_tables_are_offered(tmp_path: Path) -> None:
    path = several(tmp_path, ("By race", RACE), ("By sex", SEX), ("Notes", NOTES))
    question = next(q for q in propose(path).questions if q.key == "sheet")
    assert [a.settings[0].value for a in question.answers] == ["By race", "By sex"]
    assert question.answers[1].label == "“By sex”: 2 rows under Sex, Year, Cases, People"
    chosen = propose(path, sheet="By sex")
    assert chosen.mapping.sheet == "By sex"
    assert not [q for q in chosen.questions if q.key == "sheet"]


def test_one_period_over_all_columns_is_the_period(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["", "2022", None, None],
        ["", "Cases", "Deliveries", "Rate"],
        ["... 1. Non-Hispanic White", 20, 1000, 20.0],
        ["... 2. Non-Hispanic Black", 30, 900, 33.333],
        ["... 3. Hispanic", 12, 800, 15.0],
    ]
    book(rows, ("B1:D1",)).save(tmp_path / "made.xlsx")
    mapping = propose(tmp_path / "made.xlsx").mapping
    assert mapping.layout.across is not None
    assert mapping.layout.across.into == ("Year",)
    assert mapping.columns["period"].column == "Year"
    assert mapping.stratifiers[0].standard.startswith("omb")
