"""One answer on the command line, the whole process, beside a script that answers the same from the same rows.

Both are started in turn as a terminal starts them, with what Python compiles kept as an installed program keeps it. The
peer imports DuckDB and pandas, counts the groups, and prints their rates: no interval, no name, no sentence.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pairs import of_pairs, seconds
from benchmarks.result import Aim, Result, beside
from equity.cube.quoting import identifier, literal
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.server.sample_data import SAMPLE, SOURCES
from equity.store.files.versions import current_version

ROUNDS = 9
PROCESS = Aim("ours", "most", 0.5)
MEASURE, BY = "Postpartum visit", "race"
QUESTIONS = {"disparities": ("--measure", MEASURE, "--by", BY), "areas": ()}
SCRIPT = """
import sys
import duckdb, pandas
print(duckdb.sql(sys.argv[1]).df())
"""


def run(rounds: int = ROUNDS) -> list[Result]:
    """The lines of this part's table."""
    with TemporaryDirectory(prefix="benchmark-") as made:
        home = loaded(Path(made))
        return [_line(question, home, rounds) for question in QUESTIONS]


def loaded(folder: Path) -> Path:
    """A home folder that holds the sample data."""
    home = folder / "home"
    home.mkdir()
    extract, mapping = SOURCES[SAMPLE]
    load([extract], SAMPLE, mapping_from_toml(mapping.read_text(encoding="utf-8"), "sample"), "new", home)
    return home


def plain_rates(question: str, rows: Path) -> str:
    """The statement that counts what a question is about: groups with their rates."""
    only = f"WHERE measure = {literal(MEASURE)}" if question == "disparities" else ""
    source = f"FROM read_parquet({literal(str(rows))}) {only}"
    return f"SELECT measure, {identifier(BY)} AS value, sum(n) AS n, sum(x) / sum(n) AS rate {source} GROUP BY ALL"


def _line(question: str, home: Path, rounds: int) -> Result:
    rows = current_version(home, SAMPLE).folder / "extract.parquet"
    ours = ["-m", "equity", "ask", question, "--dataset", SAMPLE, *QUESTIONS[question]]
    peer = ["-c", SCRIPT, plain_rates(question, rows)]
    pairs = [(_taken(ours, home), _taken(peer, home)) for _ in range(rounds + 1)]
    times = of_pairs(pairs[1:])  # in the first, Python compiles what it reads
    what = f"ask {question}: the whole process"
    return beside(what, "the sample data", "s", times, "DuckDB and pandas, no intervals", (PROCESS,))


def _taken(words: Sequence[str], home: Path) -> float:
    return seconds(lambda: said(words, home))


def said(words: Sequence[str], home: Path) -> str:
    """What Python prints when it is given these words; raises CalledProcessError where it fails."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "EQUITY_HOME": str(home), "PYTHONPYCACHEPREFIX": str(home.parent / "compiled")}
    command = [sys.executable, *words]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)  # noqa: S603 - ours
    return done.stdout
