"""Leader view: one release on one page, phone first. By a link without signing in, or for a workspace's own readers."""

import streamlit as st

from equity.sharing import releases_in
from equity.store.files.home import home_folder
from equity.ui.layout.empty_page import empty_page
from equity.ui.question.page_parts import page_title
from equity.ui.session import language, link_session, sign_in
from equity.ui.sharing import leader_parts
from equity.words.labels.pages import PAGE_TEXTS

if link_session.token():
    leader_parts.show_opening(link_session.opening())
else:
    page_title("leader")
    place = sign_in.require("read_release").workspace
    found = [r for r in releases_in(sign_in.database(), home_folder(), place) if not r.revoked]
    titles = leader_parts.titles(tuple(found))
    if found:
        chosen = st.selectbox(
            language.chosen().say("leader.release"),
            list(titles),
            format_func=lambda key: titles.get(key, ""),
            key="release_chosen",
        )
        leader_parts.show_release(str(chosen))
    else:
        begins = (PAGE_TEXTS["make_a_release"], "releases") if sign_in.may("create_release") else ()
        empty_page(PAGE_TEXTS["there_is_no_release_yet"], PAGE_TEXTS["leader_example"], *begins)
