"""The style of every page: its sheet, the question's sheet, and the words of the choice bar before its lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from equity.ui.question.choice_bar import words_before_lists

_SHEETS = (Path(__file__).parent / "style.css", Path(__file__).parent / "question" / "question.css")


@dataclass(frozen=True)
class Style:
    """One style element, as it is: Streamlit looks at the indent of every line of a text, at every run."""

    element: str

    def _repr_html_(self) -> str:
        return self.element


@lru_cache(maxsize=1)
def style_of_every_page() -> Style:
    """Read once."""
    rules = "\n".join([*(sheet.read_text(encoding="utf-8") for sheet in _SHEETS), words_before_lists()])
    return Style(f"<style>{' '.join(line.strip() for line in rules.splitlines())}</style>")
