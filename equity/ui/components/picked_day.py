"""A day from a calendar."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from equity.improvement.dates import day


def picked_day(label: str, before: str, key: str) -> str:
    """The picked day as it is kept, YYYY-MM-DD; empty when none is."""
    picked: dt.date | None = st.date_input(label, day(before), key=key)
    return "" if picked is None else str(picked)
