"""Ten million rows of CSV to a cube ready to view, beside DuckDB's bare COPY of the same file to Parquet.

The file (about 0.9 GB: a measure, a day, an outcome, six stratifiers) is made on the spot and removed afterwards. Each
side runs in a process of its own, in turn, so that a machine that slows down slows both and that the peak of memory
(VmHWM in /proc) is that side's alone. The peer reads and writes texts; ours also hashes the file, reads every spelling,
accounts for every row, checks, counts every one- and two-way table at every grain and publishes the version. The same
again with a person id on each line, five lines a person: people are counted once in each cell.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from benchmarks import alone
from benchmarks.alone import Alone
from benchmarks.made_up import room_for
from benchmarks.pairs import of_pairs
from benchmarks.result import Aim, Result, beside
from equity.cube.quoting import literal

SIZES = (10_000_000,)
ROUNDS, FEW_ROUNDS, FEW_FROM = 3, 1, 50_000_000
SPEED, WITH_PEOPLE, MEMORY = Aim("ratio", "most", 2), Aim("ratio", "most", 4), Aim("ours", "most", 2)
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
OF_PERSON = ("race_ethnicity", "language", "payer", "sex", "age_group")  # what is the same in all of a person's lines
LINES_A_PERSON = 5
COLUMNS = """
[extract]
shape = "rows"
[columns]
measure = "measure"
period = "visit_date"
x = "met"
"""
STRATIFIERS = "".join(
    f'[stratifiers.{name}]\ncolumn = "{name}"\nlabel = "{name}"\n' for name in LISTS if name != "measure"
)


def run(sizes: Sequence[int] = SIZES) -> list[Result]:
    """The lines of this part's table; with person ids up to tens of millions of rows."""
    return [line for size in sizes for line in (*_of_events(size), *(_of_people(size) if size < FEW_FROM else ()))]


def _of_events(size: int) -> list[Result]:
    rounds = FEW_ROUNDS if size >= FEW_FROM else ROUNDS
    with room_for(size, "csv") as folder:
        extract = make_extract(folder / "extract.csv", size)
        scale = f"{size:,} rows, {extract.stat().st_size / 1e9:.2f} GB of CSV"
        runs = alone.in_turn("benchmarks.intake", [("ours", extract), ("peer", extract)], folder, rounds)
    return _lines("CSV to a cube ready to view", scale, size, runs, (SPEED,))


def _of_people(size: int) -> list[Result]:
    with room_for(size, "csv") as folder:
        extract = make_extract_of_people(folder / "extract.csv", size)
        scale = f"{size:,} rows, {extract.stat().st_size / 1e9:.2f} GB of CSV with person ids"
        runs = alone.in_turn("benchmarks.intake", [("people", extract), ("peer", extract)], folder, FEW_ROUNDS)
    return _lines("The same with person ids", scale, size, runs, (WITH_PEOPLE,))


def _lines(what: str, scale: str, size: int, runs: Sequence[Sequence[Alone]], aims: tuple[Aim, ...]) -> list[Result]:
    times = of_pairs([(ours.seconds, peer.seconds) for ours, peer in runs])
    return [
        beside(what, scale, "s", times, "DuckDB's COPY of the CSV to Parquet", aims, rows=size),
        Result(
            what=f"Peak memory (DuckDB told {MEMORY_LIMIT})",
            size=scale,
            unit="GB",
            ours=max(ours.gigabytes for ours, _ in runs),
            aims=(MEMORY,),
            rows=size,
        ),
    ]


def make_extract(path: Path, rows: int) -> Path:
    """Write the extract: one line an event, its categories and days drawn by a hash of the line's number."""
    return _write(path, rows, dict.fromkeys(LISTS, "i"), [])


def make_extract_of_people(path: Path, rows: int) -> Path:
    """The same with a person on each line, to whom all categories but the site and the measure belong."""
    person = f"(hash(i * 101) % {max(1, rows // LINES_A_PERSON)})"
    return _write(
        path,
        rows,
        {column: person if column in OF_PERSON else "i" for column in LISTS},
        [f"'P' || {person} AS patient"],
    )


def _write(path: Path, rows: int, drawn_by: Mapping[str, str], more: Sequence[str]) -> Path:
    picked = [
        f"list_extract({_texts(names)}, CAST(hash({drawn_by[column]} * {7 + 2 * place}) % {len(names.split('|'))} "
        f"AS BIGINT) + 1) AS {column}"
        for place, (column, names) in enumerate(LISTS.items())
    ]
    outcome = "CAST(hash(i * 3) % 10 < 6 AS INTEGER) AS met"
    day = "DATE '2022-01-01' + CAST(hash(i * 5) % 1096 AS INTEGER) AS visit_date"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT {', '.join([picked[0], day, outcome, *more, *picked[1:]])} FROM range({rows}) AS made(i)) "
            f"TO {literal(str(path))} (FORMAT csv, HEADER)"
        )
    return path


def _texts(names: str) -> str:
    return f"[{', '.join(literal(name) for name in names.split('|'))}]"


def _ours(extract: Path, folder: Path) -> None:
    _loaded(extract, folder, COLUMNS + STRATIFIERS)


def _people(extract: Path, folder: Path) -> None:
    _loaded(extract, folder, COLUMNS + 'person = "patient"\n' + STRATIFIERS)


def _loaded(extract: Path, folder: Path, described_by: str) -> None:
    from equity.cube import open_cube
    from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
    from equity.loading import load
    from equity.store.files.versions import current_version

    mapping = mapping_from_toml(described_by, "benchmark")
    with tempfile.TemporaryDirectory(dir=folder) as home:
        described = load([extract], "Benchmark", mapping, "new", Path(home), memory_limit=MEMORY_LIMIT)
        assert described.rows_used == described.rows_in
        open_cube(current_version(Path(home), "Benchmark").folder)


def _peer(extract: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as target, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = {literal(MEMORY_LIMIT)}")
        source = f"read_csv({literal(str(extract))})"
        connection.execute(f"COPY (FROM {source}) TO {literal(str(Path(target) / 'peer.parquet'))} (FORMAT parquet)")


if __name__ == "__main__":
    alone.tell({"ours": _ours, "people": _people, "peer": _peer}, sys.argv[1:])
