"""Ten million rows of CSV to a cube ready to view, beside DuckDB's bare COPY of the same file to Parquet.

The file (about 0.9 GB: a measure, a day, an outcome, six stratifiers) is made on the spot and removed afterwards. Each
side runs in a process of its own, in turn, so that a machine that slows down slows both and that the peak of memory
(VmHWM in /proc) is that side's alone. The peer reads and writes texts; ours also hashes the file, reads every spelling,
accounts for every row, checks, counts every one- and two-way table at every grain and publishes the version.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from equity.intake.quoting import literal

ROWS = int(os.environ.get("EQUITY_BENCHMARK_ROWS", "10000000"))
ROUNDS = 3
AIM_RATIO, AIM_GIGABYTES = 2.0, 2.0
MEMORY_LIMIT = "1GB"  # of DuckDB's own buffers, in ours and in the peer
LISTS = {
    "measure": "Controlled blood pressure|Depression screening and follow-up|Readmission in 30 days|Well-child visits",
    "race_ethnicity": "White|Black or African American|Hispanic or Latino|Asian|American Indian or Alaska Native|",
    "language": "English|Spanish|Chinese|Vietnamese|Other|Unknown",
    "payer": "Commercial|Medicaid|Medicare|Uninsured",
    "sex": "Female|Male|Unknown",
    "age_group": "0-17|18-44|45-64|65+",
    "site": "|".join(f"Clinic {letter}" for letter in "ABCDEFGHIJKL"),
}
MAPPING = """
[extract]
shape = "rows"
[columns]
measure = "measure"
period = "visit_date"
x = "met"
""" + "".join(f'[stratifiers.{name}]\ncolumn = "{name}"\nlabel = "{name}"\n' for name in LISTS if name != "measure")


def run() -> list[str]:
    """The lines of this benchmark's table."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as made:
        folder = Path(made)
        extract = make_extract(folder / "extract.csv", ROWS)
        times = [(_run_alone("ours", extract, folder), _run_alone("peer", extract, folder)) for _ in range(ROUNDS)]
        ratio = statistics.median(ours["seconds"] / peer["seconds"] for ours, peer in times)
        gigabytes = max(ours["gigabytes"] for ours, _ in times)
        size = extract.stat().st_size / 1e9
    ours_seconds, peer_seconds = (statistics.median(pair[side]["seconds"] for pair in times) for side in (0, 1))
    return [
        f"{ROWS:,} rows, {size:.2f} GB of CSV, six stratifiers → a cube ready to view; medians of {ROUNDS} rounds",
        f"ours {ours_seconds:7.2f} s   DuckDB COPY to Parquet {peer_seconds:7.2f} s   ours ÷ peer {ratio:5.2f}   "
        f"(aim {AIM_RATIO:g})",
        f"peak memory of ours {gigabytes:.2f} GB (aim below {AIM_GIGABYTES:g})",
    ]


def make_extract(path: Path, rows: int) -> Path:
    """Write the extract: one line an event, its categories and days drawn by a hash of the line's number."""
    picked = [
        f"list_extract({_texts(names)}, CAST(hash(i * {7 + 2 * place}) % {len(names.split('|'))} AS BIGINT) + 1) "
        f"AS {column}"
        for place, (column, names) in enumerate(LISTS.items())
    ]
    outcome = "CAST(hash(i * 3) % 10 < 6 AS INTEGER) AS met"
    day = "DATE '2022-01-01' + CAST(hash(i * 5) % 1096 AS INTEGER) AS visit_date"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT {', '.join([picked[0], day, outcome, *picked[1:]])} FROM range({rows}) AS made(i)) "
            f"TO {literal(str(path))} (FORMAT csv, HEADER)"
        )
    return path


def _texts(names: str) -> str:
    return f"[{', '.join(literal(name) for name in names.split('|'))}]"


def _run_alone(side: str, extract: Path, folder: Path) -> dict[str, float]:
    """One side in a process of its own: its elapsed seconds (without Python's start) and its peak memory."""
    command = [sys.executable, "-m", "benchmarks.intake", side, str(extract), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own module
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _ours(extract: Path, folder: Path) -> None:
    from equity.cube import open_cube
    from equity.intake.mapping_file import mapping_from_toml
    from equity.loading import load
    from equity.store.versions import current_version

    mapping = mapping_from_toml(MAPPING, "benchmark")
    with tempfile.TemporaryDirectory(dir=folder) as home:
        described = load([extract], "Benchmark", mapping, "new", Path(home), memory_limit=MEMORY_LIMIT)
        assert described.rows_used == described.rows_in
        open_cube(current_version(Path(home), "Benchmark").folder)


def _peer(extract: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as target, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = {literal(MEMORY_LIMIT)}")
        source = f"read_csv({literal(str(extract))})"
        connection.execute(f"COPY (FROM {source}) TO {literal(str(Path(target) / 'peer.parquet'))} (FORMAT parquet)")


def _peak_gigabytes() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) / 1e6


def _alone(side: str, extract: str, folder: str) -> None:
    work = {"ours": _ours, "peer": _peer}[side]
    start = time.perf_counter()
    work(Path(extract), Path(folder))
    print(json.dumps({"seconds": time.perf_counter() - start, "gigabytes": _peak_gigabytes()}))


if __name__ == "__main__":
    _alone(*sys.argv[1:])
