"""Whether texts of a column are days, and not months, quarters or years."""

from __future__ import annotations

from collections.abc import Sequence

from equity.intake.spellings.period_spelling import Spelling
from equity.intake.spellings.periods import parse_period

LOOKED_AT = 50


def holds_days(values: Sequence[str], spelling: Spelling) -> bool:
    """Whether nearly all of the first values are days, of which some are no first of a month."""
    periods = [p for v in values[:LOOKED_AT] if (p := parse_period(v, spelling)).state == "value"]
    days = [p for p in periods if p.grain == "day"]
    return bool(days) and len(days) >= 0.9 * len(periods) and any(p.day is not None and p.day.day != 1 for p in days)
