"""The ASGI entry: `streamlit run app.py`. The main script is equity/ui/main.py; docs/house.md says why."""

from pathlib import Path

import streamlit as st

from equity.ui.session.unexpected import told
from equity.ui.streamlit_host import LAYERS, ROUTES, lifespan

app = st.App(
    Path(__file__).resolve().parent / "equity" / "ui" / "main.py",
    routes=ROUTES,
    middleware=LAYERS,
    lifespan=lifespan,
    on_script_error=told,
)
