"""Made-up versions for the release tests: rows into a version folder, by plain pandas."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from equity.vocabulary import GRAINS, Category, Description, Grain, Kind, Measure, Stratifier, period_label
from equity.vocabulary.period import period_start

VALUES = [
    "rows",
    "n",
    "x",
    "xx",
    "people",
    "person_xx",
    "person_xn",
    "person_nn",
    "hidden_at_source",
]
KEY = ["measure", "grain", "period", "by1", "value1", "by2", "value2"]


def cube_of(rows: pd.DataFrame, strata: Sequence[str], grain: Grain, *, pairs: bool = True) -> pd.DataFrame:
    """The cube of rows with columns measure, month (label or ""), x, n, person (0: none), hidden and one a stratifier.

    A row takes part in the tables whose strata it has a value for (not None).
    """
    tables: list[tuple[str, ...]] = [(), *((s,) for s in strata)]
    if pairs:
        tables += list(combinations(strata, 2))
    sums: dict[tuple[str, ...], np.ndarray] = {}
    people: dict[tuple[str, ...], dict[int, np.ndarray]] = {}
    for row in rows.to_dict("records"):
        value = np.array([1, 0, 0, 0, 1]) if row["hidden"] else np.array([1, row["n"], row["x"], row["x"] ** 2, 0])
        for each in GRAINS[GRAINS.index(grain) :]:
            if each != "all" and not row["month"]:
                continue
            period = "" if each == "all" else period_label(period_start(row["month"]), each)
            for table in tables:
                if any(row[s] is None for s in table):
                    continue
                sides = [text for s in table for text in (s, row[s])]
                key = (row["measure"], each, period, *sides, *[""] * (4 - len(sides)))
                sums[key] = sums.get(key, 0) + value
                if row["person"] and not row["hidden"]:
                    own = people.setdefault(key, {})
                    own[row["person"]] = own.get(row["person"], 0) + np.array([row["x"], row["n"]])
    lines = []
    for key in sorted(sums):
        pairs_of = np.array(list(people.get(key, {}).values())).reshape(-1, 2)
        x, n = pairs_of[:, 0], pairs_of[:, 1]
        rows_n, total_n, total_x, xx, hidden = sums[key]
        lines.append((*key, rows_n, total_n, total_x, xx, len(x), (x * x).sum(), (x * n).sum(), (n * n).sum(), hidden))
    return pd.DataFrame(lines, columns=[*KEY, *VALUES])


def description_of(
    rows: pd.DataFrame,
    strata: Sequence[str],
    grain: Grain,
    *,
    dataset: str = "Visits",
    version: int = 1,
    kinds: dict[str, Kind] | None = None,
    crossed: bool = True,
) -> Description:
    """A description that fits the rows."""
    months = [m for m in sorted(set(rows["month"])) if m]
    periods = dict.fromkeys(period_label(period_start(m), grain) for m in months) if grain != "all" else {}
    return Description(
        dataset=dataset,
        version=version,
        created="2024-01-01T00:00:00+00:00",
        shape="rows",
        tables="crossed" if crossed else "one_way",
        values="counts",
        grain=grain,
        periods=tuple(periods),
        has_person=bool((rows["person"] > 0).any()),
        rows_in=len(rows),
        rows_used=len(rows),
        rows_set_aside=0,
        measures=tuple(Measure(m, kind=(kinds or {}).get(m, "proportion")) for m in sorted(set(rows["measure"]))),
        stratifiers=tuple(
            Stratifier(s, s.title(), categories=tuple(Category(v) for v in sorted(set(rows[s].dropna()))))
            for s in strata
        ),
    )


def save_version(folder: Path, cube: pd.DataFrame, description: Description) -> Path:
    """Write what the release room reads of a version."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "description.json").write_text(description.to_json(), encoding="utf-8")
    cube.to_parquet(folder / "cube.parquet", index=False)
    return folder


def random_rows(seed: int, count: int, months: int = 36, strata: Sequence[int] = (6, 5, 2, 4)) -> pd.DataFrame:
    """Visits with skewed groups: one row a visit, x yes or no."""
    generator = np.random.default_rng(seed)
    rows = pd.DataFrame(
        {
            "measure": "Control",
            "month": [f"{2022 + m // 12}-{m % 12 + 1:02d}" for m in generator.integers(0, months, count)],
            "n": 1.0,
            "person": np.zeros(count, dtype=np.int64),
            "hidden": False,
        }
    )
    for i, size in enumerate(strata):
        share = 0.55 ** np.arange(size) if size > 2 else np.array([0.52, 0.48])
        drawn = generator.choice(size, count, p=share / share.sum())
        rows[f"s{i + 1}"] = [f"g{v}" for v in drawn]
    rows["x"] = (generator.random(count) < 0.65).astype(float)
    return rows
