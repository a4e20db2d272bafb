"""Counts in sentences."""

from __future__ import annotations


def amount(count: int, one: str, many: str = "") -> str:
    """``1 row``, ``2 rows``, ``1,234 rows``; ``many`` is needed where an s does not do."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
