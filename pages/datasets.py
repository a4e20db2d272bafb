"""Datasets: what is loaded, where it came from, what was set aside; going back to an earlier version; deleting."""

import streamlit as st

from equity.ui.datasets import in_memory
from equity.ui.datasets.dataset_record import show_deleted, show_record
from equity.ui.layout import prose
from equity.ui.page_registry import page
from equity.ui.question.page_parts import page_title
from equity.words.labels.pages import PAGE_TEXTS

page_title("datasets")
show_deleted()
names = in_memory.names()
for sentence in in_memory.damaged():
    prose.problem(sentence)
for name in names:
    show_record(name)
if not names:
    prose.paragraph(PAGE_TEXTS["nothing_is_loaded_yet"])
st.page_link(page("upload"), label=PAGE_TEXTS["upload_a_data_file"], icon=":material/upload_file:")
