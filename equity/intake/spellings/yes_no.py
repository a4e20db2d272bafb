"""Yes and no, in the words that warehouses and registries use."""

from __future__ import annotations

from collections.abc import Iterable

from equity.intake.spellings.missing import squeeze
from equity.intake.spellings.numbers import Number, parse_number

YES = frozenset(
    [
        "1",
        "yes",
        "y",
        "true",
        "t",
        "met",
        "numerator",
        "positive",
        "pos",
        "pass",
        "passed",
        "compliant",
        "complete",
        "completed",
        "done",
        "sí",
        "si",
        "oui",
        "ja",
        "present",
        "x1",
        "controlled",
        "numerator met",
        "in numerator",
        "event",
        "occurred",
    ]
)
NO = frozenset(
    [
        "0",
        "no",
        "n",
        "false",
        "f",
        "not met",
        "unmet",
        "denominator only",
        "negative",
        "neg",
        "fail",
        "failed",
        "noncompliant",
        "non-compliant",
        "not compliant",
        "incomplete",
        "not completed",
        "not done",
        "non",
        "nein",
        "absent",
        "uncontrolled",
        "not controlled",
        "not in numerator",
        "no event",
    ]
)


def parse_yes_no(text: str, also_hidden: Iterable[str] = ()) -> Number:
    """Read one cell as 1 (yes) or 0 (no); a number stays a number, and what says nothing is hidden or missing."""
    word = squeeze(text).casefold()
    if word in YES:
        return Number(1.0, "value")
    if word in NO:
        return Number(0.0, "value")
    return parse_number(text, also_hidden)
