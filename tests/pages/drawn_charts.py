"""The charts that a page's last run drew, as they went to the browser."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from streamlit.testing.v1 import AppTest


@dataclass(frozen=True)
class DrawnChart:
    """``spec`` is the figure as JSON, ``alt`` what is read aloud in its place."""

    spec: str
    alt: str

    @property
    def figure(self) -> dict[str, Any]:
        """The figure's parts."""
        parts: dict[str, Any] = json.loads(self.spec)
        return parts


def charts_of(app: AppTest) -> list[DrawnChart]:
    """Every chart, from the top."""
    sent = [element.proto for element in app.get("bidi_component")]
    told = [json.loads(proto.json) for proto in sent if proto.component_name == "chart"]
    return [DrawnChart(data["figure"], data["alt"]) for data in told]
