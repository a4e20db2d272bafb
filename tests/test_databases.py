"""Every DuckDB that the program opens is known here, with what it can reach beside its own memory."""

from __future__ import annotations

import ast
import csv
from pathlib import Path

import duckdb
import pytest

from equity.cube import open_cube
from equity.cube.engine import lock
from equity.intake.columns import whole_column
from equity.intake.formats.open_table import open_table
from equity.intake.proposal.propose import propose
from equity.intake.reading.read_facts import _connect
from equity.loading import load
from equity.store.files.versions import current_version
from equity.vocabulary import Mapping, PeriodRange, StratifierMapping
from equity.vocabulary.mapping import ColumnSource
from tests.pages.people import DATASET, small_extract, small_home

ROOT = Path(__file__).resolve().parents[1]
OPENED = {
    "equity/cube/deep.py": "answers a page from the rows: locked, and reads that one file (tests/cube/test_deep.py)",
    "equity/cube/engine.py": "counts a cube while loading: our own statements over our own fact table",
    "equity/cube/engines/remote_engine.py": "holds what a cluster sends while loading: never for a page",
    "equity/intake/formats/object_storage.py": "fetches what the command line names; a page names none",
    "equity/intake/reading/read_facts.py": "reads an extract while loading: reaches the extract and its target",
    "equity/intake/reading/worked_example.py": "reads the fact table while checking: locked, that file alone",
    "equity/explore/explored.py": "counts from the rows of one version: locked, and reads that file",
    "equity/explore/own_select.py": "takes a person's SELECT apart before any of it is run",
    "equity/explore/written.py": "runs a person's SELECT over what was put in: locked, no files (tests/explore)",
    "equity/intake/columns/whole_column.py": "reads one column of a dropped file: locked, and reads that one file",
}
ELSEWHERE = "SELECT * FROM read_text('/etc/hostname')", "COPY (SELECT 1) TO '/tmp/out.csv'", "INSTALL httpfs"


def reaches_nothing_else(connection: duckdb.DuckDBPyConnection) -> None:
    for statement in (*ELSEWHERE, "SET enable_external_access = true", "ATTACH '/tmp/other.db'"):
        with pytest.raises(duckdb.Error):
            connection.execute(statement).fetchall()


def test_each_database_is_listed() -> None:
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "equity").rglob("*.py"))}
    modules |= {path: ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "pages").glob("*.py")}
    ways = {"connect", "sql", "query", "execute", "read_csv", "read_parquet"}
    found = {
        path.relative_to(ROOT).as_posix()
        for path, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id == "duckdb" and node.attr in ways
    }
    assert found == set(OPENED)
    drawing = [tree for path, tree in modules.items() if "ui" in path.parts or "pages" in path.parts]
    assert not [n for tree in drawing for n in ast.walk(tree) if "engines" in str(getattr(n, "module", ""))]


def test_a_page_is_answered_from_memory_without_any_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_home(tmp_path)
    cube = open_cube(current_version(tmp_path / "home", DATASET).folder)
    monkeypatch.setattr(duckdb, "connect", None)
    for by in ([], ["race"], ["race", "site"]):
        assert len(cube.groups(["Controlled blood pressure"], by, PeriodRange()).table) > 0


def test_reading_an_extract_reaches_the_extract_and_its_target_alone(tmp_path: Path) -> None:
    extract = small_extract(tmp_path)
    for name in ("work", "target"):
        (tmp_path / name).mkdir()
    connection = _connect(tmp_path / "work", None, [extract, tmp_path / "target"])
    rows = f"SELECT * FROM read_csv('{extract}')"
    assert len(connection.execute(rows).fetchall()) > 0
    connection.execute(f"COPY ({rows}) TO '{tmp_path}/target/facts.parquet' (FORMAT parquet)")
    reaches_nothing_else(connection)
    (tmp_path / "beside.csv").write_text("secret\n1\n", encoding="utf-8")
    for path in (tmp_path / "beside.csv", tmp_path / "target" / ".." / "beside.csv"):
        with pytest.raises(duckdb.Error):
            connection.execute(f"SELECT * FROM read_csv('{path}')").fetchall()
    connection.close()


def test_reading_one_column_reaches_its_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    probed = []

    def locked(connection: duckdb.DuckDBPyConnection, *readable: Path) -> None:
        lock(connection, *readable)
        reaches_nothing_else(connection)
        probed.extend(readable)

    monkeypatch.setattr(whole_column, "lock", locked)
    extract = small_extract(tmp_path)
    (tmp_path / "work").mkdir()
    table = open_table(extract, tmp_path / "work")
    assert whole_column.values_of(table, 2) == ("Asian", "Black", "Native Hawaiian", "White")
    assert probed == [extract]


def test_columns_and_values_that_are_called_like_statements_are_names_and_texts(tmp_path: Path) -> None:
    made = tmp_path / "made.csv"
    columns = {
        "measure": "(SELECT content FROM read_text('/etc/hostname'))",
        "period": "getenv('HOME')",
        "x": f"x\"); COPY (SELECT 42) TO '{made}'; --",
        "n": "'; ATTACH '/tmp/other.db'; --",
        "group": "$group {group} %(group)s \\ `",
    }
    groups = ["read_csv('/etc/passwd')", "'; DROP TABLE facts; --", 'a"b"c', "{x} $x %s ?"]
    lines = [["Visits", str(year), str(5 + i), "50", group] for year in (2023, 2024) for i, group in enumerate(groups)]
    extract = tmp_path / "visits.csv"
    with extract.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(columns.values()), *lines])
    roles = {role: ColumnSource(column=name) for role, name in columns.items() if role != "group"}
    stratifier = StratifierMapping("attack", (columns["group"],), "Attack", False)
    mapping = Mapping(shape="counts", columns=roles, stratifiers=(stratifier,))
    load([extract], "Visits", mapping, "new", tmp_path / "home")
    assert {column.name for column in propose(extract).profile} == set(columns.values())
    cube = open_cube(current_version(tmp_path / "home", "Visits").folder)
    table = cube.groups(["Visits"], ["attack"], PeriodRange()).table
    assert dict(zip(table["value1"], table["x"], strict=True)) == {
        group: 2.0 * (5 + i) for i, group in enumerate(groups)
    }
    assert not made.exists()
