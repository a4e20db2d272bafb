"""The reader's language: the browser's, unless the switch on the page or the address (``lang=es``) says otherwise."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st

from equity.words.languages.language import Language
from equity.words.languages.language import chosen as first_known
from equity.words.languages.pages import LANGUAGES

PART, KEY = "lang", "reader_language"
DOCS = Path(__file__).resolve().parents[3] / "docs"
GUIDES = {"en": "leaders.md", "es": "leaders.es.md"}


def chosen() -> Language:
    """The language that this reader reads."""
    picked = st.session_state.get(KEY)
    return first_known(LANGUAGES, picked, st.query_params.get(PART), st.context.locale)


def switch() -> None:
    """A small choice of languages, each by its own name."""
    now = chosen()
    st.segmented_control(
        now.say("language"),
        list(LANGUAGES),
        default=now.code,
        format_func=lambda code: LANGUAGES[code].own_name,
        key=KEY,
        label_visibility="collapsed",
    )


@lru_cache(maxsize=8)
def leaders_guide(of: Language) -> str:
    """The leaders' guide without its own title, as Markdown; it is ours, so nothing in it needs escaping."""
    text = (DOCS / GUIDES[of.code]).read_text(encoding="utf-8")
    return text.partition("\n")[2].replace("\n## ", "\n#### ").strip()
