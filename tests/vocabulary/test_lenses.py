"""The lenses stand in one place, for calls and for the decision room alike."""

from __future__ import annotations

import pytest

from equity.vocabulary import PlainError
from equity.vocabulary.lenses import LENSES, TEAM, read_lens


def test_every_lens_is_read_in_its_full_form() -> None:
    assert [read_lens(lens.upper()) for lens in LENSES] == list(LENSES)
    assert (read_lens(" QI "), read_lens("")) == ("quality improvement", TEAM)
    with pytest.raises(PlainError, match="choose one of data"):
        read_lens("astrology")
