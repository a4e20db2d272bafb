"""The days of the events of rare measures: what a chart of the time between events needs, and counts do not hold.

Members of the team only: a release has no such table, and none may be made from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from equity.store.files.checksums import check

FILE = "event_days.parquet"
EPOCH = dt.date(1970, 1, 1)

DaysOfGroups = dict[str, NDArray[np.float64]]
"""For each group the days of its events, counted from 1970, ascending; several events of one day each."""


def read_event_days(file: Path, measure: str, by: str, where: Sequence[tuple[str, str]] = ()) -> DaysOfGroups:
    """The days of a measure's events by the groups of one stratifier; nothing where none were kept.

    Filters on one stratifier widen each other, filters on different ones narrow.
    """
    if not file.exists():
        return {}
    check(file)
    wanted: dict[str, set[str]] = {}
    for name, value in where:
        wanted.setdefault(name, set()).add(value)
    columns = list(dict.fromkeys(["day", "x", by, *wanted]))
    if not set(columns) <= set(pq.read_schema(file).names):
        return {}
    table = pq.read_table(file, columns=columns, filters=[("measure", "=", measure)]).to_pydict()
    by_group: dict[str, list[float]] = {}
    for at, (day, x, group) in enumerate(zip(table["day"], table["x"], table[by], strict=True)):
        if group is not None and all(table[name][at] in values for name, values in wanted.items()):
            by_group.setdefault(group, []).extend([float((day - EPOCH).days)] * round(x))
    return {group: np.sort(np.array(days, dtype=np.float64)) for group, days in by_group.items()}
