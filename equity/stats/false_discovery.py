"""False discovery rate: of the findings on this screen, which share is expected to be chance?"""

from __future__ import annotations

import numpy as np

from equity.stats.estimate import FloatArray, Numbers, as_floats

ACCEPTED_RATE = 0.10
"""q at or below this is a finding in a scan."""


def benjamini_hochberg(p: Numbers) -> FloatArray:
    """Benjamini–Hochberg q-values of the tests along the last axis.

    The tests are exactly those of one screen: flatten what is shown together. NaN means that no test was made; it stays
    NaN and does not count among the tests (``scipy.stats.false_discovery_control`` refuses NaN).

    Source: Benjamini & Hochberg 1995; same values as R's ``p.adjust(method = "BH")``.
    """
    chance = np.atleast_1d(as_floats(p))
    order = np.argsort(chance, axis=-1)  # NaN sorts last
    ranked = np.take_along_axis(chance, order, axis=-1)
    tests = np.sum(~np.isnan(chance), axis=-1, keepdims=True)
    rank = np.arange(1, chance.shape[-1] + 1)
    stepped = np.where(np.isnan(ranked), np.inf, ranked * tests / rank)
    q = np.minimum(np.flip(np.minimum.accumulate(np.flip(stepped, axis=-1), axis=-1), axis=-1), 1.0)
    q = np.where(np.isnan(ranked), np.nan, q)
    back = np.empty_like(q)
    np.put_along_axis(back, order, q, axis=-1)
    return back.reshape(np.shape(as_floats(p)))


def number_of_tests(p: Numbers) -> int:
    """How many tests were made, to be said beside the findings."""
    return int(np.sum(~np.isnan(as_floats(p))))
