"""Every row of a network's call has a page that there is, and a picture."""

from __future__ import annotations

import re
from pathlib import Path

from equity.ui.page_registry import ENTRIES

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_row_has_its_page_and_its_picture() -> None:
    text = (DOCS / "network.md").read_text(encoding="utf-8")
    part = text.partition("row by row")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if re.match(r"\| (?!row)\w", line)]
    kinds = [cells[0].partition(":")[0].strip() for cells in rows]
    assert (kinds.count("learn"), kinds.count("outcome"), kinds.count("commitment")) == (4, 6, 4)
    titles = {entry.title for entry in ENTRIES.values()}
    for _row, page, picture in rows:
        named = re.sub(r"\([^)]*\)", "", page)
        assert any(title in named for title in titles), page
        assert all((DOCS / named).is_file() for named in re.findall(r"!\[.*?\]\((.*?)\)", picture)), picture
