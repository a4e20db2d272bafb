"""Made-up servers with teams that have data, a release and a cohort: for tests of what teams share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from equity.access.here import Here
from equity.actions.network.cohorts import begin_cohort
from equity.actions.network.membership import invite_team, join_cohort
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.network.cohorts import Cohort
from equity.network.members import Belonging, Member
from equity.network.nouns import COHORT
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import Release
from equity.sharing import make_release
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.database import Database, open_database, sqlite_url
from equity.store.workspace.ownership import claim_dataset
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.publishing import Publisher
from equity.store.workspace.workspaces import make_workspace
from tests.made_up_counts import COUNTS, RACE

MEASURE = "Controlled blood pressure"
GROUPS = {"Black": 1.0, "White": 1.6, "Asian": 0.6, "Native Hawaiian": 0.015}
YEARS = (2022, 2023, 2024)
MAPPING = f"""{COUNTS}{RACE}
[measures."{MEASURE}"]
kind = "proportion"
polarity = "higher_better"
clinical_area = "Heart"
"""


@dataclass(frozen=True)
class Server:
    """One server: its home folder and its store."""

    home: Path
    database: Database

    def here(self, workspace: str) -> Here:
        """A workspace of it as its owner sees it."""
        return Here(self.database, workspace, LOCAL_OWNER)

    def workspace(self, name: str) -> Here:
        """A new workspace."""
        return self.here(make_workspace(self.database, name, by=LOCAL_OWNER).id)


def server(folder: Path) -> Server:
    """A new server in an empty folder."""
    folder.mkdir(parents=True)
    return Server(folder, open_database(sqlite_url(folder / "workspace.db"), folder))


def begin(on: Server, title: str = "Cohort 2027") -> tuple[Here, Kept[Cohort]]:
    """A cohort's space."""
    here = on.workspace(title)
    begin_cohort(here, Cohort(title))
    return here, shelf.listed(on.database, here.workspace, COHORT)[0]


def join(cohort: Here, team: Here, name: str) -> tuple[Kept[Member], Kept[Belonging]]:
    """A team invited and joined."""
    kept, code = invite_team(cohort, name)
    return kept, join_cohort(team, code)


def extract(folder: Path, seed: int, lifts: float = 0.06) -> Path:
    """Counts by year and race; one group of a handful; in the last year Black patients fare better by ``lifts``."""
    generator, lines = np.random.default_rng(seed), []
    base, scale = generator.uniform(0.5, 0.7), generator.uniform(0.7, 1.3)
    for year in YEARS:
        for race, size in GROUPS.items():
            n = int(generator.poisson(900 * size * scale))
            rate = base - (0.1 if race == "Black" else 0) + (lifts if race == "Black" and year == YEARS[-1] else 0)
            lines.append((MEASURE, year, race, int(generator.binomial(n, rate)), n))
    path = folder / f"visits-{seed}.csv"
    pd.DataFrame(lines, columns=["measure", "period", "race", "x", "n"]).to_csv(path, index=False)
    return path


def load_data(on: Server, team: Here, folder: Path, seed: int, mapping: str = MAPPING, lifts: float = 0.06) -> str:
    """Made-up data of a team, loaded; gives the dataset's name."""
    name = f"Visits {seed}"
    claim_dataset(on.database, team.workspace, name, on_disk=())
    by = Publisher(on.database, team.workspace, LOCAL_OWNER)
    load([extract(folder, seed, lifts)], name, mapping_from_toml(mapping, "test"), "new", on.home, by=by)
    return name


def release_of(on: Server, team: Here, dataset: str) -> Release:
    """A release of a team's dataset by year."""
    plan, policy = Plan(("race",), "year", "none"), policy_of("cms")
    return make_release(on.database, on.home, team.workspace, dataset, plan, policy, by=LOCAL_OWNER)


def furnish(on: Server, name: str, folder: Path, seed: int, lifts: float = 0.06) -> tuple[Here, Release]:
    """A team's workspace with data and a release of them."""
    team = on.workspace(name)
    return team, release_of(on, team, load_data(on, team, folder, seed, lifts=lifts))
