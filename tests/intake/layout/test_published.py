"""Tables in the forms in which they are published: read right by the program's own proposal, or asked about."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml
from equity.intake.proposal.propose import propose
from equity.intake.reading.read_facts import read_facts
from equity.vocabulary import PlainError
from tests.intake.layout.published import TABLES, Published

KEY = bytes(range(32))


def written(table: Published, folder: Path) -> Path:
    """The table as a file."""
    lines = [line.strip() for line in table.text.split("\n")]
    cells = [[] if line == "~" else line.split("|") for line in lines]
    quoted = [[f'"{c}"' if table.delimiter in c else c for c in row] for row in cells]
    path = folder / (table.name.replace(" ", "-").replace(":", "").replace(",", "") + ".csv")
    path.write_bytes("\n".join(table.delimiter.join(row) for row in quoted).encode(table.encoding))
    return path


def facts(path: Path, folder: Path) -> tuple[pd.DataFrame, list[str]]:
    """The facts of a file read by its own proposal, which goes through its TOML; and the stratifiers."""
    mapping = mapping_from_toml(mapping_to_toml(propose(path).mapping), "proposed.toml")
    found = read_facts([path], mapping, folder / "facts", folder / "aside", KEY)
    frame = pd.read_parquet(folder / "facts")
    frame["period"] = frame["period"].astype(str).str[:10]
    return frame, [s.name for s in found.stratifiers]


def says(frame: pd.DataFrame, stratifiers: list[str], want: tuple[object, ...]) -> bool:
    """Whether some measure by some stratifier says what is wanted."""
    group, period, *numbers = want
    for _, rows in frame.groupby("measure"):
        for stratifier in stratifiers:
            part = rows[rows[stratifier].astype(str).str.contains(str(group), regex=False)]
            part = part[part["period"].str.startswith(str(period))] if period else part
            if len(numbers) == 1:
                if any(abs(part["estimate"] - float(str(numbers[0]))) < 1e-9):
                    return True
            elif part["x"].sum() == numbers[0] and part["n"].sum() == numbers[1]:
                return True
    return False


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_a_published_table_is_read_right_or_asked_about(table: Published, tmp_path: Path) -> None:
    path = written(table, tmp_path)
    if table.asks:
        try:
            keys = [q.key for q in propose(path).questions]
        except PlainError as error:
            keys = [str(error)]
        assert any(table.asks in key for key in keys), keys
        return
    frame, stratifiers = facts(path, tmp_path)
    missing = [want for want in table.want if not says(frame, stratifiers, want)]
    assert not missing, frame.to_string()
    shown = {str(v).casefold() for s in stratifiers for v in frame[s].dropna().unique()}
    assert not shown & {n.casefold() for n in table.never}
