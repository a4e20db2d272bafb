"""Keys of download buttons: random ids in them may hold what Streamlit keeps for itself."""

from __future__ import annotations

import pytest
from streamlit.components.v2.bidi_component.constants import EVENT_DELIM

from equity.ui.components.downloading import component_key


@pytest.mark.parametrize("key", ["a__b", "a___b", "____", "upload_x_-__0_file", "plain_key"])
def test_a_key_never_holds_what_streamlit_parts_names_by(key: str) -> None:
    assert EVENT_DELIM not in component_key(key)


def test_different_keys_stay_different() -> None:
    keys = ["a__b", "a_b", "a___b", "a____b"]
    assert len({component_key(key) for key in keys}) == len(keys)
