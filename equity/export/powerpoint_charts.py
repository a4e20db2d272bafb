"""Charts of a slide that stay editable in PowerPoint: dots with intervals, bars, lines."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from copy import deepcopy
from statistics import median
from typing import Any, Final

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN
from pptx.util import Emu, Inches, Pt

from equity.charts.parts.template import LIGHT
from equity.export.native import Bars, Dots, Lines, Point
from equity.vocabulary.plain_cells import spreadsheet_cell
from equity.words.escaping import one_line

FOCUS, WORSE, OTHERS, INK, MUTED, HAIR = (RGBColor.from_string(c.lstrip("#")) for c in LIGHT.roles[:6])
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
SIDE, TOP = Emu(Inches(0.6)), Emu(Inches(0.45))
_ALIVE = re.compile(r"\{|(https?|ftps?|file|mailto|internal|external):", re.IGNORECASE)
CHART_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
CHARACTERS_A_LINE = 138


def draw_dots(slide: Any, dots: Dots, place: tuple[int, int, int, int]) -> Any:
    """Markers without a line, their intervals as error bars, the reference as a level line of its own."""
    data = _with_intervals(dots.name, dots.points)
    level = dots.reference == dots.reference
    if level:
        data.add_series(_cell(dots.reference_name), [dots.reference] * len(dots.points))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *place, data)
    chart = frame.chart
    _plain(chart, dots.axis, dots.form)
    _scale(chart, _reach(dots), dots.form)
    if sum(len(point.label) for point in dots.points) > CHARACTERS_A_LINE:
        chart.category_axis.tick_labels.font.size = Pt(9)
    plot = chart.plots[0]
    values = plot.series[0]
    _error_bars(chart, "y", len(dots.points))
    values.smooth = False
    values.format.line.fill.background()
    _marker(values.marker, OTHERS)
    for i, point in enumerate(dots.points):
        if point.strong:
            _marker(values.points[i].marker, FOCUS)
            values.points[i].format.fill.solid()  # LibreOffice colours a marker by its point
            values.points[i].format.fill.fore_color.rgb = FOCUS
    _labels(values, dots.form, XL_LABEL_POSITION.RIGHT)
    for i, point in enumerate(dots.points):
        if point.form and point.form != dots.form:
            _round(values.points[i], point.form, XL_LABEL_POSITION.RIGHT)
    if level:
        line = plot.series[1]
        line.smooth = False
        line.marker.style = XL_MARKER_STYLE.NONE
        line.format.line.color.rgb, line.format.line.width = INK, Pt(1.5)
        _legend(chart)
    return frame


def draw_shares(slide: Any, bars: Bars, place: tuple[int, int, int, int]) -> Any:
    """Level bars of shares, grey, and what each leaves beside it, in the looks of the screen."""
    data = CategoryChartData()
    data.categories = [_cell(point.label) for point in bars.points]
    data.add_series(_cell(bars.name), [_number(point.value) for point in bars.points])
    for part in bars.rest:
        data.add_series(_cell(part.name), [_number(value) for value in part.values])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *place, data)
    chart = frame.chart
    _plain(chart, bars.axis, bars.form)
    chart.category_axis.reverse_order = True
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale, chart.value_axis.major_unit = 0, 100, 20
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    looks = ["grey", *(part.look for part in bars.rest)]
    for series, look in zip(plot.series, looks, strict=True):
        _fill(series.format, look)
    _labels(plot.series[0], bars.form, XL_LABEL_POSITION.INSIDE_BASE, RGBColor(255, 255, 255))
    _legend(chart)
    return frame


def _fill(form: Any, look: str) -> None:
    """Grey for what is known; blue, striped blue or an outline for what is not."""
    form.line.color.rgb = OTHERS if look == "grey" else FOCUS
    if look == "striped":
        form.fill.patterned()
        form.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        form.fill.fore_color.rgb, form.fill.back_color.rgb = FOCUS, RGBColor(255, 255, 255)
        return
    form.fill.solid()
    form.fill.fore_color.rgb = {"grey": OTHERS, "blue": FOCUS}.get(look, RGBColor(255, 255, 255))


def draw_bars(slide: Any, bars: Bars, place: tuple[int, int, int, int]) -> Any:
    """Horizontal bars from zero with their intervals, the longest at the top."""
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, _with_intervals(bars.name, bars.points))
    chart = frame.chart
    _plain(chart, bars.axis, bars.form)
    chart.category_axis.reverse_order = True
    _scale(chart, (0.0, *(value for p in bars.points for value in (p.value, p.value + p.above))), bars.form)
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    plot = chart.plots[0]
    plot.gap_width = 60
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = FOCUS
    _error_bars(chart, "y", len(bars.points))
    _labels(plot.series[0], bars.form, XL_LABEL_POSITION.INSIDE_BASE, RGBColor(255, 255, 255))
    return frame


def draw_lines(slide: Any, lines: Lines, place: tuple[int, int, int, int]) -> Any:
    """A line a group; the focus strong, the reference in ink, each named at its end, the others grey around them.

    Where none is either, a legend names them.
    """
    data = CategoryChartData()
    data.categories = [_cell(period) for period in lines.periods]
    for line in lines.lines:
        data.add_series(_cell(line.name), [_number(value) for value in line.values])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *place, data)
    chart = frame.chart
    _plain(chart, lines.axis, lines.form)
    _scale(chart, [value for line in lines.lines for value in line.values if value == value], lines.form)
    looks = {"focus": (FOCUS, 3.0), "reference": (INK, 2.25), "others": (OTHERS, 1.0), "aim": (FOCUS, 1.5)}
    for drawn, line in zip(chart.plots[0].series, lines.lines, strict=True):
        colour, width = looks[line.role]
        drawn.smooth = False
        drawn.format.line.color.rgb, drawn.format.line.width = colour, Pt(width)
        if line.role == "aim":
            drawn.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
        last = max((i for i, value in enumerate(line.values) if value == value), default=None)
        if last is not None and line.role != "others":
            label = drawn.points[last].data_label
            label.position = XL_LABEL_POSITION.ABOVE
            label.text_frame.text = one_line(line.name)
            say(label.text_frame.paragraphs[0], 12, colour, bold=True)
    if all(line.role == "others" for line in lines.lines):
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
    say(chart.value_axis.axis_title.text_frame.paragraphs[0], 12, MUTED)
    chart.value_axis.major_gridlines.format.line.color.rgb = HAIR
    chart.value_axis.format.line.fill.background()
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = form, False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.format.line.color.rgb = HAIR


def _reach(dots: Dots) -> tuple[float, ...]:
    """What the axis must hold: values, the reference, and intervals save those too wide to be read."""
    widths = [point.below + point.above for point in dots.points if point.value == point.value]
    most = 4 * median(widths) if widths else 0.0
    held = [point for point in dots.points if point.value == point.value]
    ends = [v for p in held if p.below + p.above <= most for v in (p.value - p.below, p.value + p.above)]
    return tuple(v for v in (*(p.value for p in held), *ends, dots.reference) if v == v)


def _scale(chart: Any, values: Sequence[float], form: str) -> None:
    """An axis from one round number to another around the values; an office program leaves intervals out of its own."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    rough = (high - low) / 5 or 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * size for size in (1, 2, 5, 10) if power * size >= rough)
    top = math.ceil(high / step) * step
    axis = chart.value_axis
    axis.minimum_scale, axis.major_unit = math.floor(low / step) * step, step
    axis.maximum_scale = min(top, 100.0) if "%" in form and high <= 100.0 else top
    if step >= 1:
        axis.tick_labels.number_format = form.replace("0.0", "0")


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


def _round(point: Any, form: str, position: XL_LABEL_POSITION) -> None:
    """One label's own number format (ECMA-376 part 1, 21.2.2.47 dLbl, where numFmt stands after the index)."""
    label = point.data_label._get_or_add_dLbl()
    form_part = etree.SubElement(label, f"{{{CHART_NS}}}numFmt")
    form_part.set("formatCode", form)
    form_part.set("sourceLinked", "0")
    label.find(f"{{{CHART_NS}}}idx").addnext(form_part)
    point.data_label.position = position


def _legend(chart: Any) -> None:
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.legend.font.size = Pt(11)


def say(paragraph: Any, size: int, colour: RGBColor, *, bold: bool = False) -> None:
    paragraph.font.size, paragraph.font.bold, paragraph.font.color.rgb = Pt(size), bold, colour


def _cell(text: str) -> str:
    """A name for a chart's worksheet, where a formula, an array formula or an address would come alive."""
    line = spreadsheet_cell(one_line(text))
    return f"'{line}" if _ALIVE.match(line) else line


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
