"""Glossary: the words that the pages use, each in plain sentences."""

import streamlit as st

from equity.ui.layout import prose
from equity.ui.layout.page_parts import page_title
from equity.words import glossary

page_title("glossary")
sought = st.text_input("Find a word", placeholder="gap, interval, hidden …", max_chars=60, key="sought_word")
found = glossary.matching(sought)
if found:
    prose.terms(found)
else:
    prose.paragraph("There is no such word here. Try a shorter one, or clear the box to see them all.")
