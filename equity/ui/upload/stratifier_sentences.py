"""How groupings are called, in which order their groups stand, and which totals are left out: changed in place."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from equity.vocabulary import StratifierMapping
from equity.words.escaping import one_line
from equity.words.labels.upload import UPLOAD_TEXTS

MOST_VALUES = 80


def edit_groups(
    stratifiers: Sequence[StratifierMapping], values: ReadOnly[str, Sequence[str]], key: str
) -> tuple[StratifierMapping, ...]:
    """Draw the choices of each grouping in a closed expander, and give the groupings as they then are.

    ``values`` are each column's values in the file, most frequent first.
    """
    if not stratifiers:
        return ()
    with st.expander(UPLOAD_TEXTS["how_groups_are_called_ordered"], icon=":material/groups:", key=f"{key}_groups"):
        return tuple(_edited(s, values, f"{key}_{s.name}") for s in stratifiers)


def _edited(before: StratifierMapping, values: ReadOnly[str, Sequence[str]], key: str) -> StratifierMapping:
    in_file = [value for column in before.columns for value in values.get(column, ())][:MOST_VALUES]
    named = {one_line(value): value for value in dict.fromkeys([*before.order, *before.drop, *in_file])}
    shown = {value: name for name, value in named.items()}
    columns = st.columns([2, 2, 3])
    label = columns[0].text_input(
        UPLOAD_TEXTS["grouping_by_is_called"].format(name=one_line(before.name)),
        before.label,
        max_chars=80,
        key=f"{key}_label",
    )
    dropped = columns[1].multiselect(
        UPLOAD_TEXTS["totals_to_leave_out"], list(named), [shown[value] for value in before.drop], key=f"{key}_drop"
    )
    order = columns[2].multiselect(
        UPLOAD_TEXTS["first_to_last_where_the_order"],
        list(named),
        [shown[value] for value in before.order],
        key=f"{key}_order",
    )
    said = tuple(named[name] for name in order)
    ordered = before.ordered if said == before.order else bool(said)
    drop = tuple(named[name] for name in dropped)
    return replace(before, label=label.strip() or before.label, drop=drop, order=said, ordered=ordered)
