"""An address for a phone: how this browser reached the server, and a link as a QR code."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import streamlit as st


def qr_code(address: str) -> str:
    """An address as a QR code: an SVG with a wide white edge, large enough for a shared screen."""
    import segno

    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", scale=10, border=4, dark="#1B2430", light="#FFFFFF"
    )
    return drawn.getvalue().decode("utf-8")


def origin() -> str:
    """How this browser reached the server, without the page."""
    parts = urlsplit(str(st.context.url or "http://localhost:8501"))
    return f"{parts.scheme}://{parts.netloc}"
