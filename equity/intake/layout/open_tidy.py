"""A file as the tidy table that its mapping's layout makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from equity.intake.formats.heading import Wanted
from equity.intake.formats.open_table import open_table
from equity.intake.formats.tabular import Table
from equity.intake.layout.find_layout import find_layout
from equity.intake.layout.find_sheet import find_sheet
from equity.intake.layout.found_layout import FoundLayout
from equity.intake.layout.headless import guessed_names, headless_question
from equity.intake.layout.sample import sample_of, unit_lines
from equity.intake.layout.steps.reshape import reshape
from equity.vocabulary import Decision, Mapping
from equity.vocabulary.layout import Layout

NO_HEADER = "none"


def open_tidy(path: Path, folder: Path, mapping: Mapping, wanted: Iterable[str] = ()) -> Table:
    """The table that ``mapping`` speaks of; ``wanted`` are the columns that it names.

    Raises :class:`PlainError` when the file is no table, or not of the form that the layout says.
    """
    layout = mapping.layout
    columns = () if layout.reshapes or layout.header_lines != 1 else tuple(wanted)
    known = Wanted(mapping.header, columns, layout.header_lines, layout.names)
    return reshape(open_table(path, folder, wanted=known, sheet=mapping.sheet), layout)


def open_found(
    path: Path, folder: Path, sheet: str = "", header: str = "", layout: Layout | None = None
) -> tuple[Table, FoundLayout]:
    """A file that nobody has described, tidied by the layout that its own lines speak for, or by the one given.

    ``header`` is a cell of the header's last line, or ``none`` where a person says that the file has no header.
    """
    if layout is not None:
        known = Wanted(header, (), layout.header_lines, layout.names)
        return reshape(open_table(path, folder, wanted=known, sheet=sheet), layout), FoundLayout(layout, header)
    chosen = None if sheet else find_sheet(path, folder)
    table, tidied = _found(path, folder, sheet or (chosen.name if chosen else ""), header)
    if chosen is not None:
        asked = (chosen.question,) if chosen.question is not None else ()
        decision = Decision("sheet", chosen.name, chosen.why, 0.9 if chosen.question is None else 0.5)
        decisions, questions = (decision, *tidied.decisions), (*asked, *tidied.questions)
        tidied = replace(tidied, sheet=chosen.name, decisions=decisions, questions=questions)
    return table, tidied


def _found(path: Path, folder: Path, sheet: str, header: str) -> tuple[Table, FoundLayout]:
    if header.casefold() == NO_HEADER:
        table = open_table(path, folder, wanted=Wanted(lines=0), sheet=sheet)
    else:
        table = open_table(path, folder, wanted=Wanted(header, lines=None), sheet=sheet)
    if table.heading is not None and table.heading.lines == 0:
        names = guessed_names(sample_of(table))
        table = open_table(path, folder, wanted=Wanted(lines=0, names=names), sheet=sheet)
        asked = headless_question(sample_of(table), names)
        layout = find_layout(table)
        layout = replace(layout, layout=replace(layout.layout, names=names), questions=(asked, *layout.questions))
        return reshape(table, layout.layout), layout
    layout = find_layout(table)
    tidy = reshape(table, layout.layout)
    return replace(tidy, titles=(*tidy.titles, *unit_lines(sample_of(table)))), layout
