"""Questions to the rows: limits on time, and no way out of the database."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from equity.cube.cube_query import CubeQuery
from equity.cube.deep import ask_rows
from equity.cube.engine import lock
from equity.vocabulary import PlainError
from tests.cube.oracle import describe, month, write_facts

QUESTION = CubeQuery(("Wait",), ("race",), "all", ("",), "", (("sex", ("Female",)), ("site", ("North",))))


def waits(count: int) -> list[dict[str, object]]:
    """Rows of one measure, each of another person."""
    return [
        {"measure": "Wait", "period": month(2023, 1 + i % 12), "x": 1.0, "n": 1.0, "person": i}
        | {"race": f"r{i % 3}", "sex": "Female", "site": "North"}
        for i in range(count)
    ]


def test_a_question_that_takes_too_long_is_stopped_with_a_sentence(tmp_path: Path) -> None:
    rows = waits(200_000)
    write_facts(rows, ["race", "sex", "site"], tmp_path / "extract.parquet")
    description = describe(rows[:3], ["race", "sex", "site"], has_person=True)
    with pytest.raises(PlainError, match=r"longer than 0 seconds .* ask for a shorter period"):
        ask_rows(tmp_path / "extract.parquet", description, QUESTION, seconds=0.0)


def test_a_question_that_needs_too_much_memory_is_stopped_with_a_sentence(tmp_path: Path) -> None:
    rows = waits(200_000)
    write_facts(rows, ["race", "sex", "site"], tmp_path / "extract.parquet")
    description = describe(rows[:3], ["race", "sex", "site"], has_person=True)
    with pytest.raises(PlainError, match="more memory than it may use"):
        ask_rows(tmp_path / "extract.parquet", description, QUESTION, memory="5MB")


def test_the_rows_of_a_deleted_version_are_said_to_be_gone(tmp_path: Path) -> None:
    description = describe(waits(3), ["race", "sex", "site"], has_person=True)
    with pytest.raises(PlainError, match="was deleted while the page was open"):
        ask_rows(tmp_path / "extract.parquet", description, QUESTION)


def test_the_sql_that_is_shown_does_not_tell_where_the_server_keeps_its_files(tmp_path: Path) -> None:
    rows = waits(3)
    write_facts(rows, ["race", "sex", "site"], tmp_path / "extract.parquet")
    answer = ask_rows(tmp_path / "extract.parquet", describe(rows, ["race", "sex", "site"], has_person=True), QUESTION)
    assert '$extract = "extract.parquet"' in answer.sql
    assert str(tmp_path) not in answer.sql


@pytest.mark.parametrize(
    "escape",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '{other}'",
        "SELECT * FROM glob('/*')",
        "COPY (SELECT 1) TO '{other}.out'",
        "COPY (SELECT 1) TO '{own}'",
        "ATTACH '{other}.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET allowed_paths = ['/etc/passwd']",
        "SET memory_limit = '100GB'",
    ],
)
def test_the_locked_database_reads_its_own_file_and_nothing_else(escape: str, tmp_path: Path) -> None:
    own, other = tmp_path / "extract.parquet", tmp_path / "other.parquet"
    for path in (own, other):
        write_facts(waits(3), ["race", "sex", "site"], path)
    before = own.read_bytes()
    with duckdb.connect() as connection:
        lock(connection, own)
        assert connection.execute("SELECT count(*) FROM read_parquet($own)", {"own": str(own)}).fetchone() == (3,)
        with pytest.raises(duckdb.Error):
            connection.execute(escape.format(own=own, other=other))
    assert own.read_bytes() == before
