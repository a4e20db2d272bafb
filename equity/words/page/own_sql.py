"""A query of one's own, written in SQL on the Explore page: who may, what it gives, how long it runs."""

from __future__ import annotations

from typing import Final

SQL_REMARK: Final = (
    "What a query of your own gives is shown as it is: no ranges are added, and small groups are not marked. It holds "
    "full numbers, for the team alone."
)
WHO_WRITES: Final = "Owners and analysts of this workspace can also write SQL here."


def running(seconds: float, most: float) -> str:
    """How long a query has been at work, and when it ends by itself."""
    return f"Running for {seconds:.0f} seconds; it ends by itself after {most:.0f}."
