"""The rows of an answer as typed values, and which group is in focus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from equity.lens.answers import GROUP_COLUMNS, Disparities
from equity.lens.tables import columns_of
from equity.words.cached_per_answer import cached_per_answer


class GroupRow(NamedTuple):
    """One group's row; the fields are `equity.lens.answers.GROUP_COLUMNS`, with the same meaning and units."""

    group: str
    kind: str
    rows: float
    people: float
    n: float
    x: float
    rate: float
    lower: float
    upper: float
    n_effective: float
    gap: float
    gap_lower: float
    gap_upper: float
    ratio: float
    ratio_lower: float
    ratio_upper: float
    relative_gap: float
    relative_gap_adverse: float
    p: float
    q: float
    p_together: float
    excess: float
    excess_lower: float
    excess_upper: float
    excess_raw: float
    verdict: str
    reliability: str
    shown: str
    hidden_at_source: float

    @property
    def visible(self) -> bool:
        """Whether there is a rate to show: zero is a rate, hidden and missing are not."""
        return self.shown in ("yes", "zero") and self.rate == self.rate

    @property
    def compared(self) -> bool:
        """Whether the group was held against the reference with enough data to be read."""
        return self.visible and self.verdict not in ("", "reference") and self.reliability != "too_few"


_TEXTS = ("group", "kind", "verdict", "reliability", "shown")


@cached_per_answer
def group_rows(frame: pd.DataFrame) -> tuple[GroupRow, ...]:
    """The rows of a table with GROUP_COLUMNS, in its order."""
    held = columns_of(frame)
    columns = (
        [str(text) for text in held[name].tolist()] if name in _TEXTS else held[name].astype(float).tolist()
        for name in GROUP_COLUMNS
    )
    return tuple(map(GroupRow._make, zip(*columns, strict=True)))


@cached_per_answer
def records(frame: pd.DataFrame) -> tuple[dict[str, Any], ...]:
    """A table as one dictionary a row, read column by column (a row at a time takes pandas fifty times as long)."""
    columns = {name: values.tolist() for name, values in columns_of(frame).items()}
    return tuple(dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))


def focus(answer: Disparities) -> GroupRow | None:
    """The group that the answer is about: of those that fare worse, the clearest gap with the most people affected.

    A clear and large gap comes before a large one that chance may explain, and that before a small clear one. Groups
    with too few people to be read are never in focus. A group that somebody picked comes first, however it fares.
    """
    rows, picked = group_rows(answer.rows), answer.choices.focus
    chosen = next((r for r in rows if r.group == picked and can_be_picked(r)), None) if picked else None
    return chosen or worst(rows)


def focus_name(answer: Disparities) -> str:
    """The name of that group; empty where the answer is about none."""
    row = focus(answer)
    return row.group if row else ""


def can_be_picked(row: GroupRow) -> bool:
    """Whether a group can be put in focus: one of people, compared, with enough of them to be read."""
    return row.compared and row.kind in ("group", "other")


def fares_worse(row: GroupRow) -> bool:
    """Whether a group in focus is one that fares worse, as all are that nobody picked."""
    return row.gap > 0 and row.verdict != "none"


def worst(rows: Sequence[GroupRow]) -> GroupRow | None:
    """The row that stands for these rows, chosen as :func:`focus` says; None when nobody clearly fares worse."""
    order = ("disparity", "large_uncertain", "small_certain")
    candidates = [r for r in rows if r.compared and r.gap > 0 and r.verdict in order and r.kind in ("group", "other")]
    return min(candidates, key=lambda r: (order.index(r.verdict), -_size(r)), default=None)


def _size(row: GroupRow) -> float:
    """People affected; the gap itself where they cannot be counted."""
    return row.excess if row.excess == row.excess else row.gap


def middle_n(rows: pd.DataFrame) -> float:
    """The n by which the rates of all cells are rounded alike: that of the middle one of those that can be read."""
    held = columns_of(rows)
    cells = zip(held["n"].astype(float).tolist(), held["reliability"].tolist(), held["shown"].tolist(), strict=True)
    return middle_of(n for n, reliability, shown in cells if reliability != "too_few" and shown in ("yes", "zero"))


def middle_of(sizes: Iterable[float]) -> float:
    """The middle one of the sizes of a column, the lower where two are; 0 of none."""
    held = sorted(sizes)
    return held[(len(held) - 1) // 2] if held else 0.0
