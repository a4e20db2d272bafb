"""Glossary: the words that the pages use, each in plain sentences."""

import streamlit as st

from equity.ui.layout import prose
from equity.ui.layout.page_parts import page_title
from equity.words import glossary
from equity.words.labels.pages import PAGE_TEXTS

page_title("glossary")
sought = st.text_input("Find a word", placeholder=PAGE_TEXTS["gap_interval_hidden"], max_chars=60, key="sought_word")
found = glossary.matching(sought)
if found:
    prose.terms(found)
else:
    prose.paragraph(PAGE_TEXTS["there_is_no_such_word_here"])
