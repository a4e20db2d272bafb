"""The page's address, kept equal to the question: anyone who copies it, reloads it or goes back sees the same answer.

A component of a few lines writes it. A choice on a page is an entry of the browser's history, so that Back undoes it;
what the page adds by itself when one comes is none. Streamlit's own ways leave the usual choices out of the address, so
that a link would mean something else after the next load.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from equity.ui.page_registry import ENTRIES

_SCRIPT = """
const written = (window.lensAddress ??= {})
const said = (search) => {
  const parts = [...new URLSearchParams(search)].filter(([part]) => !part.startsWith("embed"))
  return JSON.stringify(Object.entries(Object.fromEntries(parts)).sort())
}
// Back or Forward lead to an entry that is there: the wish, until a run that was asked with it has drawn its page. What
// Streamlit pushes before that is the page of a run that was asked earlier; what it pushes then, until a hand is moved,
// would as an entry of its own end what lies ahead, and Back would lead in a circle.
const push = history.pushState
history.pushState = (...entry) => {
  if (!written.led) return push.apply(history, entry)
  if (!written.wish) history.replaceState(...entry)
}
const moved = ({ altKey, metaKey, button }) => {
  if (altKey || metaKey || button > 2) return // the ways to say Back and Forward by keys or by the sides of a mouse
  Object.assign(written, { led: false, wish: null })
}
for (const hand of ["pointerdown", "keydown", "click"]) addEventListener(hand, moved, { capture: true })
addEventListener("popstate", ({ isTrusted }) => {
  Object.assign(written, { led: isTrusted, wish: window.location.pathname + window.location.search })
})
export default function ({ data, setTriggerValue }) {
  const address = new URL(window.location.href)
  if (!address.pathname.endsWith("/" + data.at)) return // a page that has been left meanwhile
  const { search } = address
  const chosen = written.page === data.page && written.path === address.pathname && written.search === search
  const wished = written.wish === address.pathname + search
  if (wished && said(search) !== said(data.seen)) return // a run asked before Back: that of this address comes yet
  address.search = new URLSearchParams(data.parameters).toString()
  Object.assign(written, { page: data.page, path: address.pathname, search: address.search, wish: null })
  if (wished && said(search) !== said(address.search)) {
    written.search = search
    return setTriggerValue("went", { page: data.page, asked: Object.fromEntries(new URLSearchParams(search)) })
  }
  if (address.href === window.location.href) return
  const write = chosen && !wished ? "pushState" : "replaceState"
  window.history[write](window.history.state, "", address)
}
"""
WENT = "went_to_an_address"
_KEY = "address_writer"
_RUNS = "runs_that_wrote_an_address"
"""In the session: how many; a component is told of a run only when its data change."""
PINNED = "pinned"
FIRST_CARD = "first_card"
"""In the session from the choice bar on until the first card of the page is drawn."""

_LONGEST = 2_000


def pinned_in_address() -> str:
    """The card that stays beside what is asked, as it is written in an address; empty where none is pinned.

    An address that this session has not met pins what it names; one met before may be older than the last click.
    """
    state = st.session_state
    met: set[str] = state.setdefault("pins_met", set())
    linked = st.query_params.get(PINNED, "")[:_LONGEST]
    if linked and linked not in met:
        state[PINNED] = linked
    met.update(each for each in (linked, state.get(PINNED, "")) if each)
    return str(state.get(PINNED, ""))


def write_address(page: str, parameters: Mapping[str, str]) -> None:
    """Make the address say these parameters and what is pinned; ``page`` so that another page writes it anew."""
    pinned = pinned_in_address()
    component = st.components.v2.component("address", html="<span hidden></span>\n", js=_SCRIPT)
    every = {**parameters, **({PINNED: pinned} if pinned else {})}
    runs = st.session_state[_RUNS] = st.session_state.get(_RUNS, 0) + 1
    seen = urlencode(st.query_params.to_dict())
    asked = {"page": page, "at": ENTRIES[page].url, "parameters": every, "seen": seen, "run": runs}
    component(data=asked, key=_KEY, on_went_change=_went)


def _went() -> None:
    """Back or Forward on the same page: the address is the wish, however soon after a choice it comes."""
    went = st.session_state[_KEY].get("went")
    if isinstance(went, Mapping) and isinstance(went.get("asked"), Mapping):
        asked = {str(part): str(value)[:1_000] for part, value in went["asked"].items()}
        pinned = str(went["asked"].get(PINNED, ""))[:_LONGEST]
        st.session_state[WENT] = (str(went.get("page", "")), asked, pinned)


def gone_to(page: str) -> Mapping[str, str]:
    """The address that Back or Forward led to on this page, once; one of a page left meanwhile is no wish of this."""
    of_page, asked, pinned = st.session_state.pop(WENT, ("", {}, ""))
    if of_page != page:
        return {}
    if of_page:
        st.session_state[PINNED] = pinned
    return dict(asked)
