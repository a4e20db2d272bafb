"""The peer of the pages: the least that a Streamlit app with the same two lists and two charts can be.

It reads nothing, checks nobody, says nothing: two lists and two Plotly charts of dots with intervals, over rates that
were drawn at random when the process began. Whatever a page of ours costs more than this is what the product adds.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
import streamlit as st

MEASURES = [f"Measure {number}" for number in range(1, 13)]
GROUPINGS = [f"Grouping {number}" for number in range(1, 7)]
GROUPS = [f"Group {number}" for number in range(1, 10)]
MONTHS = 36


@lru_cache(maxsize=1)
def rates() -> npt.NDArray[np.float64]:
    """A rate for each measure, grouping, group and month."""
    shape = (len(MEASURES), len(GROUPINGS), len(GROUPS), MONTHS)
    return np.random.default_rng(1).uniform(0.2, 0.8, shape)


def dots(values: npt.NDArray[np.float64]) -> go.Figure:
    """Each group's mean with its interval, its months behind it as faint dots."""
    figure = go.Figure()
    figure.add_scatter(x=values.ravel(), y=np.repeat(GROUPS, MONTHS), mode="markers", opacity=0.3)
    spread = 1.96 * values.std(axis=1) / np.sqrt(MONTHS)
    figure.add_scatter(x=values.mean(axis=1), y=GROUPS, mode="markers", error_x={"array": spread})
    return figure


st.set_page_config(page_title="Bare", layout="wide")
measure = st.selectbox("Measure", MEASURES, key="choose_measure")
grouping = st.selectbox("Grouped by", GROUPINGS, key="choose_by")
chosen = rates()[MEASURES.index(measure), GROUPINGS.index(grouping)]
st.plotly_chart(dots(chosen), key="chart_groups")
st.plotly_chart(dots(chosen - chosen.mean()), key="chart_gaps")
