"""Datasets: what is loaded, where it came from, what was set aside; going back to an earlier version; deleting."""

import streamlit as st

from equity.ui import datasets, prose
from equity.ui.dataset_record import show_deleted, show_record
from equity.ui.page_parts import page_title
from equity.ui.page_registry import page

page_title("datasets")
show_deleted()
names = datasets.names()
for sentence in datasets.damaged():
    prose.problem(sentence)
for name in names:
    show_record(name)
if not names:
    prose.paragraph("Nothing is loaded yet.")
st.page_link(page("upload"), label="Upload a data file", icon=":material/upload_file:")
