"""The cells of a release as they are written: what is hidden, what is rounded, what was gone at the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from equity.cube.cube_query import INFLATED
from equity.release.counts import Flags
from equity.release.few_values import FewValues, spread
from equity.release.linked import KEY, LinkedTables
from equity.release.policy import Policy
from equity.release.repeats import DECIMALS, DECIMALS_BESIDE_ROUNDED_COUNTS, told_of_repeats
from equity.release.rounding import rounded, rounded_mean
from equity.vocabulary import Description, Measure

SUMS = ("rows", "n", "x", "xx", "people", "person_xx", "person_xn", "person_nn", "hidden_at_source")


ESTIMATES = ("estimate", "se", "lower", "upper", "population")


BOUNDS = ("measure", *KEY, "count", "least", "greatest", "width")


def listed_bounds(bounds: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The bounds of the counts that are hidden, in one table; an empty one has its columns too."""
    ends = dict.fromkeys(("least", "greatest", "width"), np.float64)
    every = pd.concat(bounds) if bounds else pd.DataFrame(columns=list(BOUNDS)).astype(ends)
    return every[every["least"].notna()].reset_index(drop=True)


def released_measure(name: str, description: Description, others: Sequence[Measure]) -> Measure:
    """The measure of that name: the dataset's own, else the newest earlier one."""
    return next(m for m in (*description.measures, *reversed(others)) if m.name == name)


def flags_of(places: pd.DataFrame, names: Sequence[str], linked: LinkedTables) -> Flags:
    """Measures × cells (without rests): where these places are."""
    marked = np.zeros((len(names), len(linked.keys)), dtype=np.bool_)
    place = {key: i for i, key in enumerate(linked.keys)}
    row = {name: i for i, name in enumerate(names)}
    for measure, *key in places[["measure", "version", *KEY]].itertuples(index=False, name=None):
        marked[row[measure], place[tuple(key)]] = True
    return marked


def gone_at_source(released: pd.DataFrame) -> Flags:
    """Cells of which the source left nothing."""
    return (released["hidden_at_source"] >= released["rows"]).to_numpy(dtype=np.bool_)


def written_cells(
    released: pd.DataFrame,
    hidden: Flags,
    description: Description,
    policy: Policy,
    few: Mapping[str, FewValues],
) -> pd.DataFrame:
    """The cells as they are frozen. ``rows`` repeats n: how many lines an extract has is nobody's business.

    ``few`` are the means of a few values: of those no cell's own Σx² is told.
    """
    kinds = {m.name: m.kind for m in description.measures}
    is_mean = (released["measure"].map(kinds) == "mean").to_numpy(dtype=np.bool_)
    table = released[["measure", *KEY]].copy()
    n, x, xx = (released[name].to_numpy(dtype=np.float64, copy=True) for name in ("n", "x", "xx"))
    for name, values in few.items():
        at = (released["measure"] == name).to_numpy(dtype=np.bool_)
        xx[at] = spread(values, released[at], ~hidden[at], policy)
    shown_n = rounded(n, policy.rounding)
    table["rows"] = shown_n
    table["n"] = shown_n
    table["x"] = np.where(is_mean, x, rounded(x, policy.rounding))
    table["xx"] = np.where(is_mean, xx, table["x"])
    if policy.rounding > 1:
        for name in [m.name for m in description.measures if m.kind == "mean"]:
            at = (released["measure"] == name).to_numpy()
            table.loc[at, "x"], table.loc[at, "xx"] = rounded_mean(n[at], x[at], xx[at], shown_n[at], policy.rounding)
    for name in ("person_xx", "person_xn", "person_nn"):
        table[name] = 0.0
    decimals = DECIMALS if policy.rounding == 1 else DECIMALS_BESIDE_ROUNDED_COUNTS
    told = told_of_repeats(released, hidden, description, shown_n, decimals)
    for name in ("people", *INFLATED):
        table[name] = told[name]
    table["hidden_at_source"] = released["hidden_at_source"].astype(np.float64)
    for name in ESTIMATES:
        if name in released:
            table[name] = released[name]
    empty = ~is_mean & (table["x"] == 0).to_numpy()
    table["shown"] = np.where(hidden, "hidden", np.where(empty, "zero", "yes"))
    table.loc[hidden, [c for c in (*SUMS, *ESTIMATES, *INFLATED) if c in table]] = np.nan
    return table
