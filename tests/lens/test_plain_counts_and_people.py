"""Estimates stand on plain counts, and what repeat visits do stands in their width and their p alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from equity.lens.choices import Choices
from equity.lens.completeness import completeness
from equity.lens.gap_sources import gap_sources
from equity.lens.intersections import intersections
from equity.lens.over_time.trends import trends
from equity.vocabulary import Measure, Reference
from equity.vocabulary.period import add_months
from tests.made_up_cubes import cube_of, stratifier, year

SEEN = Measure("Seen", "proportion", "higher_better")
RACE = stratifier("race", "A", "B", Unknown="unknown")
SITE = stratifier("site", "North", "South")
CHOICES = Choices("Made up", 1, "Seen", "race", Reference.parse("A"))


def visits(race: str, site: str, people: int, times: int, rate: float, first: int) -> pd.DataFrame:
    """People who come ``times`` times with one outcome each."""
    outcome = (np.arange(people) < round(rate * people)).astype(float)
    person = np.repeat(np.arange(first, first + people), times)
    return pd.DataFrame({"race": race, "site": site, "x": np.repeat(outcome, times), "person": person.astype("uint64")})


def test_observed_over_expected_is_that_of_plain_counts_and_as_wide_as_people_make_it(tmp_path: Path) -> None:
    """Group B: few people who come often at the South, where its rate is lowest."""
    rows = pd.concat(
        [
            visits("A", "North", 200, 1, 0.6, 1),
            visits("A", "South", 200, 1, 0.5, 1001),
            visits("B", "North", 100, 1, 0.5, 2001),
            visits("B", "South", 20, 20, 0.2, 3001),
        ],
        ignore_index=True,
    )
    cube = cube_of(tmp_path, rows, [SEEN], [RACE, SITE])
    part = gap_sources(cube, CHOICES, "site").parts.set_index("group").loc["B"]
    site = rows.groupby("site")["x"].agg(["sum", "size"])
    mine = rows[rows["race"] == "B"].groupby("site")["x"].agg(["sum", "size"])
    expected = (mine["size"] * site["sum"] / site["size"]).sum()
    assert part["ratio_indirect"] == pytest.approx(mine["sum"].sum() / expected)
    plain = cube_of(tmp_path / "b", rows.drop(columns="person"), [SEEN], [RACE, SITE])
    narrow = gap_sources(plain, CHOICES, "site").parts.set_index("group").loc["B"]
    assert part["ratio_indirect"] == pytest.approx(narrow["ratio_indirect"])
    wide, slim = (row["ratio_indirect_upper"] - row["ratio_indirect_lower"] for row in (part, narrow))
    assert wide > 2 * slim


def test_the_gap_of_a_window_is_that_of_plain_counts(tmp_path: Path) -> None:
    """Two years; in the second half of the first one, 10 people of B come twenty times a month."""
    parts, first = [], 1
    for month in range(24):
        often = 6 <= month < 12
        for race, people, times, rate in (
            ("A", 100, 1, 0.6),
            ("B", 10 if often else 100, 20 if often else 1, 0.3 if often else 0.5),
        ):
            parts.append(visits(race, "North", people, times, rate, first).assign(period=add_months(year(2022), month)))
            first += people
    rows = pd.concat(parts, ignore_index=True)
    answer = trends(cube_of(tmp_path, rows, [SEEN], [RACE], grain="month"), CHOICES, "month")
    early = rows[[day.year == 2022 for day in rows["period"]]].groupby("race")["x"].mean()
    assert answer.windows.set_index("group").loc["B", "gap_first"] == pytest.approx(early["A"] - early["B"])


def test_the_margins_of_intersections_are_those_of_plain_counts(tmp_path: Path) -> None:
    rows = pd.concat(
        [
            visits("A", "North", 200, 1, 0.6, 1),
            visits("A", "South", 20, 20, 0.3, 1001),
            visits("B", "North", 20, 20, 0.7, 2001),
            visits("B", "South", 200, 1, 0.5, 3001),
        ],
        ignore_index=True,
    )
    found = intersections(cube_of(tmp_path, rows, [SEEN], [RACE, SITE]), CHOICES, ["race", "site"]).rows
    found = found[found["n"] > 0]
    for margin in ("value1", "value2"):
        sums = found.assign(fitted=found["expected"] * found["n"]).groupby(margin)[["fitted", "x"]].sum()
        np.testing.assert_allclose(sums["fitted"], sums["x"], rtol=1e-6)


def test_whether_the_unknown_fare_otherwise_is_asked_of_people(tmp_path: Path) -> None:
    """60 people with 25 identical visits each: 1,500 visits say no more than 60 people."""
    rows = pd.concat(
        [visits("A", "North", 40, 25, 0.5, 1), visits("Unknown", "North", 20, 25, 0.65, 1001)], ignore_index=True
    )
    answer = completeness(cube_of(tmp_path, rows, [SEEN], [RACE]), CHOICES)
    by_people = stats.chi2_contingency([[20, 20], [13, 7]], correction=False).pvalue
    assert answer.unknown_p == pytest.approx(by_people, abs=0.05)
    assert (answer.known_rate, answer.unknown_rate, answer.unknown_n) == (0.5, 0.65, 500)
