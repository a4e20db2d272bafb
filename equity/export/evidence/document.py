"""The evidence pack as a document of an office program (DOCX)."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.shared import Inches, Pt

from equity.export.document_text import line, listed, small
from equity.export.evidence.model import heading
from equity.network.evidence import EvidencePack, Shown, ShownPart
from equity.words.work import evidence as words


def as_document(pack: EvidencePack) -> bytes:
    """The file's bytes."""
    written = Document()
    written.styles["Normal"].font.name, written.styles["Normal"].font.size = "Calibri", Pt(11)
    for section in written.sections:
        section.left_margin = section.right_margin = Inches(0.9)
    written.core_properties.title = line(f"{words.TITLE}: {pack.workspace}")
    written.core_properties.author = "Equity Lens"
    written.add_heading(words.TITLE, 0)
    small(written, words.about(pack))
    for number, part in enumerate(pack.parts):
        _part(written, part, begins_a_page=number > 0)
    file = io.BytesIO()
    written.save(file)
    return file.getvalue()


def _part(written: Any, shown: ShownPart, *, begins_a_page: bool) -> None:
    """A part, which is handed out by itself: the board's is one sheet."""
    written.add_heading(line(shown.part.title), 1).paragraph_format.page_break_before = begins_a_page
    for said in (shown.part.note, shown.part.source):
        if said:
            small(written, said)
    for each in shown.shown:
        _requirement(written, each)


def _requirement(written: Any, shown: Shown) -> None:
    written.add_heading(line(heading(shown)), 2)
    if shown.requirement.asks:
        small(written, shown.requirement.asks)
    small(written, words.state(shown))
    for said in shown.statements:
        listed(written, said.words, words.sources(said.sources))
