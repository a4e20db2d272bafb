"""A figure on a page, in a place of its own: a change is drawn in the same node, which keeps its place and the focus.

The component's script is a few lines that fetch the program from `equity/server/charts`, which every chart shares.
"""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from equity.server import charts
from equity.ui.cards.downloading import component_key
from equity.words.once import once

_SCRIPT = """
const base = () => document.querySelector("base")?.href ?? new URL(".", window.location.href).href
export default async function (given) {
  const { data, parentElement } = given
  if (!parentElement.querySelector(".lens-chart")) parentElement.style.minHeight = `${data.height}px`
  const { default: show } = await import(new URL(data.program, base()).href)
  parentElement.style.minHeight = ""
  return show({ ...given, data: { ...data, plotly: new URL(data.plotly, base()).href } })
}
"""


def chart(figure: go.Figure, *, key: str, alt: str) -> None:
    """Draw the figure; ``alt`` says the same for those who do not see it."""
    component = st.components.v2.component("chart", js=_SCRIPT, isolate_styles=False)
    component(
        key=component_key(key),
        data={
            "figure": _written(figure),
            "alt": alt,
            "height": int(figure.to_dict()["layout"]["height"]),
            "program": charts.program(),
            "plotly": charts.plotly(),
        },
    )


@once
def _written(figure: go.Figure) -> str:
    """The figure as JSON: two pages, or a page and its slides, often show the same."""
    return str(figure.to_json())
