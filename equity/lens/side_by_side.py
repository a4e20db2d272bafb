"""Two answers side by side: two periods, two measures, two references or two groups, of one question.

What is put beside a question is one word, as it stands in an address: ``period:2022``, ``measure:NAME``,
``reference:average``, ``group:NAME``.

Only periods are taken from each other. Their difference has the interval of two independent estimates (MOVER: Newcombe
1998; Zou & Donner 2008): people who came in both make it wider than it need be. Which changes are clear is told by
Benjamini–Hochberg over all groups of the picture at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import pandas as pd

from equity.lens.answers import Disparities
from equity.lens.choices import Choices
from equity.lens.comparisons.blocks import Z95
from equity.stats.differences import mover
from equity.stats.estimate import BoolArray, Estimate, FloatArray, ratio_of, two_sided_normal
from equity.stats.false_discovery import benjamini_hochberg
from equity.vocabulary import Measure, PeriodRange, PlainError, Reference, Stratifier, period_start

Kind = Literal["period", "measure", "reference", "group"]
FALSE_DISCOVERIES: Final = 0.10
"""The share of clear changes that may be chance (docs/methods.md)."""


@dataclass(frozen=True)
class SideBySide:
    """Two answers to one question with one thing changed.

    ``first`` stands left and, of two periods, is the earlier. ``rows`` has a row a group that both show: group, kind,
    and with ``first_`` and ``second_`` each rate, lower, upper, n, gap, gap_lower, gap_upper, reliability; of two
    periods also change, change_lower, change_upper (of the rate, as it is), gap_change with its limits (toward harm),
    q and clear; NaN and false elsewhere.
    """

    kind: Kind
    first: Disparities
    second: Disparities
    rows: pd.DataFrame

    @property
    def choices(self) -> Choices:
        """The question that something was put beside."""
        return self.first.choices

    @property
    def measure(self) -> Measure:
        """The measure of the first answer."""
        return self.first.measure

    @property
    def stratifier(self) -> Stratifier:
        """The grouping of both."""
        return self.first.stratifier

    @property
    def sql(self) -> str:
        """The statements of both."""
        return f"{self.first.sql}\n\n{self.second.sql}"


def side_by_side(choices: Choices, against: str, ask: Callable[[Choices], Disparities]) -> SideBySide:
    """Ask both questions and lay the answers beside each other.

    Raises:
        PlainError: nothing, or something unknown, is to be put beside the question; a dataset cannot answer; or no
            group has a number in both answers, such as one that is hidden.
    """
    kind, _, code = against.partition(":")
    pair = _asked(choices, kind, code, ask)
    told = set(pair.rows["group"])
    if kind == "group" and code not in told:
        raise PlainError(f"“{code[:300]}” has no number here: it is hidden, or nobody was counted; pick another group.")
    if not told:
        raise PlainError(
            "No group has a number in both: they are hidden, or nobody was counted; pick something else to put beside "
            "this question."
        )
    return pair


def _asked(choices: Choices, kind: str, code: str, ask: Callable[[Choices], Disparities]) -> SideBySide:
    if kind == "period":
        asked = sorted((choices.period, PeriodRange.parse(code)), key=lambda p: period_start(p.first))
        first, second = (ask(replace(choices, period=period)) for period in asked)
        return SideBySide("period", first, second, _rows(first, second, changes=True))
    first = ask(choices)
    if kind == "measure":
        second = ask(replace(choices, measure=code, reference=_portable(choices.reference)))
        return SideBySide("measure", first, second, _rows(first, second))
    if kind == "reference":
        second = ask(replace(choices, reference=Reference.parse(code)))
        return SideBySide("reference", first, second, _rows(first, second))
    if kind == "group":
        second = ask(replace(choices, reference=Reference("group", code)))
        return SideBySide("group", first, second, _rows(first, second))
    raise PlainError(
        "Nothing was picked to put beside this question: pick a period, a measure, a reference or a group."
    )


def _portable(reference: Reference | None) -> Reference | None:
    """A target is one measure's own: another measure is asked with its own reference."""
    return None if reference is not None and reference.kind == "target" else reference


_TAKEN = ("rate", "lower", "upper", "n", "gap", "gap_lower", "gap_upper", "reliability")


def _rows(first: Disparities, second: Disparities, changes: bool = False) -> pd.DataFrame:
    left, right = (answer.rows[answer.rows["shown"].isin(["yes", "zero"])] for answer in (first, second))
    both = left[["group", "kind", *_TAKEN]].merge(
        right[["group", *_TAKEN]], on="group", suffixes=("_of_first", "_of_second"), how="inner"
    )
    rows = both[["group", "kind"]].copy()
    for side in ("first", "second"):
        for name in _TAKEN:
            rows[f"{side}_{name}"] = both[f"{name}_of_{side}"]
    if not changes:
        return rows.assign(change=np.nan, q=np.nan, clear=False)
    rate, gap = (_difference(rows, *names) for names in (("rate", "lower", "upper"), ("gap", "gap_lower", "gap_upper")))
    rows["change"], rows["change_lower"], rows["change_upper"] = rate.value, rate.lower, rate.upper
    rows["gap_change"], rows["gap_change_lower"], rows["gap_change_upper"] = gap.value, gap.lower, gap.upper
    readable = (rows[["first_reliability", "second_reliability"]] != "too_few").all(axis=1) & (rows["kind"] == "group")
    rows["q"], rows["clear"] = clear_changes(rate, readable.to_numpy(dtype=bool))
    return rows


def clear_changes(change: Estimate, readable: BoolArray) -> tuple[FloatArray, BoolArray]:
    """q over the changes of one picture (the last axis), and which are more than chance: not what cannot be read."""
    p = np.where(readable, two_sided_normal(ratio_of(change.value, change.width / (2 * Z95))), np.nan)
    q = benjamini_hochberg(p)
    beyond = (change.lower > 0) | (change.upper < 0)
    return q, beyond & (q <= FALSE_DISCOVERIES)


def _difference(rows: pd.DataFrame, value: str, lower: str, upper: str) -> Estimate:
    """Second less first, of independent estimates."""
    first, second = (
        Estimate(*(rows[f"{side}_{name}"].to_numpy(dtype=float) for name in (value, lower, upper)))
        for side in ("first", "second")
    )
    return mover(second, first)
