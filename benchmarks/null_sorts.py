"""What all null files have in common: two measures, the form of their mapping, how events fall, what a sort is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]

MEASURES = ("Screened", "Falls")
LEVELS = {"Screened": 0.6, "Falls": 0.05}
_MAPPING = """
[extract]
shape = "counts"
[columns]
measure = "measure"
period = "{period}"
x = "x"
n = "n"
{stratifiers}
[measures."Screened"]
kind = "proportion"
polarity = "higher_better"
[measures."Falls"]
kind = "rate"
polarity = "lower_better"
multiplier = 1000
"""


class Counting(Protocol):
    """What counts the pages of each kind, and those that claim something."""

    def see(self, kind: str, claimed: bool) -> None:
        """Count one page."""


Asked = Callable[..., dict[str, Any]]
"""Puts a question of ``python -m equity ask`` and gives its JSON."""


@dataclass(frozen=True)
class Sort:
    """One sort of null file: its kinds, in turn; its mapping; how a file of a kind is made; which pages are read."""

    kinds: Sequence[str]
    mapping: str
    file: Callable[[np.random.Generator, str], pd.DataFrame]
    read: Callable[[Counting, Asked, str, str], None]


def mapping_of(period: str, *stratifiers: str) -> str:
    """The mapping of a sort: the column of its periods, and a section for each stratifier."""
    return _MAPPING.format(period=period, stratifiers="\n".join(stratifiers))


def events(random: np.random.Generator, measure: str, shift: Array | float, n: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Events of each cell as chance gives them; ``shift`` moves the measure's level, in log odds or in logs."""
    level = LEVELS[measure]
    if measure == "Falls":
        return random.poisson(n * level * np.exp(shift))
    return random.binomial(np.asarray(n, dtype=int), 1.0 / (1.0 + np.exp(-(np.log(level / (1.0 - level)) + shift))))


def lines(x: npt.NDArray[Any], n: npt.NDArray[Any], names: dict[str, Sequence[str]]) -> pd.DataFrame:
    """Cells as the lines of a file; ``names`` holds each axis, first to last, with the names along it."""
    at = np.indices(x.shape).reshape(x.ndim, -1)
    named = {column: np.array(along)[place] for (column, along), place in zip(names.items(), at, strict=True)}
    return pd.DataFrame(named | {"x": x.ravel().astype(int), "n": n.ravel().astype(int)})
