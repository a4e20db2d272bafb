"""A release of twelve measures by four groupings and quarters, beside the same counts by DuckDB from the same rows.

The peer hides nothing and proves nothing: it only sums, once for everyone and once for each grouping, by quarter, year
and over all time. Ours does that, decides what to hide, proves by attack that the rest gives nothing
away, and writes it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.pairs import of_pairs, seconds
from benchmarks.result import Aim, Result, beside
from benchmarks.terminal import loaded
from equity.cube.quoting import identifier, literal
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.server.sample_data import SAMPLE
from equity.sharing import make_release
from equity.store.files.versions import current_version
from equity.store.workspace.database import open_database, sqlite_url
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE

WHOLE, FIRST_WORD = Aim("ours", "most", 10), Aim("ours", "most", 1)
PLAN = Plan(("race", "language", "payer", "sex"), "quarter", "none")


@dataclass
class Told:
    """When the maker of a release is first told how far it is, in seconds from its start."""

    start: float = field(default_factory=time.perf_counter)
    first: float = 0.0

    def __call__(self, share: float, words: str) -> None:
        """Take a word of progress."""
        self.first = self.first or time.perf_counter() - self.start


def run(plan: Plan = PLAN) -> list[Result]:
    """The lines of this part's table."""
    with TemporaryDirectory(prefix="benchmark-") as made:
        folder = Path(made)
        home = loaded(folder)
        database = open_database(sqlite_url(home / "workspace.db"))
        told = Told()
        ours = seconds(
            lambda: make_release(
                database, home, HOME_WORKSPACE, SAMPLE, plan, policy_of("cms"), by=LOCAL_OWNER, progress=told
            )
        )
        rows = current_version(home, SAMPLE).folder / "extract.parquet"
        peer = seconds(lambda: plain_sums(rows, plan, folder / "peer.parquet"))
    measures = len(plan.measures) or 12
    size = f"{measures} measures, {len(plan.stratifiers)} groupings, by {plan.grain}"
    times = of_pairs([(ours, peer)])
    return [
        beside("A release, hidden, proven and written", size, "s", times, "DuckDB's sums alone", (WHOLE,)),
        Result("Until the first word of progress", size, "s", told.first, aims=(FIRST_WORD,)),
    ]


def plain_sums(rows: Path, plan: Plan, to: Path) -> None:
    """The sums that such a release would hold if nothing were hidden, as Parquet."""
    grains = {
        "all": "''",
        **{grain: f"CAST(date_trunc('{grain}', period) AS VARCHAR)" for grain in plan.grains if grain != "all"},
    }
    measures = ", ".join(map(literal, plan.measures))
    where = f"WHERE measure IN ({measures})" if measures else ""
    tables = [
        f"SELECT measure, {literal(grain)} AS grain, {starts} AS period, {literal(by)} AS by1, "
        f"{identifier(by) if by else literal('')} AS value1, sum(x) AS x, sum(n) AS n "
        f"FROM read_parquet({literal(str(rows))}) {where} GROUP BY ALL"
        for grain, starts in grains.items()
        for by in ("", *plan.stratifiers)
    ]
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({' UNION ALL '.join(tables)}) TO {literal(str(to))} (FORMAT parquet)")
