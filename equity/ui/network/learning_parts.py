"""What tests of one change idea came to over all teams: read before planning one's own."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from equity.access.here import Here
from equity.actions.network.learned import learned_across
from equity.charts.cohort.learning import alt, changes
from equity.network.learning import IdeaLearned
from equity.store.files.home import home_folder
from equity.ui.components.chart import chart
from equity.ui.layout import prose
from equity.words.cohort import learning as words

MOST_AT_ONCE = 12


def show(at: Here) -> None:
    """Every idea that was tried, the ones that most teams tried first."""
    prose.paragraph(words.PURPOSE)
    prose.small(words.NOT_PROVED)
    learned = learned_across(at, home_folder())
    if not learned:
        prose.small(words.NOTHING_YET)
    for place, idea in enumerate(learned[:MOST_AT_ONCE]):
        with st.container(border=True, key=f"idea_{place}"):
            _one(idea, place)


def _one(idea: IdeaLearned, place: int) -> None:
    prose.heading(words.heading(idea))
    prose.paragraph(words.together(idea))
    for line in filter(None, (words.differ(idea), *words.more(idea))):
        prose.small(line)
    if not idea.teams:
        return
    chart(changes(idea), key=f"chart_idea_{place}", alt=alt(idea))
    with st.expander("Table", key=f"table_idea_{place}"):
        table = pd.DataFrame(words.rows(idea))
        st.dataframe(table, hide_index=True, width="stretch", height="content", alt=words.heading(idea))
