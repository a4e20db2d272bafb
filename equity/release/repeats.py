"""How often the same people come: what a release tells of it, so that its ranges are those that the team reads.

No number of people and no sum over people is released. Of every cell that is shown a release tells two things: how much
repeat visits of the same people widen the variance of its rate (the variance inflation φ of `stats/repeat_visits.py`,
to four decimals; to one where counts are rounded), and whether people come more than once at all, which decides the
word: visits or patients. Of a cell of one grouping it tells φ of everyone else too: a group is compared with them.

φ is of one cell about its own rate: it cannot be added or subtracted, so those of what is shown do not make those of
what is hidden, as sums would.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.stats.repeat_visits import PersonSums, variance_inflation
from equity.vocabulary import Description, Kind

Floats = npt.NDArray[np.float64]

DECIMALS = 4
DECIMALS_BESIDE_ROUNDED_COUNTS = 1
"""Where everybody comes once φ is m ÷ (m − 1): with more decimals it would undo the rounding of n."""
REPEATED = 1.01
"""People come more than once where n is more than so many times their number (as `equity/words` reads it)."""
SUMS = ("n", "x", "xx", "people", "person_xx", "person_xn", "person_nn")
_PLACE = ["measure", "grain", "period"]


def told_of_repeats(
    released: pd.DataFrame, hidden: npt.NDArray[np.bool_], description: Description, shown_n: Floats, decimals: int
) -> pd.DataFrame:
    """Of each cell what a release tells (columns ``people``, ``inflated``, ``inflated_others``); 0 without a person id.

    All three are made of ``shown_n``, n as the release shows it, φ to so many decimals, and a yes or no.

    ``people``          no number of people: n, or where they come more than once the most that there then can be.
    ``inflated``        φ·n: additive, so that cells together have the mean φ of their n.
    ``inflated_others`` φ·n of everyone else, for cells of one grouping of which both they and everyone are shown.
    """
    sums = {name: released[name].to_numpy(dtype=np.float64) for name in SUMS}
    kinds = released["measure"].map({m.name: m.kind for m in description.measures}).to_numpy()
    known = (sums["people"] > 0) & ~hidden
    told = pd.DataFrame(
        {
            "people": np.where(known, _most_people(shown_n, sums["n"] > REPEATED * sums["people"]), 0.0),
            "inflated": np.where(known, _inflation(kinds, sums, decimals) * shown_n, 0.0),
        },
        index=released.index,
    )
    everyone, totals = _everyone(released.assign(shown_n=shown_n), hidden, description)
    others = {name: np.maximum(totals[name] - sums[name], 0.0) for name in SUMS}
    others_n = np.maximum(totals["shown_n"] - shown_n, 0.0)
    known = known & everyone & (others["people"] > 0)
    told["inflated_others"] = np.where(known, _inflation(kinds, others, decimals) * others_n, 0.0)
    return told


def _most_people(n: Floats, repeated: npt.NDArray[np.bool_]) -> Floats:
    """The most people that there can be, given n and whether they come more than once."""
    return np.where(repeated, np.ceil(n / REPEATED - 1e-9) - 1.0, n)


def _inflation(kinds: npt.NDArray[np.object_], sums: dict[str, Floats], decimals: int) -> Floats:
    """φ of each cell, rounded; 1 where nobody is."""
    inflation = np.ones(len(kinds))
    every: tuple[Kind, ...] = ("proportion", "rate", "mean")
    for kind in every:
        own = kinds == kind
        n, x, xx, people, person_xx, person_xn, person_nn = (sums[name][own] for name in SUMS)
        persons = PersonSums(people, person_xx, person_xn, person_nn)
        inflation[own] = np.nan_to_num(variance_inflation(kind, n, x, persons, xx), nan=1.0)
    return np.round(inflation, decimals)


def _everyone(
    released: pd.DataFrame, hidden: npt.NDArray[np.bool_], description: Description
) -> tuple[npt.NDArray[np.bool_], dict[str, Floats]]:
    """For each cell of one grouping the sums over everyone whom it is compared with, and whether all of them are shown.

    That is the table of everyone, and where the extract has none the groups together.
    """
    names = (*SUMS, "shown_n")
    keys = pd.MultiIndex.from_frame(released[_PLACE])
    one_way = ((released["by1"] != "") & (released["by2"] == "")).to_numpy()
    if description.tables == "crossed":
        total = (released["by1"] == "").to_numpy()
        at = keys[total].get_indexer(keys)
        shown = (at >= 0) & one_way & ~hidden[total][at]
        return shown, {name: np.where(at >= 0, released[name].to_numpy(float)[total][at], 0.0) for name in names}
    tables = [released[name] for name in (*_PLACE, "by1", "by2")]
    whole = ~pd.Series(hidden, index=released.index).groupby(tables, sort=False).transform("any").to_numpy(dtype=bool)
    added = released.groupby([*_PLACE, "by1", "by2"], sort=False)[list(names)].transform("sum")
    return whole & one_way, {name: added[name].to_numpy(dtype=np.float64) for name in names}
