"""Back from presenting: the card that one came from is in view again, and the keyboard stands where it stood."""

from __future__ import annotations

import streamlit as st

PRESENTING = "presenting"

_SCRIPT = """
export default function ({ data }) {
  let tries = 0
  const look = () => {
    const links = document.querySelectorAll(`.st-key-card_${CSS.escape(data.card)} [data-testid=stPageLink] a`)
    const link = [...links].find((one) => one.getClientRects().length)
    if (link) {
      link.scrollIntoView({ block: "center" })
      link.focus({ preventScroll: true })
    }
    if (!link && ++tries < 50) setTimeout(look, 100)
  }
  look()
}
"""


def pass_by(name: str) -> None:
    """Note the page that is shown: presenting comes back to it, and ends when another page is opened meanwhile."""
    if name != PRESENTING:
        st.session_state["page_shown"] = name
        st.session_state.pop("set_presented", None)


def remember(card: str) -> None:
    """The card to come back to."""
    st.session_state["come_back"] = card


def here_again(card: str) -> None:
    """Where this is the card to come back to, bring it into view, once."""
    if st.session_state.get("come_back") != card:
        return
    del st.session_state["come_back"]
    component = st.components.v2.component("come_back", html="<span hidden></span>\n", js=_SCRIPT)
    with st.container(key="come_back_place"):
        component(data={"card": card}, key="come_back_again")
