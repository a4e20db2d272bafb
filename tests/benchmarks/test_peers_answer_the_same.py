"""The peers of a release and of an answer in the terminal count the same: only then is a comparison worth something."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from benchmarks.releasing import Told, plain_sums
from benchmarks.terminal import BY, MEASURE, QUESTIONS, plain_rates
from equity.commands.line import run
from equity.release.plan import Plan
from equity.store.files.versions import current_version


@pytest.fixture(scope="module")
def version(sample_home: Path) -> Path:
    return current_version(sample_home, "Sample").folder


def test_the_sums_beside_a_release_are_those_of_the_cube(version: Path, tmp_path: Path) -> None:
    plan = Plan(("race", "sex"), "quarter", "none", (MEASURE, "Restraint events"))
    plain_sums(version / "extract.parquet", plan, tmp_path / "peer.parquet")
    of_cube = (
        "SELECT measure, grain, by1, value1, n, x FROM read_parquet(?) WHERE by2 = '' AND grain IN ('quarter', 'year', "
        "'all') AND by1 IN ('', 'race', 'sex') AND measure IN (?, ?) ORDER BY ALL"
    )
    with duckdb.connect() as connection:
        ours = connection.execute(of_cube, [str(version / "cube.parquet"), *plan.measures]).fetchall()
        of_peer = "SELECT measure, grain, by1, value1, n, x FROM read_parquet(?) ORDER BY ALL"
        theirs = connection.execute(of_peer, [str(tmp_path / "peer.parquet")]).fetchall()
    assert len(ours) > 100
    assert theirs == [(*row[:4], pytest.approx(row[4]), pytest.approx(row[5])) for row in ours]


def test_the_rates_beside_an_answer_in_the_terminal_are_its_rates(
    version: Path, sample_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(sample_home))
    assert run(["ask", "disparities", "--dataset", "Sample", *QUESTIONS["disparities"], "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    with duckdb.connect() as connection:
        found = connection.execute(plain_rates("disparities", version / "extract.parquet")).fetchall()
    rates = {value: (n, rate) for measure, value, n, rate in found}
    assert {measure for measure, *_ in found} == {MEASURE}
    assert len(rows) > 5
    for row in rows:
        assert rates[row["group"]] == (pytest.approx(row["n"]), pytest.approx(row["rate"])), f"{BY}: {row['value']}"


def test_the_first_word_of_progress_is_the_first_that_is_told() -> None:
    told = Told()
    told(0.0, "Waiting")
    first = told.first
    told(0.5, "Hiding")
    assert first > 0 and told.first == first
