"""The set of chosen cards as a page: in which order, which to leave out, present them, take them away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from equity.cards.card import sheet_of
from equity.cards.made_again import made_again
from equity.export.formats import FORMATS, FileFormat
from equity.ui.components.downloading import download_button
from equity.ui.layout import prose
from equity.ui.layout.empty_page import empty_page
from equity.ui.page_registry import ENTRIES
from equity.ui.presenting import card_set, slides
from equity.ui.presenting.card_set import Chosen
from equity.ui.question import answers
from equity.ui.session import sign_in
from equity.vocabulary import PlainError
from equity.words.labels.cards import CARD_TEXTS

NAME = "chosen-cards"


@dataclass(frozen=True)
class MadeFile:
    """A file that waits to be saved: what it was made of, its kind, its bytes, and the cards that could not be made."""

    of: tuple[Chosen, ...]
    kind: FileFormat
    content: bytes
    left_out: tuple[str, ...]


def show_set() -> None:
    """Draw the page."""
    kept = card_set.cards()
    if not kept:
        prose.answer(CARD_TEXTS["no_cards_are_chosen_yet"])
        empty_page(
            CARD_TEXTS["on_any_page_press_add"],
            CARD_TEXTS["in_the_presentation_example"],
            CARD_TEXTS["choose_the_first_card"],
            "disparities",
        )
        return
    prose.answer(f"{len(kept)} {'card is' if len(kept) == 1 else 'cards are'} chosen.")
    prose.small(CARD_TEXTS["how_long_the_cards_stay"])
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="present_set"):
        st.button(
            "Present these cards",
            icon=":material/present_to_all:",
            type="primary",
            key="present_chosen",
            on_click=slides.begin,
        )
        st.toggle(CARD_TEXTS["ask_before_each_card_is_shown"], value=True, key="ask_first", persist_state="session")
    _list(kept)
    if sign_in.may("export"):
        _take_away(kept)


def _list(kept: Sequence[Chosen]) -> None:
    """The cards in their order, each with what it is of and the ways to move it."""
    for i, each in enumerate(kept):
        with st.container(
            border=True, horizontal=True, vertical_alignment="center", gap="small", key=f"chosen_{i}"
        ):  # fmt: skip
            with st.container(gap="xxsmall", key=f"chosen_words_{i}"):
                prose.heading(f"{i + 1}. {each.finding}")
                prose.small(f"{ENTRIES[each.recipe.page].title}: {each.asked}")
            with st.container(horizontal=True, gap="small", width="content", key=f"chosen_tools_{i}"):
                for label, icon, steps, nowhere in (
                    ("Up", ":material/arrow_upward:", -1, i == 0),
                    ("Down", ":material/arrow_downward:", 1, i == len(kept) - 1),
                ):
                    st.button(
                        f"{label} {i + 1}", icon=icon, type="tertiary", key=f"move_{label}_{i}", disabled=nowhere,
                        on_click=card_set.move, args=(each.recipe, steps),
                    )  # fmt: skip
                st.button(
                    CARD_TEXTS["remove_card"].format(number=i + 1), icon=":material/close:", type="tertiary",
                    key=f"remove_{i}", on_click=card_set.remove, args=(each.recipe,),
                )  # fmt: skip


def _take_away(kept: tuple[Chosen, ...]) -> None:
    """Buttons that make a file of all cards, and the button that saves it once it is made."""
    prose.heading("Download them")
    with st.container(horizontal=True, gap="small", key="take_set_away"):
        for kind in FORMATS:
            if st.button(kind.label, icon=kind.icon, key=f"make_{kind.ending}"):
                with st.spinner("Making the file"):
                    st.session_state["made_file"] = _make(kept, kind)
    made: MadeFile | None = st.session_state.get("made_file")
    if made is None or made.of != kept:
        st.session_state.pop("made_file", None)
        return
    prose.notice([f"Left out: {said}" for said in made.left_out])
    download_button(
        f"Save {NAME}.{made.kind.ending}",
        sign_in.exported(_log_line(made), lambda: made.content),
        file_name=f"{NAME}.{made.kind.ending}",
        mime=made.kind.mime,
        kind="primary",
        key="save_set",
    )


def _make(kept: tuple[Chosen, ...], kind: FileFormat) -> MadeFile:
    """Make every card anew and write them into one file; raises :class:`PlainError` when none can be made."""
    today, sheets, left_out = date.today(), [], []
    for each in kept:
        try:
            card = made_again(each.recipe, answers)
            sheets.append(sheet_of(card, each.recipe.description(answers).stratifiers, today))
        except PlainError as error:
            left_out.append(f"{each.finding}. {error}")
    if not sheets:
        raise PlainError("None of these cards can be made any more: choose them anew on their pages.")
    return MadeFile(kept, kind, kind.write(sheets), tuple(left_out))


def _log_line(made: MadeFile) -> str:
    return f"{len(made.of)} chosen cards ({made.kind.ending}): {'; '.join(each.finding for each in made.of)}"
