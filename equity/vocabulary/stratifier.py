"""How people are grouped, and what each category stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CategoryKind = Literal["group", "unknown", "declined", "not_asked", "other"]


@dataclass(frozen=True)
class Category:
    """One value of a stratifier.

    ``kind`` keeps four different things apart: ``unknown`` (not known or not recorded), ``declined`` (asked, preferred
    not to say), ``not_asked`` and ``other`` (a real answer that the list does not name). All else is a ``group``.
    Only ``group`` and ``other`` are answers; only ``group`` may be a reference.
    """

    value: str
    kind: CategoryKind = "group"


@dataclass(frozen=True)
class Stratifier:
    """A way of grouping people: race and ethnicity, language, payer, age band, site.

    ``name`` is the key in the mapping and in the cube (``race``), ``label`` what people read.
    ``categories`` stand in the order they are always shown in; for an ordered stratifier that order means something.
    """

    name: str
    label: str
    ordered: bool = False
    categories: tuple[Category, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The values that are groups of people, in order."""
        return tuple(c.value for c in self.categories if c.kind == "group")

    def kind_of(self, value: str) -> CategoryKind:
        """What a value stands for; a value that is not listed is a group."""
        return next((c.kind for c in self.categories if c.value == value), "group")
