"""The workbook: a worksheet a card, numbers as numbers, names as text that does nothing."""

from __future__ import annotations

import io

import openpyxl
import pytest

from equity.export.workbook import CONTENTS, NUMBERS, workbook
from equity.words.answers.disparities import chart_title, table
from tests.export.made_up_sheets import of_disparities, of_hostile_names


def test_it_holds_the_words_the_table_and_the_numbers() -> None:
    answer, sheets = of_disparities()
    book = openpyxl.load_workbook(io.BytesIO(workbook(sheets)))
    assert book.sheetnames[0] == CONTENTS
    assert len(book.sheetnames) == 1 + len(sheets)
    assert [row[1].value for row in book[CONTENTS].iter_rows(min_row=2)] == [sheet.title for sheet in sheets]
    page = book.worksheets[1]
    lines = [[cell.value for cell in row] for row in page.iter_rows()]
    said = {line[0] for line in lines}
    assert lines[0][0] == chart_title(answer)
    assert {"Data: Sample, version 1.", "Exported on March 4, 2026.", "SELECT 1", *sheets[0].sure} <= said
    start = next(i for i, line in enumerate(lines) if line[0] == NUMBERS) + 1
    names, rows = lines[start], {line[0]: line for line in lines[start + 1 :]}
    for row in answer.rows.to_dict("records"):
        for column in ("n", "x", "rate", "lower", "upper", "gap", "excess"):
            if row[column] == row[column]:
                assert rows[row["group"]][names.index(column)] == pytest.approx(row[column])
            else:
                assert rows[row["group"]][names.index(column)] is None
    shown = next(i for i, line in enumerate(lines) if line[0] == "The table on the card") + 1
    assert lines[shown][: len(table(answer).columns)] == list(table(answer).columns)


def test_a_name_that_is_a_formula_is_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(of_hostile_names())))
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
