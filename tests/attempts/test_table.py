"""SECURITY.md's table and the tests hold each other: what it names is there, and each attempt here is in it."""

from __future__ import annotations

import pytest

from tests.attempts.table import ROOT, is_named, named


def test_the_table_names_plenty() -> None:
    rows = [line for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert len(rows) > 30
    assert all(row.count("`tests/") for row in rows if not row.startswith("| attempt"))


@pytest.mark.parametrize("name", named())
def test_what_it_names_is_there(name: str) -> None:
    file, _, function = name.partition("::")
    text = (ROOT / file).read_text(encoding="utf-8")
    assert f"def {function or 'test_'}" in text


def test_each_attempt_is_named() -> None:
    files = {f"tests/attempts/{path.name}" for path in (ROOT / "tests" / "attempts").glob("test_*.py")}
    assert {file for file in files if not is_named(f"{file}::any")} == {"tests/attempts/test_table.py"}
