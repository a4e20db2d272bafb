from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from equity.intake.columns.profile import profile
from equity.intake.formats.encoding import find_encoding
from equity.intake.formats.header import unique_names, without_footnote_marks
from equity.intake.formats.open_table import open_table
from equity.intake.proposal.propose import propose
from equity.vocabulary import PlainError
from tests.intake.conftest import COUNTS, Load, Loaded

TEXT = "measure,year,race,cases,people\nScreening,2024,Métis,1,2\nScreening,2024,White,3,4\n"


def check(loaded: Loaded) -> None:
    assert sorted(loaded.table["race"]) == ["Métis", "White"]
    assert loaded.table["n"].sum() == 6
    assert loaded.facts.rows_in == 2


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(load: Load, codec: str) -> None:
    check(load(TEXT.encode(codec)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", "\x01"])
def test_delimiters(load: Load, delimiter: str) -> None:
    check(load(TEXT.replace(",", delimiter)))


def test_a_line_that_names_the_delimiter(load: Load) -> None:
    check(load("sep=;\n" + TEXT.replace(",", ";")))


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends(load: Load, end: str) -> None:
    check(load(TEXT.replace("\n", end)))


def test_no_line_end_at_the_end(load: Load) -> None:
    check(load(TEXT.rstrip()))


def test_the_name_of_a_file_says_nothing(load: Load) -> None:
    buffer = io.BytesIO()
    pd.read_csv(io.StringIO(TEXT)).to_parquet(buffer)
    check(load(buffer.getvalue(), name="extract.csv"))


def test_gzip_zstd_and_zip(load: Load) -> None:
    check(load(gzip.compress(TEXT.encode()), name="extract.csv.gz"))
    check(load(pa.compress(TEXT.encode(), "zstd", asbytes=True), name="extract.csv.zst"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("__MACOSX/._extract.csv", "x")
        archive.writestr("folder/extract.csv", TEXT)
    check(load(buffer.getvalue(), name="extract.zip"))


def test_parquet_with_types(load: Load, tmp_path: Path) -> None:
    table = pa.table(
        {
            "measure": ["Screening", "Screening"],
            "year": pa.array([2024, 2024], pa.int16()),
            "race": pa.array(["Métis", "White"]).dictionary_encode(),
            "cases": pa.array([1, None], pa.int64()),
            "people": pa.array([2.0, 4.0]),
        }
    )
    pq.write_table(table, tmp_path / "typed.parquet")
    loaded = load(tmp_path / "typed.parquet")
    assert loaded.table[["race", "x", "n"]].values.tolist() == [["Métis", 1.0, 2.0]]
    assert loaded.set_aside["source_row"].tolist() == [2]


def test_a_folder_of_parquet_parts(load: Load, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    (folder / "year=2024").mkdir(parents=True)
    frame = pd.read_csv(io.StringIO(TEXT))
    frame[:1].to_parquet(folder / "year=2024" / "a.parquet")
    frame[1:].to_parquet(folder / "year=2024" / "b.parquet")
    (folder / "_SUCCESS").touch()
    check(load(folder))


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cells() -> list[list[object]]:
    return [
        ["A title"],
        [],
        ["measure", "year", "race", "cases", "people"],
        ["Screening", 2024, "Métis", 1, 2],
        ["Screening", 2023, "Métis", 1, 2],
        ["Screening", pd.Timestamp("2024-01-01"), "White", 3, 4.0],
    ]


def test_a_workbook_with_one_filled_sheet(load: Load) -> None:
    rows = cells()
    rows[5][1] = "2024"
    del rows[4]
    check(load(workbook(Data=rows, Empty=[]), name="extract.xlsx"))


def test_a_workbook_with_a_choice_of_sheets(load: Load) -> None:
    book = workbook(Data=cells(), Notes=[["Read me"]])
    with pytest.raises(
        PlainError, match="has 2 sheets with cells, “Data”, “Notes”: name one as “sheet” in the mapping"
    ):
        load(book, name="extract.xlsx")
    loaded = load(book, COUNTS.replace('"counts"', '"counts"\nsheet = "Data"'), name="extract.xlsx")
    assert loaded.table["source_row"].tolist() == [4, 5]
    assert loaded.set_aside["source_row"].tolist() == [6], "a day beside a year"


def test_duplicate_and_empty_names_become_one_name_each() -> None:
    assert unique_names(["name", "Name", "", "name", "x"]) == ("name", "Name (2)", "column 3", "name (3)", "x")


def test_footnote_marks_leave_names() -> None:
    assert without_footnote_marks("Rate([rate note]) - per 100,000") == "Rate - per 100,000"
    assert without_footnote_marks("Rate†") == "Rate"


def test_columns_are_found_without_case_blanks_and_marks(load: Load) -> None:
    check(load(TEXT.replace("race", " RACE ([race note]) ").replace("cases", "Cases")))


def test_a_few_bad_bytes_are_said(load: Load) -> None:
    loaded = load(TEXT.encode() + b"Screening,2024,\xff,1,2\n" + "Screening,2024,éé,1,2\n".encode())
    assert "not UTF-8" in loaded.problem("file")


def test_windows_1252_is_said(load: Load) -> None:
    assert "Windows-1252" in load(TEXT.encode("cp1252")).problem("file")


def test_utf16_without_a_mark(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes("a,b\n1,2\n".encode("utf-16-be"))
    assert find_encoding(tmp_path / "x").codec == "utf-16-be"


def test_a_table_can_be_walked_twice(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(TEXT)
    table = open_table(tmp_path / "x.csv", tmp_path)
    assert list(table.rows()) == list(table.rows())
    assert [line for line, _ in table.rows()] == [2, 3]


def test_partitions_in_the_names_of_folders_are_columns(load: Load, tmp_path: Path) -> None:
    frame = pd.read_csv(io.StringIO(TEXT))
    for year in (2023, 2024):
        folder = tmp_path / "spark" / f"year={year}"
        folder.mkdir(parents=True)
        frame.drop(columns="year").to_parquet(folder / "part-0.parquet")
    loaded = load(tmp_path / "spark")
    assert loaded.facts.periods == ("2023", "2024")
    assert loaded.facts.rows_used == 4


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_big_file_is_profiled_all_over(form: str, tmp_path: Path) -> None:
    sites = [f"site {place // 15_000}" for place in range(60_000)]
    frame = pd.DataFrame({"site": sites, "numerator": 1, "denominator": 2, "filler": "x" * 20})
    frame["measure"] = ["Screening"] * 59_999 + ["Rare"]
    path = tmp_path / f"sorted.{form}"
    if form == "csv":
        frame.to_csv(path, index=False)
    else:
        frame.to_parquet(path, row_group_size=5_000)
    assert profile(open_table(path, tmp_path))[0].distinct == 4
    proposal = propose(path)
    assert [s.name for s in proposal.mapping.stratifiers] == ["site"]
    assert sorted(proposal.mapping.measures) == ["Rare", "Screening"]
