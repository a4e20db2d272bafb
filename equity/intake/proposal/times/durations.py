"""Durations such as 1:35, which are hours and minutes or minutes and seconds."""

from __future__ import annotations

import re

from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.evidence import plain
from equity.intake.spellings.numbers import minutes_of
from equity.vocabulary import Answer, OpenQuestion, Setting

_IN_HOURS = re.compile(r"\bh{1,2}\W?mm?\b|\bhours?\b|\bdays?\b|length of stay|\blos\b", re.IGNORECASE)


def ask_duration(column: ColumnProfile, role: str) -> OpenQuestion | None:
    """Whether ``1:35`` is 95 minutes; None where the column or its name tells, or where it holds none."""
    clocked = [t for t in column.values if ":" in t and minutes_of(t) is not None]
    if not clocked or _IN_HOURS.search(column.name.replace("_", " ")):
        return None
    if any(t.count(":") > 1 or " " in t for t in clocked):
        return None
    sample = next((t for t in clocked if not t.startswith("0")), clocked[0])
    hours, minutes = (int(part) for part in sample.split(":"))
    return OpenQuestion(
        f"duration:{column.name}",
        (column.name,),
        f"“{column.name}” says “{sample}”: is it hours and minutes, or minutes and seconds?",
        (
            Answer(f"“{sample}” is {60 * hours + minutes} minutes", (Setting(("columns", role), column.name),)),
            Answer(
                f"“{sample}” is {plain(round(hours + minutes / 60, 2))} minutes",
                (Setting(("columns", role), (("column", column.name), ("times", 1 / 60))),),
            ),
        ),
        0.6,
        "systems write how long as hours and minutes",
    )
