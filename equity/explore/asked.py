"""A question of one's own: a measure, up to four groupings, filters; and which of these a version can answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from equity.vocabulary import GRAINS, Description, Grain, PlainError

Part = Literal["year", "quarter", "month", "quarter_of_year", "month_of_year"]
Drawing = Literal["dots", "counts", "lines", "map", "table"]

PARTS: Final = ("split", "only", "drawing")
"""The parts of a link that hold the question, besides those of every question."""
MOST_GROUPINGS: Final = 4
DRAWINGS: Final[tuple[Drawing, ...]] = get_args(Drawing)
RUNNING: Final[tuple[Part, ...]] = ("year", "quarter", "month")
"""Parts of a date that follow each other, so that lines may be drawn along them."""
_FINEST: Final[dict[Part, Grain]] = {
    "year": "year",
    "quarter": "quarter",
    "month": "month",
    "quarter_of_year": "quarter",
    "month_of_year": "month",
}


@dataclass(frozen=True)
class Grouping:
    """One way to put rows into groups: a stratifier by its key, or a part of their date."""

    stratifier: str = ""
    part: Part | None = None

    @property
    def code(self) -> str:
        """How it stands in a link."""
        return f"by:{self.stratifier}" if self.part is None else f"time:{self.part}"


@dataclass(frozen=True)
class Asked:
    """What is asked besides measure and period: groupings in order, and (stratifier, value) filters.

    Filters on one stratifier widen each other, those on different ones narrow.
    """

    groupings: tuple[Grouping, ...] = ()
    only: tuple[tuple[str, str], ...] = ()
    drawing: Drawing = "dots"

    @property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """The question as parts of a link; what is left out is usual."""
        parts = (
            ("split", json.dumps([each.code for each in self.groupings], ensure_ascii=False)),
            ("only", json.dumps(self.only, ensure_ascii=False) if self.only else ""),
            ("drawing", self.drawing),
        )
        return tuple((part, code) for part, code in parts if code)


NOT_OF_HERE: Final = "This link asks for a grouping or a filter that this dataset does not have: choose anew."


def why_not(description: Description) -> str:
    """Why a version cannot be asked questions of one's own; empty where it can."""
    if description.counted_by:
        return (
            f"The rows of “{description.dataset}” stayed on {description.counted_by}, and only their counts are here. "
            "Explore counts rows, so it cannot answer here: ask on the other pages."
        )
    if description.values == "estimates":
        return (
            f"“{description.dataset}” holds published rates without counts. Explore adds up counts, so it cannot "
            "answer here: ask on the other pages."
        )
    return ""


def offered(description: Description) -> tuple[Grouping, ...]:
    """Every grouping of a version: its stratifiers, then the parts of a date that its periods are fine enough for."""
    parts = [
        Grouping(part=part)
        for part, grain in _FINEST.items()
        if description.periods and GRAINS.index(grain) >= GRAINS.index(description.grain)
    ]
    return (*(Grouping(s.name) for s in description.stratifiers), *parts)


def fitting(description: Description, groupings: Sequence[Grouping]) -> tuple[Drawing, ...]:
    """The ways to draw these groupings, the usual one first."""
    along = sum(each.part in RUNNING for each in groupings) == 1
    can: dict[Drawing, bool] = {"lines": along, "dots": True, "counts": True, "map": len(groupings) == 2, "table": True}
    return tuple(drawing for drawing, fits in can.items() if fits)


def checked(description: Description, asked: Asked) -> Asked:
    """The question, when this version can answer it.

    Raises :class:`PlainError` for one that has no rows or counts, for a grouping or filter that it does not have, for
    more than four groupings, and where its groups come one table a grouping and more than that one is asked for.
    """
    if reason := why_not(description):
        raise PlainError(reason)
    if len(asked.groupings) > MOST_GROUPINGS or len(set(asked.groupings)) < len(asked.groupings):
        raise PlainError(f"Up to {MOST_GROUPINGS} different groupings can be asked for at once: leave one out.")
    if not set(asked.groupings) <= set(offered(description)):
        raise PlainError(NOT_OF_HERE)
    values = {(s.name, c.value) for s in description.stratifiers for c in s.categories}
    if not set(asked.only) <= values:
        raise PlainError(NOT_OF_HERE)
    if asked.drawing not in fitting(description, asked.groupings):
        raise PlainError("These groupings cannot be drawn in this way: choose another.")
    if description.tables == "one_way":
        _one_table(description, asked)
    return asked


def from_codes(codes: dict[str, str]) -> Asked:
    """The question in the parts of a link; raises :class:`PlainError` when they are of another form."""
    try:
        names, only = json.loads(codes.get("split") or "[]"), json.loads(codes.get("only") or "[]")
        groupings = tuple(_grouping(str(name)) for name in names)
        filters = tuple((str(key), str(value)) for key, value in only)
    except (ValueError, TypeError, RecursionError):
        raise PlainError(NOT_OF_HERE) from None
    drawing = next((each for each in DRAWINGS if each == codes.get("drawing", "dots")), None)
    if drawing is None:
        raise PlainError(NOT_OF_HERE)
    return Asked(groupings, filters, drawing)


def _grouping(code: str) -> Grouping:
    kind, _, name = code.partition(":")
    if kind == "by":
        return Grouping(name)
    part = next((each for each in _FINEST if each == name), None)
    if kind != "time" or part is None:
        raise ValueError(code)
    return Grouping(part=part)


def _one_table(description: Description, asked: Asked) -> None:
    """Rows of such a version belong to one stratifier each: over several, everyone would be counted several times."""
    named = {each.stratifier for each in asked.groupings if each.part is None} | {key for key, _ in asked.only}
    if len(named) != 1:
        raise PlainError(
            f"“{description.dataset}” counts people once for each grouping, so its groupings cannot be crossed or "
            "left out: choose exactly one of them, with parts of a date as you like."
        )
