"""The buttons with which a card is taken away: slides with a chart that can be edited, and a page that works offline.

A file is made when its button is pressed, not when the page is drawn; whether it may be had is asked again then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from equity.cards.card import sheet_of
from equity.ui.cards.downloading import download_button
from equity.ui.datasets import in_memory
from equity.ui.session import sign_in

if TYPE_CHECKING:
    from equity.cards.card import Card
    from equity.export.sheet import Sheet
    from equity.vocabulary import Stratifier


@dataclass(frozen=True)
class FileKind:
    """A kind of file that cards can become: the words on its button, its ending, type and icon, and what writes it."""

    label: str
    ending: str
    mime: str
    icon: str
    write: Callable[[list[Sheet]], bytes]


def take_away(card: Card, stem: str) -> None:
    """Draw the buttons for a card; ``stem`` begins the names of the files."""
    stratifiers = in_memory.description(card.answer.choices.dataset).stratifiers  # the file is made without a session
    for kind in (SLIDES, WEB_PAGE):
        download_button(
            kind.label,
            sign_in.exported(card.finding, _made(card, stratifiers, kind)),
            file_name=f"{stem}.{kind.ending}",
            mime=kind.mime,
            icon=kind.icon,
            kind="tertiary",
            key=f"{kind.ending}_{card.key}",
        )


def _made(card: Card, stratifiers: Sequence[Stratifier], kind: FileKind) -> Callable[[], bytes]:
    today = date.today()
    return lambda: kind.write([sheet_of(card, stratifiers, today)])


def _slides(sheets: list[Sheet]) -> bytes:
    from equity.export.powerpoint import powerpoint

    return powerpoint(sheets)


def _page(sheets: list[Sheet]) -> bytes:
    from equity.export.report import report

    return report(sheets)


def _workbook(sheets: list[Sheet]) -> bytes:
    from equity.export.workbook import workbook

    return workbook(sheets)


OFFICE: Final = "application/vnd.openxmlformats-officedocument."
SLIDES: Final = FileKind("PowerPoint", "pptx", f"{OFFICE}presentationml.presentation", ":material/slideshow:", _slides)
WEB_PAGE: Final = FileKind("Web page", "html", "text/html", ":material/public_off:", _page)
WORKBOOK: Final = FileKind("Excel", "xlsx", f"{OFFICE}spreadsheetml.sheet", ":material/table:", _workbook)
