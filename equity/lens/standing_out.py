"""Which groups within groups stand out: one rule for what is looked for and for what is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt


def stand_out(cells: Mapping[str, npt.NDArray[Any]]) -> npt.NDArray[np.bool_]:
    """Of the cells of crossed groups (rows of `Intersections`) those that stand out, (cells,).

    A cell does when it is a group of people, enough of them to be read, and even its pooled rate's range leaves out
    what its margins suggest.
    """
    readable = np.isin(cells["shown"], ["yes", "zero"]) & ~np.isnan(cells["rate"])
    readable &= np.isin(cells["kind"], ["group", "other"]) & (cells["reliability"] != "too_few")
    inside = (cells["pooled_lower"] <= cells["expected"]) & (cells["expected"] <= cells["pooled_upper"])
    return np.asarray(readable & ~inside, dtype=np.bool_)
