"""The text fields of a record's form, by one table of names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    T = TypeVar("T", bound=DataclassInstance)

LONGEST_LINE, LONGEST_TEXT = 300, 4000


def text_fields(content: T, labels: Mapping[str, str], key: str, long: Collection[str] = ()) -> T:
    """The content as the form's fields make it: one field for each name in ``labels``, large for those in ``long``."""
    typed = {}
    for name, label in labels.items():
        before = str(getattr(content, name))
        if name in long:
            typed[name] = st.text_area(label, before, max_chars=LONGEST_TEXT, height=90, key=f"{key}_{name}")
        else:
            typed[name] = st.text_input(label, before, max_chars=LONGEST_LINE, key=f"{key}_{name}")
    return replace(content, **typed)
