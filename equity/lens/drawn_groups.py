"""Which groups of an answer are drawn: some may be left out by name, or for too little data. No number changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.lens.answers import Disparities, LeftOut, Trends
from equity.lens.tables import columns_of, table
from equity.vocabulary import PlainError

READABLE_SHARE = 0.5
"""A group over time has enough data when so many of its points can be read alone."""


def compared_without(answer: Disparities, enough: bool, hidden: Sequence[str], focus: str) -> Disparities:
    """Groups compared, with the rows of those that are drawn alone; what is left out is named in ``left_out``.

    ``enough`` leaves out who has too few people to be read, or no number; ``hidden`` are groups left out by name. The
    group in ``focus`` and the one that all are compared with stay: what is said of them is to be seen.

    Raises:
        PlainError: a name in ``hidden`` is no group of the answer.
    """
    if not enough and not hidden:
        return answer
    gone = _left_out(answer.rows, (focus, answer.reference.group), enough, hidden)
    return replace(answer, rows=_without(answer.rows, gone), left_out=gone)


def over_time_without(answer: Trends, enough: bool, hidden: Sequence[str], focus: str) -> Trends:
    """Groups over time, as :func:`compared_without` leaves groups out: their points, and how their gaps changed."""
    if not enough and not hidden:
        return answer
    gone = _left_out(answer.rows, (focus, answer.reference.group), enough, hidden)
    return replace(
        answer,
        rows=_without(answer.rows, gone),
        changes=_without(answer.changes, gone),
        windows=_without(answer.windows, gone),
        yearly=_without(answer.yearly, gone),
        left_out=gone,
    )


def _left_out(rows: pd.DataFrame, stays: Sequence[str], enough: bool, hidden: Sequence[str]) -> LeftOut:
    held = columns_of(rows)
    groups = held["group"].astype(str)
    there = list(dict.fromkeys(groups.tolist()))
    strangers = [name for name in hidden if name not in there]
    if strangers:
        raise PlainError(f"“{strangers[0]}” is not among the groups here: leave out one of {', '.join(there)}.")
    may_go = [name for name in there if name not in stays]
    few = [name for name in may_go if enough and name not in hidden and not _enough(held, groups == name)]
    return LeftOut(tuple(name for name in may_go if name in hidden), tuple(few))


def _without(frame: pd.DataFrame, gone: LeftOut) -> pd.DataFrame:
    if "group" not in frame:
        return frame
    held = columns_of(frame)
    keep = ~np.isin(held["group"].astype(str), (*gone.by_choice, *gone.too_few))
    return table({name: values[keep] for name, values in held.items()})


def _enough(columns: Mapping[str, npt.NDArray[Any]], own: npt.NDArray[np.bool_]) -> bool:
    shown = np.isin(columns["shown"][own].astype(str), ("yes", "zero"))
    readable = shown & (columns["reliability"][own].astype(str) != "too_few")
    return bool(readable.mean() >= READABLE_SHARE)
