"""Sheets as slides: the sentence as the title, a chart that the office program draws and a person can edit, a table.

python-pptx writes no error bars. Intervals are therefore written into the chart's own XML as error bars that point at
columns of its worksheet (ECMA-376 part 1, 21.2.2.55 errBars), so that they move when somebody edits the numbers;
the columns are left in the worksheet and not drawn.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final

from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Pt

from equity.charts.template import LIGHT
from equity.export.native import Bars, Dots, Lines, Point
from equity.export.sheet import Sheet
from equity.words.escaping import one_line, spreadsheet

MIME: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
FOCUS, WORSE, OTHERS, INK, MUTED, HAIR = (RGBColor.from_string(c.lstrip("#")) for c in LIGHT.roles[:6])
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
SIDE, TOP = Emu(Inches(0.6)), Emu(Inches(0.45))
INSIDE = Emu(WIDTH - 2 * SIDE)
ROWS_A_SLIDE, COLUMNS_A_SLIDE = 13, 9
_ALIVE = re.compile(r"\{|(https?|ftps?|file|mailto|internal|external):", re.IGNORECASE)
CHART_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def powerpoint(sheets: Sequence[Sheet]) -> bytes:
    """A presentation: for each sheet a slide with its chart, where there is one, and then its table."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    for sheet in sheets:
        if sheet.chart is not None and _has_numbers(sheet.chart):
            _chart_slide(deck, sheet)
        _table_slides(deck, sheet)
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def _has_numbers(chart: Dots | Lines | Bars) -> bool:
    return bool(chart.periods and chart.lines) if isinstance(chart, Lines) else bool(chart.points)


def _slide(deck: Any, sheet: Sheet, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[5])  # title only
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = SIDE, TOP, INSIDE, Inches(1.0)
    shape.text_frame.text = one_line(title, 400)
    shape.text_frame.word_wrap = True
    shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    _say(shape.text_frame.paragraphs[0], 26 if len(title) < 110 else 22, INK, bold=True)
    slide.notes_slide.notes_text_frame.text = notes(sheet)
    return slide


def notes(sheet: Sheet) -> str:
    """What travels with a slide: how sure, caveats, the question, data, day, policy, what is hidden, and the method."""
    parts = [
        ("How sure is this?", sheet.sure),
        ("What this does not tell us", sheet.caveats),
        ("What this is", (sheet.caption, *sheet.record)),
        ("How it was computed", (*sheet.method, *(one_line(line, 500) for line in sheet.sql.splitlines()))),
        ("The chart in words", (one_line(sheet.alt, 10_000),)),
    ]
    return "\n\n".join(f"{name}\n" + "\n".join(said) for name, said in parts if said)


def _chart_slide(deck: Any, sheet: Sheet) -> None:
    slide = _slide(deck, sheet, sheet.title)
    place = (SIDE, Inches(1.5), INSIDE, Inches(5.1))
    chart = sheet.chart
    if isinstance(chart, Dots):
        frame = _dots(slide, chart, place)
    elif isinstance(chart, Bars):
        frame = _bars(slide, chart, place)
    else:
        assert chart is not None
        frame = _lines(slide, chart, place)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", one_line(sheet.alt, 2_000))
    _foot(slide, f"{sheet.caption} {sheet.record[1]} {sheet.record[-1]}")


def _foot(slide: Any, text: str) -> None:
    frame = slide.shapes.add_textbox(SIDE, Inches(6.72), INSIDE, Inches(0.5)).text_frame
    frame.word_wrap = True
    frame.text = one_line(text, 600)
    _say(frame.paragraphs[0], 11, MUTED)


def _dots(slide: Any, dots: Dots, place: tuple[int, int, int, int]) -> Any:
    """Markers without a line, their intervals as error bars, the reference as a level line of its own."""
    data = _with_intervals(dots.name, dots.points)
    level = dots.reference == dots.reference
    if level:
        data.add_series(_cell(dots.reference_name), [dots.reference] * len(dots.points))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *place, data)
    chart = frame.chart
    _plain(chart, dots.axis, dots.form)
    plot = chart.plots[0]
    values = plot.series[0]
    _error_bars(chart, "y", len(dots.points))
    values.smooth = False
    values.format.line.fill.background()
    _marker(values.marker, OTHERS)
    for i, point in enumerate(dots.points):
        if point.strong:
            _marker(values.points[i].marker, FOCUS)
    _labels(values, dots.form, XL_LABEL_POSITION.RIGHT)
    if level:
        line = plot.series[1]
        line.smooth = False
        line.marker.style = XL_MARKER_STYLE.NONE
        line.format.line.color.rgb, line.format.line.width = INK, Pt(1.5)
        _legend(chart)
    return frame


def _bars(slide: Any, bars: Bars, place: tuple[int, int, int, int]) -> Any:
    """Horizontal bars from zero with their intervals, the longest at the top."""
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, _with_intervals(bars.name, bars.points))
    chart = frame.chart
    _plain(chart, bars.axis, bars.form)
    chart.category_axis.reverse_order = True
    chart.value_axis.minimum_scale = 0
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    plot = chart.plots[0]
    plot.gap_width = 60
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = FOCUS
    _error_bars(chart, "y", len(bars.points))
    _labels(plot.series[0], bars.form, XL_LABEL_POSITION.INSIDE_BASE, RGBColor(255, 255, 255))
    return frame


def _lines(slide: Any, lines: Lines, place: tuple[int, int, int, int]) -> Any:
    """A line a group, each named at its last point; the focus strong, the reference in ink, the others grey."""
    data = CategoryChartData()
    data.categories = [_cell(period) for period in lines.periods]
    for line in lines.lines:
        data.add_series(_cell(line.name), [_number(value) for value in line.values])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *place, data)
    chart = frame.chart
    _plain(chart, lines.axis, lines.form)
    looks = {"focus": (FOCUS, 3.0), "reference": (INK, 2.25), "others": (OTHERS, 1.0)}
    for drawn, line in zip(chart.plots[0].series, lines.lines, strict=True):
        colour, width = looks[line.role]
        drawn.smooth = False
        drawn.format.line.color.rgb, drawn.format.line.width = colour, Pt(width)
        last = max((i for i, value in enumerate(line.values) if value == value), default=None)
        if last is not None and line.role != "others":
            label = drawn.points[last].data_label
            label.position = XL_LABEL_POSITION.ABOVE
            label.text_frame.text = one_line(line.name)
            _say(label.text_frame.paragraphs[0], 12, colour, bold=True)
    _legend(chart)
    return frame


def _with_intervals(name: str, points: Sequence[Point]) -> CategoryChartData:
    """The values, and as two more columns how far each interval reaches."""
    data = CategoryChartData()
    data.categories = [_cell(point.label) for point in points]
    data.add_series(_cell(name), [_number(point.value) for point in points])
    data.add_series("Interval, down", [point.below for point in points])
    data.add_series("Interval, up", [point.above for point in points])
    return data


def _error_bars(chart: Any, direction: str, count: int) -> None:
    """Turn the second and third series into error bars of the first: columns C and D of the worksheet stay."""
    series = [one._element for one in chart.plots[0].series]
    values, down, up = series[:3]
    bars = etree.SubElement(values, f"{{{CHART_NS}}}errBars")
    if chart.chart_type != XL_CHART_TYPE.BAR_CLUSTERED:
        _put(bars, "errDir", direction)
    _put(bars, "errBarType", "both")
    _put(bars, "errValType", "cust")
    _put(bars, "noEndCap", "1")
    for name, reach in (("plus", up), ("minus", down)):
        side = etree.SubElement(bars, f"{{{CHART_NS}}}{name}")
        side.append(deepcopy(reach.find(f".//{{{CHART_NS}}}val/{{{CHART_NS}}}numRef")))
    bars.append(_line_look(OTHERS if chart.chart_type != XL_CHART_TYPE.BAR_CLUSTERED else INK))
    values.remove(bars)
    values.find(f"{{{CHART_NS}}}cat").addprevious(bars)  # the order of the parts is the schema's
    for column in (down, up):
        column.getparent().remove(column)


def _put(parent: Any, name: str, value: str) -> None:
    etree.SubElement(parent, f"{{{CHART_NS}}}{name}").set("val", value)


def _line_look(colour: RGBColor) -> Any:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    return etree.fromstring(
        f'<c:spPr xmlns:c="{CHART_NS}" xmlns:a="{drawing}"><a:ln w="22225"><a:solidFill>'
        f'<a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr>'
    )


def _plain(chart: Any, axis: str, form: str) -> None:
    """No title of its own, quiet axes, one font."""
    chart.has_title, chart.has_legend = False, False
    chart.font.size, chart.font.color.rgb = Pt(12), INK
    chart.value_axis.has_title = True
    chart.value_axis.axis_title.text_frame.text = one_line(axis)
    _say(chart.value_axis.axis_title.text_frame.paragraphs[0], 12, MUTED)
    chart.value_axis.major_gridlines.format.line.color.rgb = HAIR
    chart.value_axis.format.line.fill.background()
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = form, False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.format.line.color.rgb = HAIR


def _marker(marker: Any, colour: RGBColor) -> None:
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 10
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour
    marker.format.line.color.rgb = colour


def _labels(series: Any, form: str, position: XL_LABEL_POSITION, colour: RGBColor = INK) -> None:
    labels = series.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, form, False
    labels.position = position
    labels.font.size, labels.font.color.rgb = Pt(12), colour


def _legend(chart: Any) -> None:
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.legend.font.size = Pt(11)


def _table_slides(deck: Any, sheet: Sheet) -> None:
    """The table as a native one; columns without a word are left out, and so are those beyond what a slide can hold."""
    names = [name for name in sheet.table.columns if (sheet.table[name] != "").any()][:COLUMNS_A_SLIDE]
    rows = sheet.table[names].to_numpy(dtype=object).tolist()
    for start in range(0, len(rows), ROWS_A_SLIDE):
        shown = rows[start : start + ROWS_A_SLIDE]
        again = f" ({start + 1}–{start + len(shown)} of {len(rows)})" if len(rows) > ROWS_A_SLIDE else ""
        slide = _slide(deck, sheet, f"{sheet.title}{again}")
        size = (SIDE, Inches(1.5), INSIDE, Inches(0.34 * (len(shown) + 1)))
        table = slide.shapes.add_table(len(shown) + 1, len(names), *size).table
        _widths(table, names, rows)
        for i, row in enumerate([names, *shown]):
            for j, text in enumerate(row):
                cell = table.cell(i, j)
                cell.text = one_line(text, 200)
                cell.margin_top = cell.margin_bottom = Pt(2)
                _say(cell.text_frame.paragraphs[0], 11, RGBColor(255, 255, 255) if i == 0 else INK, bold=i == 0)
                cell.fill.solid()
                cell.fill.fore_color.rgb = INK if i == 0 else RGBColor.from_string(LIGHT.roles[9].lstrip("#"))
        _foot(slide, f"{sheet.caption} {sheet.record[1]} {sheet.record[-1]}")


def _widths(table: Any, names: Sequence[Any], rows: Sequence[Sequence[Any]]) -> None:
    """Columns as wide as what they hold asks for."""
    longest = [min(34, max(8, *(len(str(row[j])) for row in [names, *rows]))) for j in range(len(names))]
    for column, share in zip(table.columns, longest, strict=True):
        column.width = Emu(int(INSIDE * share / sum(longest)))


def _say(paragraph: Any, size: int, colour: RGBColor, *, bold: bool = False) -> None:
    paragraph.font.size, paragraph.font.bold, paragraph.font.color.rgb = Pt(size), bold, colour


def _cell(text: str) -> str:
    """A name for a chart's worksheet, where a formula, an array formula or an address would come alive."""
    line = spreadsheet(one_line(text))
    return f"'{line}" if _ALIVE.match(line) else line


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
