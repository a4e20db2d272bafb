"""Figures as they stand in sentences, against numbers."""

from __future__ import annotations

import math
import re

from equity.vocabulary import Measure

FIGURE = re.compile(r"(under |over )?(\d[\d,]*(?:\.\d+)?)(%?)")


def is_written(written: str, value: float) -> bool:
    """Whether a figure as written is this value rounded: "55.0", "2,200", "under 1%"."""
    found = FIGURE.search(written)
    if found is None or not math.isfinite(value):
        return False
    number = float(found[2].replace(",", ""))
    if found[1]:
        return value <= number if found[1] == "under " else value >= number
    decimals = len(found[2].partition(".")[2])
    return abs(number - value) <= 0.5 * 10**-decimals + 1e-9


def scale_of(measure: Measure) -> float:
    return {"proportion": 100.0, "rate": measure.multiplier, "mean": 1.0}[measure.kind]


def first_rate_in(part: str) -> str:
    """The first figure of a part of a sentence, as written."""
    found = FIGURE.search(part)
    return found[0] if found else ""


def last_rate_in(part: str) -> str:
    """The last figure of a part of a sentence: a rate stands behind its group, whose name may hold figures too."""
    found = [each[0] for each in FIGURE.finditer(re.sub(r" per [\d,]+", "", part))]
    return found[-1] if found else ""
