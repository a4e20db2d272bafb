"""Our own small pictures as addresses that hold them: Streamlit looks for a file, and reads it, at every run."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

_PICTURES = Path(__file__).parents[1] / "pictures"


@cache
def picture_address(name: str) -> str:
    """The address (``data:``) of the SVG picture of this name."""
    drawn = base64.b64encode((_PICTURES / f"{name}.svg").read_bytes()).decode("ascii")
    return f"data:image/svg+xml;base64,{drawn}"
