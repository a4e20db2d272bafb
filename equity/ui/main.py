"""The main script: page configuration, the way in, and the one place where an error becomes a sentence."""

from pathlib import Path

import streamlit as st

from equity.ui.layout.style import style_of_every_page
from equity.ui.session import entrance, unexpected

HERE = Path(__file__).parent

st.set_page_config(
    page_title="Equity Lens", page_icon=str(HERE / "pictures" / "icon.svg"), layout="wide", initial_sidebar_state=240
)
st.logo(str(HERE / "pictures" / "logo.svg"), size="large", icon_image=str(HERE / "pictures" / "icon.svg"))
st.html(style_of_every_page())
try:
    entrance.pass_through()
except Exception as error:
    unexpected.told(error)
