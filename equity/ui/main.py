"""The main script: page configuration, the way in, and the one place where an error becomes a sentence."""

import streamlit as st

from equity.ui import entrance
from equity.ui.layout.picture_address import picture_address
from equity.ui.session import unexpected
from equity.ui.style import style_of_every_page

st.set_page_config(
    page_title="Equity Lens", page_icon=picture_address("icon"), layout="wide", initial_sidebar_state=240
)
st.logo(picture_address("logo"), size="large", icon_image=picture_address("icon"))
st.html(style_of_every_page())
try:
    entrance.pass_through()
except Exception as error:
    unexpected.told(error)
