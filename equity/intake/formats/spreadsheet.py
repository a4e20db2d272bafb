"""XLSX workbooks, one sheet at a time."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from equity.intake.formats.bounds import bounds, too_much_unpacked
from equity.intake.formats.header import SEARCHED_LINES
from equity.intake.formats.heading import ANY_HEADER, Wanted, find_heading
from equity.intake.formats.sheet_marks import NO_MARKS, SheetMarks, filled, sheet_marks
from equity.intake.formats.tabular import Cells, Table
from equity.intake.spellings.nearest import did_you_mean
from equity.vocabulary import PlainError


def sheet_names(path: Path, name: str) -> tuple[str, ...]:
    """The workbook's sheets, as they stand; raises :class:`PlainError` when it is no whole workbook, or too large."""
    with zipfile.ZipFile(path) as packed:
        if sum(member.file_size for member in packed.infolist()) > bounds().unpacked:
            raise too_much_unpacked(name, bounds())
    workbook = _open(path, name)
    try:
        return tuple(sheet.title for sheet in workbook.worksheets)
    finally:
        workbook.close()


def open_spreadsheet(path: Path, name: str, sheet: str = "", wanted: Wanted = ANY_HEADER) -> Table:
    """One sheet of a workbook as a table: the one named, or the only one with cells in it.

    Raises :class:`PlainError` that lists the sheets when several have cells and none is named.
    """
    names = sheet_names(path, name)
    if sheet and sheet not in names:
        raise PlainError(f"{name} has no sheet “{sheet}”: {did_you_mean(sheet, names)}")
    chosen = sheet or _only_sheet(path, name)
    marks = _marks(path, name, chosen)
    top = _as_wide(list(islice(_records(path, name, chosen, marks), SEARCHED_LINES)))
    if not top:
        raise PlainError(f"{name}, sheet “{chosen}”, is empty: choose another sheet.")
    heading = find_heading(top, name, wanted)
    if heading.place + 1 == len(top):
        raise PlainError(
            f"{name}, sheet “{chosen}”, has a header in row {heading.line} and no rows below it: choose another sheet."
        )
    return Table(
        name=name,
        header=heading.names,
        header_line=heading.line,
        rows=lambda: ((n, row) for n, row in _records(path, name, chosen, marks) if n > heading.line),
        titles=heading.titles,
        heading=heading,
    )


def _open(path: Path, name: str) -> Any:
    import openpyxl

    opened = path.open("rb")  # a file and no name: the library would judge it by its ending
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(opened, read_only=True, data_only=True)
    except MemoryError:
        raise
    except Exception:  # whatever a damaged archive or its XML makes the library say
        opened.close()
        raise PlainError(f"{name} is not a whole XLSX workbook: open it and save it again.") from None


def filled_sheets(path: Path, name: str) -> tuple[str, ...]:
    """The workbook's sheets that have cells, as they stand."""
    return tuple(n for n in sheet_names(path, name) if next(_records(path, name, n), None) is not None)


def _only_sheet(path: Path, name: str) -> str:
    filled_ones = filled_sheets(path, name)
    if not filled_ones:
        raise PlainError(f"{name} has no cells in any sheet: export it again.")
    if len(filled_ones) > 1:
        raise PlainError(
            f"{name} has {len(filled_ones)} sheets with cells, {', '.join(f'“{n}”' for n in filled_ones[:8])}: name "
            "one as “sheet” in the mapping."
        )
    return filled_ones[0]


def _as_wide(rows: list[tuple[int, Cells]]) -> list[tuple[int, Cells]]:
    """Rows with as many cells as the widest: a sheet's header ends where its last name stands."""
    width = max((len(cells) for _, cells in rows), default=0)
    return [(number, cells + [""] * (width - len(cells))) for number, cells in rows]


def _records(path: Path, name: str, sheet: str, marks: SheetMarks = NO_MARKS) -> Iterator[tuple[int, Cells]]:
    workbook = _open(path, name)
    try:
        cells_of = workbook[sheet]
        cells_of.reset_dimensions()  # each row is as wide as its own cells, whatever the sheet says of itself
        if _has_percents(workbook):
            rows = ([_shown(cell) for cell in row] for row in cells_of.iter_rows())
        else:
            rows = ([_text(value) for value in row] for row in cells_of.iter_rows(values_only=True))
        for number, cells in filled(enumerate(rows, start=1), marks.merged):
            if any(cells):
                yield number, cells
    except MemoryError:
        raise
    except Exception:
        raise PlainError(f"{name}, sheet “{sheet}”, is damaged: open the workbook and save it again.") from None
    finally:
        workbook.close()


def _marks(path: Path, name: str, sheet: str) -> SheetMarks:
    """The sheet's merged cells; refuses formulas without a stored value, which read as empty cells and are none."""
    workbook = _open(path, name)
    try:
        marks = sheet_marks(path, workbook[sheet]._worksheet_path)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, AttributeError, NotImplementedError):
        raise PlainError(f"{name}, sheet “{sheet}”, is damaged: open the workbook and save it again.") from None
    finally:
        workbook.close()
    cells = marks.uncomputed
    if cells:
        many = f"{len(cells):,} formulas have" if len(cells) > 1 else "a formula has"
        raise PlainError(
            f"{name}, sheet “{sheet}”, cell {cells[0]}: {many} no stored value; open the workbook in a spreadsheet "
            "program, let it calculate, and save it."
        )
    return marks


def _has_percents(workbook: Any) -> bool:
    """Whether any cell of a workbook may be shown as a percent."""
    formats = {9, 10, *(164 + place for place, text in enumerate(workbook._number_formats) if "%" in text)}
    return any(style.numFmtId in formats for style in workbook._cell_styles)


def _shown(cell: Any) -> str:
    """A cell as a person sees it, where that is a percent: 0.452 in a cell for percents is 45.2%."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        return f"{round(value * 100, 10):.15g}%"
    return _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
