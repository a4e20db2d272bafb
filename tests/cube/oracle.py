"""The cube computed the plain way: loops over pandas groups, no SQL, nothing shared with equity.cube.

A fact table is a list of rows with the columns of docs/house.md.
"""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from equity.vocabulary import Category, Description, Grain, Measure, Stratifier
from equity.vocabulary.period import GRAINS, period_label

NUMBERS = ("rows", "n", "x", "xx", "people", "person_xx", "person_xn", "person_nn", "hidden_at_source")
Key = tuple[str, str, str, str, str, str, str]


def fact_schema(strata: list[str], estimates: bool = False) -> pa.Schema:
    """The types of the fact table."""
    columns = [
        ("measure", pa.string()),
        ("period", pa.date32()),
        ("x", pa.float64()),
        ("n", pa.float64()),
        ("person", pa.uint64()),
        ("hidden", pa.bool_()),
        ("source_row", pa.int64()),
        *[(name, pa.string()) for name in strata],
    ]
    if estimates:
        columns += [(name, pa.float64()) for name in ("estimate", "se", "lower", "upper", "population")]
    return pa.schema(columns)


def write_facts(rows: list[dict[str, Any]], strata: list[str], path: Path, estimates: bool = False) -> None:
    """Write rows of a fact table as intake does."""
    numbered = [{"source_row": place, "hidden": False} | row for place, row in enumerate(rows, start=2)]
    pq.write_table(pa.Table.from_pylist(numbered, schema=fact_schema(strata, estimates)), path)


def describe(
    rows: list[dict[str, Any]],
    strata: list[str],
    *,
    grain: Grain = "month",
    tables: str = "crossed",
    values: str = "counts",
    has_person: bool = False,
) -> Description:
    """A description that fits these rows."""
    days = sorted({row["period"] for row in rows if row["period"] is not None})
    return Description(
        dataset="trial",
        version=1,
        created="2025-01-01T00:00:00",
        shape="rows",
        tables=tables,  # type: ignore[arg-type]
        values=values,  # type: ignore[arg-type]
        grain=grain,
        periods=tuple(dict.fromkeys(period_label(day, grain) for day in days)) if grain != "all" else (),
        has_person=has_person,
        rows_in=len(rows),
        rows_used=len(rows),
        rows_set_aside=0,
        measures=tuple(Measure(name) for name in dict.fromkeys(row["measure"] for row in rows)),
        stratifiers=tuple(
            Stratifier(s, s, categories=tuple(Category(v) for v in dict.fromkeys(r[s] for r in rows) if v is not None))
            for s in strata
        ),
    )


def expected_cells(rows: list[dict[str, Any]], description: Description) -> dict[Key, dict[str, float]]:
    """The cube of these rows: key (measure, grain, period, by1, value1, by2, value2) to NUMBERS."""
    strata = [s.name for s in description.stratifiers]
    cells: dict[Key, dict[str, Any]] = {}
    chosen = {m: chosen_stratum([r for r in rows if r["measure"] == m], strata) for m in {r["measure"] for r in rows}}
    runs = expected_runs(rows, description)
    for place, row in enumerate(rows):
        for run in runs:
            if row["period"] is not None and run[0] <= row["period"].year <= run[1]:
                for by in tables_of_row(row, strata, description.tables, chosen[row["measure"]]):
                    by1, by2 = (*by, "", "")[:2]
                    sides = (by1, row[by1] if by1 else "", by2, row[by2] if by2 else "")
                    _add(cells, (row["measure"], "years", f"{run[0]}..{run[1]}", *sides), row, place)
        for grain in GRAINS[GRAINS.index(description.grain) :]:
            if row["period"] is None and grain != "all":
                continue
            period = "" if grain == "all" else period_label(row["period"], grain)
            for by in tables_of_row(row, strata, description.tables, chosen[row["measure"]]):
                by1, by2 = (*by, "", "")[:2]
                sides = (by1, row[by1] if by1 else "", by2, row[by2] if by2 else "")
                _add(cells, (row["measure"], grain, period, *sides), row, place)
    return {key: _finished(cell, description.has_person) for key, cell in cells.items()}


def expected_runs(rows: list[dict[str, Any]], description: Description) -> list[tuple[int, int]]:
    """The runs of years of a cube with people: of the latest ten, and of all only where some row has no period."""
    if not description.has_person or not description.periods:
        return []
    years = [int(label[:4]) for label in (description.periods[0], description.periods[-1])]
    latest = range(max(years[0], years[1] - 9), years[1] + 1)
    undated = any(row["period"] is None for row in rows)
    return [(a, b) for a, b in combinations(latest, 2) if undated or [a, b] != years]


def tables_of_row(row: dict[str, Any], strata: list[str], tables: str, chosen: str | None) -> list[tuple[str, ...]]:
    """The tables that a row belongs to."""
    if tables == "one_way":
        own = next((s for s in strata if row[s] is not None), None)
        return [(s,) for s in strata if row[s] is not None] + ([()] if own == chosen else [])
    return [(), *((s,) for s in strata), *combinations(strata, 2)]


def chosen_stratum(rows: list[dict[str, Any]], strata: list[str]) -> str | None:
    """Which rows of a one-way extract make the total: those of this stratifier, or of none."""
    own = [next((s for s in strata if row[s] is not None), None) for row in rows]
    if None in own:
        return None

    def size(stratum: str) -> tuple[float, int, int]:
        mine = [row for row, o in zip(rows, own, strict=True) if o == stratum]
        return (sum(row["n"] for row in mine if not row["hidden"]), len(mine), -strata.index(stratum))

    return max((s for s in strata if s in own), key=size)


def _add(cells: dict[Key, dict[str, Any]], key: Key, row: dict[str, Any], place: int) -> None:
    cell = cells.setdefault(key, {"rows": 0, "n": 0.0, "x": 0.0, "xx": 0.0, "hidden_at_source": 0, "each": {}})
    cell["rows"] += 1
    if row["hidden"]:
        cell["hidden_at_source"] += 1
        cell["n"] += row["n"] or 0.0
        return
    cell["n"] += row["n"]
    cell["x"] += row["x"]
    cell["xx"] += row["x"] ** 2
    person = row["person"] if row["person"] is not None else ("nobody", place)
    x, n = cell["each"].get(person, (0.0, 0.0))
    cell["each"][person] = (x + row["x"], n + row["n"])


def _finished(cell: dict[str, Any], has_person: bool) -> dict[str, float]:
    each = list(cell.pop("each").values()) if has_person else []
    cell.pop("each", None)
    cell |= {"people": len(each), "person_xx": sum(x * x for x, _ in each)}
    cell |= {"person_xn": sum(x * n for x, n in each), "person_nn": sum(n * n for _, n in each)}
    return cell


def built_cells(cube: Path) -> dict[Key, dict[str, float]]:
    """The cube on disk in the same form."""
    frame = pd.read_parquet(cube)
    keys = zip(*(frame[c] for c in ("measure", "grain", "period", "by1", "value1", "by2", "value2")), strict=True)
    return dict(zip(keys, frame[list(NUMBERS)].to_dict("records"), strict=True))


def month(year: int, number: int) -> dt.date:
    """The first day of a month."""
    return dt.date(year, number, 1)
