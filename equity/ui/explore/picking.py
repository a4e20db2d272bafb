"""The groupings, filters and the way to draw, picked beside the question and kept in the address."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from equity.cards.page_question import PageQuestion
from equity.explore.asked import MOST_GROUPINGS, PARTS, Asked, Grouping, fitting, from_codes, offered
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.vocabulary import Description, PlainError
from equity.words.answers import explore as words

_KEPT, _PICKED, _SAID = "explore_asked", "explore_picked_here", "explore_said"
LEFT_OUT = "Some groupings or filters of before are not in this dataset: they are left out."


def asked_before(question: PageQuestion) -> dict[str, str]:
    """What was picked last, or what a link asks for, as parts of a link; else the page's usual grouping."""
    state = st.session_state
    link = {part: value for part, value in st.query_params.to_dict().items() if part in PARTS}
    if link and _PICKED not in state:
        state[_KEPT] = link
    state[_PICKED] = True
    by = question.codes["by"]
    kept: dict[str, str] = state.setdefault(_KEPT, dict(Asked((Grouping(by),) if by else ()).codes))
    return kept


def picked(question: PageQuestion) -> Asked:
    """Draw the lists and give what they say."""
    held = in_memory.description(question.codes["dataset"])
    asked = _fitting_here(held)
    labels = {each: words.grouping_label(held, each) for each in offered(held)}
    filters = [(s.name, c.value) for s in held.stratifiers for c in s.categories]
    with st.container(border=True, horizontal=True, vertical_alignment="bottom", key="explore_picks"):
        groupings = st.multiselect(
            "Group by",
            list(labels),
            default=list(asked.groupings),
            format_func=lambda each: labels.get(each, ""),
            max_selections=MOST_GROUPINGS,
            placeholder="Overall",
            key=f"explore_groupings_{held.dataset}",
            width=330,
        )
        only = st.multiselect(
            "Only these groups",
            filters,
            default=list(asked.only),
            format_func=lambda each: words.filter_label(held, *each),
            placeholder="Nobody left out",
            key=f"explore_only_{held.dataset}",
            width=250,
        )
        ways = fitting(held, groupings)
        drawing = st.segmented_control(
            "Drawn as",
            ways,
            default=words.usual_drawing(asked, ways),
            format_func=words.DRAWINGS.__getitem__,
            key=f"explore_drawing_{held.dataset}_{'_'.join(ways)}",
            required=True,
        )
    wanted = Asked(tuple(groupings), tuple(only), drawing)
    if dict(wanted.codes) != st.session_state[_KEPT]:
        st.session_state[_KEPT] = dict(wanted.codes)
        st.rerun()  # so that the address, which is written above, says it
    if said := st.session_state.pop(_SAID, ""):
        prose.notice([said])
    return wanted


def _fitting_here(held: Description) -> Asked:
    """What was picked last, without what this dataset does not have."""
    try:
        asked = from_codes(st.session_state[_KEPT])
    except PlainError as odd:
        st.session_state[_SAID] = str(odd)
        return Asked()
    values = {(s.name, c.value) for s in held.stratifiers for c in s.categories}
    groupings = tuple(dict.fromkeys(each for each in asked.groupings if each in offered(held)))[:MOST_GROUPINGS]
    only = tuple(dict.fromkeys(each for each in asked.only if each in values))
    if (groupings, only) != (asked.groupings, asked.only):
        st.session_state[_SAID] = LEFT_OUT
    return replace(asked, groupings=groupings, only=only)
