"""What every figure shares: ten colours by role, two palettes, spacing.

A figure names its colours by placeholder: `#000001` to `#000010` are the theme's ten categorical colours, `#000021` to
`#000030` its diverging scale, `#000038` its background. What draws in the browser (`equity/server/charts/draw.js`)
fills them in for the theme in use, and again when that changes; Python does not hear of the theme in time. The values
of `LIGHT` and `DARK` stand in `.streamlit/config.toml` too. `painted` does the same for figures that leave the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go
import plotly.io as pio

FOCUS: Final = "#000001"  # the group in focus
WORSE: Final = "#000002"  # a gap or a signal toward harm
OTHERS: Final = "#000003"  # every other group
INK: Final = "#000004"  # text; the reference
MUTED: Final = "#000005"  # text of second rank
HAIR: Final = "#000006"  # grid and row lines
FAINT: Final = "#000007"  # the spread behind, the other lines
BAND: Final = "#000008"  # intervals and limits as areas
BETTER: Final = "#000009"  # a gap or a signal away from harm
WASH: Final = "#000010"  # tiles without a number
PAPER: Final = "#000038"  # the page's background

NOTHING: Final = "rgba(0,0,0,0)"
DIVERGING: Final = tuple(f"#0000{21 + step}" for step in range(10))


@dataclass(frozen=True)
class Palette:
    """What the placeholders stand for: ten roles in the order above, the diverging scale (better to worse), paper."""

    roles: tuple[str, ...]
    diverging: tuple[str, ...]
    paper: str


LIGHT: Final = Palette(
    roles=(
        "#1766A6",
        "#C4570B",
        "#7A8699",
        "#1B2430",
        "#566173",
        "#D9DEE6",
        "#AEB8C6",
        "#DCE8F3",
        "#3E86BF",
        "#F5F7FA",
    ),
    diverging=(
        "#6FA8D6",
        "#93BEE1",
        "#B7D4EB",
        "#D8E7F4",
        "#F5F7FA",
        "#F5F7FA",
        "#FBE3CF",
        "#F8CBA6",
        "#F3B07B",
        "#EC9550",
    ),
    paper="#FFFFFF",
)
DARK: Final = Palette(
    roles=(
        "#6DB3EE",
        "#F2914A",
        "#8E9BB0",
        "#EDF1F6",
        "#A9B5C6",
        "#2E3949",
        "#5D6A7D",
        "#1D3349",
        "#5AA0DB",
        "#18212D",
    ),
    diverging=(
        "#2C6596",
        "#265479",
        "#21445F",
        "#1D3346",
        "#1C2531",
        "#1C2531",
        "#40301F",
        "#5C3D1F",
        "#7B4A1D",
        "#9A571B",
    ),
    paper="#0F1620",
)

HATCHED: Final[dict[str, Any]] = {
    "color": WASH,
    "line": {"color": FAINT, "width": 1},
    "pattern": {"shape": "/", "fgcolor": FAINT, "bgcolor": WASH, "size": 7, "solidity": 0.12},
}
"""The bar that stands where a number is hidden."""

OUTLINED: Final[dict[str, Any]] = {"color": NOTHING, "line": {"color": FAINT, "width": 1}}
"""The bar that stands where there are no data."""

TEXT, SMALL, LABEL = 12, 11, 13
"""Sizes of type in pixels: text, second rank, the labels of groups and rows."""


def palettes() -> dict[str, dict[str, str]]:
    """What each placeholder stands for, by day and by night, for the scripts that draw in a browser."""
    return {"light": named(LIGHT), "dark": named(DARK)}


def named(palette: Palette) -> dict[str, str]:
    """A palette by placeholder: the ten roles first, then the diverging scale and the paper."""
    roles = {f"#0000{1 + i:02d}": colour for i, colour in enumerate(palette.roles)}
    return roles | dict(zip(DIVERGING, palette.diverging, strict=True)) | {PAPER: palette.paper}


def layout(height: int, margin: dict[str, int]) -> dict[str, Any]:
    """The layout of an empty figure of a fixed height in pixels."""
    return {
        "template": {"layout": {}},
        "height": height,
        "margin": {"pad": 0, **margin},
        "paper_bgcolor": NOTHING,
        "plot_bgcolor": NOTHING,
        "font": {"size": TEXT, "color": INK},
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": HAIR, "align": "left", "font": {"size": TEXT, "color": INK}},
        "hovermode": "closest",
        "dragmode": False,
        "showlegend": False,
        "bargap": 0,
        "barmode": "overlay",  # a tile stands where it is put, however many there are
    }


def quiet_axis(**more: Any) -> dict[str, Any]:
    """An axis without line, grid, ticks or zoom; ``more`` adds to it."""
    return {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "automargin": False,
        "tickfont": {"size": SMALL, "color": MUTED},
        **more,
    }


def hidden_axis(low: float, high: float) -> dict[str, Any]:
    """An axis that places marks and draws nothing; Plotly then works out no ticks for it."""
    return {"fixedrange": True, "visible": False, "range": [low, high]}


def painted(drawn: go.Figure, palette: Palette) -> go.Figure:
    """The figure with its placeholders filled in and its background painted, for exports and pictures."""
    text = drawn.to_json()
    for placeholder, colour in named(palette).items():
        text = text.replace(placeholder, colour)
    filled: go.Figure = pio.from_json(text)
    # Reading a figure gives it the default template of whatever else runs in this process: ours stands in its place.
    filled.layout.template = go.layout.Template()
    filled.update_layout(paper_bgcolor=palette.paper, plot_bgcolor=palette.paper)
    return filled
