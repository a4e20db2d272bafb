"""Home folders with a dataset, its releases and a leader, for what leaders receive. The rule is the usual one (11)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import Release
from equity.sharing import make_release
from equity.store.workspace.database import Database, workspace_database
from equity.store.workspace.links import make_link
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.made_up_counts import COUNTS, RACE, SITE

DATASET = "Clinic visits"
CONTROL, FALLS, UNRELEASED = "Controlled blood pressure", "Falls", "Kept in the team"
MAPPING = f"""{COUNTS}{RACE}{SITE}
[measures."{CONTROL}"]
kind = "proportion"
polarity = "higher_better"
[measures."{FALLS}"]
kind = "rate"
multiplier = 1000
unit = "patient days"
polarity = "lower_better"
[measures."{UNRELEASED}"]
kind = "proportion"
polarity = "higher_better"
"""
KEY = ["measure", "grain", "period", "by1", "value1", "by2", "value2"]
PLAN = Plan(("race", "site"), "quarter", "year", (CONTROL, FALLS))
RACES = {"Asian": (0.71, 2300), "Black": (0.62, 3100), "White": (0.74, 5200), "Samoan": (0.27, 9), "Tongan": (0.31, 7)}
SITES = {"Harbor": 1.0, "Mill": 0.8}
QUARTERS = [f"{year}-Q{quarter}" for year in (2022, 2023) for quarter in (1, 2, 3, 4)]


@dataclass(frozen=True)
class Place:
    """A home folder with releases, oldest first."""

    home: Path
    database: Database
    releases: tuple[Release, ...]

    def link(self, release: Release, **choices: str) -> str:
        """The token of a new link to a release."""
        text = json.dumps(choices)
        return make_link(
            self.database, HOME_WORKSPACE, release.id, by=LOCAL_OWNER, title="Board, autumn", choices=text
        )[1]

    def counts(self) -> pd.DataFrame:
        """The true counts of every cell of every version, the later versions' last, each once."""
        cubes = [pd.read_parquet(path) for path in sorted(self.home.glob("datasets/*/versions/*/cube.parquet"))]
        return pd.concat(cubes, ignore_index=True)

    def shown(self) -> pd.DataFrame:
        """What the releases show together."""
        cells = pd.concat([release.cells() for release in self.releases], ignore_index=True)
        return cells[cells["shown"] != "hidden"]


def usual_extract(last: str) -> pd.DataFrame:
    """Counts by quarter, race and site until ``last``: two small groups, whose rates are like nobody else's."""
    generator = np.random.default_rng(11)
    lines = []
    for quarter in QUARTERS:
        for race, (rate, size) in RACES.items():
            for site, share in SITES.items():
                n = int(generator.poisson(size * share))
                lines.append((CONTROL, quarter, race, site, int(generator.binomial(n, rate)), n))
                days = int(generator.poisson(size * share * 9)) + 1
                falls = int(generator.poisson(days * (0.05 if size > 100 else 0.012)))
                lines.append((FALLS, quarter, race, site, falls, days))
                lines.append((UNRELEASED, quarter, race, site, 17 * size + n, 29 * size + 2 * n))
    table = pd.DataFrame(lines, columns=["measure", "period", "race", "site", "x", "n"])
    return table[(table["n"] > 0) & (table["period"] <= last)]


def made(folder: Path, extracts: Sequence[pd.DataFrame], plan: Plan = PLAN) -> Place:
    """Load these as versions of one dataset and release each."""
    home, database, releases = folder / "home", workspace_database(), []
    for number, extract in enumerate(extracts):
        path = folder / f"visits-{number}.csv"
        extract.to_csv(path, index=False)
        load([path], DATASET, mapping_from_toml(MAPPING, "test"), "replace" if number else "new", home)
        releases.append(make_release(database, home, HOME_WORKSPACE, DATASET, plan, policy_of("cms"), by=LOCAL_OWNER))
    return Place(home, database, tuple(releases))


def twins() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two extracts that differ in cells with few events only, and in no sum that a release shows.

    In two groups three of fourteen have the event at each site each year: too few to show. What one group has more in
    one year, the other has in the other year, and the same between sites.
    """
    lines = []
    for year in (2022, 2023, 2024):
        for race, (rate, size) in RACES.items():
            for place, site in enumerate(SITES):
                n = 14 if size < 100 else size + 10 * place
                x = 3 if size < 100 else round(n * rate) + year - 2022
                lines += [(measure, year, race, site, x, n) for measure in (CONTROL, FALLS)]
    one = pd.DataFrame(lines, columns=["measure", "period", "race", "site", "x", "n"])
    other = one.copy()
    between = _either(other["race"], "Samoan", "Tongan") * _either(other["period"], 2022, 2023)
    other["n"] += between * _either(other["site"], "Harbor", "Mill")
    other["x"] += between * (_either(other["site"], "Harbor", "Mill") + (other["site"] == "Harbor"))
    return one, other


def _either(column: pd.Series, up: object, down: object) -> pd.Series:
    """1 where the column is one thing, -1 where it is the other, else 0."""
    return (column == up).astype(int) - (column == down).astype(int)
