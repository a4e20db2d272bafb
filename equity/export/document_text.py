"""Text in documents of an office program (DOCX): what no XML can hold is left out, and what is beside is small."""

from __future__ import annotations

import re
from typing import Any, Final

from docx.shared import Pt, RGBColor

from equity.words.escaping import one_line

MUTED: Final = RGBColor(0x56, 0x61, 0x73)
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def line(text: str) -> str:
    """Text on one line."""
    return _NOT_XML.sub("", one_line(text, 10_000))


def lines(text: str) -> str:
    """Words with their line breaks; nothing in them turns round what stands after them."""
    return "\n".join(line(each) for each in text.splitlines())


def small(written: Any, said: str, *, stays: bool = False) -> None:
    """A paragraph in small, muted type; one that ``stays`` is on the page of what follows."""
    paragraph = written.add_paragraph()
    paragraph.paragraph_format.keep_with_next = stays or None
    run = paragraph.add_run(line(said))
    run.font.size, run.font.color.rgb = Pt(9), MUTED


def listed(written: Any, said: str, beside: str = "") -> None:
    """One item of a list; ``beside`` stands after it in small type, in brackets."""
    paragraph = written.add_paragraph(lines(said), style="List Bullet")
    if beside:
        run = paragraph.add_run(" " + line(f"({beside})"))
        run.font.size, run.font.color.rgb = Pt(9), MUTED
