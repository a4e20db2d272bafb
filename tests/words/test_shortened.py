"""Long names cut short: none like another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from equity.words.escaping import one_line
from equity.words.shortened import shortened

NAMES = [
    "Middle Eastern or North African, born in the United States",
    "Middle Eastern or North African, born elsewhere",
    "White",
]


def test_names_that_begin_alike_keep_what_they_differ_in() -> None:
    cut = shortened(NAMES, 40)
    assert len(set(cut)) == 3
    assert max(map(len, cut)) <= 40
    assert cut[0].endswith("…in the United States")
    assert cut[1].endswith("…elsewhere")
    assert cut[2] == "White"


def test_a_name_alone_is_cut_at_its_end() -> None:
    assert shortened([NAMES[0], "White"], 20) == ["Middle Eastern or N…", "White"]


@given(st.lists(st.text(st.characters(codec="ascii", categories=["L", "Zs"]), min_size=1, max_size=60), max_size=8))
def test_none_is_longer_than_asked_and_short_ones_stay(names: list[str]) -> None:
    for name, cut in zip(names, shortened(names, 24), strict=True):
        assert len(cut) <= 24
        if len(one_line(name, 10_000)) <= 24:
            assert cut == one_line(name)
