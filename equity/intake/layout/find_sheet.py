"""Which sheet of a workbook holds the table: the only one that does, or a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from equity.intake.formats.heading import Wanted
from equity.intake.formats.open_table import open_table
from equity.intake.formats.spreadsheet import filled_sheets
from equity.intake.formats.unpacking import is_workbook
from equity.intake.layout.sample import sample_of
from equity.vocabulary import Answer, OpenQuestion, PlainError, Setting

MOST_SHEETS = 40
MOST_ANSWERS = 4
FEWEST_ROWS = 2
_NOTES = re.compile(
    r"\b(?:read ?me|notes?|contents?|cover|about|info\w*|metadata|definitions?|glossary|dictionary|change ?log)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FoundSheet:
    """The sheet that is read, why, and the question where several could be meant."""

    name: str
    why: str
    question: OpenQuestion | None = None


def find_sheet(path: Path, folder: Path) -> FoundSheet | None:
    """The sheet of a workbook with several; None for every other file, and where no sheet holds a table."""
    if not path.is_file() or not is_workbook(path):
        return None
    names = filled_sheets(path, path.name)
    if len(names) < 2:
        return None
    tables = [(name, said) for name in names[:MOST_SHEETS] if (said := _said(path, folder, name))]
    tables = [t for t in tables if not _NOTES.search(t[0])] or tables
    if not tables:
        return None
    if len(tables) == 1:
        return FoundSheet(tables[0][0], "it is the only sheet with a table of numbers")
    listed = ", ".join(f"“{name}”" for name, _ in tables[:8])
    question = OpenQuestion(
        "sheet",
        (),
        f"{len(tables)} sheets hold a table ({listed}): which is to be read? For another than the first, look at it "
        f'with: python -m equity inspect "{path.name}" --sheet "NAME"',
        tuple(
            Answer(f"“{name}”: {said}", (Setting(("extract", "sheet"), name),)) for name, said in tables[:MOST_ANSWERS]
        ),
        0.5,
        "it is the first",
    )
    return FoundSheet(tables[0][0], "it is the first sheet with a table", question)


def _said(path: Path, folder: Path, sheet: str) -> str:
    """A sheet's table in words, empty when it holds none."""
    try:
        sample = sample_of(open_table(path, folder, wanted=Wanted(lines=None), sheet=sheet))
    except PlainError:
        return ""
    if len(sample.data) < FEWEST_ROWS or not sample.numeric:
        return ""
    columns = ", ".join(h[:30] for h in sample.header[:4]) + ("…" if len(sample.header) > 4 else "")
    return f"{len(sample.data):,} rows under {columns}"
