"""The style of every page: the sheet beside this file, and the words of the choice bar before its lists."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from equity.ui.question.choice_bar import words_before_lists

_SHEET = Path(__file__).parent / "style.css"


@lru_cache(maxsize=1)
def style_of_every_page() -> str:
    """One style element in one line (Streamlit looks at the indent of every line, at every run); read once."""
    rules = f"{_SHEET.read_text(encoding='utf-8')}\n{words_before_lists()}"
    return f"<style>{' '.join(line.strip() for line in rules.splitlines())}</style>"
