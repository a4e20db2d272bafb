"""The page's address, kept equal to the question: anyone who copies it, reloads it or goes back sees the same answer.

A component of a few lines writes it. A choice on a page is an entry of the browser's history, so that Back undoes it;
what the page adds by itself when one comes is none. Streamlit's own ways leave the usual choices out of the address, so
that a link would mean something else after the next load.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

_SCRIPT = """
const written = (window.lensAddress ??= {})
const runs = () => document.querySelector("[data-test-script-state]")?.dataset.testScriptState !== "notRunning"
addEventListener("popstate", () => {
  const here = new URL(window.location.href)
  if (here.pathname !== written.path || here.search === written.search) return
  written.search = here.search
  clearInterval(written.waits)
  written.waits = setInterval(() => {
    if (runs()) return
    clearInterval(written.waits)
    written.waits = null
    const { pathname, search, searchParams } = new URL(window.location.href)
    if (pathname === written.path && search !== written.asked) written.tell?.("went", Object.fromEntries(searchParams))
  }, 50)
})
export default function ({ data, setTriggerValue }) {
  const address = new URL(window.location.href)
  const chosen = written.page === data.page && written.path === address.pathname && written.search === address.search
  address.search = new URLSearchParams(data.parameters).toString()
  Object.assign(written, { page: data.page, path: address.pathname, asked: address.search, tell: setTriggerValue })
  if (written.waits && address.href !== window.location.href) return
  if (address.href !== window.location.href) {
    const write = chosen ? "pushState" : "replaceState"
    window.history[write](window.history.state, "", address)
  }
  written.search = address.search
}
"""
WENT = "went_to_an_address"
_KEY = "address_writer"
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
    component(data={"page": page, "parameters": every}, key=_KEY, on_went_change=_went)


def _went() -> None:
    """Back or Forward on the same page: the address is the wish, however soon after a choice it comes."""
    parameters = st.session_state[_KEY].get("went")
    if isinstance(parameters, Mapping):
        st.session_state[WENT] = {str(part): str(value)[:1_000] for part, value in parameters.items()}
        st.session_state[PINNED] = str(parameters.get(PINNED, ""))[:_LONGEST]
