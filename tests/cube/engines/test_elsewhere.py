"""The cube counted in an engine elsewhere, here a second DuckDB: identical, and no row comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from equity.vocabulary import Description
from tests.cube.engines.duckdb_elsewhere import DuckdbElsewhere
from tests.cube.fact_tables import assert_same_cubes, crossed, cubes_here_and_there, one_way


@pytest.mark.parametrize("made", [crossed, one_way])
@pytest.mark.parametrize("seed", range(3))
def test_the_cube_is_the_same_wherever_it_is_counted(
    made: Callable[[int, int], tuple[list[dict[str, Any]], Description]], seed: int, tmp_path: Path
) -> None:
    rows, description = made(seed, 60)
    assert_same_cubes(*cubes_here_and_there(DuckdbElsewhere(), rows, description, tmp_path))


def test_values_in_a_statement_stay_values() -> None:
    hostile = ["it's", 'say "no"', "a\\'b", "'; DROP TABLE x; --", "$1 ? {y} %s :z ${env:HOME}"]
    with DuckdbElsewhere() as there:
        there.execute("CREATE TABLE words (word VARCHAR)")
        there.executemany("INSERT INTO words VALUES (?)", [[word] for word in hostile])
        there.send("one", DuckdbElsewhere()._ask("SELECT 1 AS number"))
        found = there.execute("SELECT word FROM words, one WHERE list_contains(?, word)", [hostile]).fetchall()
        assert {word for (word,) in found} == set(hostile)
        named = there.execute("SELECT $a, $b, number FROM one", {"b": 2.5, "a": hostile[2]}).fetchone()
        assert named == (hostile[2], 2.5, 1)


def test_a_lookup_that_changes_here_is_sent_again() -> None:
    with DuckdbElsewhere() as there:
        there.send("one", DuckdbElsewhere()._ask("SELECT 1 AS number"))
        there.execute("CREATE TABLE words (word VARCHAR)")
        for count in (1, 2):
            there.execute("INSERT INTO words VALUES ('w')")
            assert there.execute("SELECT count(*) FROM words, one").fetchone() == (count,)
