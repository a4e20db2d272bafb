"""Formulas, scripts, links and icons in every name of a dataset go through a whole release and stay text everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from html.parser import HTMLParser

import openpyxl
import pytest
from pptx import Presentation

from equity.commands.line import run
from equity.export.powerpoint import powerpoint
from equity.export.report import report
from equity.export.workbook import workbook
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.loading import load
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import Release
from equity.release.view import as_cube
from equity.sharing import make_release
from equity.store.workspace.database import workspace_database
from equity.store.workspace.links import make_link
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.ui.sharing.released import csv_of_release
from tests.export.made_up_sheets import sheets
from tests.leader.received import file_texts
from tests.made_up_counts import COUNTS
from tests.pages.opened import html_of
from tests.pages.people import app_for

NAMES = (
    '=HYPERLINK("http://x.example/?a=1","b")',
    "@SUM(1)*cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    r"$\\alpha$ :material/delete: :red[**bold**]",
    "-2+3",
    "../../etc/passwd",
)
DATASET = "=cmd()[x](javascript:alert(1))<b onmouseover=alert(1)>"
MEASURE = '+1 <svg onload=alert(1)> $x^2$ [m](http://x.example) :material/delete: "quoted"'
LABEL = "@group <iframe src=//x.example> *bold* $y$"
MAPPING = f"""{COUNTS}
[stratifiers.attack]
column = "group"
label = "{LABEL}"
[measures.'{MEASURE}']
kind = "proportion"
polarity = "higher_better"
unit = "=1+1 <i>units</i>"
"""
HARMLESS = {"header", "section", "div", "span", "h1", "h2", "h3", "p", "b", "ul", "li", "article", "table", "caption"}
HARMLESS |= {"thead", "tbody", "tr", "th", "td", "details", "summary", "pre", "main", "body", "html", "head", "meta"}
HARMLESS |= {"title", "style", "script"}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """One whose every name is an attack, and with a group too small to show."""
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(folder / "home"))
        with (folder / "extract.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["measure", "period", "group", "x", "n"])
            for year, (place, name) in ((y, each) for y in (2022, 2023) for each in enumerate(NAMES)):
                x, n = (5, 9) if place < 2 else (60 + 20 * place + year - 2022, 400)
                writer.writerow([MEASURE, year, name, x, n])
        load([folder / "extract.csv"], DATASET, mapping_from_toml(MAPPING, "hostile"), "new", folder / "home")
        plan, policy = Plan(("attack",), "year", "none"), policy_of("cms")
        return make_release(
            workspace_database(), folder / "home", HOME_WORKSPACE, DATASET, plan, policy, by=LOCAL_OWNER
        )


@pytest.fixture(autouse=True)
def home(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(release.folder.parents[1]))


def elements_of(page: str) -> dict[str, set[str]]:
    """Every element that a browser would make, with its attributes."""
    found: dict[str, set[str]] = {}
    parser = HTMLParser()
    parser.handle_starttag = (  # type: ignore[method-assign]
        lambda tag, attributes: found.setdefault(tag, set()).update(name for name, _ in attributes)
    )
    parser.feed(page)
    return found


def assert_harmless(page: str) -> None:
    found = elements_of(page)
    assert set(found) <= HARMLESS
    attributes = set().union(*found.values())
    assert not {name for name in attributes if name.startswith("on") or name in ("src", "href", "srcdoc", "style")}


def test_the_leader_view_shows_them_as_text(release: Release) -> None:
    choices = json.dumps({"asks": NAMES[2] + NAMES[4]})
    _, token = make_link(
        workspace_database(), HOME_WORKSPACE, release.id, by=LOCAL_OWNER, title=NAMES[0] + NAMES[3], choices=choices
    )
    app = app_for(None, link=token).run()
    assert not app.exception
    page = html_of(app)
    assert_harmless(page)
    assert "lens-unseen" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "[x](javascript:alert(1))" in page
    for box in app.selectbox:
        assert "\n" not in "".join(box.options)
    for part in (*app.button, *app.get("download_button"), *app.text_input, *app.text_area, *app.get("expander")):
        assert not any(name[:6] in str(part.proto) for name in NAMES), part


def test_rows_and_tables_hold_no_formula(release: Release, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["release", "show", release.id, "--format", "json"]) == 0
    assert {row["value1"] for row in json.loads(capsys.readouterr().out)} == {"", *NAMES}
    assert run(["release", "show", release.id, "--format", "csv"]) == 0
    for text in (capsys.readouterr().out, csv_of_release(release.id).decode("utf-8-sig")):
        table = list(csv.reader(io.StringIO(text)))
        assert len(table) == 1 + len(release.cells())
        assert not [cell for line in table for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert {name for line in table for name in NAMES if name in (line[4], line[4][1:])} == set(NAMES)


def test_slides_workbooks_and_web_page_hold_text_alone(release: Release) -> None:
    cube = as_cube(release)
    answer = disparities(cube, Choices(DATASET, 1, MEASURE, "attack", policy="cms"))
    made = sheets(answer, cube.description.stratifiers, date(2026, 3, 4))
    slides = powerpoint(made)
    with zipfile.ZipFile(io.BytesIO(slides)) as archive:
        assert not [name for name in archive.namelist() if b'TargetMode="External"' in archive.read(name)]
        books = [workbook(made), *(archive.read(name) for name in archive.namelist() if name.endswith(".xlsx"))]
    assert len(books) > 1
    for book in books:
        pages = openpyxl.load_workbook(io.BytesIO(book)).worksheets
        cells = [cell for page in pages for row in page.iter_rows() for cell in row]
        assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert len(Presentation(io.BytesIO(slides)).slides) >= 2
    assert "<script>alert(1)</script>" in file_texts(slides)
    page = report(made).decode("utf-8")
    start = page.index("</main>")
    assert_harmless(page[:start])
    assert not re.search(r"<script(?! type=.application/json)", page[:start])
