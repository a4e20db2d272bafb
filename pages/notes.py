"""Notes: what the team wrote on its cards, what is open, what is new."""

import streamlit as st

from equity.ui.notes.all_notes import show_notes
from equity.ui.question.page_parts import page_title

page_title("notes")
show_notes(st.query_params.get("note", ""))
