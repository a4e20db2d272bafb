"""A comparison is worth something only when both sides answer the same question: here on few rows, table by table."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from benchmarks.views import COLUMNS, QUESTIONS, asked, from_frame, from_parquet, made_up_cube
from equity.cube import Cube

ROWS = 20_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made_up")


@pytest.fixture(scope="module")
def cube(folder: Path) -> Cube:
    return made_up_cube(folder, ROWS)


@pytest.mark.parametrize("page", QUESTIONS)
def test_the_cube_and_its_peers_find_the_same_sums(cube: Cube, folder: Path, page: str) -> None:
    question = QUESTIONS[page]
    ours = pd.concat([answer.table for answer in asked(cube, question)])
    with duckdb.connect() as connection:
        rows = from_parquet(connection, folder / "extract.parquet", question)()
    frame = pq.read_table(folder / "extract.parquet", columns=list(COLUMNS)).to_pandas(date_as_object=False)
    tables = pd.concat(from_frame(frame, question))
    sums = sorted(map(tuple, ours[["n", "x", "xx"]].to_numpy()))
    assert len(sums) > 5
    assert sums == sorted(row[-3:] for row in rows)
    assert sums == sorted(map(tuple, tables[["n", "x", "xx"]].to_numpy()))
