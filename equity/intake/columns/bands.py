"""Bands of numbers as groups are called by them."""

from __future__ import annotations

from equity.intake.columns.category_order import natural


def span_of(text: str) -> tuple[float, float] | None:
    """The ends of a band of numbers (``18-44``, ``65+``, ``under 5``); None for any other text."""
    kind, low, lean, high = (natural(text) + (0.0,) * 4)[:4]
    if kind != 0.0:
        return None
    if lean < 0:
        return 0.0, high
    return (low, float("inf")) if lean > 0 else (low, max(low, high))
