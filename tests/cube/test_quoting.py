"""Names and values of files in SQL: each comes back as it was, or is refused."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from equity.cube.quoting import identifier, literal
from equity.vocabulary import PlainError

ROOT = Path(__file__).resolve().parents[2]


@given(st.text())
@example("a\0b")
@example("\0")
@example("'; DROP TABLE facts; --")
@example("\\' OR 1=1")
def test_a_value_is_what_it_was(text: str) -> None:
    with duckdb.connect() as connection:
        assert connection.execute(f"SELECT {literal(text)}").fetchall() == [(text,)]


@given(st.text(min_size=1).filter(lambda text: "\0" not in text))
@example('"; DROP TABLE facts; --')
def test_a_name_is_what_it_was(name: str) -> None:
    with duckdb.connect() as connection:
        assert connection.execute(f"SELECT 1 AS {identifier(name)}").description[0][0] == name


@pytest.mark.parametrize("name", ["", "\0", "a\0b"])
def test_a_name_that_sql_cannot_write_is_refused(name: str) -> None:
    with pytest.raises(PlainError, match="give the column another name"):
        identifier(name)


def test_texts_are_quoted_in_one_place() -> None:
    """No other room doubles quotes for SQL by itself."""
    own = ROOT / "equity" / "cube" / "quoting.py"
    doubled = ('replace("\'", "\'\'")', "replace('\"', '\"\"')")
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "equity").rglob("*.py")
        if path != own and any(word in path.read_text(encoding="utf-8") for word in doubled)
    ]
    assert found == []
