"""The first minute: while the sample data is being read, a page says how far that is instead of failing."""

from __future__ import annotations

import streamlit as st

from equity.server import sample_data
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.words.labels.session import SESSION_TEXTS


def is_over() -> bool:
    """Whether there is anything to show; when there is not, says so and looks again until there is."""
    if sample_data.STATUS.state in ("ready", "failed") or in_memory.on_disk():
        return True
    sample_data.start_loading()
    prose.title("Equity Lens")
    _watch()
    return False


@st.fragment(run_every=0.5)
def _watch() -> None:
    if sample_data.STATUS.state in ("ready", "failed"):
        st.rerun()
    st.progress(sample_data.STATUS.share, text=SESSION_TEXTS["reading_the_sample_health_system_made"])
