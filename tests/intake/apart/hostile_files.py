"""Files made to take down whoever reads them, each a function from a folder to the file."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

MEGA = 1 << 20


def one_huge_cell(folder: Path, megabytes: int = 400) -> Path:
    """Parquet of some kilobytes, one cell of hundreds of megabytes."""
    path = folder / "cell.parquet"
    pq.write_table(pa.table({"race": ["a" * (megabytes * MEGA)], "x": [1]}), path, compression="zstd")
    return path


def the_same_huge_cell(folder: Path, megabytes: int = 20) -> Path:
    """Parquet that says one long cell in thousands of rows: by the row it is short."""
    path = folder / "cells.parquet"
    long = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), pa.array(["a" * (megabytes * MEGA)]))
    pq.write_table(pa.table({"race": long, "x": list(range(20_000))}), path, compression="zstd")
    return path


def a_far_cell(folder: Path) -> Path:
    """XLSX with one cell in the last place of a sheet."""
    path, written = folder / "far.xlsx", io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["race", "x"], ["White", 1], ["Black", 2]):
        sheet.append(row)
    book.save(written)
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.namelist():
            content = before.read(member)
            end = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            after.writestr(member, content.replace(b"</sheetData>", end))
    return path


def many_columns(folder: Path, columns: int = 2000, rows: int = 50) -> Path:
    """CSV with thousands of columns."""
    path = folder / "columns.csv"
    lines = [",".join(f"c{place}" for place in range(columns))]
    lines += [",".join(str((place * row) % 7) for place in range(columns)) for row in range(rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def packed_json(folder: Path, megabytes: int = 200) -> Path:
    """JSON.gz of a fifth of a megabyte that takes gigabytes once it is parsed."""
    path = folder / "lists.json.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"[")
        for _ in range(megabytes):
            file.write(b"[]," * (MEGA // 3))
        file.write(b"[]]")
    return path


def one_line(folder: Path, megabytes: int = 2400) -> Path:
    """CSV.gz, all of it in one line."""
    path = folder / "line.csv.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"race,x\n")
        for _ in range(megabytes):
            file.write(b"a" * MEGA)
    return path


def packed_over_and_over(folder: Path, times: int = 1500) -> Path:
    """A CSV packed by gzip again and again."""
    path, content = folder / "nested.csv.gz", b"race,x\nWhite,1\n"
    for _ in range(times):
        content = gzip.compress(content, 1)
    path.write_bytes(content)
    return path


def many_digits(folder: Path) -> Path:
    """FHIR whose count has five thousand digits."""
    path = folder / "digits.json"
    report = {
        "resourceType": "MeasureReport",
        "group": [{"population": [{"code": {"coding": [{"code": "denominator"}]}, "count": "DIGITS"}]}],
    }
    path.write_text(json.dumps(report).replace('"DIGITS"', "9" * 5000), encoding="utf-8")
    return path


def digits_that_are_none(folder: Path) -> Path:
    """A superscript where a count belongs, and in a year."""
    path = folder / "superscript.csv"
    path.write_text(
        "measure,year,race,x,n\nA,20²2,White,²,10\nA,2022,White,5,1²\nA,2022,Black,5,10\n", encoding="utf-8"
    )
    return path


def repeated_strings(folder: Path) -> Path:
    """XLSX whose shared strings unpack to hundreds of megabytes."""
    path, written = folder / "strings.xlsx", io.BytesIO()
    openpyxl.Workbook().save(written)
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.namelist():
            content = before.read(member)
            if member == "xl/sharedStrings.xml":
                content = content.replace(b"</sst>", b"").replace(b"/>", b">") + b"<si><t>aa</t></si>" * (8 * MEGA)
                content += b"</sst>"
            after.writestr(member, content)
    return path
