"""What a file is, by its first bytes and not by its name, and the way to read it."""

from __future__ import annotations

import itertools
from pathlib import Path

from equity.intake.formats.bounds import bounded
from equity.intake.formats.delimited import open_delimited
from equity.intake.formats.heading import ANY_HEADER, Wanted
from equity.intake.formats.parquet import open_parquet
from equity.intake.formats.tabular import Table
from equity.vocabulary import PlainError

_REFUSED = (
    (b"%PDF", "is a PDF document, whatever its name says: ask for the table as CSV, XLSX or Parquet."),
    (b"\xd0\xcf\x11\xe0", "is a workbook of the old .xls kind: open it and save it as .xlsx or CSV."),
    (b"{\\rtf", "is a text document (RTF): ask for the table as CSV, XLSX or Parquet."),
    (b"\x89PNG", "is a picture: ask for the table as CSV, XLSX or Parquet."),
    (b"\xff\xd8\xff", "is a picture: ask for the table as CSV, XLSX or Parquet."),
    (b"GIF8", "is a picture: ask for the table as CSV, XLSX or Parquet."),
    (b"SQLite format 3", "is a SQLite database: export the table as CSV or Parquet."),
    (b"\x7fELF", "is a program: choose a table in CSV, XLSX or Parquet."),
    (b"MZ", "is a program: choose a table in CSV, XLSX or Parquet."),
    (b"7z\xbc\xaf", "is a 7z archive: unpack it and choose the table in it."),
    (b"Rar!", "is a RAR archive: unpack it and choose the table in it."),
    (b"BZh", "is compressed with bzip2: unpack it, or compress it with gzip or zstd."),
    (b"\xfd7zXZ", "is compressed with xz: unpack it, or compress it with gzip or zstd."),
    (b"$FL2", "is an SPSS file: export the table as CSV or Parquet."),
    (b"<stata_dta>", "is a Stata file: export the table as CSV or Parquet."),
    (b"HEADER RECORD", "is a SAS transport file: export the table as CSV or Parquet."),
    (b"ARROW1", "is an Arrow (Feather) file: write it as Parquet or CSV."),
    (b"Obj\x01", "is an Avro file: write it as Parquet or CSV."),
    (b"ORC", "is an ORC file: write it as Parquet or CSV."),
)
MOST_PACKINGS = 3
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<table")


def open_table(path: Path, folder: Path, *, wanted: Wanted = ANY_HEADER, sheet: str = "") -> Table:
    """Any file that intake reads, as a table.

    ``folder`` takes what must be unpacked on the way. ``wanted`` is what is known of the header.
    Raises :class:`PlainError` that says what the file is when it is no table, or too large a one (`bounds.py`).
    """
    try:
        return bounded(_open(_unpacked(path, folder), path.name, wanted, sheet))
    except RecursionError:
        raise PlainError(f"{path.name} is nested too deeply to be a table: export it again.") from None


def _unpacked(path: Path, folder: Path) -> Path:
    """The file itself, or what is packed in it: a file may be packed and packed again, but not for ever."""
    from equity.intake.formats.unpacking import is_workbook, packing_of, unpack

    name = path.name
    for _ in range(MOST_PACKINGS + 1):
        head = first_bytes(path, name)
        if packing_of(head) is None or (head.startswith(b"PK\x03\x04") and is_workbook(path)):
            return path
        path = unpack(path, name, folder)
    raise PlainError(f"{name} is packed more than {MOST_PACKINGS} times over: send the table itself.")


def _open(path: Path, name: str, wanted: Wanted, sheet: str) -> Table:
    from equity.intake.formats.json_text import looks_like_json
    from equity.intake.formats.spreadsheet import open_spreadsheet

    head = first_bytes(path, name)
    if path.is_dir() or head.startswith(b"PAR1"):
        return open_parquet(path, name)
    if head.startswith(b"PK\x03\x04"):
        return open_spreadsheet(path, name, sheet, wanted)
    for start, sentence in _REFUSED:
        if head.startswith(start):
            raise PlainError(f"{name} {sentence}")
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_MARKUP):
        raise PlainError(
            f"{name} is a web page or XML, not a table: download the table itself as CSV, XLSX or Parquet."
        )
    if looks_like_json(head):
        return _open_json(path, name)
    return open_delimited(path, name, wanted)


def _open_json(path: Path, name: str) -> Table:
    """A JSON document or JSON lines: FHIR MeasureReports where it holds resources, else its records."""
    from equity.intake.formats.fhir import holds_resources, open_fhir
    from equity.intake.formats.json_records import open_records
    from equity.intake.formats.json_text import json_values

    values = json_values(path, name)
    first = next(values, (1, None))
    if holds_resources(first[1]):
        return open_fhir(itertools.chain([first], values), name)
    return open_records(path, name, None if next(values, None) is not None else [first])


def first_bytes(path: Path, name: str) -> bytes:
    """The first bytes of a file (none for a folder); raises :class:`PlainError` when there is none or it is empty."""
    if path.is_dir():
        return b""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise PlainError(f"There is no file {path}: check the name and the folder.") from None
    except OSError as error:
        raise PlainError(f"{name} cannot be read: {error.strerror or 'the system refused'}.") from None
    if not head:
        raise PlainError(f"{name} is empty: export it again, with a header line and at least one row.")
    return head
