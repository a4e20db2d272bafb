"""The links of a release: those there are, a new one, and what readers replied."""

from __future__ import annotations

import json
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from equity.release.shelf import Release
from equity.sharing import open_release_in
from equity.store.files.home import home_folder
from equity.store.workspace.links import MOST_DAYS, USUAL_DAYS, Link, links_in, make_link, revoke_link
from equity.store.workspace.replies import replies_to
from equity.ui.layout import prose
from equity.ui.session import link_session, sign_in
from equity.ui.session.errors import error_as_sentence
from equity.words import groups
from equity.words.days import describe_day
from equity.words.escaping import one_line
from equity.words.labels.sharing import SHARING_TEXTS


def address_of(token: str, here: str) -> str:
    """The address that a token opens, on the server whose address is ``here``."""
    parts = urlsplit(here)
    folder = parts.path.rsplit("/", 1)[0]
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/leader", urlencode({link_session.PART: token}), ""))


def show_link(link: Link) -> None:
    last = f", last {describe_day(link.last_opened.date())}" if link.last_opened else ""
    passcode = ", with a passcode" if link.has_passcode else ""
    state = {
        "open": f"open until {describe_day(link.expires.date())}",
        "expired": f"expired {describe_day(link.expires.date())}",
        "revoked": f"closed by {one_line(link.revoked_by)}",
    }[link.state]
    with st.container(horizontal=True, vertical_alignment="center", key=f"link_{link.id}"):
        prose.paragraph(
            SHARING_TEXTS["opened_time_made"].format(
                title=one_line(link.title),
                state=state,
                passcode=passcode,
                opened_count=link.opened_count,
                plural="" if link.opened_count == 1 else "s",
                last=last,
                made_by=one_line(link.made_by),
            )
        )
        closable = link.state == "open" and sign_in.may("revoke_link")
        if closable and st.button("Close this link", icon=":material/link_off:", key=f"close_{link.id}"):
            _confirm_closing(link)


@st.dialog(SHARING_TEXTS["close_this_link"])
def _confirm_closing(link: Link) -> None:
    prose.paragraph(SHARING_TEXTS["whoever_has_it_sees"].format(title=one_line(link.title)))
    with st.container(horizontal=True):
        wanted = st.button(SHARING_TEXTS["close_it"], type="primary", key="close_for_good")
        if st.button(SHARING_TEXTS["keep_it_open"], key="close_not"):
            st.rerun()
    if wanted:
        with error_as_sentence():
            allowed = sign_in.require("revoke_link")
            revoke_link(sign_in.database(), allowed.workspace, link.id, by=allowed.person)
            st.rerun()


def new_link(release: Release) -> None:
    description = release.description()
    labels = {s.name: groups.started(groups.label(s)) for s in description.stratifiers}
    key = release.id
    with st.form(f"new_link_{key}", border=False):
        title = st.text_input(SHARING_TEXTS["for_whom"], max_chars=120, key=f"link_title_{key}")
        measure = st.selectbox(
            SHARING_TEXTS["opens_with_the_measure"],
            ["", *(m.name for m in description.measures)],
            format_func=lambda name: one_line(name) if name else "the one with the largest gap",
            key=f"link_measure_{key}",
        )
        by = st.selectbox(
            "Group by",
            ["", *labels],
            format_func=lambda name: labels.get(name, "the grouping with the largest gap"),
            key=f"link_by_{key}",
        )
        asks = st.text_area(SHARING_TEXTS["what_you_ask_of_the_reader"], max_chars=600, key=f"link_asks_{key}")
        days = st.number_input("Open for days", 1, MOST_DAYS, USUAL_DAYS, key=f"link_days_{key}")
        passcode = st.text_input(
            SHARING_TEXTS["passcode_optional_send_it_separately"],
            type="password",
            autocomplete="off",
            key=f"link_passcode_{key}",
        )
        made = st.form_submit_button("Make a link", icon=":material/add_link:")
    if made:
        allowed = sign_in.require("make_link")
        open_release_in(sign_in.database(), home_folder(), allowed.workspace, release.id)
        choices = {part: value for part, value in {"measure": measure, "by": by, "asks": asks.strip()}.items() if value}
        _, token = make_link(
            sign_in.database(),
            allowed.workspace,
            release.id,
            by=allowed.person,
            title=title.strip() or description.dataset,
            choices=json.dumps(choices, ensure_ascii=False),
            days=int(days),
            passcode=passcode,
        )
        prose.notice([SHARING_TEXTS["copy_this_link_now"]])
        st.code(address_of(token, str(st.context.url or "")), language=None, wrap_lines=True)


def show_replies(release: Release) -> None:
    if not sign_in.may("read_replies"):
        return
    replies = replies_to(sign_in.database(), sign_in.workspace_id(), release.id)
    links = {link.id: one_line(link.title) for link in links_in(sign_in.database(), sign_in.workspace_id())}
    with st.expander(f"Replies ({len(replies)})", icon=":material/forum:", key=f"replies_{release.id}"):
        for reply in replies:
            who = one_line(reply.name) or "A reader who gave no name"
            by_link = SHARING_TEXTS["by_the_link"].format(
                title=links.get(reply.link_id, SHARING_TEXTS["no_longer_there"])
            )
            vouched = f", {by_link if reply.link_id else SHARING_TEXTS['signed_in']}"
            prose.quote(f"{who}{vouched}, {describe_day(reply.created.date())}", reply.words)
        if not replies:
            prose.paragraph(SHARING_TEXTS["nobody_has_replied_yet"])
