"""The main script: page configuration, navigation, and the one place where a plain error becomes a sentence."""

from pathlib import Path

import streamlit as st

from equity.ui import prose, waiting
from equity.ui.page_registry import sections
from equity.vocabulary import PlainError

HERE = Path(__file__).parent

st.set_page_config(page_title="Equity Lens", page_icon=str(HERE / "pictures" / "icon.svg"), layout="wide")
st.logo(str(HERE / "pictures" / "logo.svg"), size="large", icon_image=str(HERE / "pictures" / "icon.svg"))
st.html(HERE / "style.css")
page = st.navigation(sections())
if waiting.is_over():
    try:
        page.run()
    except PlainError as error:
        prose.problem(str(error))
