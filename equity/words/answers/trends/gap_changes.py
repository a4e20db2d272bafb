"""How each group's gap changed, with the words for it, and the change that an answer is about."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from equity.lens.answers import Trends
from equity.words import groups, numbers
from equity.words.cached_per_answer import cached_per_answer
from equity.words.judgements import Judgement
from equity.words.rows import records

CHANGES: dict[str, Judgement] = {
    "widening": Judgement("↗", "widened", "The gap got wider over this time."),
    "levelling_down": Judgement(
        "↘",
        "narrowed: others got worse (not an improvement)",
        "The gap got smaller only because the others got worse. This is not an improvement.",
    ),
    "closing_by_lifting": Judgement(
        "↘", "narrowed: the group improved", "The gap got smaller because the group's own results got better."
    ),
    "no_clear_change": Judgement("→", "no clear change", "The gap may have moved, but chance could explain it."),
    "": Judgement("–", "not judged", "There are too few periods to judge a change."),
}
"""The words for a change, each with its meaning. "Because" here is arithmetic: which of the two sides moved."""


YEARLY = {
    "improving": "Getting better over the years",
    "worsening": "Getting worse over the years",
    "rising": "Rising over the years",
    "falling": "Falling over the years",
    "no_clear_trend": "No clear trend over the years",
    "too_few_points": "Too few years to tell",
}
"""The verdicts of the NHQDR rule for yearly rates."""


ORDER = ("widening", "levelling_down", "closing_by_lifting")


@dataclass(frozen=True)
class Change:
    """How one group's gap changed over the stretch. Units as in `Trends.changes`; triples are value, lower, upper.

    ``gap`` is toward harm; ``group`` and ``reference`` are favourable when positive. ``n`` is the group's denominator
    over the whole stretch.
    """

    name: str
    who: str
    verdict: str
    reason: str
    gap: tuple[float, float, float]
    group: tuple[float, float, float]
    reference: tuple[float, float, float]
    gap_first: tuple[float, float, float]
    gap_last: tuple[float, float, float]
    n: float


@cached_per_answer
def by_group(answer: Trends) -> dict[str, list[dict[str, Any]]]:
    """The answer's rows group by group, in the stratifier's order, each period by period."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in records(answer.rows):
        grouped.setdefault(str(row["group"]), []).append(row)
    return grouped


@cached_per_answer
def changes(answer: Trends) -> tuple[Change, ...]:
    """Every compared group's change by the reading that leads, in the stratifier's order."""
    return _read(answer, answer.leading)


@cached_per_answer
def other_changes(answer: Trends) -> tuple[Change, ...]:
    """The same by the other reading, where there is one."""
    other = answer.changes if answer.leading is answer.windows else answer.windows
    return _read(answer, other) if len(other) else ()


def _read(answer: Trends, table: pd.DataFrame) -> tuple[Change, ...]:
    sizes: dict[str, float] = {}
    for row in records(answer.rows):
        sizes[row["group"]] = sizes.get(row["group"], 0.0) + (row["n"] if numbers.known(row["n"]) else 0.0)
    of = groups.noun(answer.measure)
    return tuple(
        Change(
            name=str(row["group"]),
            who=groups.describe_group(answer.stratifier, str(row["group"]), of),
            verdict=str(row["verdict"]),
            reason=str(row["reason"]),
            gap=_triple(row, "gap_change"),
            group=_triple(row, "group_change"),
            reference=_triple(row, "reference_change"),
            gap_first=_triple(row, "gap_first"),
            gap_last=_triple(row, "gap_last"),
            n=float(sizes.get(row["group"], math.nan)),
        )
        for row in records(table)
    )


@cached_per_answer
def lead(answer: Trends, group: str = "") -> Change | None:
    """The change that the answer is about: the largest clear one, else that of the widest clear gap at the end.

    ``group`` is one that a person picked: then its own, where it is compared. None when no gap changed clearly and none
    is clear at the end.
    """
    changed = changes(answer)
    picked = next((c for c in changed if c.name == group and c.verdict), None)
    if picked is not None:
        return picked
    clear = [c for c in changed if c.verdict in ORDER]
    if clear:
        return max(clear, key=lambda c: abs(c.gap[0]))
    behind = [c for c in changed if c.gap_last[1] > 0]
    return max(behind, key=lambda c: c.gap_last[0], default=None)


@cached_per_answer
def focus(answer: Trends, group: str = "") -> str:
    """The group to draw in the strong colour: a picked one, else the one that the answer is about, else the largest."""
    change = lead(answer, group) or max(changes(answer), key=lambda c: or_zero(c.n), default=None)
    return change.name if change else ""


def _triple(row: dict[str, Any], name: str) -> tuple[float, float, float]:
    value, lower, upper = (float(row.get(f"{name}{end}", math.nan)) for end in ("", "_lower", "_upper"))
    return value, lower, upper


def or_zero(value: float) -> float:
    return value if numbers.known(value) else 0.0
