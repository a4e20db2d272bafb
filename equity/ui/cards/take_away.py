"""The buttons with which a card is taken away (`equity/export/formats.py`).

A file is made when its button is pressed, not when the page is drawn; whether it may be had is asked again then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from equity.cards.card import sheet_of
from equity.export.formats import FORMATS, FileFormat
from equity.ui.components.downloading import download_button
from equity.ui.datasets import in_memory
from equity.ui.session import sign_in

if TYPE_CHECKING:
    from equity.cards.card import Card
    from equity.vocabulary import Stratifier


def take_away(card: Card, stem: str) -> None:
    """Draw the buttons for a card; ``stem`` begins the names of the files."""
    stratifiers = in_memory.description(card.answer.choices.dataset).stratifiers  # the file is made without a session
    for kind in (each for each in FORMATS if each.of_one_card):
        download_button(
            kind.label,
            sign_in.exported(card.finding, _made(card, stratifiers, kind)),
            file_name=f"{stem}.{kind.ending}",
            mime=kind.mime,
            icon=kind.icon,
            kind="tertiary",
            key=f"{kind.ending}_{card.key}",
        )


def _made(card: Card, stratifiers: Sequence[Stratifier], kind: FileFormat) -> Callable[[], bytes]:
    today = date.today()
    return lambda: kind.write([sheet_of(card, stratifiers, today)])
