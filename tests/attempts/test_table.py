"""SECURITY.md's table and the tests hold each other: what it names is there, and each attempt here is in it."""

from __future__ import annotations

import ast

import pytest

from tests.attempts.table import ROOT, is_named, named


def test_every_attempt_has_a_number_and_a_test() -> None:
    lines = (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| #")]
    assert [int(row.split("|")[1]) for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) >= 54
    assert all(row.count("`tests/") for row in rows)


@pytest.mark.parametrize("name", named())
def test_what_it_names_is_run_by_the_one_command(name: str) -> None:
    """It is a file or a function that pytest collects, and nothing takes it out again."""
    file, _, function = name.partition("::")
    assert file.rpartition("/")[2].startswith("test_")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    tests = {
        each.name: each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
    }
    assert tests
    assert not function or function in tests
    marks = {ast.unparse(mark) for each in tests.values() for mark in each.decorator_list}
    marks |= {ast.unparse(each) for each in tree.body if isinstance(each, ast.Assign)}
    assert not [mark for mark in marks if "mark.services" in mark or "mark.skip" in mark or "mark.xfail" in mark]
    assert is_named(f"{file}::{function or 'any'}")


def test_each_attempt_is_named() -> None:
    files = {f"tests/attempts/{path.name}" for path in (ROOT / "tests" / "attempts").glob("test_*.py")}
    assert {file for file in files if not is_named(f"{file}::any")} == {"tests/attempts/test_table.py"}
