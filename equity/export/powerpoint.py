"""Sheets as slides: the sentence as the title, a chart that the office program draws and a person can edit, a table.

python-pptx writes no error bars. Intervals are therefore written into the chart's own XML as error bars that point at
columns of its worksheet (ECMA-376 part 1, 21.2.2.55 errBars), so that they move when somebody edits the numbers;
the columns are left in the worksheet and not drawn.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from equity.charts.parts.template import LIGHT
from equity.export.native import Bars, Dots, Lines
from equity.export.powerpoint_charts import (
    CHARACTERS_A_LINE,
    HEIGHT,
    INK,
    MUTED,
    SIDE,
    TOP,
    WIDTH,
    draw_bars,
    draw_dots,
    draw_lines,
    draw_shares,
    say,
)
from equity.export.sheet import Sheet
from equity.words.escaping import one_line
from equity.words.labels.layout import LAYOUT_TEXTS

COLUMNS_A_SLIDE, TABLE_SLIDES, TABLE_INCHES = 9, 2, 4.6
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
INSIDE = Emu(WIDTH - 2 * SIDE)


def powerpoint(sheets: Sequence[Sheet]) -> bytes:
    """A presentation: what it is of; for each sheet a slide with its chart, where there is one; then the tables.

    A sheet without a chart that an office program draws has its table in the chart's place.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    if sheets:
        _title_slide(deck, sheets[0])
    for sheet in sheets:
        (_chart_slide if _has_chart(sheet) else _table_slides)(deck, sheet)
    for sheet in filter(_has_chart, sheets):
        _table_slides(deck, sheet)
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def _has_chart(sheet: Sheet) -> bool:
    """Whether there are numbers for a chart of the office program's own."""
    if sheet.chart is None:
        return False
    chart = sheet.chart
    return bool(chart.periods and chart.lines) if isinstance(chart, Lines) else bool(chart.points)


def _title_slide(deck: Any, sheet: Sheet) -> None:
    """What is asked of which data, on which day and under which policy: a deck that is passed on says what it is."""
    asked, *travels = sheet.record
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = SIDE, Inches(2.2), INSIDE, Inches(1.8)
    shape.text_frame.word_wrap = True
    shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    shape.text_frame.text = one_line(asked, 400)
    shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    say(shape.text_frame.paragraphs[0], 32 if len(asked) < 110 else 24, INK, bold=True)
    frame = slide.shapes.add_textbox(SIDE, Inches(4.2), INSIDE, Inches(2.0)).text_frame
    frame.word_wrap = True
    for i, text in enumerate(travels):
        line = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        line.text = one_line(text, 400)
        say(line, 16, MUTED)


def _slide(deck: Any, sheet: Sheet, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[5])  # title only
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = SIDE, TOP, INSIDE, Inches(1.0)
    shape.text_frame.text = one_line(title, 400)
    shape.text_frame.word_wrap = True
    shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    say(shape.text_frame.paragraphs[0], 26 if len(title) < 110 else 22, INK, bold=True)
    slide.notes_slide.notes_text_frame.text = notes(sheet)
    return slide


def notes(sheet: Sheet) -> str:
    """What travels with a slide: how sure, caveats, the question, data, day, policy, what is hidden, and the method."""
    parts = [
        (LAYOUT_TEXTS["how_sure"], sheet.sure),
        ("What this does not tell us", sheet.caveats),
        ("What this is", (sheet.caption, *sheet.record)),
        ("How it was computed", (*sheet.method, *(one_line(line, 500) for line in sheet.sql.splitlines()))),
        ("The chart in words", (one_line(sheet.alt, 10_000),)),
    ]
    return "\n\n".join(f"{name}\n" + "\n".join(said) for name, said in parts if said)


@dataclass(frozen=True)
class ChartParts:
    """A chart apart from any file: its XML, the worksheet that it names by ``link``, as bytes."""

    xml: bytes
    workbook: bytes
    link: str


def chart_parts(sheet: Sheet) -> ChartParts | None:
    """The chart of a sheet for another office program's file; None where no office program draws it."""
    if not _has_chart(sheet):
        return None
    deck = Presentation()
    alone = replace(sheet, chart=replace(sheet.chart, gap=None)) if isinstance(sheet.chart, Lines) else sheet
    part = _drawn(deck.slides.add_slide(deck.slide_layouts[6]), alone).chart.part
    [(link, relation)] = part.rels.items()
    return ChartParts(part.blob, relation.target_part.blob, link)


def _chart_slide(deck: Any, sheet: Sheet) -> None:
    slide = _slide(deck, sheet, sheet.title)
    frame = _drawn(slide, sheet)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", one_line(sheet.alt, 2_000))
    if sheet.sure:
        _say_how_sure(slide, sheet.sure[0])
    _foot(slide, f"{sheet.caption} {sheet.record[1]} {sheet.record[-1]}")


def _say_how_sure(slide: Any, text: str) -> None:
    """One line of certainty under the chart: the first two sentences of how sure the answer is."""
    frame = slide.shapes.add_textbox(SIDE, Inches(6.3), INSIDE, Inches(0.4)).text_frame
    frame.word_wrap = True
    frame.text = one_line(" ".join(_SENTENCES.split(text)[:2]), 220)
    say(frame.paragraphs[0], 13, INK)


def _drawn(slide: Any, sheet: Sheet) -> Any:
    """The chart; one over time with the gap under it. Gives the frame of the first."""
    place = (SIDE, Inches(1.5), INSIDE, Inches(4.75))
    chart = sheet.chart
    if isinstance(chart, Dots):
        return draw_dots(slide, chart, place)
    if isinstance(chart, Bars):
        return (draw_shares if chart.rest else draw_bars)(slide, chart, place)
    assert chart is not None
    if chart.gap is None:
        return draw_lines(slide, chart, place)
    drawn = draw_lines(slide, chart, (SIDE, Inches(1.5), INSIDE, Inches(2.9)))
    draw_dots(slide, chart.gap, (SIDE, Inches(4.4), INSIDE, Inches(1.9)))
    return drawn


def _foot(slide: Any, text: str) -> None:
    frame = slide.shapes.add_textbox(SIDE, Inches(6.72), INSIDE, Inches(0.5)).text_frame
    frame.word_wrap = True
    frame.text = one_line(text, 600)
    say(frame.paragraphs[0], 11, MUTED)


def _table_slides(deck: Any, sheet: Sheet) -> None:
    """The table as a native one; columns without a word are left out, and so is what is beyond two slides' room."""
    names = [name for name in sheet.table.columns if (sheet.table[name] != "").any()][:COLUMNS_A_SLIDE]
    rows = [[one_line(text, 200) for text in row] for row in sheet.table[names].to_numpy(dtype=object).tolist()]
    wide = _widths(names, rows)
    deep = [max(-(-len(text) // most) for text, most in zip(row, wide, strict=True)) for row in rows]
    pages = _pages(deep)
    for start, end in pages[:TABLE_SLIDES]:
        again = f" ({start + 1}–{end} of {len(rows)})" if len(pages) > 1 else ""
        slide = _slide(deck, sheet, f"{sheet.title}{again}")
        size = (SIDE, Inches(1.5), INSIDE, Inches(0.32 * (end - start + 1)))
        table = slide.shapes.add_table(end - start + 1, len(names), *size).table
        for column, share in zip(table.columns, wide, strict=True):
            column.width = Emu(int(INSIDE * share / sum(wide)))
        for i, row in enumerate([names, *rows[start:end]]):
            for j, text in enumerate(row):
                _write_cell(table.cell(i, j), one_line(text, 200), head=i == 0)
        _foot(slide, f"{sheet.caption} {sheet.record[1]} {sheet.record[-1]}")


def _write_cell(cell: Any, text: str, *, head: bool) -> None:
    cell.text = text
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.margin_left = cell.margin_right = Pt(4)
    say(cell.text_frame.paragraphs[0], 11, RGBColor(255, 255, 255) if head else INK, bold=head)
    cell.fill.solid()
    cell.fill.fore_color.rgb = INK if head else RGBColor.from_string(LIGHT.roles[9].lstrip("#"))


def _widths(names: Sequence[Any], rows: Sequence[Sequence[str]]) -> list[int]:
    """How many characters each column holds: as many as it asks for, cut where all together ask for too much.

    No column is narrower than its longest word.
    """
    columns = [[str(name), *(row[j] for row in rows)] for j, name in enumerate(names)]
    words = [max(len(word) for text in column for word in text.split() or [""]) + 2 for column in columns]
    longest = [max(map(len, column)) + 2 for column in columns]
    spare = max(0, CHARACTERS_A_LINE - sum(words))
    asked = sum(long - word for long, word in zip(longest, words, strict=True)) or 1
    given = min(1.0, spare / asked)
    return [word + int((long - word) * given) for long, word in zip(longest, words, strict=True)]


def _pages(deep: Sequence[int]) -> list[tuple[int, int]]:
    """Where a slide's rows begin and end, for rows of so many lines each: no slide holds a few rows that are left."""
    heights = [0.32 + 0.18 * (lines - 1) for lines in deep]
    full = _filled(heights, TABLE_INCHES)
    if not 1 < len(full) <= TABLE_SLIDES:
        return full
    return _filled(heights, min(TABLE_INCHES, sum(heights) / len(full) + max(heights) / 2))


def _filled(heights: Sequence[float], most: float) -> list[tuple[int, int]]:
    """Rows put on slides one after another, each as full as it may be."""
    pages, start, used = [], 0, 0.0
    for i, height in enumerate(heights):
        if used + height > most and i > start:
            pages.append((start, i))
            start, used = i, 0.0
        used += height
    return [*pages, (start, len(heights))] if heights else []
