"""Every row of a network's call stands in docs/network.md, with a page and a picture that is described."""

from __future__ import annotations

import re
from pathlib import Path

from equity.ui.page_registry import ENTRIES

DOCS = Path(__file__).resolve().parents[2] / "docs"
KINDS = {"learn": 4, "outcome": 6, "commitment": 4}
ALONE = (
    "where each team is on all six",
    "team of three to seven, with data, quality improvement, equity and patient care",
    "learning shared openly",
    "application with a letter of the chief executive, answered in thirty days",
    "a report each quarter",
)


def rows() -> list[list[str]]:
    text = (DOCS / "network.md").read_text(encoding="utf-8")
    part = text.partition("row by row")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ") and not line.startswith("| row ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_row_is_there() -> None:
    names = [cells[0] for cells in rows()]
    for kind, count in KINDS.items():
        assert sum(name.startswith(f"{kind}: ") for name in names) == count
    for name in ALONE:
        assert sum(row.startswith(name) for row in names) == 1, name
    assert len(names) == sum(KINDS.values()) + len(ALONE)


def test_every_row_has_its_page_and_its_picture() -> None:
    titles = {entry.title for entry in ENTRIES.values()}
    for row, page, pictures in rows():
        first = re.split("[,;(]", page)[0].strip()
        assert first in titles, row
        shown = re.findall(r"!\[(.*?)\]\((.*?)\)", pictures)
        assert shown, row
        for described, name in shown:
            assert len(described) > 20, row
            assert (DOCS / name).is_file(), name
