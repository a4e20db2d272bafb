"""Eurostat's tab-separated tables: a row's keys stand in its first cell, parted by commas, and flags in the values.

``freq,unit,sex,geo\\TIME_PERIOD<tab>2019 <tab>2020 `` heads rows such as ``A,PC,F,AT<tab>80.5 <tab>81.2 b``; ``:`` says
that there is no value. Source: Eurostat, bulk download of the dissemination database, TSV format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from equity.intake.formats.tabular import Cells

_KEYS = re.compile(r"^\s*[\w.-]+(?:,[\w.-]+)*\\(?:TIME_PERIOD|TIME|time)\s*$")
_FLAGGED = re.compile(r"^(:|[+-]?[\d.]+) ?[a-z]{1,4}$")


def is_eurostat(line: str) -> bool:
    """Whether a first line is the header of such a table."""
    return bool(_KEYS.match(line.partition("\t")[0]))


def parted(records: Iterator[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    """The rows with a cell for each key, and values without their flags."""
    sex = None
    for number, cells in records:
        keys = re.sub(r"\\(?:TIME_PERIOD|TIME|time)\s*$", "", cells[0]).split(",")
        if sex is None:
            sex = keys.index("sex") if "sex" in keys else -1
        elif 0 <= sex < len(keys) and keys[sex] == "T":
            keys[sex] = "Total"
        yield number, [*keys, *(_FLAGGED.sub(r"\1", cell.strip()) for cell in cells[1:])]
