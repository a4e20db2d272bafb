"""What somebody received, taken apart until there is only text: pages as the server sends them, and files.

Strings of protocol messages, data frames (Arrow), Plotly figures with their packed arrays, members of archives (slides
and the workbooks inside them, notes included). Nothing here knows what a release is.
"""

from __future__ import annotations

import base64
import io
import json
import math
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from google.protobuf.message import Message
from lxml import etree
from streamlit.testing.v1 import AppTest

NUMBER = re.compile(r"(?<![\w.])\d[\d,\u202f]*(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w])")


def page_texts(app: AppTest) -> list[str]:
    """Every text and every number that an opened page was sent with, the style sheet left out."""
    found: list[str] = []
    for node in app._tree:
        proto = getattr(node, "proto", None)
        if isinstance(proto, Message):
            found += (text for text in _of_message(proto) if "<style>" not in text)
    return found


def file_texts(content: bytes) -> list[str]:
    """Every text in a file: the members of an archive one by one, archives inside it too.

    Of XML what a reader can see or hear: the text of its elements, titles and descriptions; not sizes and places.
    """
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [text for name in archive.namelist() for text in file_texts(archive.read(name))]
    if not content.startswith(b"<?xml"):
        return [content.decode("utf-8", errors="replace")]
    root = etree.fromstring(content)
    said = [value for part in root.iter() for name, value in part.attrib.items() if name in ("descr", "title", "name")]
    return [*said, *(text for text in root.itertext() if text.strip())]


def numbers_in(texts: list[str]) -> set[str]:
    """Every number spelled in these texts, without separators, and again with its % where one follows."""
    found = set()
    for text in texts:
        for match in NUMBER.finditer(text):
            plain = match[0].replace(",", "").replace("\u202f", "")
            found |= {plain, plain.removesuffix(".0")}
            if text[match.end() : match.end() + 2].lstrip(" \u00a0\u202f").startswith("%"):
                found.add(f"{plain}%")
    return found


def _of_message(message: Message) -> Iterator[str]:
    for descriptor, value in message.ListFields():
        many = value if descriptor.is_repeated else [value]
        if descriptor.message_type and descriptor.message_type.GetOptions().map_entry:
            many = [part for key, held in value.items() for part in (key, held)]
        for one in many:
            if isinstance(one, Message):
                yield from _of_message(one)
            elif isinstance(one, bytes):
                yield from _of_bytes(one)
            elif isinstance(one, str):
                yield from _of_text(one)
            elif isinstance(one, float):
                yield f"{one:.15g}"


def _of_bytes(packed: bytes) -> Iterator[str]:
    """A data frame as Streamlit sends it, cell by cell; anything else as it stands."""
    try:
        table = pa.ipc.open_stream(packed).read_all().to_pandas()
    except pa.ArrowInvalid:
        yield packed.decode("utf-8", errors="replace")
        return
    yield table.to_csv()


def _of_text(text: str) -> Iterator[str]:
    yield text
    if text.startswith("{"):
        yield from _unpacked(json.loads(text))


def _unpacked(found: Any) -> Iterator[str]:
    """The packed arrays of a figure, number by number."""
    if isinstance(found, dict):
        if "bdata" in found:
            values = np.frombuffer(base64.b64decode(found["bdata"]), dtype=np.dtype(found["dtype"]))
            yield " ".join(f"{value:.15g}" for value in values.tolist())
        for value in found.values():
            yield from _unpacked(value)
    elif isinstance(found, list):
        for value in found:
            yield from _unpacked(value)


def forms_of(n: float, x: float, multiplier: float) -> set[str]:
    """Ways to spell a cell of n and x that little else is spelled like: counts of four digits, its rate, its interval.

    A rate is spelled as a fraction with four decimals or more, with two or three as a page scales it, or with one and
    a % after it; the interval is Wilson's.
    """
    forms = {f"{count:.0f}" for count in (n, x, n - x) if count >= 1000}
    if n <= 0:
        return forms
    rate, ends = x / n, []
    if rate <= 1:
        middle, spread = (rate + 1.9208 / n) / (1 + 3.8416 / n), rate * (1 - rate) / n + 0.9604 / n**2
        width = 1.96 / (1 + 3.8416 / n) * math.sqrt(spread)
        ends = [end for end in (middle - width, middle + width) if 0.0001 < end < 0.9999]
    for value in (rate, *ends):
        scaled = value * multiplier
        forms |= {f"{value!r}", f"{value:.15g}", f"{value:.6f}", f"{value:.4f}"}
        forms |= {f"{scaled:.2f}", f"{scaled:.3f}", f"{scaled:.13g}"} if scaled >= 10 else set()
        forms |= {f"{scaled:.1f}%"} if multiplier == 100 else set()
    return {form for form in forms if len(form.replace(".", "").strip("0%")) > 2}


def forms_of_cells(cells: pd.DataFrame, multiplier: float = 100.0) -> set[str]:
    """The forms of every row (n and x) of a table."""
    found: set[str] = set()
    for n, x in cells[["n", "x"]].to_numpy(dtype=float).tolist():
        if n == n and x == x:
            found |= forms_of(n, x, multiplier)
    return found
