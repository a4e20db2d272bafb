"""From a file on a person's disk to a chart, in a real browser; and what is said when the file is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from equity.store.files.versions import datasets
from tests.browser.server import Server

GROUPS = {  # made up, in the form of a published table of counts with thousands separators
    "Black/African American": ("3,010", "1,204,000"),
    "Hispanic/Latino": ("1,990", "1,508,000"),
    "White": ("2,050", "4,101,000"),
    "Asian": ("101", "702,000"),
}
HEADER = "Indicator,Year,Geography,Race/Ethnicity,Cases,Rate per 100000,Population"


def counts_file(folder: Path) -> Path:
    lines = ["Source: a made-up table", "", HEADER]
    for year in ("2021", "2020 (a year unlike others)", "2019"):
        for group, (cases, people) in GROUPS.items():
            rate = 100_000 * int(cases.replace(",", "")) / int(people.replace(",", ""))
            lines.append(f'"Measles diagnoses","{year}","Everywhere","{group}","{cases}","{rate:.1f}","{people}"')
    path = folder / "measles_diagnoses.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def drop(page: Page, server: Server, path: Path) -> None:
    page.goto(f"{server.url}/upload")
    expect(page.get_by_text("Choose a file")).to_be_visible()
    page.locator("input#file").set_input_files(path)


def test_from_a_file_to_a_chart(server: Server, page: Page, tmp_path: Path) -> None:
    drop(page, server, counts_file(tmp_path))
    expect(page.get_by_text("The file reads as 1 measure by race and ethnicity (4); 2019–2021.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Name of the dataset")).to_have_value("Measles diagnoses")
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("“Measles diagnoses” is loaded.")).to_be_visible()

    page.get_by_role("link", name="See how groups compare").click()
    expect(page.locator("h1").first).to_have_text("Disparities")
    expect(page.locator(".lens-answer p").first).to_contain_text("Black or African American people")
    picture = page.get_by_role("figure").first
    expect(picture).to_be_visible()
    said = str(picture.get_attribute("aria-label"))
    assert "250.0 per 100,000" in said
    assert "1,204,000" in said


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.csv", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"),
        ("nothing.csv", b""),
        ("ragged.xlsx", b"PK\x03\x04 this is not a workbook"),
    ],
)
def test_a_wrong_file_gets_one_sentence_and_changes_nothing(
    server: Server, page: Page, tmp_path: Path, name: str, content: bytes
) -> None:
    before = [(held.name, held.current.number) for held in datasets(server.home)]
    path = tmp_path / name
    path.write_bytes(content)
    drop(page, server, path)
    told = page.locator("[role=alert] p, .status.bad").filter(has_text=name.split(".")[0])
    expect(told.first).to_be_visible()
    assert "Traceback" not in page.content()
    assert [(held.name, held.current.number) for held in datasets(server.home)] == before


def test_text_among_numbers_is_named_by_column_and_line(server: Server, page: Page, tmp_path: Path) -> None:
    lines = ["Indicator,Year,Race,Cases,Population"]
    for year in (2019, 2020, 2021, 2022):
        black = "many" if year == 2021 else "20"
        lines += [f"Falls,{year},White,10,100", f"Falls,{year},Black,{black},100", f"Falls,{year},Asian,8,100"]
    path = tmp_path / "falls.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    drop(page, server, path)
    finding = page.locator(".lens-list li").filter(has_text="neither a number nor a yes or no")
    expect(finding).to_contain_text("in the column “Cases”, first in line 9")
    expect(page.get_by_text("Of 12 rows, 11 are used and 1 set aside.")).to_be_visible()


def test_the_uploader_is_reached_by_keyboard_and_has_a_name(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/upload")
    chooser = page.locator("input#file")
    expect(chooser).to_be_attached()
    chooser.focus()
    assert page.evaluate("document.activeElement.shadowRoot?.activeElement?.id ?? document.activeElement.id") == "file"
    assert chooser.evaluate("input => input.labels[0].textContent").strip().startswith("Drop a data file here, or")


def visits_file(path: Path, months: tuple[str, ...]) -> Path:
    """Title lines, names of people, a total beside its parts, an outcome in words: as a ward keeps it."""
    lines = ["Falls screening,,,,", "Month,Patient name,Ward,Insurance,Screened"]
    for month in months:
        for ward in ("North", "South", "All wards"):
            for i in range(40):
                screened = "Yes" if i % (2 if ward == "North" else 4) else "No"
                lines.append(f"{month},Ann Lee {i},{ward},{('Public', 'Private')[i % 2]},{screened}")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_messy_file_is_corrected_twice_and_the_next_quarter_takes_one_click(
    server: Server, page: Page, tmp_path: Path
) -> None:
    drop(page, server, visits_file(tmp_path / "falls_q1.csv", ("2024-01", "2024-02", "2024-03")))
    expect(page.get_by_text("How it reads")).to_be_visible()
    page.get_by_text("Group names, order and totals").click()
    called = page.get_by_role("textbox", name="Name on screen of the grouping ward")
    called.fill("Hospital ward")
    called.press("Enter")
    expect(page.get_by_text("by hospital ward")).to_be_visible()
    total = page.get_by_role("combobox", name="Totals to leave out").first
    total.fill("All wards")
    total.press("Enter")
    total.press("Escape")
    expect(page.get_by_text("Of 360 rows, 240 are used and 120 set aside.")).to_be_visible()
    name = page.get_by_role("textbox", name="Name of the dataset")
    name.fill("Falls by ward")
    name.press("Enter")
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("“Falls by ward” is loaded.")).to_be_visible()
    page.get_by_role("link", name="See how groups compare").click()
    expect(page.get_by_role("figure").first).to_be_visible()

    drop(page, server, visits_file(tmp_path / "falls_q2.csv", ("2024-04", "2024-05", "2024-06")))
    expect(page.get_by_text("It has the columns of “Falls by ward”")).to_be_visible()
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("“Falls by ward” is loaded.")).to_be_visible()
    held = next(found for found in datasets(server.home) if found.name == "Falls by ward").current.description()
    assert (held.version, held.rows_used, len(held.periods)) == (2, 480, 6)
    assert {s.label for s in held.stratifiers} >= {"Hospital ward"}
    assert not list((server.home / "staging").glob("*/falls_*.csv"))
