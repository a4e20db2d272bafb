"""Whether a card is pinned: cards are written as an address only where one is pinned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest

from equity.cards.card import Card
from equity.cards.recipe import Recipe
from equity.ui.cards import pinned

GROUPS = Recipe("disparities", "groups", (("measure", "Eye exam"),), 1, "2024-01-01")
OURS = "measure=Eye+exam&card=disparities.groups&version=1&made=2024-01-01"


@dataclass
class Drawn:
    """As much of a card as is asked here."""

    recipe: Recipe


@pytest.mark.parametrize(
    ("in_address", "waits", "written"),
    [
        ("", False, 0),
        (OURS, False, 1),
        ("odd=1", True, 1),
    ],
)
def test_a_card_is_written_only_where_one_is_pinned(
    in_address: str, waits: bool, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Recipe] = []
    write = pinned._written

    def counted(recipe: Recipe) -> str:
        asked.append(recipe)
        return write(recipe)

    monkeypatch.setattr(pinned, "_written", counted)
    monkeypatch.setattr(pinned, "pinned_in_address", lambda: in_address)
    assert pinned.waits_beside(cast(Card, Drawn(GROUPS))) is waits
    assert len(asked) == written
