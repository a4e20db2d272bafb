"""Answers' tables, each made from arrays that can be read again without asking pandas for one column after another.

A table of twenty columns takes pandas half a millisecond to make and as long to read, so what is said of an answer is
read from the arrays.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pandas.api.internals import create_dataframe_from_blocks  # type: ignore[import-not-found]

Columns = dict[str, npt.NDArray[Any]]
"""Columns of an answer as arrays of one shape, before they become a table."""

Blocks = list[tuple[Any, npt.NDArray[np.intp]]]

_TEXT: Any = pd.StringDtype(na_value=np.nan)
_MADE_FROM: dict[int, tuple[weakref.ref[pd.DataFrame], Columns]] = {}


def table(columns: Columns) -> pd.DataFrame:
    """A table of an answer, (rows,) a column; like the answer, nobody changes it."""
    length = len(next(iter(columns.values())))
    return _remembered(_framed(_blocks(columns), tuple(columns), length), columns)


def tables(parts: Sequence[Columns]) -> list[pd.DataFrame]:
    """A table of each part: made together and cut apart, since a table takes longer to make than to cut."""
    if not parts:
        return []
    blocks = _blocks({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})
    lengths = [len(next(iter(part.values()))) for part in parts]
    rows = [slice(end - length, end) for length, end in zip(lengths, accumulate(lengths), strict=True)]
    cut = ([(values[..., own], places) for values, places in blocks] for own in rows)
    return [
        _remembered(_framed(mine, tuple(part), length), part)
        for mine, part, length in zip(cut, parts, lengths, strict=True)
    ]


def columns_of(frame: pd.DataFrame) -> Mapping[str, npt.NDArray[Any]]:
    """The columns of a table as arrays: those it was made from, where it was made here."""
    held = _MADE_FROM.get(id(frame))
    if held is not None and held[0]() is frame:
        return held[1]
    return {str(name): frame[name].to_numpy() for name in frame.columns}


def _blocks(columns: Columns) -> Blocks:
    """Columns as pandas holds them, each with its place among all: those of one kind together, texts one by one."""
    blocks: Blocks = []
    alike: dict[np.dtype[Any], list[int]] = {}
    values = list(columns.values())
    for at, column in enumerate(values):
        if column.dtype.kind == "U":
            blocks.append((_TEXT.__from_arrow__(pa.array(column, pa.large_string())), np.array([at])))
        else:
            alike.setdefault(column.dtype, []).append(at)
    return blocks + [(np.stack([values[at] for at in places]), np.array(places)) for places in alike.values()]


def _framed(blocks: Blocks, names: tuple[str, ...], length: int) -> pd.DataFrame:
    """The table that pandas makes of the same columns, in a quarter of the time."""
    framed: pd.DataFrame = create_dataframe_from_blocks(blocks, pd.RangeIndex(length), _names(names))
    return framed


@lru_cache(maxsize=64)
def _names(names: tuple[str, ...]) -> pd.Index[str]:
    return pd.Index(names)


def _remembered(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    at = id(frame)
    _MADE_FROM[at] = (weakref.ref(frame, lambda _: _MADE_FROM.pop(at, None)), columns)
    return frame
