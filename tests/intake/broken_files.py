"""Broken files, made by code: bytes or a folder, and the mapping with which they are loaded."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.intake.conftest import COUNTS

HEADER = "measure,year,race,cases,people\n"
GOOD = "Screening,2024,White,1,2\n"
ROWS = COUNTS.replace('"counts"', '"rows"').replace('n = "people"\n', "")
ESTIMATES = (
    COUNTS.replace('"counts"', '"estimates"').replace('x = "cases"', 'estimate = "cases"').replace('n = "people"\n', "")
)
LONG = COUNTS.replace('[stratifiers.race]\ncolumn = "race"', '[long]\ndimension = "measure"\ngroup = "race"').replace(
    'measure = "measure"', 'measure = { value = "Screening" }'
)
SHEET = COUNTS.replace('"counts"', '"counts"\nsheet = "Dato"')
MARKED = COUNTS.replace('"counts"', '"counts"\nheader = "Jahr"')

Content = bytes | Callable[[Path], None]


def text(rows: str, header: str = HEADER) -> bytes:
    """A CSV file."""
    return (header + rows).encode()


def zipped(**members: bytes) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def locked() -> bytes:
    """A zip whose only member says that it is encrypted."""
    content = bytearray(zipped(**{"a.csv": b"x"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def workbook(**sheets: list[list[object]]) -> bytes:
    """An XLSX workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def parquet(rows: int = 3, **columns: list[object]) -> bytes:
    """A Parquet file."""
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns or {"measure": ["a"] * rows}), buffer)
    return buffer.getvalue()


def empty_folder(path: Path) -> None:
    path.mkdir()


def odd_folder(path: Path) -> None:
    path.mkdir()
    (path / "a.parquet").write_bytes(parquet(measure=["x"]))
    (path / "b.parquet").write_bytes(parquet(other=["x"]))


def broken_folder(path: Path) -> None:
    path.mkdir()
    (path / "a.parquet").write_bytes(parquet()[:40])


def nothing(path: Path) -> None:
    """No file at all."""


def report(**more: object) -> dict[str, object]:
    """A FHIR MeasureReport."""
    return {"resourceType": "MeasureReport", "type": "summary", "measure": "Screening", **more}


TITLES = [["measure", "year", "race", "cases", "people"]]
CASES: dict[str, tuple[str, Content, str]] = {
    # what it is: (file name, content, mapping)
    "no file": ("gone.csv", nothing, COUNTS),
    "empty": ("extract.csv", b"", COUNTS),
    "only blanks": ("extract.csv", b" \n\n \n", COUNTS),
    "only a mark": ("extract.csv", b"\xef\xbb\xbf", COUNTS),
    "a PDF renamed": ("extract.csv", b"%PDF-1.7\n1 0 obj\n", COUNTS),
    "an old workbook": ("extract.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), COUNTS),
    "a picture": ("extract.csv", b"\x89PNG\r\n\x1a\n" + bytes(20), COUNTS),
    "a photo": ("extract.csv", b"\xff\xd8\xff\xe0" + bytes(20), COUNTS),
    "a moving picture": ("extract.csv", b"GIF89a" + bytes(20), COUNTS),
    "a web page": ("extract.csv", b"<!DOCTYPE html>\n<html><body>Please sign in</body></html>", COUNTS),
    "a bare web page": ("extract.csv", b"\n  <HTML><body>Please sign in</body></HTML>", COUNTS),
    "XML": ("extract.csv", b"<?xml version='1.0'?><a/>", COUNTS),
    "rich text": ("extract.csv", b"{\\rtf1 table}", COUNTS),
    "a database": ("extract.csv", b"SQLite format 3\0" + bytes(50), COUNTS),
    "a program": ("extract.csv", b"\x7fELF" + bytes(50), COUNTS),
    "a Windows program": ("extract.csv", b"MZ\x90\0" + bytes(50), COUNTS),
    "7z": ("extract.7z", b"7z\xbc\xaf\x27\x1c" + bytes(50), COUNTS),
    "RAR": ("extract.rar", b"Rar!\x1a\x07" + bytes(50), COUNTS),
    "bzip2": ("extract.csv.bz2", bz2.compress(text(GOOD)), COUNTS),
    "xz": ("extract.csv.xz", lzma.compress(text(GOOD)), COUNTS),
    "SPSS": ("extract.sav", b"$FL2@(#) SPSS DATA FILE", COUNTS),
    "Stata": ("extract.dta", b"<stata_dta><header>", COUNTS),
    "SAS transport": ("extract.xpt", b"HEADER RECORD*******LIBRARY HEADER", COUNTS),
    "Arrow": ("extract.arrow", b"ARROW1\0\0" + bytes(50), COUNTS),
    "Avro": ("extract.avro", b"Obj\x01\x04" + bytes(50), COUNTS),
    "ORC": ("extract.orc", b"ORC" + bytes(50), COUNTS),
    "bytes of no kind": ("extract.csv", bytes(range(256)) * 20, COUNTS),
    "gzip cut off": ("extract.csv.gz", gzip.compress(text(GOOD * 1000))[:60], COUNTS),
    "gzip of nothing": ("extract.csv.gz", gzip.compress(b""), COUNTS),
    "gzip of a PDF": ("extract.csv.gz", gzip.compress(b"%PDF-1.7"), COUNTS),
    "gzip that is none": ("extract.csv.gz", b"\x1f\x8b" + b"not compressed at all", COUNTS),
    "zstd cut off": ("extract.csv.zst", pa.compress(text(GOOD * 9999), "zstd", asbytes=True)[:40], COUNTS),
    "zip cut off": ("extract.zip", zipped(**{"a.csv": text(GOOD)})[:60], COUNTS),
    "zip of nothing": ("extract.zip", zipped(), COUNTS),
    "zip of a folder": ("extract.zip", zipped(**{"folder/": b""}), COUNTS),
    "zip of two": ("extract.zip", zipped(**{"a.csv": text(GOOD), "b.csv": text(GOOD)}), COUNTS),
    "zip with a password": ("extract.zip", locked(), COUNTS),
    "a Word document": ("extract.docx", zipped(**{"word/document.xml": b"<a/>", "x": b""}), COUNTS),
    "a presentation": ("extract.pptx", zipped(**{"ppt/presentation.xml": b"<a/>"}), COUNTS),
    "an OpenDocument file": ("extract.ods", zipped(**{"META-INF/manifest.xml": b"<a/>", "content.xml": b""}), COUNTS),
    "a binary workbook": ("extract.xlsb", zipped(**{"xl/workbook.bin": b"", "x": b""}), COUNTS),
    "a workbook that is broken": ("extract.xlsx", zipped(**{"xl/workbook.xml": b"<a/>"}), COUNTS),
    "a workbook without cells": ("extract.xlsx", workbook(Data=[]), COUNTS),
    "a workbook with a header only": ("extract.xlsx", workbook(Data=TITLES), COUNTS),
    "a workbook with two sheets": ("extract.xlsx", workbook(Data=TITLES, More=TITLES), COUNTS),
    "a workbook without the sheet": ("extract.xlsx", workbook(Data=TITLES), SHEET),
    "a workbook whose sheet is empty": ("extract.xlsx", workbook(Dato=[], Data=TITLES), SHEET),
    "a workbook without the column": ("extract.xlsx", workbook(Data=[["a", "b"], [1, 2]]), COUNTS),
    "Parquet cut off": ("extract.parquet", parquet()[:60], COUNTS),
    "Parquet without rows": ("extract.parquet", parquet(measure=[]), COUNTS),
    "Parquet without the column": ("extract.parquet", parquet(measure=["a"], yaer=["2024"]), COUNTS),
    "a folder without parts": ("parts", empty_folder, COUNTS),
    "a folder of other parts": ("parts", odd_folder, COUNTS),
    "a folder with a broken part": ("parts", broken_folder, COUNTS),
    "a header only": ("extract.csv", text(""), COUNTS),
    "titles and a header only": ("extract.csv", b"Title\n\n" + text(""), COUNTS),
    "a column misspelled": ("extract.csv", text(GOOD, "measure,year,race,case,people\n"), COUNTS),
    "a column of another name": ("extract.csv", text(GOOD, "measure,year,ethnic group,cases,people\n"), COUNTS),
    "a header cell that is nowhere": ("extract.csv", text(GOOD), MARKED),
    "columns swapped": ("extract.csv", text("Screening,2024,White,10,2\n" * 3), COUNTS),
    "text for counts": ("extract.csv", text("Screening,2024,White,many,2\n" * 3 + GOOD), COUNTS),
    "text for people": ("extract.csv", text("Screening,2024,White,1,lots\n" * 3 + GOOD), COUNTS),
    "percents for counts": ("extract.csv", text("Screening,2024,White,10%,100\n" * 3), COUNTS),
    "names for years": ("extract.csv", text("Screening,White,White,1,2\n" * 3), COUNTS),
    "years that are missing": ("extract.csv", text("Screening,,White,1,2\n" * 3), COUNTS),
    "dates that do not exist": ("extract.csv", text("Screening,2024-02-31,White,1,2\n" * 3), COUNTS),
    "years out of reach": ("extract.csv", text("Screening,1024,White,1,2\n" * 3), COUNTS),
    "measures without names": ("extract.csv", text(",2024,White,1,2\n" * 3), COUNTS),
    "counts that are missing": ("extract.csv", text("Screening,2024,White,,2\n" * 3), COUNTS),
    "people that are missing": ("extract.csv", text("Screening,2024,White,0,N/A\n" * 3), COUNTS),
    "counts below zero": ("extract.csv", text("Screening,2024,White,-1,2\n" * 3), COUNTS),
    "people below zero": ("extract.csv", text("Screening,2024,White,1,-2\n" * 3), COUNTS),
    "events among nobody": ("extract.csv", text("Screening,2024,White,1,0\n" * 3), COUNTS),
    "lines that are too long": ("extract.csv", text("Screening,2024,White,1,2,x\n" * 3), COUNTS),
    "notes only": ("extract.csv", text("See the notes\n* suppressed\n"), COUNTS),
    "everything dropped": ("extract.csv", text(GOOD), COUNTS.replace('column = "race"', 'column = "race"\ndrop = '
                                                                                        '["White"]')),
    "a quote left open": ("extract.csv", text(GOOD + 'Screening,2024,"White,1,2\n' + GOOD * 3), COUNTS),
    "a cell without end": ("extract.csv", text('Screening,2024,"' + "x" * 1_100_000 + '",1,2\n'), COUNTS),
    "UTF-16 cut off": ("extract.csv", text(GOOD).decode().encode("utf-16")[:40], COUNTS),
    "neither yes nor no": ("extract.csv", text("Screening,2024,White,7,\n" * 3), ROWS),
    "words for yes and no": ("extract.csv", text("Screening,2024,White,perhaps,\n" * 3), ROWS),
    "rates that are text": ("extract.csv", text("Screening,2024,White,high,\n" * 3), ESTIMATES),
    "rates that are missing": ("extract.csv", text("Screening,2024,White,,\n" * 3), ESTIMATES),
    "rates above all": ("extract.csv", text("Screening,2024,White,1200,\nScreening,2023,White,120%,\n"), ESTIMATES),
    "rates below zero": ("extract.csv", text("Screening,2024,White,-3,\n"), ESTIMATES),
    "a list that is not shipped": (
        "extract.csv", text(GOOD), COUNTS.replace('column = "race"', 'column = "race"\nstandard = "omb-2042"'),
    ),
    "a group a row": ("extract.csv", text("".join(f"Screening,2024,id {i},1,2\n" for i in range(20_001))), COUNTS),
    "a measure a row": ("extract.csv", text("".join(f"m {i},2024,White,1,2\n" for i in range(2_001))), COUNTS),
    "a dimension a row": ("extract.csv", text("".join(f"d {i},2024,White,1,2\n" for i in range(201))), LONG),
    "dimensions without names": ("extract.csv", text(",2024,White,1,2\n" * 3), LONG),
    "JSON of something": ("extract.json", b'{"resourceType": "Patient", "id": "7"}', COUNTS),
    "JSON cut off": ("extract.json", b'{"resourceType": "MeasureReport", "gro', COUNTS),
    "JSON lines cut off": ("extract.ndjson", json.dumps(report()).encode() + b'\n{"resourceType": \n', COUNTS),
    "JSON lines of something": ("extract.ndjson", b'{"a": 1}\n{"a": 2}\n', COUNTS),
    "a bundle without reports": ("extract.json", b'{"resourceType": "Bundle", "entry": [{"resource": '
                                                 b'{"resourceType": "Patient"}}]}', COUNTS),
    "a report without counts": ("extract.json", json.dumps(report(group=[])).encode(), COUNTS),
    "a report on one person": ("extract.json", json.dumps(report(type="individual", group=[{}])).encode(), COUNTS),
}  # fmt: skip
