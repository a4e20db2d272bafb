"""Counts rounded, and means made of rounded counts, so that neither tells the count behind the other.

A mean told exactly is a fraction whose denominator is n: 23.428571 minutes are 164 minutes of 7 people. It is therefore
told in steps so wide that every n that rounds to the same has whole sums within one.
"""

from __future__ import annotations

import numpy as np

from equity.release.counts import Floats, two_values

LEAST_SPREAD = 0.25
STEPS = 4.0


def rounded(count: Floats, to: int) -> Floats:
    """Counts to the nearest multiple of ``to``; as they are for 1."""
    return count if to == 1 else np.asarray(np.floor(count / to + 0.5) * to, dtype=np.float64)


def rounded_mean(n: Floats, x: Floats, xx: Floats, shown_n: Floats, to: int) -> tuple[Floats, Floats]:
    """Σx and Σx² of a mean as they are told beside a rounded n.

    Where all values are one of two, they are counts, and rounded as counts are. Otherwise the mean is told in steps of
    a power of ten of at least 4 standard deviations ÷ n, and never finer than whole sums are, and the standard
    deviation to two digits.
    """
    values = two_values(n, x, xx)
    if values is not None:
        low, high = values
        many = np.minimum(rounded((x - low * n) / (high - low), to), shown_n)
        return low * shown_n + (high - low) * many, low**2 * shown_n + (high**2 - low**2) * many
    mean = np.divide(x, n, out=np.zeros_like(n), where=n > 0)
    variance = np.maximum(np.divide(xx - mean * x, n - 1, out=np.zeros_like(n), where=n > 1), 0.0)
    spread = np.sqrt(variance)
    step = 10.0 ** np.ceil(np.log10(STEPS * np.maximum(spread, LEAST_SPREAD) / np.maximum(n, 1.0)))
    told = np.round(mean / step) * step
    digits = 10.0 ** (np.floor(np.log10(np.maximum(spread, 1e-9))) - 1.0)
    deviation = np.round(spread / digits) * digits
    return told * shown_n, deviation**2 * np.maximum(shown_n - 1.0, 0.0) + told**2 * shown_n
