"""The ASGI entry: `streamlit run app.py`. The main script is equity/ui/main.py; docs/house.md says why."""

from pathlib import Path

import streamlit as st

from equity.ui.compression import MIDDLEWARE
from equity.ui.first_visit import HINTS
from equity.ui.gate import GATE
from equity.ui.routes import ROUTES
from equity.ui.start import lifespan

app = st.App(
    Path(__file__).resolve().parent / "equity" / "ui" / "main.py",
    routes=ROUTES,
    middleware=[*GATE, *HINTS, *MIDDLEWARE],
    lifespan=lifespan,
)
