"""The page's address, kept equal to the question: anyone who copies it, reloads it or goes back sees the same answer.

A component of five lines replaces the address in place. Streamlit's own ways add an entry to the browser's history with
every choice, or leave the usual choices out of the address, so that a link would mean something else after the next
load.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

_SCRIPT = """
export default function ({ data }) {
  const address = new URL(window.location.href)
  address.search = new URLSearchParams(data.parameters).toString()
  if (address.href !== window.location.href) window.history.replaceState(window.history.state, "", address)
}
"""


def write_address(page: str, parameters: Mapping[str, str]) -> None:
    """Make the address say these parameters; ``page`` so that another page writes the same question too."""
    component = st.components.v2.component("address", html="<span hidden></span>\n", js=_SCRIPT)
    component(data={"page": page, "parameters": dict(parameters)}, key="address_writer")
