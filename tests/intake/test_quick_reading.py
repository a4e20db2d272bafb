"""The quick reader gives what the careful one gives, and steps back where it cannot be sure."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from equity.intake import staging
from equity.intake.mapping_file import mapping_from_toml
from equity.intake.reading import Facts, read_facts
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
    """Read the text with the quick reader allowed and not allowed; says whether each reading was careful."""
    (tmp_path / "x.csv").write_text(text)
    facts, tables, careful = [], [], []
    slow = staging._carefully

    def noted(*arguments: object) -> None:
        careful[-1] = True
        slow(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(staging, "_carefully", noted)
    for least in (0, 1 << 60):
        careful.append(False)
        monkeypatch.setattr(staging, "QUICK_BYTES", least)
        target = tmp_path / f"{least}.parquet"
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
    assert facts[0] == facts[1]
    pd.testing.assert_frame_equal(tables[0], tables[1])
    assert careful[1]
    if quick:
        assert not careful[0], name
