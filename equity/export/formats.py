"""The kinds of file that cards can become: one entry each, and whatever offers files offers them all.

What writes a file is read when somebody asks for one: python-pptx and plotly.js are heavy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from equity.export.sheet import Sheet


@dataclass(frozen=True)
class FileFormat:
    """A kind of file: what people call it, its ending, type and icon, what it is to a terminal, and what writes it.

    ``of_one_card`` where a single card is worth a file of this kind; each is worth it for a set of cards.
    """

    label: str
    ending: str
    mime: str
    icon: str
    about: str
    write: Callable[[Sequence[Sheet]], bytes]
    of_one_card: bool


def _slides(sheets: Sequence[Sheet]) -> bytes:
    from equity.export.powerpoint import powerpoint

    return powerpoint(sheets)


def _page(sheets: Sequence[Sheet]) -> bytes:
    from equity.export.report import report

    return report(sheets)


def _workbook(sheets: Sequence[Sheet]) -> bytes:
    from equity.export.workbook import workbook

    return workbook(sheets)


_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
FORMATS: Final = (
    FileFormat(
        "PowerPoint", "pptx", f"{_OFFICE}presentationml.presentation", ":material/slideshow:", "slides", _slides, True
    ),
    FileFormat("Web page", "html", "text/html", ":material/public_off:", "a web page", _page, True),
    FileFormat("Excel", "xlsx", f"{_OFFICE}spreadsheetml.sheet", ":material/table:", "a workbook", _workbook, False),
)
BY_ENDING: Final = {each.ending: each for each in FORMATS}
