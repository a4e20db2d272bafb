"""Which groups a card leaves out, as one text of the question: ``*`` for those with too little data, names after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from equity.cards.parts.option import NOTHING, Option
from equity.vocabulary import Description
from equity.words import groups as words
from equity.words.escaping import one_line
from equity.words.labels.cards import CARD_TEXTS

ENOUGH = "*"


@dataclass(frozen=True)
class HiddenGroups:
    """``enough``: only groups with enough data are drawn; ``names``: groups left out by name."""

    enough: bool = False
    names: tuple[str, ...] = ()

    @classmethod
    def parse(cls, code: str) -> HiddenGroups:
        """The choice that a text of the question stands for."""
        parts = [part for part in code.split(",") if part]
        return cls(ENOUGH in parts, tuple(unquote(part) for part in parts if part != ENOUGH))

    @property
    def code(self) -> str:
        """The text of the question; empty where every group is drawn."""
        return ",".join([*([ENOUGH] if self.enough else []), *(quote(name, safe="") for name in self.names)])


def hidden_groups(description: Description, by: str, wish: str) -> tuple[Option, ...]:
    """Every group, those with enough data, and what was wished for, where it names groups of the stratifier."""
    there = [category.value for category in description.stratifier(by).categories]
    wished = HiddenGroups.parse(wish)
    offered = [
        Option(NOTHING, CARD_TEXTS["every_group"]),
        Option(ENOUGH, CARD_TEXTS["groups_with_enough_data"]),
    ]
    if wished.names and all(name in there for name in wished.names):
        ordered = HiddenGroups(wished.enough, tuple(name for name in there if name in wished.names))
        offered.append(Option(ordered.code, _label(ordered.enough, ordered.names)))
    return tuple(offered)


def _label(enough: bool, names: Sequence[str]) -> str:
    whose = CARD_TEXTS["groups_with_enough_data"] if enough else CARD_TEXTS["every_group"]
    return CARD_TEXTS["without"].format(whose=whose, groups=words.listed([one_line(name) for name in names], most=4))
