"""The evidence pack in a format that leaves the house. Whoever hands it out asks (`export`) and logs."""

from __future__ import annotations

from typing import Final

from equity.network.evidence import EvidencePack
from equity.vocabulary import PlainError

FORMATS: Final = ("docx", "html", "json")
MIME: Final = {
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


def as_file(pack: EvidencePack, form: str) -> bytes:
    """The bytes; raises :class:`PlainError` for a format that there is not."""
    if form == "json":
        from equity.export.evidence.model import as_json

        return as_json(pack)
    if form == "html":
        from equity.export.evidence.web_page import as_web_page

        return as_web_page(pack)
    if form == "docx":
        from equity.export.evidence.document import as_document

        return as_document(pack)
    raise PlainError(f"There is no evidence pack as “{form}”: choose one of {', '.join(FORMATS)}.")
