"""Sheets as an Excel workbook: first what is in it, then a worksheet a card with its words, its table and its numbers.

Names from files are written as text, so that no cell can be taken for a formula or an address.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from equity.export.sheet import Sheet
from equity.vocabulary.plain_cells import spreadsheet_cell
from equity.words.escaping import one_line
from equity.words.labels.export import EXPORT_TEXTS
from equity.words.labels.layout import LAYOUT_TEXTS

NUMBERS: Final = "The numbers behind it, not rounded (rates are fractions, means are in their unit)"
CONTENTS: Final = "Contents"
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_BOLD, _LARGE = Font(bold=True), Font(bold=True, size=14)
_TOP = Alignment(wrap_text=True, vertical="top")
_WIDEST = 48


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """A workbook in the format of Excel (ECMA-376)."""
    made = Workbook()
    made.remove(made.active)
    _contents(made.create_sheet(CONTENTS), sheets)
    for number, sheet in enumerate(sheets, start=1):
        _card(made.create_sheet(_name(number, sheet.title)), sheet)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _contents(page: Worksheet, sheets: Sequence[Sheet]) -> None:
    page.column_dimensions["A"].width, page.column_dimensions["B"].width, page.column_dimensions["C"].width = 6, 90, 90
    _line(page, ["", "What was found", "What it is"], _BOLD)
    for number, sheet in enumerate(sheets, start=1):
        _line(page, [number, sheet.title, " ".join(sheet.record)])


def _card(page: Worksheet, sheet: Sheet) -> None:
    _line(page, [sheet.title], _LARGE)
    for said in (sheet.caption, *sheet.record):
        _line(page, [said])
    for heading, sentences in (
        (LAYOUT_TEXTS["how_sure"], sheet.sure),
        ("What this does not tell us", sheet.caveats),
        (EXPORT_TEXTS["how_was_this_computed"], (*sheet.method, *sheet.sql.splitlines())),
    ):
        if sentences:
            _line(page, [])
            _line(page, [heading], _BOLD)
            for said in sentences:
                _line(page, [said])
    _table(page, "The table on the card", sheet.table)
    _table(page, NUMBERS, sheet.numbers)


def _table(page: Worksheet, heading: str, table: pd.DataFrame) -> None:
    _line(page, [])
    _line(page, [heading], _BOLD)
    _line(page, [str(column) for column in table.columns], _BOLD)
    columns = [table[column].tolist() for column in table.columns]
    for row in zip(*columns, strict=True):
        _line(page, row)
    for at, (column, values) in enumerate(zip(table.columns, columns, strict=True), start=1):
        letter = page.cell(1, at).column_letter
        longest = max(len(str(value)) for value in [column, *values])
        wanted = min(_WIDEST, max(10.0, longest + 2.0))
        page.column_dimensions[letter].width = max(page.column_dimensions[letter].width, wanted)


def _line(page: Worksheet, values: Sequence[Any], font: Font | None = None) -> None:
    """Write the next row: numbers as numbers, nothing for a missing one, all else as text that does nothing."""
    page.append([_cell(page, value, font) for value in values])


def _cell(page: Worksheet, value: Any, font: Font | None) -> Cell:
    cell = Cell(page)
    if value is None or value != value:
        return cell
    if isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = value
    else:
        cell.value = spreadsheet_cell(one_line(value, 2_000))
        cell.data_type = "s"
    if font is not None:
        cell.font = font
    elif page.title == CONTENTS:
        cell.alignment = _TOP
    return cell


def _name(number: int, title: str) -> str:
    """A worksheet's name: at most 31 characters, none of those that Excel forbids."""
    return f"{number} {_NOT_IN_A_NAME.sub(' ', one_line(title))}"[:31].strip()
