"""Slides: opened again with python-pptx, the page's numbers stand in charts that a person can edit."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from equity.charts.parts.template import LIGHT
from equity.export import native
from equity.export.native_deeper import shares_known
from equity.export.powerpoint import powerpoint
from equity.export.powerpoint_charts import draw_shares
from equity.export.sheet import Sheet
from equity.words.answers.disparities import chart_title, how_sure
from tests import answers_for_tests as made
from tests import crossed_answers_for_tests as crossed
from tests.export.made_up_sheets import DAY, of_disparities, of_hostile_names, sheets

NS = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def opened(made_of: list[Sheet]) -> Any:
    return Presentation(io.BytesIO(powerpoint(made_of)))


def charts_in(deck: Any) -> list[Any]:
    return [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def test_the_pages_rates_are_in_a_native_chart_with_their_intervals() -> None:
    answer, made_of = of_disparities()
    deck = opened(made_of)
    chart = charts_in(deck)[0]
    labels, values = list(chart.plots[0].categories), list(chart.plots[0].series[0].values)
    rows = answer.rows.set_index("group")
    for group in rows.index[rows["shown"] == "yes"]:
        assert values[labels.index(group)] == pytest.approx(100 * rows.loc[group, "rate"])
    plus, minus = (chart._chartSpace.find(f".//{NS}errBars/{NS}{side}") for side in ("plus", "minus"))
    reach = [float(value.text) for value in plus.iter(f"{NS}v")]
    at = labels.index("Black or African American")
    assert values[at] + reach[at] == pytest.approx(100 * rows.loc["Black or African American", "upper"])
    assert [part.find(f"{NS}numRef/{NS}f").text.split("!")[1][1] for part in (plus, minus)] == ["D", "C"]


def test_hidden_and_missing_groups_keep_their_place_and_say_why() -> None:
    answer, _ = of_disparities()
    said = {point.label: point.value for point in native.rates(answer).points}
    absent = [label for label, value in said.items() if value != value]
    assert any(label.startswith("American Indian or Alaska Native (not shown") for label in absent)
    assert "Not asked (no data)" in absent


def test_the_worksheet_behind_the_chart_holds_the_interval_columns() -> None:
    chart = charts_in(opened(of_disparities()[1]))[0]
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [cell.value for cell in sheet[1]][1:4] == ["Controlled blood pressure", "Interval, down", "Interval, up"]
    assert sheet.max_row == 1 + len(list(chart.plots[0].categories))


def test_each_slide_has_the_sentence_as_its_title_and_the_rest_in_its_notes() -> None:
    answer, made_of = of_disparities()
    deck = opened(made_of)
    assert "Controlled blood pressure" in deck.slides[0].shapes.title.text_frame.text  # what the deck is of
    first = deck.slides[1]
    said = [shape.text_frame.text for shape in first.shapes if shape.has_text_frame]
    assert any(text and how_sure(answer).startswith(text) for text in said)  # one line of certainty
    assert first.shapes.title.text_frame.text == chart_title(answer)
    notes = first.notes_slide.notes_text_frame.text
    for said in (
        "Controlled blood pressure by race and ethnicity, compared with the best group, 2024",
        "Sample, version 1",
        "March 4, 2026",
        "Full numbers of the workspace",
        "Hidden: 1 group",
        "SELECT 1",
        "How sure is this?",
    ):
        assert said in notes
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert tables[0].cell(1, 0).text == "American Indian or Alaska Native"


def test_trends_are_lines_and_areas_are_bars() -> None:
    trend = made.trends()
    lines = charts_in(opened(sheets(trend, made.STRATIFIERS, DAY)))[0]
    black = next(one for one in lines.plots[0].series if one.name == "Black or African American")
    wanted = trend.rows[trend.rows["group"] == "Black or African American"].sort_values("period")["rate"] * 100
    assert list(black.values) == pytest.approx(list(wanted))
    areas = made.areas()
    bars = charts_in(opened(sheets(areas, made.STRATIFIERS, DAY)))[0]
    ranked = areas.rows[areas.rows["rank"].notna()].sort_values("rank")
    counted = [value for value in ranked["excess"] if value == value]
    assert list(bars.plots[0].series[0].values)[:3] == pytest.approx(counted[:3])


def test_a_name_that_is_a_formula_is_text_in_the_worksheet() -> None:
    for chart in charts_in(opened(of_hostile_names())):
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None


def test_libreoffice_opens_it_where_there_is_one(tmp_path: Path) -> None:
    """Where there is no LibreOffice, what is checked is that every part of the file is XML that python-pptx reads."""
    content = powerpoint(of_disparities()[1])
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        assert len(Presentation(io.BytesIO(content)).slides) >= 4
        return
    path = tmp_path / "slides.pptx"
    path.write_bytes(content)
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    assert (tmp_path / "slides.pdf").stat().st_size > 5_000


def test_a_label_is_rounded_as_the_page_rounds_its_number() -> None:
    chart = charts_in(opened(of_disparities()[1]))[0]
    labels = list(chart.plots[0].categories)
    forms = {
        int(label.find(f"{NS}idx").get("val")): label.find(f"{NS}numFmt").get("formatCode")
        for label in chart.plots[0].series[0]._element.iter(f"{NS}dLbl")
    }
    assert chart.plots[0].series[0].data_labels.number_format == '0.0"%"'
    assert forms[labels.index("Middle Eastern or North African")] == '0"%"'
    assert labels.index("Black or African American") not in forms


def test_a_deck_of_several_shows_every_chart_first_and_the_tables_after() -> None:
    made_of = [*of_disparities()[1], *sheets(made.areas(), made.STRATIFIERS, DAY), *of_disparities()[1]]
    deck = opened(made_of)
    _, *slides = deck.slides
    kinds = ["chart" if any(shape.has_chart for shape in slide.shapes) else "table" for slide in slides]
    assert kinds[: len(made_of)] == ["chart" if sheet.chart else "table" for sheet in made_of]
    assert set(kinds[len(made_of) :]) == {"table"}
    assert [slide.shapes.title.text_frame.text for slide in slides][: len(made_of)] == [s.title for s in made_of]


def test_a_long_table_is_cut_after_two_slides_and_says_how_long_it_is() -> None:
    first = of_disparities()[1][0]
    long = replace(first, chart=None, table=pd.concat([first.table] * 6, ignore_index=True))
    _, *titles = (slide.shapes.title.text_frame.text for slide in opened([long]).slides)
    assert len(titles) == 2
    assert titles[0].endswith(f" of {len(long.table)})")
    assert titles[1].endswith(f" of {len(long.table)})")


def test_a_table_that_takes_two_slides_is_parted_evenly() -> None:
    first = of_disparities()[1][0]
    fitting = first.table.iloc[:9]
    rows = pd.concat([fitting] * 2, ignore_index=True).iloc[:13]
    _, *slides = opened([replace(first, chart=None, table=rows)]).slides
    sizes = [len(shape.table.rows) - 1 for slide in slides for shape in slide.shapes if shape.has_table]
    assert sum(sizes) == 13
    assert len(sizes) == 1 or min(sizes) >= 4


def test_who_is_known_is_grey_and_what_is_not_blue_as_on_screen() -> None:
    answer = crossed.completeness()
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    frame = draw_shares(slide, shares_known(answer, "all"), (0, 0, 9_000_000, 5_000_000))
    known, *missing = frame.chart.plots[0].series
    assert str(known.format.fill.fore_color.rgb) == LIGHT.roles[2].lstrip("#")
    assert missing
    assert {str(each.format.line.color.rgb) for each in missing} == {LIGHT.roles[0].lstrip("#")}
