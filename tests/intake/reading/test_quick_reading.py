"""The quick reader gives what the careful one gives, and steps back where it cannot be sure."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from equity.intake.columns import few_words
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.intake.reading import staging
from equity.intake.reading.facts import Facts
from equity.intake.reading.read_facts import read_facts
from tests.intake.conftest import KEY

MAPPING = """
[extract]
shape = "rows"
[columns]
measure = "measure"
period = "day"
x = "done"
person = "patient"
[stratifiers.race]
column = "race"
"""
HEADER = "title line\nmeasure,day,done,patient,race\n"
PLAIN = HEADER + "".join(f'Eye exam,2024-0{1 + i % 9}-11,{i % 2}, p{i % 7} ,"race {i % 3}"\n' for i in range(500))


def both(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[Facts], list[pd.DataFrame], list[bool]]:
    """Read the text with the quick reader allowed, allowed a look at a few rows only, and not allowed.

    Says whether each reading was careful.
    """
    (tmp_path / "x.csv").write_text(text)
    facts, tables, careful = [], [], []
    slow = staging._carefully

    def noted(*arguments: object) -> None:
        careful[-1] = True
        slow(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(staging, "_carefully", noted)
    for least, looked_at in ((0, few_words.FIRST_ROWS), (0, 20), (1 << 60, 0)):
        careful.append(False)
        monkeypatch.setattr(staging, "QUICK_BYTES", least)
        monkeypatch.setattr(few_words, "FIRST_ROWS", looked_at)
        target = tmp_path / f"{least}.{looked_at}.parquet"
        facts.append(read_facts([tmp_path / "x.csv"], mapping_from_toml(MAPPING, "m"), target, tmp_path / "s", KEY))
        tables.append(pd.read_parquet(target, dtype_backend="pyarrow").sort_values("source_row", ignore_index=True))
    return facts, tables, careful


@pytest.mark.parametrize(
    ("name", "text", "quick"),
    [
        ("plain", PLAIN, True),
        ("no line end", PLAIN.rstrip("\n"), True),
        ("windows line ends", PLAIN.replace("\n", "\r\n"), True),
        ("quoted quotes", PLAIN + 'Eye exam,2024-01-01,1,p,"a ""quoted"" race"\n', True),
        ("empty cells", PLAIN + "Eye exam,2024-01-01,,,\n,,,,\n", True),
        ("bad cells", PLAIN + "Eye exam,never,maybe,p,White\n", True),
        ("blank line", PLAIN + "\nEye exam,2024-01-01,1,p,White\n", False),
        ("ragged", PLAIN + "Eye exam,2024-01-01,1,p,White,more\nEye exam,2024-01-01\n", False),
        ("a cell of two lines", PLAIN + 'Eye exam,2024-01-01,1,p,"two\nlines"\nEye exam,2024-01-01,1,p,White\n', False),
        ("stray quote", PLAIN + 'Eye exam,2024-01-01,1,p,5" tall\n', False),
        ("accents", PLAIN + "Eye exam,2024-01-01,1,p,Métis\n", True),
    ],
)
def test_both_readers_agree(name: str, text: str, quick: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts, tables, careful = both(tmp_path, text, monkeypatch)
    assert facts[0] == facts[1] == facts[2]
    pd.testing.assert_frame_equal(tables[0], tables[2])
    pd.testing.assert_frame_equal(tables[1], tables[2])
    assert careful[2]
    if quick:
        assert not careful[0], name
        assert not careful[1], name


def test_rows_come_in_the_order_of_their_lines() -> None:
    """The line of a row is its place among the rows, and behind a join DuckDB keeps no order."""
    with duckdb.connect() as connection:
        cells = "(SELECT CAST(i AS VARCHAR) AS cell FROM range(9) AS made(i))"
        plan = connection.execute(f"EXPLAIN SELECT {staging.person_sql(KEY, 'cell')} FROM {cells}").fetchall()[0][1]
    assert "Projection" in plan
    assert "JOIN" not in plan.upper()
