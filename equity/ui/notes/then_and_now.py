"""A note's card twice: made from the version of the data that the note was written on, and from the newest."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from equity.cards.made_again import made_again
from equity.cards.recipe import Recipe, recipes_in
from equity.notes.note import Note
from equity.store.records.kept import Kept
from equity.ui.components.chart import chart
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.layout.lazy_expander import lazy_expander
from equity.ui.page_registry import ENTRIES, page
from equity.ui.question import answers
from equity.vocabulary import PlainError
from equity.words.page import notes as words


def then_and_now(kept: Kept[Note]) -> None:
    """The sentence as it was, and an expander with both pictures."""
    prose.small(kept.content.asked)
    prose.listed(words.THEN, [words.then(kept.content)])
    lazy_expander(words.THEN_AND_NOW, ":material/history:", f"then_now_{kept.id}", lambda: _both(kept))


def _both(kept: Kept[Note]) -> None:
    try:
        [recipe, *_] = recipes_in(kept.content.link) or (None,)
    except PlainError as error:
        prose.problem(str(error))
        return
    if recipe is None:
        return
    _card(words.THEN, recipe, f"then_{kept.id}")
    newest = _of_the_newest(recipe)
    if newest == recipe:
        prose.small(words.SAME_VERSION)
    elif newest is not None:
        _card(words.NOW, newest, f"now_{kept.id}")
    if recipe.page in ENTRIES:
        st.page_link(
            page(recipe.page), label=words.ON_ITS_PAGE, icon=ENTRIES[recipe.page].icon, query_params=recipe.wishes
        )


def _card(name: str, recipe: Recipe, key: str) -> None:
    with st.container(border=True, key=f"card_{key}"):
        prose.heading(name, 3)
        try:
            card = made_again(recipe, answers)
        except PlainError as error:
            prose.problem(str(error))
            return
        prose.paragraph(card.finding)
        chart(card.figure, key=f"chart_{key}", alt=card.alt)
        prose.small(card.caption)


def _of_the_newest(recipe: Recipe) -> Recipe | None:
    """The same question of the newest version; None where the dataset is gone."""
    try:
        held = in_memory.description(recipe.wishes.get("dataset", ""))
    except PlainError as error:
        prose.problem(str(error))
        return None
    return replace(recipe, version=held.version, made=held.created)
