"""Learning call: start one with a card, a page or your set, let people in, lead it, and read the minutes."""

import streamlit as st

from equity.ui.call import minutes, opening, running
from equity.ui.question.page_parts import page_title

page_title("learning_call")
if wanted := st.query_params.get("minutes"):
    minutes.show(wanted)
elif started := running.of_this_session():
    running.show(started)
else:
    opening.show(st.query_params.to_dict())
    running.list_calls()
