"""The minutes as a document of an office program (DOCX): each picture is a chart that the program draws, and a table.

The chart is the one of the slides (`equity/export/powerpoint.py`), moved into the document with its worksheet, so that
both say the same numbers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any, Final

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.shared import Emu, Inches, Pt

from equity.calls.state import Contribution
from equity.export.document_text import line, listed, small
from equity.export.minutes.model import SeenCard, WholeMinutes, attendance, by_whom, open_points, table_of, when
from equity.export.powerpoint import chart_parts
from equity.export.sheet import Sheet
from equity.words.call import call_weights
from equity.words.call.calls import MINUTES, STAGE_TITLES
from equity.words.escaping import html, one_line

WIDE: Final = Inches(7.0)
HIGH: Final = Inches(4.1)
SMALLER: Final = 2 / 3
"""The letters and marks of a slide's chart, on a page that is a little over half as wide."""
FIRST_COLUMN: Final = Inches(1.5)
CELL_LETTERS: Final = Pt(7)
IN_A_CELL: Final = Inches(0.06)
LETTER: Final = Emu(int(CELL_LETTERS * 0.63))
BOLD: Final = Emu(int(CELL_LETTERS * 0.74))
"""A letter of the widest font that an office program may take, and one of heads and names; IN_A_CELL stays free."""
_SIZES: Final = re.compile(rb'(\bsz="|<c:size val=")(\d+)"')
_CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MARGINS: Final = (
    '<w:tblCellMar xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:left w:w="{side}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
)
_INLINE: Final = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
    '<wp:docPr id="{number}" name="Chart {number}" descr="{alt}"/><wp:cNvGraphicFramePr/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart r:id="{link}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
)


def as_document(whole: WholeMinutes) -> bytes:
    """The file's bytes."""
    minutes, written = whole.minutes, Document()
    written.styles["Normal"].font.name, written.styles["Normal"].font.size = "Calibri", Pt(11)
    for section in written.sections:
        section.left_margin = section.right_margin = Inches(0.75)
    written.core_properties.title = line(minutes.title)
    written.core_properties.author = "Equity Lens"
    written.add_heading(line(minutes.title), 0)
    small(written, f"{MINUTES['kind']}, {when(minutes)}.")
    if minutes.facilitator:
        written.add_paragraph(line(f"{MINUTES['led_by']} {minutes.facilitator}."))
    written.add_heading(MINUTES["who"], 1)
    _listed(written, attendance(minutes))
    for number, seen in enumerate(whole.cards, start=1):
        _card(written, seen, number)
    written.add_heading(MINUTES["tests"], 1)
    for each in minutes.tests:
        _voice(written, each)
    if not minutes.tests:
        written.add_paragraph(MINUTES["no_tests"])
    if weights := call_weights.minutes(minutes.weighed):
        written.add_heading(call_weights.TITLE, 1)
        _listed(written, weights)
    written.add_heading(MINUTES["open"], 1)
    _listed(written, open_points(minutes) or [MINUTES["nothing_open"]])
    file = io.BytesIO()
    written.save(file)
    return file.getvalue()


def _card(written: Any, seen: SeenCard, number: int) -> None:
    card = seen.said.card
    written.add_heading(line(f"{MINUTES['picture']} {card.number}: {seen.title}"), 1)
    small(written, f"{MINUTES['asked']} {card.asked}", stays=seen.sheet is not None)
    if seen.then:
        written.add_paragraph(line(f"{MINUTES['then']} {seen.then}"))
    if seen.why_not:
        written.add_paragraph(line(seen.why_not))
    if seen.sheet is not None:
        _chart(written, seen.sheet, number)
        _table(written, seen.sheet)
        for said in (seen.sheet.caption, *seen.sheet.record):
            small(written, said)
    if seen.guesses:
        written.add_heading(MINUTES["guesses"], 2)
        written.add_paragraph(line(seen.guesses))
    for stage in seen.said.stages:
        written.add_heading(STAGE_TITLES[stage.stage], 2)
        for lens, contributions in stage.by_lens():
            small(written, lens.capitalize())
            for each in contributions:
                _voice(written, each)


def _chart(written: Any, sheet: Sheet, number: int) -> None:
    """The chart as the office program draws it; where it cannot draw this one, what the chart shows in words."""
    parts = chart_parts(sheet)
    if parts is None:
        written.add_paragraph(line(sheet.alt))
        return
    package = written.part.package
    book = Part(PackURI(f"/word/embeddings/numbers{number}.xlsx"), _SHEET_TYPE, parts.workbook, package)
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    linked = parts.xml.replace(parts.link.encode(), chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE).encode())
    chart._blob = _SIZES.sub(lambda size: size[1] + str(round(int(size[2]) * SMALLER)).encode() + b'"', linked)
    link = written.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    alt = html(one_line(sheet.alt, 2_000))
    inline = _INLINE.format(wide=Emu(WIDE), high=Emu(HIGH), number=number, alt=alt, link=link)
    written.add_paragraph().add_run()._r.append(parse_xml(inline))


def _table(written: Any, sheet: Sheet) -> None:
    """The whole table, its heads on each page that it goes over."""
    columns, rows = table_of(sheet)
    table = written.add_table(rows=1, cols=len(columns), style="Light Grid Accent 1")
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        cell.text = line(name)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = line(text)
    table.autofit = False
    widths = _widths([columns, *rows])
    for column, width in zip(table.columns, widths, strict=True):  # the grid, by which LibreOffice goes
        column.width = width
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            for run in cell.paragraphs[0].runs:
                run.font.size = CELL_LETTERS
    margins = parse_xml(_MARGINS.format(side=IN_A_CELL.twips // 2))
    table._tbl.tblPr.append(margins)


def _widths(rows: Sequence[Sequence[str]]) -> list[Emu]:
    """How wide each column is, of :data:`WIDE` together: names have most room, and no word is parted where all fit."""
    heads, *cells = [[max(map(len, text.split()), default=0) for text in row] for row in rows]
    names, *columns = zip(*cells, strict=True) if cells else [() for _ in heads]
    name = IN_A_CELL + BOLD * max(heads[0], *names, 0)
    rest = [
        IN_A_CELL + max(BOLD * head, LETTER * max(words, default=0))
        for head, words in zip(heads[1:], columns, strict=True)
    ]
    left = max(0, WIDE - name - sum(rest))
    for_names = min(left, max(0, FIRST_COLUMN - name)) if rest else left
    each = (left - for_names) / max(1, len(rest))
    wide = [name + for_names, *(own + each for own in rest)]
    return [Emu(int(own * WIDE / sum(wide))) for own in wide]


def _listed(written: Any, sentences: list[str]) -> None:
    for said in sentences:
        listed(written, line(said))


def _voice(written: Any, contribution: Contribution) -> None:
    listed(written, contribution.words, by_whom(contribution))
