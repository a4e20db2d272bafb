"""A figure on a page, in a place of its own: a change is drawn in the same node, which keeps its place and the focus.

The component's script is a few lines that fetch the program from `equity/server/charts`, which every chart shares.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from equity.cards.page_question import PARTS
from equity.charts.screens.fitted import LOW, WIDE_ENOUGH
from equity.server import charts
from equity.ui.components.downloading import component_key
from equity.words.cached_per_answer import cached_per_answer

_SCRIPT = """
const base = () => document.querySelector("base")?.href ?? new URL(".", window.location.href).href
export default async function (given) {
  const { data, parentElement } = given
  const low = data.fitted && matchMedia(data.low[0]).matches
  const height = low ? data.fitted_height : data.height
  if (!parentElement.querySelector(".lens-chart")) parentElement.style.minHeight = `${height}px`
  const { default: show } = await import(new URL(data.program, base()).href)
  parentElement.style.minHeight = ""
  return show({ ...given, data: { ...data, plotly: new URL(data.plotly, base()).href } })
}
"""


CLICKED = "clicked_on_a_chart"


def chart(
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    asks: bool = False,
    lower: go.Figure | None = None,
    first: go.Figure | None = None,
) -> None:
    """Draw the figure; ``alt`` says the same for those who do not see it.

    ``lower`` is drawn instead in a window that is wide and low, where the figure has the width for it. ``first`` stands
    for a moment before, where marks are to be seen to move from it.

    With ``asks`` its marks can be asked what `equity/charts/parts/asking.py` wrote into them: the parts of the question
    that a click changes are then in the session under :data:`CLICKED`, for the choice bar of the run that follows.
    """
    component = st.components.v2.component("chart", js=_SCRIPT, isolate_styles=False)
    name = component_key(key)
    component(
        key=name,
        on_asked_change=partial(_clicked, name),
        data={
            "figure": _written(figure),
            "alt": alt,
            "height": _height(figure),
            **({} if lower is None else _lower(lower)),
            **({} if first is None else {"first": _written(first)}),
            "program": charts.program(),
            "plotly": charts.plotly(),
            "asks": asks,
        },
    )


def _clicked(name: str) -> None:
    """What a browser sends is looked up in the question's lists later; here it is no more than a few short texts."""
    asked = st.session_state[name].get("asked")
    if isinstance(asked, Mapping):
        st.session_state[CLICKED] = {part: str(asked[part])[:1_000] for part in PARTS if part in asked}


def _lower(figure: go.Figure) -> dict[str, object]:
    return {"fitted": _written(figure), "fitted_height": _height(figure), "low": [LOW, WIDE_ENOUGH]}


def _height(figure: go.Figure) -> int:
    return int(figure.to_dict()["layout"]["height"])


@cached_per_answer
def _written(figure: go.Figure) -> str:
    """The figure as JSON: two pages, or a page and its slides, often show the same."""
    return str(figure.to_json())
