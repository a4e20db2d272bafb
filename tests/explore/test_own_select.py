"""A SELECT that somebody wrote reads the version's tables and nothing else, within limits."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from equity.cube import Cube
from equity.explore import written
from equity.explore.own_select import checked_select
from equity.explore.written import columns, example, run_select
from equity.vocabulary import PlainError

ENDLESS = "SELECT count(*) FROM facts a, facts b, facts c WHERE a.x + b.x + c.x > 2"

REFUSED = (
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE facts",
    "COPY (SELECT 1) TO '/tmp/out'",
    "COPY facts TO '/tmp/out'",
    "ATTACH '/tmp/other.db'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "PRAGMA database_list",
    "SET lock_configuration = false",
    "SET threads = 64",
    "RESET memory_limit",
    "CALL pragma_version()",
    "CREATE TABLE t AS SELECT 1",
    "INSERT INTO facts VALUES (1)",
    "DELETE FROM facts",
    "UPDATE facts SET x = 1",
    "DROP VIEW facts",
    "EXPORT DATABASE '/tmp/out'",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "EXPLAIN ANALYZE SELECT 1",
    "USE memory",
    "CHECKPOINT",
    "BEGIN",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM read_parquet('extract.parquet')",
    "SELECT * FROM parquet_metadata('extract.parquet')",
    "SELECT * FROM glob('/**')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM 'extract.parquet'",
    'SELECT * FROM "https://example.org/x.csv"',
    "SELECT getenv('HOME')",
    "SELECT current_setting('threads')",
    "SELECT getvariable('x')",
    "SELECT version()",
    "SELECT 'HOME'.getenv()",
    "SELECT main.\"getenv\"('HOME')",
    "SELECT * FROM facts, LATERAL (SELECT * FROM glob(measure))",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_settings",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM memory.main.facts",
    "SELECT * FROM pg_catalog.pg_tables",
    "SELECT * FROM sqlite_master",
    "SHOW TABLES",
    "DESCRIBE facts",
    "SUMMARIZE facts",
    "SELECT * FROM (DESCRIBE facts)",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('facts')",
    "SELECT * FROM arrow_scan(1, 2, 3)",
    "SELECT * FROM pandas_scan(1)",
    "SELECT * FROM range(1000000000)",
    "SELECT range(1000000000000)",
    "SELECT repeat('x', 10000000000)",
    "SELECT lpad('x', 1000000000, 'y')",
    "SELECT string_agg(measure) FROM facts",
    "SELECT list(x) FROM facts",
    "SELECT json_execute_serialized_sql('x')",
    "SELECT nextval('s')",
    "SELECT system.main.getenv('HOME')",
    "SELECT main.sum(x) FROM facts",
    "SELECT (SELECT getenv('HOME'))",
    "SELECT x FROM facts ORDER BY getenv('HOME')",
    "SELECT x FROM facts WHERE x IN (SELECT y FROM read_csv('/etc/passwd') t(y))",
    "SELECT sum(x) FILTER (WHERE getenv('A') = 'b') FROM facts",
    "SELECT sum(x) OVER (PARTITION BY getenv('A')) FROM facts",
    "WITH a AS (SELECT * FROM read_csv('/etc/passwd')) SELECT * FROM a",
    "WITH a AS (DELETE FROM facts RETURNING *) SELECT * FROM a",
    "WITH RECURSIVE a AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM a) SELECT * FROM a",
    "WITH a AS (WITH RECURSIVE b AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM b) SELECT * FROM b) SELECT * FROM a",
    "SELECT * FROM (VALUES (getenv('HOME'))) v",
    "SELECT * FROM facts JOIN read_csv('/etc/passwd') c ON true",
    "FROM read_csv('/etc/passwd')",
    "PIVOT facts ON measure USING sum(x)",
    "SELECT 1 UNION SELECT * FROM read_text('/etc/passwd')",
    "SELECT /* */ 1 ) ; SELECT ( 2",
    "SELECT 1) TO '/tmp/x' --",
    "",
    " ; ",
    "SELECT\0",
    "SELECT '" + "x" * 30_000 + "'",
    "SELECT " + "(" * 3_000 + "1" + ")" * 3_000,
)


@pytest.fixture(scope="module")
def folder(sample_cube: Cube) -> Path:
    return sample_cube.extract.parent


@pytest.mark.parametrize("sql", REFUSED)
def test_nothing_but_one_select_over_the_tables_is_run(sql: str) -> None:
    with pytest.raises(PlainError) as refused:
        checked_select(sql)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("sql", [each for each in REFUSED if "FROM" in each or each.startswith(("SET", "ATT", "COPY"))])
def test_the_database_itself_gives_no_file_and_no_setting_either(
    sample_cube: Cube, folder: Path, sql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second lock alone, with the first one open: no file is read and none is written."""
    monkeypatch.setattr(written, "checked_select", lambda text: text)
    try:
        given = run_select(folder, sample_cube.description, sql, seconds=1.0)
    except PlainError:
        return
    told = given.rows.head(50).to_string()
    assert "root:" not in told
    assert "person\n" not in told


ALLOWED = (
    "SELECT count(*) AS n FROM facts",
    "select race, sum(x) / sum(n) r from facts where not hidden group by all order by 2 desc;",
    "FROM facts SELECT measure, year(period) AS y, count(*) GROUP BY ALL",
    "WITH a AS (SELECT race, sum(n) n FROM facts GROUP BY race) SELECT a.*, n / (SELECT sum(n) FROM a) AS share FROM a",
    "SELECT f.race, c.n FROM facts f JOIN cube c ON f.race = c.value1 LIMIT 3",
    "SELECT x::INTEGER, CASE WHEN x > 0 THEN 'yes' ELSE 'no' END FROM facts -- a remark\nLIMIT 2",
    "SELECT race, row_number() OVER (ORDER BY sum(x)) FROM facts GROUP BY race",
    "SELECT * FROM (VALUES (1), (2)) v(i) WHERE i BETWEEN 1 AND 2 AND i IN (SELECT 1)",
    "SELECT 1 UNION ALL SELECT 2",
    "SELECT DISTINCT measure FROM facts WHERE measure ILIKE '%a%' AND period >= DATE '2024-01-01'",
)


@pytest.mark.parametrize("sql", ALLOWED)
def test_what_analysts_write_is_run(sample_cube: Cube, folder: Path, sql: str) -> None:
    assert len(run_select(folder, sample_cube.description, sql).rows) > 0


def test_the_person_is_in_no_column_of_no_table(sample_cube: Cube, folder: Path) -> None:
    assert sample_cube.description.has_person
    assert "person" in pd.read_parquet(sample_cube.extract).columns
    for table, names in columns(folder, sample_cube.description).items():
        assert "person" not in [name.casefold() for name in names]
        assert (
            "person" not in run_select(folder, sample_cube.description, f"SELECT * FROM {table} LIMIT 1").rows.columns
        )
    for sql in ("SELECT person FROM facts", 'SELECT "PERSON" FROM facts', "SELECT f.person FROM facts f"):
        with pytest.raises(PlainError, match="cannot be run"):
            run_select(folder, sample_cube.description, sql)
    people = set(pd.read_parquet(sample_cube.extract)["person"].head(500).astype(str))
    given = run_select(folder, sample_cube.description, "SELECT facts FROM facts LIMIT 500").rows.to_string()
    assert not [each for each in people if each in given]


def test_numbers_are_those_of_pandas(sample_cube: Cube, folder: Path) -> None:
    rows = pd.read_parquet(sample_cube.extract)
    expected = rows.groupby(["measure", "race"])["x"].sum()
    sql = "SELECT measure, race, sum(x) AS x FROM facts GROUP BY ALL"
    found = run_select(folder, sample_cube.description, sql).rows.set_index(["measure", "race"])["x"]
    pd.testing.assert_series_equal(found.sort_index(), expected.sort_index(), check_dtype=False, check_index_type=False)


def test_the_example_runs(sample_cube: Cube, folder: Path) -> None:
    held = sample_cube.description
    assert len(run_select(folder, held, example(held)).rows) > 1
    odd = replace(held.measures[0], name="it's '; DROP TABLE facts; --")
    assert run_select(folder, held, example(replace(held, measures=(odd,)))).rows.empty


def test_a_runaway_query_ends_when_its_time_is_up(sample_cube: Cube, folder: Path) -> None:
    with pytest.raises(PlainError, match="longer than"):
        run_select(folder, sample_cube.description, ENDLESS, seconds=0.5)


def test_stop_ends_it_at_once(sample_cube: Cube, folder: Path) -> None:
    stop = threading.Event()
    threading.Timer(0.4, stop.set).start()
    with pytest.raises(PlainError, match="stopped"):
        run_select(folder, sample_cube.description, ENDLESS, stop)


def test_memory_and_rows_have_an_end(sample_cube: Cube, folder: Path) -> None:
    greedy = "SELECT a.source_row, b.source_row AS s, count(*) FROM facts a, facts b GROUP BY ALL"
    with pytest.raises(PlainError, match=r"memory|longer"):
        run_select(folder, sample_cube.description, greedy, memory="40MB", seconds=5.0)
    given = run_select(folder, sample_cube.description, "SELECT x FROM facts")
    assert given.cut
    assert len(given.rows) == written.MOST_ROWS


def test_what_goes_wrong_tells_no_value_of_a_row(sample_cube: Cube, folder: Path) -> None:
    with pytest.raises(PlainError) as refused:
        run_select(folder, sample_cube.description, "SELECT CAST(race AS INTEGER) FROM facts")
    assert "value does not fit" in str(refused.value)


def test_versions_without_rows_say_why(sample_cube: Cube, folder: Path, tmp_path: Path) -> None:
    held = sample_cube.description
    with pytest.raises(PlainError, match="stayed on Spark"):
        run_select(folder, replace(held, counted_by="Spark"), "SELECT 1")
    assert columns(folder, replace(held, counted_by="Spark")) == {}
    with pytest.raises(PlainError, match="gone"):
        run_select(tmp_path, held, "SELECT 1")


def test_fifty_at_once_get_what_one_gets(sample_cube: Cube, tmp_path: Path) -> None:
    folder = tmp_path
    shutil.copy(sample_cube.extract.with_name("cube.parquet"), folder)
    pd.read_parquet(sample_cube.extract).head(20_000).to_parquet(folder / "extract.parquet")
    sql = "SELECT race, sum(x) AS x FROM facts WHERE measure = '{}' GROUP BY ALL ORDER BY ALL"
    asked = [sql.format(m.name.replace("'", "''")) for m in sample_cube.description.measures[:5]]
    alone = [run_select(folder, sample_cube.description, each).rows for each in asked]
    with ThreadPoolExecutor(50) as people:
        found = list(people.map(lambda i: run_select(folder, sample_cube.description, asked[i % 5]).rows, range(50)))
    for i, rows in enumerate(found):
        pd.testing.assert_frame_equal(rows, alone[i % 5])
