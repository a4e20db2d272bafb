"""The table of sentences beside their numbers names tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
TABLE = (TESTS.parent / "docs" / "sentences.md").read_text("utf-8")
ROWS = re.findall(r"^\| (.+) \| (.+) \| `([\w/]+\.py)::(\w+)` \|$", TABLE, re.MULTILINE)


def test_every_row_names_a_test_of_its_own() -> None:
    missing = [
        f"{file}::{name}" for _, _, file, name in ROWS if f"def {name}(" not in (TESTS / file).read_text("utf-8")
    ]
    assert missing == []
    assert len(ROWS) == len(set(ROWS)) >= 57
    assert len(ROWS) == TABLE.count("`words/") + TABLE.count("`lens/")
