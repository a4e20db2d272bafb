"""A layout with its evidence, and what stays open."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field

from equity.vocabulary import Decision, OpenQuestion
from equity.vocabulary.layout import TIDY, Layout


@dataclass(frozen=True)
class FoundLayout:
    """A layout with its evidence, and what stays open.

    ``marker`` finds the header again. ``fractions`` says that the rates across are fractions, whatever the columns'
    names say. ``wholes`` are labels, by column, that hold others of the same column and group nobody.
    ``sheet`` is the sheet of a workbook that was chosen where nobody named one.
    """

    layout: Layout = TIDY
    marker: str = ""
    decisions: tuple[Decision, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    fractions: bool = False
    wholes: ReadOnly[str, tuple[str, ...]] = field(default_factory=dict)
    sheet: str = ""
