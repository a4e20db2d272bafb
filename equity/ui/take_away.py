"""The buttons with which a card is taken away: slides with a chart that can be edited, and a page that works offline.

A file is made when its button is pressed, not when the page is drawn; whether it may be had is asked again then.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from equity.ui import datasets, sign_in

if TYPE_CHECKING:
    from equity.export.sheet import Sheet
    from equity.ui.card import Card

SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def take_away(card: Card, stem: str) -> None:
    """Draw the buttons for a card that carries its answer; ``stem`` begins the names of the files."""
    if card.answer is None or not sign_in.may("export"):
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"away_{card.key}"):
        for label, ending, mime, icon, make in (
            ("PowerPoint", "pptx", SLIDES, ":material/slideshow:", _slides),
            ("Web page", "html", "text/html", ":material/public_off:", _page),
        ):
            st.download_button(
                label,
                sign_in.exported(card.finding, _made(card, make)),
                file_name=f"{stem}.{ending}",
                mime=mime,
                icon=icon,
                type="tertiary",
                on_click="ignore",
                key=f"{ending}_{card.key}",
            )


def _made(card: Card, make: Callable[[list[Sheet]], bytes]) -> Callable[[], bytes]:
    answer, today = card.answer, date.today()
    if answer is None:
        raise TypeError(f"The card {card.key} carries no answer.")

    def written() -> bytes:
        from equity.export.sheet import sheet

        one = sheet(
            answer,
            datasets.description(answer.choices.dataset).stratifiers,
            today,
            title=card.finding,
            figure=card.figure,
            chart=card.native() if card.native else None,
            alt=card.alt,
            table=card.table,
            caption=card.caption,
            method=card.method,
            sql=card.sql,
        )
        return make([one])

    return written


def _slides(sheets: list[Sheet]) -> bytes:
    from equity.export.powerpoint import powerpoint

    return powerpoint(sheets)


def _page(sheets: list[Sheet]) -> bytes:
    from equity.export.report import report

    return report(sheets)
