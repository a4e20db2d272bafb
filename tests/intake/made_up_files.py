"""Files of every kind that intake reads, made up at random by their own structure and then damaged, or not."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError

NAMES = ("measure", "year", "race", "cases", "people", "patient_id", "sex", "rate", "lower", "period", "met", "x", "")
CELLS = (
    *("", "0", "1", "7", "12", "1,234", "45%", "²", "½", "٣", "1²", "9" * 400, "1e999", "-0", "0x10", "1_000", "NaN"),
    *("20²2", "٢٠٢٤", "2024", "0000", "9999", "2024-Q5", "2023-Q1", "2024-13", "2024-02-30", "03/04/2024", "45000"),
    *("White", "Black", "Total", "Unknown", "*", "<11", "yes", "no", "N/A", "x\x00y", "\ud7ff", "\u202e", "\ufeff"),
    *('"', '""', "'", ";", "\t", "\n", "\r", "\x1f", "{", "<b>", "=1+1", "(((((", "[note]", "–", "−5", "a\u2028b", "∞"),
    *("5 (3.1 to 7.9)", "1.2.3"),
)
cells = st.one_of(st.sampled_from(CELLS), st.text(max_size=12))
names = st.one_of(st.sampled_from(NAMES), st.text(max_size=10))
tables = st.integers(1, 6).flatmap(
    lambda width: st.tuples(
        st.lists(names, min_size=width, max_size=width),
        st.lists(st.lists(cells, min_size=max(0, width - 1), max_size=width + 1), max_size=12),
    )
)


@dataclass(frozen=True)
class MadeUp:
    """A file's name and bytes."""

    name: str
    content: bytes


@st.composite
def delimited(draw: st.DrawFn) -> MadeUp:
    """CSV and its kin: any delimiter, line end and encoding, quoted or not, titles above."""
    header, rows = draw(tables)
    delimiter, end = draw(st.sampled_from(",;\t|^")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quote = draw(st.sampled_from([lambda c: c, lambda c: '"' + c.replace('"', '""') + '"']))
    titles = draw(st.lists(st.sampled_from(["", "A title", "sep=;", "Source: x"]), max_size=2))
    lines = [*titles, *(delimiter.join(map(quote, row)) for row in (header, *rows))]
    codec = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"]))
    return MadeUp("visits.csv", end.join(lines).encode(codec, errors="replace"))


@st.composite
def workbooks(draw: st.DrawFn) -> MadeUp:
    """XLSX, cells anywhere, its parts rewritten here and there."""
    header, rows = draw(tables)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (header, *rows):
        try:
            sheet.append(row)
        except (IllegalCharacterError, ValueError):
            continue
    if draw(st.booleans()):
        sheet.cell(draw(st.integers(1, 60)), draw(st.integers(1, 60)), draw(st.sampled_from([1.5, True, "x"])))
    written = io.BytesIO()
    book.save(written)
    old = draw(st.sampled_from([b"A1", b"<v>", b't="s"', b"sheet1", b"<row", b"count", b"Sheet"]))
    new = draw(st.sampled_from([b"A1", b"XFD1048576", b"<v>99", b't="d"', b"", b"<v>-1", b"&x;", b"\xff", b't="e"']))
    changed = io.BytesIO()
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(changed, "w") as after:
        for member in before.namelist():
            content = before.read(member)
            after.writestr(member, content.replace(old, new, 1) if draw(st.booleans()) else content)
    return MadeUp("visits.xlsx", changed.getvalue())


values = st.one_of(
    st.lists(st.one_of(st.none(), st.sampled_from(CELLS))),
    st.lists(st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1))),
    st.lists(st.one_of(st.none(), st.floats())),
    st.lists(st.one_of(st.none(), st.booleans())),
    st.lists(st.one_of(st.none(), st.binary(max_size=8))),
    st.lists(st.one_of(st.none(), st.dates(), st.none())),
    st.lists(st.one_of(st.none(), st.datetimes())),
    st.lists(st.one_of(st.none(), st.timedeltas(), st.none())),
    st.lists(st.one_of(st.none(), st.decimals(allow_nan=False, allow_infinity=False, places=3, max_value=10**9))),
    st.lists(st.one_of(st.none(), st.lists(st.integers(0, 9), max_size=3))),
    st.lists(st.one_of(st.none(), st.fixed_dictionaries({"a": st.integers(0, 9)}))),
)


@st.composite
def parquets(draw: st.DrawFn) -> MadeUp:
    """Parquet of any types, nested ones too, in several row groups."""
    rows = draw(st.integers(0, 9))
    columns = []
    for _ in range(draw(st.integers(1, 5))):
        found = draw(values)
        column = [found[place % len(found)] if found else None for place in range(rows)]
        try:
            columns.append(pa.array(column))
        except (pa.ArrowException, OverflowError, UnicodeEncodeError):
            columns.append(pa.nulls(rows))
        if draw(st.booleans()) and pa.types.is_string(columns[-1].type):
            columns[-1] = columns[-1].dictionary_encode()
    labels = [draw(names.filter(lambda n: n.isprintable())) for _ in columns]
    written = io.BytesIO()
    packing = draw(st.sampled_from(["zstd", "snappy", "none"]))
    pq.write_table(pa.table(columns, names=labels), written, compression=packing, row_group_size=4)
    return MadeUp("visits.parquet", written.getvalue())


numbers = st.one_of(
    st.integers(), st.sampled_from([10**4000, -1, "²", "1e999", None, True, "12", 1.5, [], {}, "\ud800"])
)
codes = st.sampled_from(
    ["numerator", "denominator", "initial-population", "denominator-exclusion", "x", None, "\ud800"]
)
concepts = st.one_of(
    st.none(),
    st.text(max_size=4),
    st.fixed_dictionaries({"text": cells}),
    st.fixed_dictionaries({"coding": st.lists(st.fixed_dictionaries({"code": codes}), max_size=2)}),
)
populations = st.lists(st.fixed_dictionaries({"code": concepts, "count": numbers}), max_size=4)
strata = st.fixed_dictionaries(
    {
        "value": concepts,
        "population": populations,
        "measureScore": st.dictionaries(st.just("value"), numbers, max_size=1),
    }
)
groups = st.fixed_dictionaries(
    {
        "code": concepts,
        "population": populations,
        "stratifier": st.lists(
            st.fixed_dictionaries({"code": st.lists(concepts, max_size=2), "stratum": st.lists(strata, max_size=3)}),
            max_size=2,
        ),
    }
)
reports = st.fixed_dictionaries(
    {
        "resourceType": st.sampled_from(["MeasureReport", "MeasureReport", "Patient"]),
        "type": st.sampled_from(["summary", None, "individual"]),
        "measure": cells,
        "period": st.fixed_dictionaries({"start": cells, "end": cells}),
        "group": st.one_of(st.lists(groups, max_size=2), st.none(), groups),
    }
)


@st.composite
def fhir(draw: st.DrawFn) -> MadeUp:
    """FHIR: one report, a list, a Bundle, or a line each, nested here and there."""
    found: Any = draw(st.lists(reports, min_size=1, max_size=3))
    form = draw(st.sampled_from(["one", "list", "bundle", "lines", "nested"]))
    if form == "lines":
        return MadeUp("visits.ndjson", "\n".join(_json(report) for report in found).encode())
    if form == "bundle":
        found = {"resourceType": "Bundle", "entry": [{"resource": report} for report in found]}
    text = _json(found[0] if form == "one" else found)
    depth = draw(st.sampled_from([1, 30, 400, 990, 20_000])) if form == "nested" else 0
    return MadeUp("visits.json", ("[" * depth + text + "]" * depth).encode())


def _json(value: Any) -> str:
    """JSON, whose whole numbers may have any number of digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return "9" * 5000 if abs(value) >= 10**4000 else str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{_json(v)}" for k, v in value.items()) + "}"
    return "[" + ",".join(map(_json, value)) + "]" if isinstance(value, list) else json.dumps(value)


def zipped(content: bytes) -> bytes:
    """A zip of one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", content)
    return packed.getvalue()


PACKINGS = {
    "as it is": bytes,
    "gzip": gzip.compress,
    "zip": zipped,
    "zstd": lambda content: pa.Codec("zstd").compress(content, asbytes=True),
}
whole = st.one_of(delimited(), workbooks(), fhir(), parquets())


@st.composite
def packed(draw: st.DrawFn, inside: st.SearchStrategy[MadeUp] = whole) -> MadeUp:
    """Any of them, packed in one or two ways."""
    file = draw(inside)
    content = file.content
    for packing in draw(st.lists(st.sampled_from(list(PACKINGS)), max_size=2)):
        content = PACKINGS[packing](content)
    return MadeUp(file.name, content)


@st.composite
def damaged(draw: st.DrawFn, inside: st.SearchStrategy[MadeUp] = whole) -> MadeUp:
    """Any of them with bytes changed, taken out, or its end missing."""
    file = draw(inside)
    content = bytearray(file.content)
    for _ in range(draw(st.integers(0, 4))):
        if content:
            content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    end = draw(st.integers(0, len(content))) if draw(st.booleans()) else len(content)
    return MadeUp(file.name, bytes(content[:end]))


leaves = st.one_of(cells, st.integers(), st.booleans(), st.floats(), st.lists(cells, max_size=2))
keys = st.sampled_from(
    [
        "extract",
        "columns",
        "stratifiers",
        "measures",
        "long",
        "shape",
        "x",
        "n",
        "measure",
        "period",
        "race",
        "column",
        "kind",
        "multiplier",
        "minimum_n",
        "target",
        "recode",
        "order",
        "value",
        "layout",
        "header",
        "missing",
        "answers",
    ]
)
trees = st.recursive(leaves, lambda inner: st.dictionaries(keys, inner, max_size=4), max_leaves=12)
mappings = st.dictionaries(keys, trees, max_size=5)
