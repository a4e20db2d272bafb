"""Every page's data question put to the cube, to DuckDB over the Parquet extract, and to pandas in memory, at sizes.

QUESTIONS lists what the lenses ask: a table of sums, or one for each stratifier. The peers are asked for the same
tables in the way that is quickest for them: DuckDB in one pass over the extract, pandas with the rows chosen once. The
cube should answer in the same time whatever the extract's size, and the peers cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from benchmarks.made_up import MEASURES, MEMORY_LIMIT, STRATIFIERS, described, room_for, write_version
from benchmarks.pairs import of_pairs, paired, typical
from benchmarks.result import Aim, Result
from equity.cube import Cube, Slice, build_cube, open_cube
from equity.cube.quoting import literal
from equity.vocabulary import PeriodRange

SIZES = (10_000, 1_000_000, 10_000_000)
SMALL = 10_000
PANDAS_MOST = 10_000_000  # a hundred million rows as a data frame do not fit into the memory of a usual server
YEAR = PeriodRange.parse("2024")
FIRST_DAY, LAST_DAY = pd.Timestamp(2024, 1, 1), pd.Timestamp(2024, 12, 31)
FLAT_ROUNDS = 15
FLAT = Aim("ratio", "most", 1.2)
AIMS = {"DuckDB": Aim("ratio", "least", 100), "pandas": Aim("ratio", "least", 500)}
AIMED_AT = 10_000_000

Rows = Callable[[], list[tuple[object, ...]]]


@dataclass(frozen=True)
class Question:
    """A page's question: tables of sums of some measures, each split by one of ``splits``.

    In the year or month by month; of everyone or of one group of another stratifier.
    """

    measures: tuple[str, ...]
    splits: tuple[tuple[str, ...], ...]
    monthly: bool = False
    where: tuple[tuple[str, str], ...] = ()


ONE = ("Measure 3",)
ALL = tuple(f"Measure {i}" for i in range(MEASURES))
STRATA = tuple(f"s{i}" for i in range(STRATIFIERS))
COLUMNS = ("measure", "period", "n", "x", *STRATA)
EACH = tuple((name,) for name in STRATA)
QUESTIONS = {
    "Disparities, Home": Question(ONE, (("s0",),)),
    "Disparities, of some": Question(ONE, (("s0",),), where=(("s1", "Group 2"),)),
    "Gap trends": Question(ONE, (("s0",),), monthly=True),
    "Clinical areas, Scan": Question(ALL, EACH),
    "All groups in one number": Question(ALL, (("s0",),)),
    "Intersections, Gap breakdown": Question(ONE, (("s0", "s1"),)),
    "Data completeness": Question(ONE, EACH),
}


def run(sizes: Sequence[int] = SIZES) -> list[Result]:
    """The lines of this part's table."""
    results: list[Result] = []
    with room_for(SMALL, "parquet") as folder:
        small = made_up_cube(folder, SMALL)
        for size in sizes:
            with room_for(size, "parquet") as place:
                cube = made_up_cube(place, size)
                if size != SMALL:
                    results.append(_flat(cube, small, size))
                results += _against_peers(cube, place / "extract.parquet", size)
    return results


def made_up_cube(folder: Path, rows: int) -> Cube:
    """An extract of so many rows and its cube."""
    extract = write_version(folder, rows)
    build_cube(
        extract, described(rows), folder / "cube.parquet", memory_limit=MEMORY_LIMIT, temp_directory=folder / "spilled"
    )
    return open_cube(folder)


def _flat(cube: Cube, small: Cube, size: int) -> Result:
    """All questions in a row, beside the same on the smallest cube: the ratio is this size over the small one."""
    times = of_pairs([(typical(lambda: _all(small)), typical(lambda: _all(cube))) for _ in range(FLAT_ROUNDS)])
    return Result(
        what="All of these questions",
        size=f"{size:,} rows",
        unit="ms",
        ours=times.peer * 1e3,
        peer=f"the same on {SMALL:,} rows",
        theirs=times.ours * 1e3,
        ratio=times.ratio,
        reading="ours ÷ peer",
        aims=(FLAT,),
        rows=size,
        rounds=times.rounds,
    )


def _all(cube: Cube) -> list[list[Slice]]:
    return [asked(cube, question) for question in QUESTIONS.values()]


def _against_peers(cube: Cube, extract: Path, size: int) -> list[Result]:
    with duckdb.connect() as connection:
        lines = [
            _beside(cube, page, "DuckDB", from_parquet(connection, extract, question), size)
            for page, question in QUESTIONS.items()
        ]
    if size <= PANDAS_MOST:
        frame = pq.read_table(extract, columns=list(COLUMNS)).to_pandas(date_as_object=False)
        lines += [
            _beside(cube, page, "pandas", partial(from_frame, frame, question), size)
            for page, question in QUESTIONS.items()
        ]
    return lines


def _beside(cube: Cube, page: str, peer: str, theirs: Callable[[], object], size: int) -> Result:
    times = paired(lambda: asked(cube, QUESTIONS[page]), theirs, fewest=2)
    return Result(
        what=page,
        size=f"{size:,} rows",
        unit="ms",
        ours=times.ours * 1e3,
        peer={"DuckDB": "DuckDB over Parquet", "pandas": "pandas in memory"}[peer],
        theirs=times.peer * 1e3,
        ratio=times.ratio,
        aims=(AIMS[peer],) if size == AIMED_AT else (),
        rows=size,
        rounds=times.rounds,
    )


def asked(cube: Cube, question: Question) -> list[Slice]:
    """The cube's tables."""
    if question.monthly:
        return [cube.series(question.measures, by, "month", question.where) for by in question.splits]
    return [cube.groups(question.measures, by, YEAR, question.where) for by in question.splits]


def from_parquet(connection: duckdb.DuckDBPyConnection, extract: Path, question: Question) -> Rows:
    """DuckDB's tables, from the extract: all in one statement."""
    statement = as_sql(extract, question)
    return lambda: connection.execute(statement).fetchall()


def as_sql(extract: Path, question: Question) -> str:
    """All tables of a question as one statement over the extract."""
    fixed = ["measure", *(["period"] if question.monthly else [])]
    conditions = [f"measure IN ({', '.join(map(literal, question.measures))})"]
    if not question.monthly:
        conditions.append(f"period BETWEEN DATE '{FIRST_DAY:%F}' AND DATE '{LAST_DAY:%F}'")
    conditions += [f"{name} = {literal(value)}" for name, value in question.where]
    strata = list(dict.fromkeys(name for by in question.splits for name in by))
    sets = ", ".join(f"({', '.join([*fixed, *by])})" for by in question.splits)
    return (
        f"SELECT {', '.join([*fixed, *strata])}, count(*), sum(n), sum(x), sum(x * x) "
        f"FROM read_parquet({literal(str(extract))}) "
        f"WHERE {' AND '.join(conditions)} GROUP BY GROUPING SETS ({sets})"
    )


def from_frame(frame: pd.DataFrame, question: Question) -> list[pd.DataFrame]:
    """pandas' tables, from the extract in memory: the rows are chosen once."""
    wanted = frame["measure"].isin(question.measures)
    if not question.monthly:
        wanted &= (frame["period"] >= FIRST_DAY) & (frame["period"] <= LAST_DAY)
    for name, value in question.where:
        wanted &= frame[name] == value
    chosen = frame[wanted]
    chosen = chosen.assign(xx=chosen["x"] ** 2)
    fixed = ["measure", *(["period"] if question.monthly else [])]
    return [chosen.groupby([*fixed, *by], observed=True)[["n", "x", "xx"]].sum() for by in question.splits]
